package cms

import (
	"bufio"
	"bytes"
	"io"
)

// part reads one part of a multipart body (RFC 2046 section 5.1): the octets up to the line
// end before the next delimiter.
type part struct {
	src       *bufio.Reader
	delimiter []byte
	buf       []byte
	ready     []byte // what of buf has not been read
	held      []byte // a line end that belongs to the part only if no delimiter follows
	inside    bool   // the source stands inside a line
	ended     bool   // the delimiter has been passed
	last      bool   // it was the one that closes the body
}

func (p *part) Read(b []byte) (int, error) {
	if len(p.ready) == 0 {
		p.buf = p.buf[:0]
		for !p.ended && len(p.buf) < bufferSize/4 {
			if err := p.line(); err != nil {
				return 0, err
			}
		}
		p.ready = p.buf
	}
	if len(p.ready) == 0 {
		return 0, io.EOF
	}
	n := copy(b, p.ready)
	p.ready = p.ready[n:]
	return n, nil
}

// line takes the next line, or as much of it as a buffer holds.
func (p *part) line() error {
	line, err := p.src.ReadSlice('\n')
	if err == io.EOF && len(line) == 0 {
		return &fault{Malformed, "part without an end"}
	}
	if err != nil && err != io.EOF && err != bufio.ErrBufferFull {
		return err
	}
	if !p.inside && p.delimits(line) {
		p.ended = true
		return nil
	}
	if p.inside && string(p.held) == "\r" && string(line) == "\n" { // CR LF on both sides of a buffer's end
		p.held, p.inside = append(p.held, '\n'), false
		return nil
	}
	text := bytes.TrimSuffix(bytes.TrimSuffix(line, []byte("\n")), []byte("\r"))
	p.buf = append(append(p.buf, p.held...), text...)
	p.held = append(p.held[:0], line[len(text):]...)
	p.inside = !bytes.HasSuffix(line, []byte("\n"))
	return nil
}

// delimits tells whether line is the delimiter, or the one that closes the body. Blanks may
// follow it.
func (p *part) delimits(line []byte) bool {
	rest, found := bytes.CutPrefix(line, p.delimiter)
	rest, last := bytes.CutPrefix(rest, []byte("--"))
	found = found && len(bytes.Trim(rest, " \t\r\n")) == 0
	p.last = found && last
	return found
}

func (m *message) part() *part { return &part{src: m.src, delimiter: m.delimiter} }

// signedPart passes the header and returns a reader of the first part: its header is signed
// with it (RFC 1847 section 2.1).
func (m *message) signedPart() (io.Reader, error) {
	if err := m.skipHead(); err != nil {
		return nil, err
	}
	before := m.part()
	n, err := io.Copy(io.Discard, io.LimitReader(before, maxMessageHead+1))
	if err != nil {
		return nil, err
	}
	if n > maxMessageHead {
		return nil, &fault{code: TooLarge}
	}
	signed := m.part()
	signed.ended = before.last
	return signed, nil
}

// signaturePart passes the header of the second part and returns a reader of its content,
// which ends where the whole message does.
func (m *message) signaturePart() (io.Reader, error) {
	p := m.part()
	src := bufio.NewReaderSize(p, maxMessageHead)
	text, err := src.Peek(maxMessageHead)
	if err != nil && err != io.EOF {
		return nil, err
	}
	h, size, ok := readMessageHeader(text)
	if !ok || size == 0 {
		return nil, &fault{Malformed, "header of the signature's part"}
	}
	if _, err := src.Discard(size); err != nil {
		return nil, err
	}
	return decoded(io.MultiReader(src, &lazy{start: func() (io.Reader, error) { return m.end(p) }}), h.encoding)
}

// end reads what comes after p, which must be the last part. Text after it would be
// unsigned words beside a signature, so only white space may stand there.
func (m *message) end(p *part) (io.Reader, error) {
	if !p.last {
		return nil, &fault{Malformed, "a third part"}
	}
	for {
		b, err := m.src.ReadByte()
		if err == io.EOF {
			return eof{}, nil
		} else if err != nil {
			return nil, err
		}
		if !bytes.ContainsRune([]byte(" \t\r\n"), rune(b)) {
			return nil, &fault{code: TrailingData}
		}
	}
}

type eof struct{}

func (eof) Read([]byte) (int, error) { return 0, io.EOF }

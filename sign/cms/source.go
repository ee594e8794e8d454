package cms

import (
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
)

// interruptible reads src until ctx is done.
type interruptible struct {
	ctx  context.Context
	src  io.Reader
	step string // what is being done, for errors
}

func (r interruptible) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, fmt.Errorf("%s: %w", r.step, err)
	}
	n, err := r.src.Read(p)
	if err != nil && err != io.EOF {
		err = fmt.Errorf("%s: %w", r.step, err)
	}
	return n, err
}

// sources and buffers are for the next signature when one is done with them: to make them
// costs more than to verify a small one.
var (
	sources = sync.Pool{New: func() any { return bufio.NewReaderSize(nil, bufferSize) }}
	buffers = sync.Pool{New: func() any { return new([bufferSize]byte) }}
)

// open makes a reader of sig, which is DER, BER, PEM or S/MIME.
func open(ctx context.Context, sig io.Reader) (r *reader, armored bool, err error) {
	src := sources.Get().(*bufio.Reader)
	src.Reset(interruptible{ctx, sig, "reading signature"})
	label, err := skipArmorHead(src)
	if err != nil {
		return nil, false, err
	}
	if label == "" {
		r, err := openMessage(src)
		return r, false, err
	}
	text := base64Reader{base64.NewDecoder(base64.StdEncoding.Strict(), &armor{src, label})}
	return newReader(bufio.NewReaderSize(text, bufferSize)), true, nil
}

// release ends the use of r.
func (r *reader) release() {
	r.src.Reset(nil)
	sources.Put(r.src)
}

const (
	armorBegin = "-----BEGIN "
	armorEnd   = "-----END "
	armorDash  = "-----"
)

// labels are those of RFC 7468 sections 8 and 9; the first is the one written.
var labels = []string{"CMS", "PKCS7"}

// skipArmorHead passes the first line of PEM and returns its label. It passes nothing when
// src is not PEM with one of our labels. Text before that line would be unsigned words
// beside a signature, so only white space may stand there.
func skipArmorHead(src *bufio.Reader) (label string, err error) {
	head, err := src.Peek(512)
	if err != nil && err != io.EOF {
		return "", err
	}
	text := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n")
	line, _, _ := bytes.Cut(text, []byte("\n"))
	label, ok := armorLabel(line, armorBegin)
	if !ok || !slices.Contains(labels, label) {
		return "", nil
	}
	_, err = src.Discard(len(head) - len(text) + len(line))
	return label, err
}

// armorLabel returns the label of an encapsulation boundary (RFC 7468 section 2).
func armorLabel(line []byte, begin string) (string, bool) {
	line, ok := bytes.CutPrefix(bytes.TrimRight(line, " \t\r\n"), []byte(begin))
	if !ok {
		return "", false
	}
	return string(bytes.TrimSuffix(line, []byte(armorDash))), bytes.HasSuffix(line, []byte(armorDash))
}

// armor reads the text between the boundaries of PEM.
type armor struct {
	src   *bufio.Reader
	label string
}

func (a *armor) Read(p []byte) (int, error) {
	if _, err := a.src.Peek(1); err == io.EOF {
		return 0, &fault{Malformed, "PEM without its last line"}
	} else if err != nil {
		return 0, err
	}
	text, _ := a.src.Peek(min(len(p), a.src.Buffered()))
	if i := bytes.IndexByte(text, armorEnd[0]); i == 0 {
		return 0, a.end()
	} else if i > 0 {
		text = text[:i]
	}
	n := copy(p, text)
	_, err := a.src.Discard(n)
	return n, err
}

// end reads the last line, after which only white space may come. It returns io.EOF if all
// is well.
func (a *armor) end() error {
	line, err := a.src.ReadSlice('\n')
	if err != nil && err != io.EOF && err != bufio.ErrBufferFull {
		return err
	}
	if label, ok := armorLabel(line, armorEnd); !ok || label != a.label {
		return &fault{Malformed, "PEM without its last line"}
	}
	for {
		b, err := a.src.ReadByte()
		if err != nil {
			return err
		}
		if !bytes.ContainsRune([]byte(" \t\r\n"), rune(b)) {
			return &fault{code: TrailingData}
		}
	}
}

// base64Reader makes faults of the file out of the decoder's errors.
type base64Reader struct{ decoder io.Reader }

func (r base64Reader) Read(p []byte) (int, error) {
	n, err := r.decoder.Read(p)
	if err == nil {
		return n, nil
	}
	var corrupt base64.CorruptInputError
	if errors.As(err, &corrupt) || err == io.ErrUnexpectedEOF {
		err = &fault{Malformed, "base64"}
	}
	return n, err
}

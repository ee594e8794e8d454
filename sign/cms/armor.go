package cms

import (
	"encoding/base64"
	"io"
)

// armorColumns is the length of a line of PEM (RFC 7468 section 2).
const armorColumns = 64

// newOutput writes what it is given to dst, as PEM if armored. Close ends that, and not
// dst.
func newOutput(dst io.Writer, armored bool) (io.WriteCloser, error) {
	if !armored {
		return plainWriter{dst}, nil
	}
	if _, err := io.WriteString(dst, armorBegin+labels[0]+armorDash+"\n"); err != nil {
		return nil, err
	}
	lines := &lineWriter{dst: dst}
	return &armorWriter{base64.NewEncoder(base64.StdEncoding, lines), lines}, nil
}

type plainWriter struct{ io.Writer }

func (plainWriter) Close() error { return nil }

type armorWriter struct {
	io.WriteCloser // the encoder
	lines          *lineWriter
}

func (w *armorWriter) Close() error {
	if err := w.WriteCloser.Close(); err != nil {
		return err
	}
	if err := w.lines.flush(); err != nil {
		return err
	}
	_, err := io.WriteString(w.lines.dst, armorEnd+labels[0]+armorDash+"\n")
	return err
}

// lineWriter breaks text into lines and passes many of them on at once.
type lineWriter struct {
	dst    io.Writer
	column int
	text   []byte
}

func (w *lineWriter) Write(p []byte) (int, error) {
	for rest := p; len(rest) > 0; {
		n := min(len(rest), armorColumns-w.column)
		w.text = append(w.text, rest[:n]...)
		rest = rest[n:]
		if w.column += n; w.column == armorColumns {
			w.text = append(w.text, '\n')
			w.column = 0
		}
	}
	if len(w.text) < bufferSize {
		return len(p), nil
	}
	_, err := w.dst.Write(w.text)
	w.text = w.text[:0]
	return len(p), err
}

// flush writes what is left and ends its line.
func (w *lineWriter) flush() error {
	if w.column > 0 {
		w.text = append(w.text, '\n')
	}
	_, err := w.dst.Write(w.text)
	return err
}

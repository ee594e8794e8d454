package job

import (
	"context"
	"io"
	"os"

	"github.com/jpki-desktop/jpki/sign"
)

// Stdio is the path that stands for standard input or output.
const Stdio = "-"

// input is a document being read. It notices when somebody else writes to it meanwhile.
type input struct {
	io.Reader
	path   string
	file   *os.File
	before os.FileInfo // nil for standard input
}

// checkInput tells why the file at path cannot be a document, if so.
func checkInput(path string) (os.FileInfo, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, reading(path, err)
	}
	switch {
	case info.IsDir():
		return nil, fail("input_directory", nil, path)
	case !info.Mode().IsRegular():
		return nil, fail("input_special", nil, path)
	}
	return info, nil
}

// OpenDocument opens the file at path if it can be a document. It does not open a folder, a
// device or a pipe, which might wait forever.
func OpenDocument(path string) (*os.File, os.FileInfo, error) {
	if _, err := checkInput(path); err != nil {
		return nil, nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, reading(path, err)
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, nil, reading(path, err)
	}
	return f, info, nil
}

// openInput opens the document at path; advance is told how many bytes were read.
func openInput(ctx context.Context, path string, stdin io.Reader, advance func(n int)) (*input, error) {
	if path == Stdio {
		return &input{Reader: &progressReader{ctx, stdin, advance}, path: path}, nil
	}
	f, info, err := OpenDocument(path)
	if err != nil {
		return nil, err
	}
	return &input{Reader: &progressReader{ctx, f, advance}, path: path, file: f, before: info}, nil
}

// size is the number of bytes that the document had when it was opened, or -1 for
// standard input.
func (in *input) size() int64 {
	if in.before == nil {
		return -1
	}
	return in.before.Size()
}

// unchanged returns sign.ErrSizeChanged if the file was written to since it was opened.
func (in *input) unchanged() error {
	if in.file == nil {
		return nil
	}
	after, err := in.file.Stat()
	if err != nil {
		return reading(in.path, err)
	}
	if after.Size() != in.before.Size() || !after.ModTime().Equal(in.before.ModTime()) {
		return sign.ErrSizeChanged
	}
	return nil
}

func (in *input) Close() error {
	if in.file == nil {
		return nil
	}
	return in.file.Close()
}

// progressReader reports what is read and ends with its context.
type progressReader struct {
	ctx     context.Context
	r       io.Reader
	advance func(n int)
}

func (p *progressReader) Read(b []byte) (int, error) {
	if err := p.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := p.r.Read(b)
	if p.advance != nil && n > 0 {
		p.advance(n)
	}
	return n, err
}

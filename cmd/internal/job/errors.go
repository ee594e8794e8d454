package job

import (
	"errors"
	"io/fs"
	"syscall"

	"github.com/jpki-desktop/jpki/sign"
)

// Error is something about files and choices that went wrong. Package msg has its words,
// by Code.
type Error struct {
	code string
	args []any
	err  error
}

func fail(code string, err error, args ...any) *Error {
	return &Error{code: code, args: args, err: err}
}

func (e *Error) Error() string {
	if e.err == nil {
		return e.code
	}
	return e.code + ": " + e.err.Error()
}

func (e *Error) Unwrap() error { return e.err }

// Code returns the stable code of the error.
func (e *Error) Code() string { return e.code }

// Args returns what the words of the error are about, usually a path.
func (e *Error) Args() []any { return e.args }

// reading gives an error from reading the file at path its code.
func reading(path string, err error) error {
	var coded *Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &coded):
		return err
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		return fail("input_missing", err, path)
	}
	return fail("input_unreadable", err, path)
}

// writing gives an error from writing the file at path its code.
func writing(path string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, sign.ErrSizeChanged):
		return err
	case errors.Is(err, fs.ErrExist):
		return fail("output_exists", err, path)
	case diskFull(err):
		return fail("disk_full", err, path)
	}
	return fail("output_unwritable", err, path)
}

package job

import (
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// Output is a file in the making. It is written beside its place under another name, so
// that after Commit the whole file is there, and before it nothing.
type Output struct {
	path    string
	replace bool
	mode    fs.FileMode // before the umask
	temp    *os.File    // nil until the first Write
}

// NewOutput prepares to write the file at path. It fails at once where Commit would: if
// the file exists and is not to be replaced, or if its folder cannot be written.
func NewOutput(path string, replace bool) (*Output, error) {
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target // the file is replaced, not the link to it
	}
	mode := fs.FileMode(0o666)
	switch info, err := os.Stat(path); {
	case err == nil && info.IsDir():
		return nil, fail("output_unwritable", nil, path)
	case err == nil && !replace:
		return nil, fail("output_exists", fs.ErrExist, path)
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return nil, writing(path, err)
	case err == nil:
		mode = info.Mode().Perm() // who may read the old one may read the new one
	}
	o := &Output{path: path, replace: replace, mode: mode}
	if err := o.open(); err != nil {
		return nil, err
	}
	// Thousands of files may be waiting for one PIN: none stays open before its turn.
	o.Abort()
	return o, nil
}

func (o *Output) open() error {
	name := filepath.Join(filepath.Dir(o.path), ".jpki-"+rand.Text()+".tmp")
	unfinished.Store(name, nil)
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, o.mode)
	if err != nil {
		unfinished.Delete(name)
		return fail("output_unwritable", err, o.path)
	}
	o.temp = f
	return nil
}

func (o *Output) Write(p []byte) (int, error) {
	if o.temp == nil {
		if err := o.open(); err != nil {
			return 0, err
		}
	}
	n, err := o.temp.Write(p)
	return n, writing(o.path, err)
}

// Commit brings the file to its place, once all of it is on the disk.
func (o *Output) Commit() error {
	defer o.Abort()
	if _, err := o.Write(nil); err != nil { // an empty file exists too
		return err
	}
	if err := o.temp.Sync(); err != nil {
		return writing(o.path, err)
	}
	if err := o.temp.Close(); err != nil {
		return writing(o.path, err)
	}
	return writing(o.path, o.place())
}

// place moves the temporary file to its path. A link does not replace a file that
// appeared meanwhile; a file system without links (FAT) leaves a short gap.
func (o *Output) place() error {
	if !o.replace {
		if err := os.Link(o.temp.Name(), o.path); err == nil || errors.Is(err, fs.ErrExist) {
			return err
		}
		if _, err := os.Lstat(o.path); err == nil {
			return fs.ErrExist
		}
	}
	return os.Rename(o.temp.Name(), o.path)
}

// Abort removes what was written and not committed. It does nothing after Commit.
func (o *Output) Abort() {
	if o.temp == nil {
		return
	}
	o.temp.Close()
	os.Remove(o.temp.Name())
	unfinished.Delete(o.temp.Name())
	o.temp = nil
}

// stdout is standard output, held back in a temporary file until it is whole.
type stdout struct {
	w    io.Writer
	temp *os.File
}

func (s *stdout) Write(p []byte) (int, error) {
	if s.temp == nil {
		var err error
		if s.temp, err = newSpool(os.TempDir()); err != nil {
			return 0, err
		}
	}
	n, err := s.temp.Write(p)
	return n, writing(s.temp.Name(), err)
}

func (s *stdout) Commit() error {
	defer s.Abort()
	if s.temp == nil {
		return nil
	}
	if _, err := s.temp.Seek(0, io.SeekStart); err != nil {
		return writing(s.temp.Name(), err)
	}
	_, err := io.Copy(s.w, s.temp)
	return writing(Stdio, err)
}

func (s *stdout) Abort() {
	removeSpool(s.temp)
	s.temp = nil
}

// newSpool makes a temporary file in dir that only this user can read.
func newSpool(dir string) (*os.File, error) {
	f, err := os.CreateTemp(dir, ".jpki-*.tmp")
	if err != nil {
		return nil, fail("output_unwritable", err, dir)
	}
	unfinished.Store(f.Name(), nil)
	return f, nil
}

func removeSpool(f *os.File) {
	if f == nil {
		return
	}
	f.Close()
	os.Remove(f.Name())
	unfinished.Delete(f.Name())
}

// unfinished has the names of all temporary files that exist.
var unfinished sync.Map

// RemoveUnfinished removes the temporary files of all work under way: for a program
// that ends without waiting for it.
func RemoveUnfinished() {
	unfinished.Range(func(name, _ any) bool {
		os.Remove(name.(string))
		return true
	})
}

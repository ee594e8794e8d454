package job

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/rogpeppe/go-internal/lockedfile"

	"github.com/jpki-desktop/jpki/sign/testca"
)

// registerFile is what the practice authorities remember, beside them.
const registerFile = "authority.json"

// register is the file in which the practice authorities remember what they issued. The
// commands and any number of services share it: it is read anew each time, replaced as a
// whole, and changed under a lock.
type register struct{}

// Load reads the register, which is empty before the first certificate.
func (register) Load() (*testca.Register, error) {
	path := practicePath(registerFile)
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return testca.ParseRegister(nil)
	}
	if err != nil {
		return nil, fail("authority_unreadable", err, path)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, testca.MaxRegister+1))
	if err == nil && len(data) == 0 {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return nil, fail("authority_unreadable", err, path)
	}
	r, err := testca.ParseRegister(data)
	if err != nil {
		return nil, fail("authority_unreadable", err, path)
	}
	return r, nil
}

// Update changes the register and writes it, unless change fails.
func (g register) Update(change func(*testca.Register) error) error {
	path := practicePath(registerFile)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return writing(path, err)
	}
	unlock, err := lockedfile.MutexAt(path + ".lock").Lock()
	if err != nil {
		return writing(path, err)
	}
	defer unlock()
	r, err := g.Load()
	if err != nil {
		return err
	}
	if err := change(r); err != nil {
		return err
	}
	data, err := r.Marshal()
	if err != nil {
		return err
	}
	return WriteFile(path, data, true, nil)
}

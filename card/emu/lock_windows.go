package emu

import (
	"errors"
	"os"
	"syscall"
	"time"
)

// errSharingViolation is ERROR_SHARING_VIOLATION: somebody else has the file open.
const errSharingViolation syscall.Errno = 32

// lockFile waits until it holds the file at path, which it makes, open without sharing
// it. Closing the file frees it, as the death of the process does.
func lockFile(path string) (*os.File, error) {
	name, err := syscall.UTF16PtrFromString(path)
	if err != nil {
		return nil, err
	}
	for {
		h, err := syscall.CreateFile(name, syscall.GENERIC_READ|syscall.GENERIC_WRITE,
			0, nil, syscall.OPEN_ALWAYS, syscall.FILE_ATTRIBUTE_NORMAL, 0)
		if err == nil {
			return os.NewFile(uintptr(h), path), nil
		}
		if !errors.Is(err, errSharingViolation) {
			return nil, &os.PathError{Op: "lock", Path: path, Err: err}
		}
		time.Sleep(2 * time.Millisecond)
	}
}

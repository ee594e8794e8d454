package job

import (
	"errors"

	"golang.org/x/sys/windows"
)

// diskFull tells whether err means that no more can be written for want of space.
func diskFull(err error) bool {
	return errors.Is(err, windows.ERROR_DISK_FULL) || errors.Is(err, windows.ERROR_HANDLE_DISK_FULL)
}

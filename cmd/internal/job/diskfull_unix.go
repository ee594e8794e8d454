//go:build !windows

package job

import (
	"errors"
	"syscall"
)

// diskFull tells whether err means that no more can be written for want of space, quota
// or file size.
func diskFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || errors.Is(err, syscall.EFBIG)
}

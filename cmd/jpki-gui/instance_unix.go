//go:build !windows

package main

import (
	"fmt"
	"os"
	"syscall"
)

// private returns an error unless folder is this user's own, and only this user can put
// something there: the variable that says where it is may name a place for everybody.
func private(folder string) error {
	info, err := os.Lstat(folder)
	if err != nil {
		return err
	}
	owner, ok := info.Sys().(*syscall.Stat_t)
	if !info.IsDir() || !ok || int(owner.Uid) != os.Geteuid() || info.Mode().Perm()&0o022 != 0 {
		return fmt.Errorf("%s is open to others", folder)
	}
	return os.Chmod(folder, 0o700)
}

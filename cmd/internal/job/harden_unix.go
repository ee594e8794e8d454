//go:build unix && !linux

package job

import "golang.org/x/sys/unix"

// Harden keeps secrets out of core files.
func Harden() {
	unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{})
}

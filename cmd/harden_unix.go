//go:build unix && !linux

package cmd

import "golang.org/x/sys/unix"

// harden keeps secrets out of core files.
func harden() {
	unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{})
}

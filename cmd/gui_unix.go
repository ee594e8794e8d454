//go:build !windows

package cmd

import (
	"os"
	"os/exec"
	"syscall"
)

// detach gives a program a session of its own, so that closing the terminal, or Ctrl-C in
// it, does not close the window.
func detach(c *exec.Cmd) { c.SysProcAttr = &syscall.SysProcAttr{Setsid: true} }

// doubleClicked tells whether the program was started from a desktop: there is a display
// and no terminal at all.
func doubleClicked() bool {
	if os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return false
	}
	terminal, err := os.Open("/dev/tty")
	if err != nil {
		return true
	}
	terminal.Close()
	return false
}

// keepConsole has nothing to keep open: a desktop starts programs without a terminal.
func keepConsole(*app) {}

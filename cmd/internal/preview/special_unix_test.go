//go:build unix

package preview

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// addSpecial adds what only Unix has: a pipe that nobody writes to, at which an open would
// wait forever, and a file that may not be read.
func addSpecial(t *testing.T, dir string, paths map[string]string) {
	pipe := filepath.Join(dir, "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	paths[pipe] = "input_special"
	secret := filepath.Join(dir, "secret")
	if err := os.WriteFile(secret, []byte("a"), 0o000); err != nil {
		t.Fatal(err)
	}
	if os.Geteuid() != 0 { // whom nothing is forbidden
		paths[secret] = "input_unreadable"
	}
}

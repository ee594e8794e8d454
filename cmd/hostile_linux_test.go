package cmd_test

import (
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

// room is what a file may make the program hold beside what the smallest one does, in MiB:
// the 16 MiB that may stand beside the content, some times over.
const room = 128

// builtProgram builds the program as it ships: a race detector in it would take memory, too.
func builtProgram(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "jpki")
	if out, err := exec.Command("go", "build", "-o", path, "./jpki").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return path
}

// checkMemory runs the program on f, in dir, and returns the most memory that it held, in
// MiB.
func (f hostileFile) checkMemory(t *testing.T, program, dir string) int64 {
	t.Helper()
	c := verifyCommand(dir, f)
	c.Path = program
	f.check(t, c)
	return c.ProcessState.SysUsage().(*syscall.Rusage).Maxrss >> 10
}

// TestMemoryOnHostileFiles measures the real program from outside on every file of the
// reject list, and on files of 4 GiB.
func TestMemoryOnHostileFiles(t *testing.T) {
	program := builtProgram(t)
	dir, files := hostileFiles(t)
	base := files[0].checkMemory(t, program, dir)
	for _, f := range files {
		if n := f.checkMemory(t, program, dir); n > base+room {
			t.Errorf("%s takes %d MiB, a sound file %d", f.Name, n, base)
		}
	}
	if testing.Short() {
		t.Skip("SKIPPED, NOT TESTED: 4 GiB of content take some seconds")
	}
	dir, files = hostileFiles(t, "-large")
	for _, f := range files {
		n := f.checkMemory(t, program, dir)
		if n > base+room {
			t.Errorf("%s takes %d MiB, a small file %d", f.Name, n, base)
		}
		t.Logf("%s: 4 GiB take %d MiB, a small file %d", f.Name, n, base)
	}
}

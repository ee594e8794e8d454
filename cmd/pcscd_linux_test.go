package cmd_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/jpki-desktop/jpki/card/pcsc/pcsctest"
)

// TestScriptsThroughPCSCD runs scripts beside a real smart card service with two empty
// readers; the scripts put practice cards into them.
func TestScriptsThroughPCSCD(t *testing.T) {
	if !pcsctest.InNamespace(t) {
		return
	}
	pcsctest.StartPCSCD(t)
	testscript.RunT(oneByOne{t}, scripts(t, "../testdata/script/pcscd"))
}

// oneByOne runs scripts one after the other: they share the readers.
type oneByOne struct{ *testing.T }

func (t oneByOne) Parallel() {}

func (t oneByOne) Run(name string, f func(testscript.T)) {
	t.T.Run(name, func(t *testing.T) {
		awaitEmptyReaders(t)
		f(oneByOne{t})
	})
}

// awaitEmptyReaders waits until pcscd has noticed that the cards of the script before
// have left; it looks every 400 ms.
func awaitEmptyReaders(t *testing.T) {
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		out, _ := exec.Command("jpki", "card", "--json").Output()
		if bytes.Contains(out, []byte(`"no_card"`)) {
			return
		}
	}
	t.Fatal("the readers do not get empty")
}

func (t oneByOne) Verbose() bool { return testing.Verbose() }

// TestNoServiceIsTold runs the card commands where no service runs at all.
func TestNoServiceIsTold(t *testing.T) {
	if !pcsctest.InNamespace(t) {
		return
	}
	dir, document := home(t, 1)
	for _, args := range [][]string{{"card"}, {"sign", document}, {"sign", "--json", document}} {
		c := jpki(dir, args...)
		out, err := c.CombinedOutput()
		if c.ProcessState.ExitCode() != 3 || !strings.Contains(string(out), "systemctl start pcscd") {
			t.Errorf("%v: %v\n%s", args, err, out)
		}
	}
}

// TestFullDisk signs onto a file system that has no room for it.
func TestFullDisk(t *testing.T) {
	if !pcsctest.InNamespace(t) {
		return
	}
	dir, document := home(t, 1<<20)
	small := filepath.Join(dir, "small")
	if err := os.Mkdir(small, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("small", small, "tmpfs", 0, "size=64k"); err != nil {
		t.Fatal(err)
	}
	defer syscall.Unmount(small, 0)
	c := exec.Command("bash", "-c", `exec jpki sign -r emu: --attached -o small --pin-fd 3 "$0" 3<<<ABC123`, document)
	like := jpki(dir)
	c.Dir, c.Env = like.Dir, like.Env
	out, err := c.CombinedOutput()
	if c.ProcessState.ExitCode() != 1 || !strings.Contains(string(out), "空き容量") {
		t.Errorf("%v\n%s", err, out)
	}
	if left, _ := os.ReadDir(small); len(left) != 0 {
		t.Errorf("left %v", left)
	}
}

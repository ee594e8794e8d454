package cmd_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// terminal is a pseudo-terminal with a program on it.
type terminal struct {
	t      *testing.T
	master *os.File
	cmd    *exec.Cmd
	mu     sync.Mutex
	screen bytes.Buffer
	closed chan struct{}
}

// onTerminal starts jpki in dir with a pseudo-terminal as all its standard streams.
func onTerminal(t *testing.T, dir string, args ...string) *terminal {
	t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { master.Close() })
	if err := unix.IoctlSetPointerInt(int(master.Fd()), unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	n, err := unix.IoctlGetInt(int(master.Fd()), unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	slave, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer slave.Close()
	c := jpki(dir, args...)
	c.Stdin, c.Stdout, c.Stderr = slave, slave, slave
	c.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	term := &terminal{t: t, master: master, cmd: c, closed: make(chan struct{})}
	go term.record()
	return term
}

// record keeps what appears on the screen, until the program has ended.
func (t *terminal) record() {
	defer close(t.closed)
	buf := make([]byte, 4096)
	for {
		n, err := t.master.Read(buf)
		t.mu.Lock()
		t.screen.Write(buf[:n])
		t.mu.Unlock()
		if err != nil {
			return
		}
	}
}

func (t *terminal) shown() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.screen.String()
}

// await waits until text is on the screen.
func (t *terminal) await(text string) {
	t.t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !strings.Contains(t.shown(), text); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.t.Fatalf("%q does not appear:\n%s", text, t.shown())
		}
	}
}

func (t *terminal) typeKeys(keys string) {
	t.t.Helper()
	if _, err := io.WriteString(t.master, keys); err != nil {
		t.t.Fatal(err)
	}
}

// ends waits for the end of the program and returns its exit code and the screen.
func (t *terminal) ends() (int, string) {
	t.t.Helper()
	err := t.cmd.Wait()
	<-t.closed
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.t.Fatal(err)
	}
	return t.cmd.ProcessState.ExitCode(), t.shown()
}

// home returns a folder with a practice card and a document of the given size in it.
func home(t *testing.T, size int64) (dir, document string) {
	t.Helper()
	dir = t.TempDir()
	if out, err := jpki(dir, "dev", "card", "reset").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	document = filepath.Join(dir, "document")
	f, err := os.Create(document)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := f.Truncate(size); err != nil {
		t.Fatal(err)
	}
	return dir, document
}

// TestPasswordIsNeverSeen types a password at the prompt, at the highest level of output,
// and looks for it on the screen, in the arguments of the process and in every file.
func TestPasswordIsNeverSeen(t *testing.T) {
	dir, document := home(t, 100)
	term := onTerminal(t, dir, "sign", "-r", "emu:", "-v", document)
	term.await("署名用パスワード")
	for _, name := range []string{"cmdline", "environ"} {
		data, err := os.ReadFile(fmt.Sprintf("/proc/%d/%s", term.cmd.Process.Pid, name))
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(data, []byte("ABC123")) {
			t.Errorf("the password is in %s", name)
		}
	}
	term.typeKeys("ABC123\r")
	code, screen := term.ends()
	if code != 0 {
		t.Fatalf("exit code %d:\n%s", code, screen)
	}
	upper := strings.ToUpper(strings.ReplaceAll(screen, " ", ""))
	for _, secret := range []string{"ABC123", "414243313233", "[65 66 67"} {
		if strings.Contains(upper, secret) {
			t.Errorf("%q is on the screen:\n%s", secret, screen)
		}
	}
	if !strings.Contains(screen, "00 20 00 80 [masked]") {
		t.Errorf("no trace:\n%s", screen)
	}
	secretsInFiles(t, dir)
}

// secretsInFiles looks for the password in the files of a home, but the practice card's
// own, which is the card.
func secretsInFiles(t *testing.T, dir string) {
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(path, filepath.Join(dir, "data")) {
			return err
		}
		data, err := os.ReadFile(path)
		if bytes.Contains(data, []byte("ABC123")) {
			t.Errorf("the password is in %s", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestProgramKeepsNoCoreFile looks at the limits of a running jpki.
func TestProgramKeepsNoCoreFile(t *testing.T) {
	dir, document := home(t, 1)
	term := onTerminal(t, dir, "sign", "-r", "emu:", document)
	term.await("署名用パスワード")
	limits, err := os.ReadFile(fmt.Sprintf("/proc/%d/limits", term.cmd.Process.Pid))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(limits)) {
		if fields := strings.Fields(line); strings.HasPrefix(line, "Max core file size") && fields[4] != "0" {
			t.Errorf("%s", line)
		}
	}
	term.typeKeys("\x03")
	if code, screen := term.ends(); code != 130 {
		t.Errorf("exit code %d:\n%s", code, screen)
	}
}

// TestInterruptLeavesNothing stops jpki at the prompt and while it reads, by signals and
// by the key.
func TestInterruptLeavesNothing(t *testing.T) {
	const size = 64 << 30 // sparse: hashing it takes far longer than the test
	for name, stop := range map[string]func(*terminal){
		"SIGINT at the prompt":  func(term *terminal) { term.cmd.Process.Signal(os.Interrupt) },
		"Ctrl-C at the prompt":  func(term *terminal) { term.typeKeys("AB\x03") },
		"SIGTERM at the prompt": func(term *terminal) { term.cmd.Process.Signal(syscall.SIGTERM) },
		"Ctrl-C while reading":  func(term *terminal) { term.typeKeys("ABC123\r"); term.await("%"); term.typeKeys("\x03") },
		"SIGTERM while reading": func(term *terminal) {
			term.typeKeys("ABC123\r")
			term.await("%")
			term.cmd.Process.Signal(syscall.SIGTERM)
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir, document := home(t, size)
			term := onTerminal(t, dir, "sign", "-r", "emu:", document)
			term.await("署名用パスワード")
			stop(term)
			code, screen := term.ends()
			if code != 130 || !strings.Contains(screen, "中止しました") {
				t.Errorf("exit code %d:\n%s", code, screen)
			}
			for _, pattern := range []string{"document.*", ".jpki-*"} {
				if left, _ := filepath.Glob(filepath.Join(dir, pattern)); left != nil {
					t.Errorf("left %v", left)
				}
			}
			if out, err := jpki(dir, "card", "-r", "emu:", "--lang", "en").Output(); !strings.Contains(string(out), "5 of 5") {
				t.Errorf("a try was spent: %v\n%s", err, out)
			}
		})
	}
}

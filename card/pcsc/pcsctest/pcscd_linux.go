package pcsctest

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// Socket is where pcscd listens inside the namespace.
const Socket = "/run/pcscd/pcscd.comm"

// startup is how long pcscd may take until it answers.
const startup = 20 * time.Second

// A Service is a pcscd of the test's own.
type Service struct {
	t    testing.TB
	bare bool // without readers
	cmd  *exec.Cmd
	log  lockedBuffer
}

// StartPCSCD starts pcscd with the software readers [Reader] and [Reader2], both empty,
// and waits until it answers. It must be called inside the namespace. The service ends
// with t; if t has failed by then, what the service logged is shown.
func StartPCSCD(t testing.TB) *Service {
	t.Helper()
	return start(t, false)
}

// StartBarePCSCD is [StartPCSCD] without any reader.
func StartBarePCSCD(t testing.TB) *Service {
	t.Helper()
	return start(t, true)
}

func start(t testing.TB, bare bool) *Service {
	t.Helper()
	if os.Getenv(inside) == "" {
		t.Fatal("StartPCSCD is for the inside of InNamespace")
	}
	s := &Service{t: t, bare: bare}
	t.Cleanup(func() {
		s.Stop()
		if t.Failed() {
			t.Logf("pcscd logged:\n%s", s.log.String())
		}
	})
	s.Start()
	return s
}

// Start starts the service again after [Service.Stop].
func (s *Service) Start() {
	s.t.Helper()
	if s.cmd != nil {
		s.t.Fatal("pcscd runs already")
	}
	cmd, err := s.command()
	if err != nil {
		unable(s.t, "%v", err)
	}
	if err := cmd.Start(); err != nil {
		s.t.Fatalf("starting pcscd: %v", err)
	}
	s.cmd = cmd
	if err := waitFor(s.answers); err != nil {
		s.t.Fatalf("waiting for pcscd: %v", err)
	}
}

// Stop ends the service, as if it had crashed: nobody is told.
func (s *Service) Stop() {
	if s.cmd == nil {
		return
	}
	s.cmd.Process.Kill()
	s.cmd.Wait() // says "killed", which is what was asked
	s.cmd = nil
	// A killed pcscd leaves these behind, and a new one would refuse to start.
	os.Remove(Socket)
	os.Remove(filepath.Join(filepath.Dir(Socket), "pcscd.pid"))
}

// Log is what the service has logged so far: every state change, no command.
func (s *Service) Log() string { return s.log.String() }

// command is pcscd with the software readers and no others: a real reader on this
// machine is nobody's to test with.
func (s *Service) command() (*exec.Cmd, error) {
	path, err := pcscdPath()
	if err != nil {
		return nil, err
	}
	driver, err := driverPath()
	if err != nil {
		return nil, err
	}
	dir := s.t.TempDir()
	conf := fmt.Sprintf("FRIENDLYNAME \"Virtual PCD\"\nDEVICENAME /dev/null:0x8C7B\nLIBPATH %s\nCHANNELID 0x8C7B\n", driver)
	if s.bare {
		conf = ""
	}
	if err := os.WriteFile(filepath.Join(dir, "vpcd"), []byte(conf), 0o644); err != nil {
		return nil, err
	}
	args := []string{"--foreground", "--info", "--config", dir}
	if usage, _ := exec.Command(path, "--help").CombinedOutput(); bytes.Contains(usage, []byte("--disable-polkit")) {
		args = append(args, "--disable-polkit")
	}
	cmd := exec.Command(path, args...)
	cmd.Env = append(os.Environ(), "PCSCLITE_HP_DROPDIR="+s.t.TempDir())
	cmd.Stdout, cmd.Stderr = &s.log, &s.log
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	return cmd, nil
}

// pcscdPath finds pcscd, which lies outside a user's PATH on Debian.
func pcscdPath() (string, error) {
	for _, name := range []string{"pcscd", "/usr/sbin/pcscd", "/usr/local/sbin/pcscd"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errors.New("no pcscd (Debian package pcscd)")
}

func driverPath() (string, error) {
	for _, pattern := range []string{"/usr/lib*/pcsc/drivers/serial/libifdvpcd.so", "/usr/lib/*/pcsc/drivers/serial/libifdvpcd.so", "/usr/local/lib*/pcsc/drivers/serial/libifdvpcd.so"} {
		if found, err := filepath.Glob(pattern); err == nil && len(found) > 0 {
			return found[0], nil
		}
	}
	return "", errors.New("no software reader (Debian package vsmartcard-vpcd)")
}

// answers reports whether pcscd takes connections and both readers wait for cards.
// A connection to a reader's port would insert a card, so the kernel's list is asked.
func (s *Service) answers() error {
	c, err := net.Dial("unix", Socket)
	if err != nil {
		return err
	}
	c.Close()
	if s.bare {
		return nil
	}
	sockets, err := os.ReadFile("/proc/self/net/tcp")
	if err != nil {
		return err
	}
	for _, port := range []string{":8C7B 00000000:0000 0A", ":8C7C 00000000:0000 0A"} {
		if !strings.Contains(string(sockets), port) {
			return fmt.Errorf("nothing listens on port %s", port[1:5])
		}
	}
	return nil
}

// waitFor calls f until it succeeds or [startup] has passed.
func waitFor(f func() error) error {
	end := time.Now().Add(startup)
	for {
		err := f()
		if err == nil || time.Now().After(end) {
			return err
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// lockedBuffer takes what a child writes while the test may read it.
type lockedBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

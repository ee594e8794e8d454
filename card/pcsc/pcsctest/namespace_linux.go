package pcsctest

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// inside is the variable by which the child knows that it has its namespaces.
const inside = "JPKI_PCSCTEST_INSIDE"

// prepare makes the child's namespaces fit for use, once however many tests ask.
var prepare = sync.OnceValue(prepareNamespace)

// InNamespace reports whether the test is to go on here. In a plain test process it is
// not: the test's program is started again in namespaces of its own for this one test,
// its output and outcome become those of t, and InNamespace returns false. In there it
// returns true, with a loopback interface that is up and an empty /run/pcscd.
//
//	if !pcsctest.InNamespace(t) {
//		return
//	}
//
// A user other than root gets a user namespace as well, where the system allows it.
func InNamespace(t *testing.T) bool {
	t.Helper()
	if os.Getenv(inside) != "" {
		if err := prepare(); err != nil {
			unable(t, "preparing the namespace: %v", err)
		}
		return true
	}
	if path, err := pcscdPath(); err != nil {
		unable(t, "%v", err)
	} else if _, err := driverPath(); err != nil {
		unable(t, "%s is there, but %v", path, err)
	}
	rerun(t)
	return false
}

// rerun runs t alone in new namespaces and takes over its outcome.
func rerun(t *testing.T) {
	t.Helper()
	// The kernel sends the parent-death signal when the thread that forked ends.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	program, err := os.Executable()
	if err != nil {
		t.Fatalf("finding the test's program: %v", err)
	}
	cmd := exec.CommandContext(t.Context(), program, arguments(t)...)
	cmd.Env = append(os.Environ(), inside+"="+t.Name())
	cmd.SysProcAttr = namespaces()
	r, w := io.Pipe()
	cmd.Stdout, cmd.Stderr = w, w
	if err := cmd.Start(); err != nil {
		unable(t, "making namespaces: %v", err)
	}
	ended := make(chan error, 1)
	go func() {
		ended <- cmd.Wait()
		w.Close()
	}()
	skipped := relay(t, r)
	if err := <-ended; err != nil {
		t.Fatalf("in the namespace: %v", err)
	}
	if skipped {
		t.Skip("skipped in the namespace, see above")
	}
}

// relay logs what the child prints, and reports whether it skipped t.
func relay(t *testing.T, r io.Reader) (skipped bool) {
	t.Helper()
	lines := bufio.NewReader(r)
	for {
		line, err := lines.ReadString('\n')
		if line = strings.TrimRight(line, "\n\x16"); line != "" {
			t.Log(line)
		}
		if strings.HasPrefix(strings.TrimSpace(line), "--- SKIP: "+t.Name()+" ") {
			skipped = true
		}
		if err != nil {
			return skipped
		}
	}
}

// arguments are the flags of the child: this test, once, in the time that is left.
func arguments(t *testing.T) []string {
	parts := strings.Split(t.Name(), "/")
	for i, p := range parts {
		parts[i] = "^" + regexp.QuoteMeta(p) + "$"
	}
	args := []string{"-test.run=" + strings.Join(parts, "/"), "-test.v", "-test.count=1"}
	if testing.Short() {
		args = append(args, "-test.short")
	}
	if end, ok := t.Deadline(); ok {
		args = append(args, "-test.timeout="+max(time.Until(end)-time.Second, time.Second).String())
	}
	if dir := os.Getenv("GOCOVERDIR"); dir != "" && testing.CoverMode() != "" {
		args = append(args, "-test.gocoverdir="+dir)
	}
	return args
}

func namespaces() *syscall.SysProcAttr {
	a := &syscall.SysProcAttr{
		Cloneflags: syscall.CLONE_NEWNET | syscall.CLONE_NEWNS,
		Pdeathsig:  syscall.SIGKILL,
	}
	if os.Geteuid() != 0 {
		a.Cloneflags |= syscall.CLONE_NEWUSER
		a.UidMappings = []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}}
		a.GidMappings = []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}}
	}
	return a
}

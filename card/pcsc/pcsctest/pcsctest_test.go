package pcsctest_test

import (
	"net"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/jpki-desktop/jpki/card/pcsc/pcsctest"
)

func TestServiceStopsAndStartsAgain(t *testing.T) {
	if !pcsctest.InNamespace(t) {
		return
	}
	s := pcsctest.StartPCSCD(t)
	for range 2 {
		s.Stop()
		if _, err := net.Dial("unix", pcsctest.Socket); err == nil {
			t.Fatal("somebody answers though pcscd was stopped")
		}
		s.Start()
	}
	if s.Log() == "" {
		t.Error("pcscd logged nothing")
	}
}

func TestNamespaceHasOnlyLoopback(t *testing.T) {
	t.Run("sub test (1)", func(t *testing.T) {
		if !pcsctest.InNamespace(t) {
			return
		}
		nics, err := net.Interfaces()
		if err != nil || len(nics) != 1 || nics[0].Flags&net.FlagLoopback == 0 || nics[0].Flags&net.FlagUp == 0 {
			t.Errorf("interfaces %v, %v; want the loopback alone, and up", nics, err)
		}
	})
}

// outcome is the variable that makes [TestChild] do something.
const outcome = "PCSCTEST_OUTCOME"

func TestOutcomeInTheNamespaceIsTheTests(t *testing.T) {
	if os.Getenv(outcome) != "" {
		return
	}
	for _, c := range []struct{ outcome, want string }{
		{"pass", "--- PASS: TestChild "},
		{"fail", "--- FAIL: TestChild "},
		{"skip", "--- SKIP: TestChild "},
		{"panic", "--- FAIL: TestChild "},
	} {
		cmd := exec.Command(os.Args[0], "-test.run=^TestChild$", "-test.v")
		cmd.Env = append(os.Environ(), outcome+"="+c.outcome)
		out, err := cmd.CombinedOutput()
		if failed := c.outcome == "fail" || c.outcome == "panic"; failed != (err != nil) {
			t.Errorf("%s: the program says %v", c.outcome, err)
		}
		if !strings.Contains("\n"+string(out), "\n"+c.want) {
			t.Errorf("%s: no %q in\n%s", c.outcome, c.want, out)
		}
	}
}

func TestChild(t *testing.T) {
	if os.Getenv(outcome) == "" || !pcsctest.InNamespace(t) {
		return
	}
	switch os.Getenv(outcome) {
	case "fail":
		t.Error("as told")
	case "skip":
		t.Skip("as told")
	case "panic":
		panic("as told")
	}
}

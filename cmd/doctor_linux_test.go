package cmd_test

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/ebfe/scard"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/jpki-desktop/jpki/card/pcsc/pcsctest"
)

// situation is what jpki doctor must say.
type situation struct {
	cause  string // name/state of the first problem
	exit   int
	ja, en string // parts of the summaries
	change func(*exec.Cmd)
}

// diagnose runs the real program, for JSON and for both languages, and holds it to want.
func diagnose(t *testing.T, want situation, args ...string) {
	t.Helper()
	dir := t.TempDir()
	run := func(more ...string) string {
		c := jpki(dir, append(append(more, "doctor"), args...)...)
		if want.change != nil {
			want.change(c)
		}
		start := time.Now()
		out, err := c.Output()
		if want.change != nil && (errors.Is(err, syscall.EINVAL) || errors.Is(err, syscall.EPERM)) {
			t.Skipf("REFUSED PERMISSION NOT TESTED: this user cannot become another one: %v", err)
		}
		if code := c.ProcessState.ExitCode(); code != want.exit {
			t.Errorf("exit code %d, want %d: %v\n%s", code, want.exit, err, out)
		}
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("took %v", took)
		}
		return string(out)
	}
	expectCause(t, run("--json"), want.cause)
	if out := run("--lang", "ja"); !strings.Contains(out, "\nまとめ：問題があります："+want.ja) {
		t.Errorf("no summary %q in:\n%s", want.ja, out)
	}
	if out := run("--lang", "en"); !strings.Contains(out, "\nSummary: There is a problem: "+want.en) {
		t.Errorf("no summary %q in:\n%s", want.en, out)
	}
}

// expectCause holds a result to its schema, and to its cause.
func expectCause(t *testing.T, out, want string) {
	t.Helper()
	schema, err := jsonschema.NewCompiler().Compile(filepath.Join("schema", "doctor.json"))
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(out))
	if err == nil {
		err = schema.Validate(value)
	}
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var r struct{ Cause struct{ Name, State string } }
	if err := json.Unmarshal([]byte(out), &r); err != nil {
		t.Fatal(err)
	}
	if got := r.Cause.Name + "/" + r.Cause.State; got != want {
		t.Errorf("cause %s, want %s\n%s", got, want, out)
	}
}

func TestDoctorServiceStopped(t *testing.T) {
	if !pcsctest.InNamespace(t) {
		return
	}
	stopped := situation{cause: "service_running/stopped", exit: 3, ja: "カードを読み取るサービス（pcscd）が動いていません", en: "The service that reads cards (pcscd) is not running"}
	diagnose(t, stopped)
	s := pcsctest.StartPCSCD(t)
	diagnose(t, situation{cause: "card/no_card", exit: 3, ja: "カードが置かれていません", en: "There is no card"})
	s.Stop()
	diagnose(t, stopped)
}

func TestDoctorSocketRefuses(t *testing.T) {
	if !pcsctest.InNamespace(t) {
		return
	}
	pcsctest.StartPCSCD(t)
	if err := os.Chmod(pcsctest.Socket, 0); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(pcsctest.Socket, 0o777)
	program := readableProgram(t)
	diagnose(t, situation{
		cause: "service_permitted/socket_refused", exit: 3,
		ja: "カードを読み取るサービス（pcscd）のソケットに、この利用者は接続できません", en: "This user may not connect",
		change: func(c *exec.Cmd) {
			c.Path, c.Dir = program, "/"
			c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
		},
	})
}

// readableProgram is a copy of the program where every user may run it; the test's own
// lies in a folder of this user's.
func readableProgram(t *testing.T) string {
	t.Helper()
	from, err := exec.LookPath("jpki")
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(filepath.Dir(pcsctest.Socket), "jpki")
	if err := os.WriteFile(program, data, 0o755); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Remove(program) })
	return program
}

func TestDoctorNoReader(t *testing.T) {
	if !pcsctest.InNamespace(t) {
		return
	}
	pcsctest.StartBarePCSCD(t)
	diagnose(t, situation{cause: "readers/none", exit: 3, ja: "カードリーダーが見つかりません", en: "No card reader was found"})
}

func TestDoctorHangingService(t *testing.T) {
	if !pcsctest.InNamespace(t) {
		return
	}
	l, err := net.Listen("unix", pcsctest.Socket)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	diagnose(t, situation{cause: "service_running/hanging", exit: 3, ja: "カードを読み取るサービスが応答しません", en: "The service that reads cards does not answer"})
}

// plainCard answers SELECT of the named applications, and refuses everything else.
func plainCard(applications ...string) func([]byte) []byte {
	return func(capdu []byte) []byte {
		for _, a := range applications {
			if strings.HasPrefix(strings.ToUpper(hex.EncodeToString(capdu)), "00A4040C0A"+a) {
				return []byte{0x90, 0x00}
			}
		}
		return []byte{0x6A, 0x82}
	}
}

func TestDoctorBadCards(t *testing.T) {
	if !pcsctest.InNamespace(t) {
		return
	}
	pcsctest.StartPCSCD(t)
	for _, c := range []struct {
		name    string
		respond func([]byte) []byte
		want    situation
	}{
		{"other card", plainCard(), situation{cause: "card/other_card", ja: "置かれているカードは、マイナンバーカードではないようです", en: "The card does not seem to be a My Number card"}},
		{"mute card", nil, situation{cause: "card/mute_card", ja: "カードが応答しません", en: "The card does not answer"}},
		{"My Number card without JPKI", plainCard("D3921000310001010402", "D3921000310001010408"),
			situation{cause: "card/jpki_missing", ja: "マイナンバーカードですが", en: "It is a My Number card, but"}},
		{"card that says nothing of use", plainCard("D392F000260100000001"), situation{cause: "token/unknown"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			defer pcsctest.Insert(t, pcsctest.Addr, c.respond)()
			awaitCard(t, true)
			if c.want.cause == "token/unknown" {
				expectUnknown(t)
				return
			}
			c.want.exit = 3
			diagnose(t, c.want)
		})
		awaitCard(t, false)
	}
}

// TestDoctorCardInUse has this program hold the card.
func TestDoctorCardInUse(t *testing.T) {
	if !pcsctest.InNamespace(t) {
		return
	}
	pcsctest.StartPCSCD(t)
	defer pcsctest.Insert(t, pcsctest.Addr, plainCard("D392F000260100000001"))()
	awaitCard(t, true)
	service, err := scard.EstablishContext()
	if err != nil {
		t.Fatal(err)
	}
	defer service.Release()
	inUse := situation{cause: "card/in_use_by", exit: 3, ja: "カードを、ほかのソフトが使っています（リーダー：Virtual PCD 00 00、可能性のあるソフト：", en: "Another program is using the card (reader: Virtual PCD 00 00; it may be "}
	for _, mode := range []scard.ShareMode{scard.ShareExclusive, scard.ShareShared} {
		c, err := service.Connect(pcsctest.Reader, mode, scard.ProtocolAny)
		if err == nil && mode == scard.ShareShared {
			err = c.BeginTransaction()
		}
		if err != nil {
			t.Fatal(err)
		}
		diagnose(t, inUse)
		if err := c.Disconnect(scard.LeaveCard); err != nil {
			t.Fatal(err)
		}
	}
}

// expectUnknown looks at a card that answers the application's SELECT and knows no file.
func expectUnknown(t *testing.T) {
	c := jpki(t.TempDir(), "doctor", "--json")
	out, err := c.Output()
	if !strings.Contains(string(out), `"reached": true`) || !strings.Contains(string(out), `"state": "unknown"`) {
		t.Errorf("%v\n%s", err, out)
	}
}

// awaitCard waits until the service has noticed that a card came to the first reader, or
// left it.
func awaitCard(t *testing.T, want bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		out, _ := jpki(t.TempDir(), "doctor", "--json").Output() // its exit code is another test's business
		var r struct {
			Checks []struct{ Name, State string }
		}
		if err := json.Unmarshal(out, &r); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		for _, c := range r.Checks {
			if c.Name == "reader" {
				if (c.State != "empty") == want {
					return
				}
				break
			}
		}
	}
	t.Fatal("the service did not notice the card")
}

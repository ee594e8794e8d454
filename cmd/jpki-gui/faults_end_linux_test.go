package main_test

import (
	"encoding/binary"
	"encoding/json"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/jpki-desktop/jpki/card/emu"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// halfway signs a large file together with its content, and returns when the half of it
// that is written lies beside it.
func halfway(t *testing.T) *pane {
	d := newDesk(t)
	p := d.chosen("emu:", d.sparse("large.bin", 4<<30))
	p.keys("Tab", "Tab", "Tab", "Return") // past the buttons of the file, to the choice of one file for both
	p.askedForPIN()
	p.enter(emu.SignPIN)
	p.wait("half a file", func() bool { return len(p.unfinished()) == 1 })
	return p
}

// unfinished are the half files beside the documents.
func (d *desk) unfinished() []string {
	found, err := filepath.Glob(filepath.Join(d.home, "documents", ".jpki-*"))
	if err != nil {
		d.t.Fatal(err)
	}
	return found
}

// gone waits until the program has ended, and checks that it left nothing.
func (p *pane) gone() {
	p.t.Helper()
	select {
	case <-p.ended:
	case <-time.After(10 * time.Second):
		p.t.Fatal("the program goes on")
	}
	p.quiet()
	p.only("large.bin")
}

// TestClosingInTheMiddleAsksFirst goes back to the work once, then stops it.
func TestClosingInTheMiddleAsksFirst(t *testing.T) {
	p := halfway(t)
	p.closeWindow()
	p.untilTitle(msg.CloseWhileWorking.Ja)
	p.keep("asked")
	p.keys("Return") // the focus is where nothing is lost
	p.untilTitle("%")
	if len(p.unfinished()) != 1 {
		t.Error("the work has ended")
	}
	p.closeWindow()
	p.untilTitle(msg.CloseWhileWorking.Ja)
	p.keys("Tab", "Return")
	p.gone()
}

// TestEndOfTheProgramLeavesNoHalfFile ends it from outside in the middle of the work.
func TestEndOfTheProgramLeavesNoHalfFile(t *testing.T) {
	for name, end := range map[string]func(*pane){
		"terminated":     func(p *pane) { p.cmd.Process.Signal(syscall.SIGTERM) },
		"hung up":        func(p *pane) { p.cmd.Process.Signal(syscall.SIGHUP) },
		"without X":      func(p *pane) { p.server.Process.Kill() },
		"window removed": func(p *pane) { p.run("xdotool", "windowclose", p.id) },
	} {
		t.Run(name, func(t *testing.T) {
			p := halfway(t)
			end(p)
			p.gone()
			cores, err := filepath.Glob(filepath.Join(p.home, "core*"))
			if err != nil || len(cores) > 0 {
				t.Errorf("left %v, %v", cores, err)
			}
		})
	}
}

// closeWindow asks the window to close, as a window manager does when its button is pressed
// (ICCCM section 4.2.8.1). xdotool of this age can only destroy windows.
func (p *pane) closeWindow() {
	p.t.Helper()
	x := p.dial()
	defer x.Close()
	window, err := strconv.ParseUint(p.id, 0, 32)
	if err != nil {
		p.t.Fatal(err)
	}
	protocols, deletion := x.atom(p.t, "WM_PROTOCOLS"), x.atom(p.t, "WM_DELETE_WINDOW")
	event := append([]byte{33, 32, 0, 0}, words(uint32(window), protocols, deletion, 0, 0, 0, 0)...)
	x.send(p.t, 25, append(words(uint32(window), 0), event...))
	x.send(p.t, 43, nil) // whose answer tells that the server has got there
	x.answer(p.t)
}

// display is a connection to the X server (X Window System Protocol, appendix B).
type display struct{ net.Conn }

func (d *desk) dial() display {
	d.t.Helper()
	number := strings.TrimPrefix(d.env[0], "DISPLAY=:")
	c, err := net.Dial("unix", "/tmp/.X11-unix/X"+number)
	if err != nil {
		d.t.Fatal(err)
	}
	c.SetDeadline(time.Now().Add(10 * time.Second))
	if _, err := c.Write([]byte{'l', 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0}); err != nil {
		d.t.Fatal(err)
	}
	head := make([]byte, 8)
	if _, err := io.ReadFull(c, head); err != nil || head[0] != 1 {
		d.t.Fatalf("the X server refuses: % x, %v", head, err)
	}
	if _, err := io.CopyN(io.Discard, c, 4*int64(binary.LittleEndian.Uint16(head[6:]))); err != nil {
		d.t.Fatal(err)
	}
	return display{c}
}

// send sends a request whose second byte is 0; body is a multiple of four bytes.
func (x display) send(t *testing.T, opcode byte, body []byte) {
	t.Helper()
	request := binary.LittleEndian.AppendUint16([]byte{opcode, 0}, uint16(1+len(body)/4))
	if _, err := x.Write(append(request, body...)); err != nil {
		t.Fatal(err)
	}
}

func (x display) answer(t *testing.T) []byte {
	t.Helper()
	reply := make([]byte, 32)
	if _, err := io.ReadFull(x, reply); err != nil || reply[0] != 1 {
		t.Fatalf("the X server answers % x, %v", reply, err)
	}
	return reply
}

func (x display) atom(t *testing.T, name string) uint32 {
	t.Helper()
	body := append(binary.LittleEndian.AppendUint16(nil, uint16(len(name))), 0, 0)
	body = append(body, name...)
	x.send(t, 16, append(body, make([]byte, -len(name)&3)...))
	return binary.LittleEndian.Uint32(x.answer(t)[8:])
}

func words(list ...uint32) []byte {
	var b []byte
	for _, w := range list {
		b = binary.LittleEndian.AppendUint32(b, w)
	}
	return b
}

// TestPINStaysWhereItWasTyped looks for it in all that the session has left.
func TestPINStaysWhereItWasTyped(t *testing.T) {
	const secret, wrong = "QX7ZJ3KVW9", "WRQ8ZKX5VJ"
	d := newDesk(t)
	change := d.command("jpki", "pin", "change", "sign", "-r", "emu:"+d.card(), "--pin-fd", "0")
	change.Stdin = strings.NewReader(emu.SignPIN + "\n" + secret + "\n" + secret + "\n")
	if out, err := change.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	p := d.chosen("emu:"+d.card(), d.document("a.xtx"))
	for _, pin := range []string{wrong, secret} {
		p.askedForPIN()
		p.types(strings.ToLower(pin))
		p.holdsNone(p.title(), "the title", secret, wrong)
		p.keys("Return")
		p.untilTitle(map[string]string{wrong: "違います", secret: msg.SignedOne.Ja}[pin])
		p.holdsNone(p.title(), "the title", secret, wrong)
	}
	p.closeWindow()
	<-p.ended
	p.holdsNone(p.output.String(), "what the program wrote", secret, wrong)
	remove(t, d.card()) // the card itself knows it
	err := filepath.WalkDir(d.home, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(path)
		p.holdsNone(string(data), path, secret, wrong)
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func (p *pane) holdsNone(text, where string, secrets ...string) {
	p.t.Helper()
	for _, s := range secrets {
		if strings.Contains(strings.ToUpper(text), s) {
			p.t.Errorf("%s holds the PIN", where)
		}
	}
}

// TestDamagedSettingsAreReplaced starts with garbage where the settings were, and those of
// the toolkit.
func TestDamagedSettingsAreReplaced(t *testing.T) {
	d := newDesk(t)
	toolkits := filepath.Join(d.home, "config/fyne/io.github.jpki_desktop.jpki/preferences.json")
	for name, garbage := range map[string]string{
		"cut": `{"size":"lar`, "binary": "\x00\xff\x7fELF", "other types": `{"size":7,"scheme":["blue"],"language":{"a":null}}`,
		"unknown values": `{"size":"huge","scheme":"plaid","language":"tlh"}`, "mixed list": `{"size":[true,"large",3]}`, "empty": "",
	} {
		for _, path := range []string{d.settingsFile(), toolkits} {
			if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(garbage), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		p := d.open("-r", "emu:")
		p.untilTitle(ready(msg.Ja))
		p.keys("F7")
		p.wait("settings that hold", func() bool { return strings.Contains(d.settings(), `"yellow"`) })
		p.closeWindow()
		<-p.ended
		if !json.Valid([]byte(d.settings())) {
			t.Errorf("%s: the settings are %q", name, d.settings())
		}
	}
}

// TestWithoutADisplayItSaysSo starts it where no window can be.
func TestWithoutADisplayItSaysSo(t *testing.T) {
	d := newDesk(t)
	c := d.command("jpki-gui", "-r", "emu:")
	c.Env = append(c.Env, "DISPLAY=")
	out, err := c.CombinedOutput()
	if err == nil || !strings.Contains(string(out), msg.NoDisplay.Ja) || strings.Contains(string(out), "goroutine") {
		t.Errorf("%v\n%s", err, out)
	}
}

// hostile are names that would do harm where they are taken for more than names.
func hostile() []string {
	return []string{
		"new\nline\r.xtx", "right\u202Etxt.exe", "bell\a\x1b[31m.xtx", "not\xff\xfeutf8.xtx", "-r", "%s%n %d.xtx",
		strings.Repeat("a", 200), strings.Repeat("名", 80), "$(touch gone)`.xtx",
	}
}

// TestHostileNamesAreNamesOnly gives such files when the window opens, and hands them over
// to one that is open.
func TestHostileNamesAreNamesOnly(t *testing.T) {
	d := newDesk(t)
	var files, names []string
	for _, n := range hostile() {
		files, names = append(files, d.document(n)), append(names, n)
	}
	p := d.chosen("emu:", files[:2]...)
	p.keep("shown")
	d.run("jpki-gui", files...)
	p.untilTitle(msg.SignList.In(msg.Ja, msg.Number(len(files))))
	p.askedForPIN()
	p.enter(emu.SignPIN)
	p.untilTitle(msg.SignedAll.In(msg.Ja, msg.Number(len(files))))
	p.keep("signed")
	for _, n := range names {
		names = append(names, n+".p7s")
	}
	d.only(names...)

	// A message with a name in it is a title, too.
	missing := filepath.Join(d.home, "documents", "gone\u202Eexe\n\x1b.p7s")
	if err := os.WriteFile(missing, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	before := p.title()
	d.run("jpki-gui", missing)
	p.wait("another title", func() bool { return p.title() != before })
	p.keep("broken")
	p.plain()
	p.sound()
}

// plain checks that the title holds letters only, none that turns others around.
func (p *pane) plain() {
	p.t.Helper()
	title := p.title()
	harm := func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == utf8.RuneError }
	if strings.ContainsFunc(title, harm) {
		p.t.Errorf("the title is %q", title)
	}
}

package main_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/card/emu"
	"github.com/jpki-desktop/jpki/card/pcsc/pcsctest"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// document puts a file to be signed into the user's folder of documents.
func (d *desk) document(name string) string {
	d.t.Helper()
	path := filepath.Join(d.home, "documents", name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		d.t.Fatal(err)
	}
	copyFile(d.t, "../../testdata/etax/kakutei.xtx", path)
	return path
}

// chosen opens the window with files to be signed, and waits until the card is read.
func (d *desk) chosen(source string, files ...string) *pane {
	d.t.Helper()
	p := d.open(append([]string{"-r", source}, files...)...)
	p.untilTitle(msg.SignList.In(msg.Ja, msg.Number(len(files))))
	p.keys("alt+1")
	p.untilTitle(ready(msg.Ja))
	p.keys("alt+3")
	p.untilTitle(msg.RoomSign.Ja + " - ")
	return p
}

// askedForPIN presses the button that signs, and waits for the dialog.
func (p *pane) askedForPIN() {
	p.t.Helper()
	p.keys("ctrl+Return")
	p.untilTitle(msg.PINSheetTitle.In(msg.Ja, msg.SignPIN.Ja))
}

func (p *pane) enter(pin string) {
	p.t.Helper()
	p.types(pin)
	p.keys("Return")
}

// sound checks that the program runs and has not complained.
func (p *pane) sound() {
	p.t.Helper()
	select {
	case err := <-p.ended:
		p.t.Fatalf("the program ended: %v", err)
	default:
	}
	p.quiet()
}

var ownWriting = regexp.MustCompile(`(?m)^.*Fyne error:  Preferences load error:\n.*Cause: EOF\n.*\n`)

// quiet checks that nothing of what the program wrote tells of a crash. The toolkit writes
// settings of its own when it ends, which the window does not use, watches their file, and now
// and then sees its own writing half done (fyne 2.8.1, app/preferences.go): that it says so is
// no fault.
func (p *pane) quiet() {
	p.t.Helper()
	output := ownWriting.ReplaceAllString(p.output.String(), "")
	for _, word := range []string{"panic", "goroutine", "fatal error", "SIGSEGV", "DATA RACE", "Fyne error"} {
		if strings.Contains(output, word) {
			p.t.Errorf("the program wrote %s", output)
			return
		}
	}
}

// only checks that the folder of the documents holds nothing but these names.
func (d *desk) only(names ...string) {
	d.t.Helper()
	entries, err := os.ReadDir(filepath.Join(d.home, "documents"))
	if err != nil {
		d.t.Fatal(err)
	}
	wanted := map[string]bool{}
	for _, n := range names {
		wanted[n] = true
	}
	for _, e := range entries {
		if !wanted[e.Name()] {
			d.t.Errorf("left: %q", e.Name())
		}
		delete(wanted, e.Name())
	}
	for n := range wanted {
		d.t.Errorf("missing: %q", n)
	}
}

// tries asks a card how often each PIN may still be entered wrongly.
func (d *desk) tries(args ...string) (sign, auth int) {
	d.t.Helper()
	out := d.run("jpki", append([]string{"card", "--json"}, args...)...)
	var card struct {
		Tries map[string]struct{ Left int }
	}
	if err := json.Unmarshal([]byte(out), &card); err != nil || len(card.Tries) != 2 {
		d.t.Fatalf("%v in %s", err, out)
	}
	return card.Tries["sign"].Left, card.Tries["auth"].Left
}

// verified checks a signature with OpenSSL, which knows nothing of this program.
func (d *desk) verified(document string) {
	d.t.Helper()
	d.run("openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", document+".p7s", "-content", document,
		"-CAfile", filepath.Join(d.home, "data/jpki/practice/sign-ca.pem"), "-out", os.DevNull)
}

// sparse makes a file of that many bytes that takes no space.
func (d *desk) sparse(name string, size int64) string {
	d.t.Helper()
	path := d.document(name)
	if err := os.Truncate(path, size); err != nil {
		d.t.Fatal(err)
	}
	return path
}

// TestFolderInPlaceOfAFileIsRefused starts the window with a folder.
func TestFolderInPlaceOfAFileIsRefused(t *testing.T) {
	d := newDesk(t)
	d.document("a.xtx")
	p := d.open("-r", "emu:", filepath.Join(d.home, "documents"))
	p.untilTitle(msg.SignRefused.Ja)
	p.keep("refused")
	d.run("jpki-gui", filepath.Join(d.home, "documents", "a.xtx"))
	p.untilTitle(msg.SignList.In(msg.Ja, "1"))
	d.only("a.xtx")
	p.sound()
}

// TestFileThatVanishesIsNotSigned takes a document away before the password is asked for,
// and while it is typed.
func TestFileThatVanishesIsNotSigned(t *testing.T) {
	d := newDesk(t)
	early, late, stays := d.document("early.xtx"), d.document("late.xtx"), d.document("stays.xtx")
	p := d.chosen("emu:", early, late, stays)
	remove(t, early)
	p.askedForPIN()
	remove(t, late)
	p.enter(emu.SignPIN)
	p.untilTitle(msg.SignedSome.In(msg.Ja, "3", "1"))
	p.keep("vanished")
	d.only("stays.xtx", "stays.xtx.p7s")
	d.verified(stays)
	p.sound()
}

// TestFiveHundredFilesTakeOnePassword signs them all, in moderate memory.
func TestFiveHundredFilesTakeOnePassword(t *testing.T) {
	const count = 500
	d := newDesk(t)
	var files []string
	for i := range count {
		files = append(files, d.document(fmt.Sprintf("shorui-%03d.xtx", i)))
	}
	p := d.chosen("emu:", files...)
	p.askedForPIN()
	p.enter(emu.SignPIN)
	p.untilTitle(msg.SignedAll.In(msg.Ja, msg.Number(count)))
	p.keep("signed")
	var names []string
	for i, f := range files {
		names = append(names, filepath.Base(f), filepath.Base(f)+".p7s")
		if i%50 == 0 {
			d.verified(f)
		}
	}
	d.only(names...)
	if mb := p.mostMemory(); mb > 500 {
		t.Errorf("it took %d MB of memory", mb)
	}
	p.sound()
}

// mostMemory is the most memory that the program has had, in MB.
func (p *pane) mostMemory() int {
	p.t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		p.t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	var kb int
	if _, err := fmt.Sscan(rest, &kb); err != nil {
		p.t.Fatalf("%v in %s", err, status)
	}
	p.t.Logf("at most %d MB", kb/1024)
	return kb / 1024
}

// TestSignatureThatIsThereIsKept finds that out before it asks for the password.
func TestSignatureThatIsThereIsKept(t *testing.T) {
	d := newDesk(t)
	document, theirs := d.document("a.xtx"), []byte("mine")
	p := d.chosen("emu:", document)
	if err := os.WriteFile(document+".p7s", theirs, 0o644); err != nil {
		t.Fatal(err)
	}
	p.keys("ctrl+Return")
	p.untilTitle(msg.SignedNone.Ja)
	p.keep("kept")
	if now, err := os.ReadFile(document + ".p7s"); err != nil || !bytes.Equal(now, theirs) {
		t.Errorf("now it holds %.40q, %v", now, err)
	}
	d.only("a.xtx", "a.xtx.p7s")
	p.sound()
}

// TestFolderThatCannotBeWritten signs in one that is mounted to be read only, and in one
// that is full.
func TestFolderThatCannotBeWritten(t *testing.T) {
	if !pcsctest.InNamespace(t) { // where mounting concerns nobody else
		return
	}
	d := newDesk(t)
	folder := filepath.Join(d.home, "documents")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	mount(t, folder, "size=64k", 0)
	document := d.document("a.xtx")
	mount(t, folder, "size=64k", unix.MS_REMOUNT|unix.MS_RDONLY)
	p := d.chosen("emu:", document)
	p.keys("ctrl+Return")
	p.untilTitle(msg.SignedNone.Ja)
	p.keep("read only")
	mount(t, folder, "size=64k", unix.MS_REMOUNT)
	fill(t, filepath.Join(folder, "rest"))
	p.keys("ctrl+Return") // again, with those that were not signed
	p.untilTitle(msg.SignList.In(msg.Ja, "1"))
	p.askedForPIN()
	p.enter(emu.SignPIN)
	p.untilTitle(msg.SignedNone.Ja)
	p.keep("full")
	d.only("a.xtx", "rest")
	p.sound()
}

func mount(t *testing.T, folder, options string, flags uintptr) {
	t.Helper()
	if err := unix.Mount("tmpfs", folder, "tmpfs", flags, options); err != nil {
		t.Fatal(err)
	}
	if flags == 0 {
		t.Cleanup(func() { unix.Unmount(folder, unix.MNT_DETACH) })
	}
}

// fill writes the file at path until there is no space left.
func fill(t *testing.T, path string) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for err == nil {
		_, err = f.Write(make([]byte, 4096))
	}
}

// TestWindowLivesBesideAHugeFile changes the colours while a file of 5 GiB is read, and
// stops.
func TestWindowLivesBesideAHugeFile(t *testing.T) {
	d := newDesk(t)
	p := d.chosen("emu:", d.sparse("huge.bin", 5<<30))
	p.askedForPIN()
	p.enter(emu.SignPIN)
	p.untilTitle("%")
	p.keys("F6")
	p.wait("the other colours", func() bool { return strings.Contains(p.settings(), `"blue"`) })
	if title := p.title(); !strings.Contains(title, "%") {
		t.Errorf("the keys were heard only afterwards: %q", title)
	}
	p.keep("reading")
	begin := time.Now()
	p.keys("Escape")
	p.untilTitle(msg.SignStopped.Ja)
	t.Logf("stopped within %v", time.Since(begin))
	if late := time.Since(begin); late > 3*time.Second {
		t.Errorf("stopping took %v", late)
	}
	p.keep("stopped")
	d.only("huge.bin")
	p.sound()
}

// settings are what the window has kept for the next time.
func (d *desk) settings() string {
	data, _ := os.ReadFile(d.settingsFile())
	return string(data)
}

func (d *desk) settingsFile() string {
	return filepath.Join(d.home, "config/jpki/window.json")
}

// TestLastTryIsSpentOnPurposeOnly leaves the question, which costs nothing, then spends
// the try wrongly.
func TestLastTryIsSpentOnPurposeOnly(t *testing.T) {
	d := newDesk(t)
	d.run("jpki", "dev", "card", "reset", "-r", "emu:"+d.card(), "--profile", "one-try-left")
	p := d.chosen("emu:"+d.card(), d.document("a.xtx"))
	ask := func() {
		p.keys("ctrl+Return")
		p.untilTitle(msg.LastTryTitle.In(msg.Ja, msg.SignPIN.Ja))
	}
	ask()
	p.keep("asked")
	p.keys("Escape")
	p.untilTitle(msg.SignStopped.Ja)
	ask()
	p.keys("Return") // the focus is where nothing is spent
	p.untilTitle(msg.SignStopped.Ja)
	if left, _ := d.tries("-r", "emu:"+d.card()); left != 1 {
		t.Errorf("%d tries are left after two refusals", left)
	}
	ask()
	p.keys("Tab", "Return")
	p.untilTitle(msg.PINSheetTitle.In(msg.Ja, msg.SignPIN.Ja))
	p.enter("WRONG1")
	p.untilTitle(msg.Error(msg.Ja, &card.PINError{Key: card.SignKey}).Message)
	p.keep("blocked")
	if left, auth := d.tries("-r", "emu:"+d.card()); left != 0 || auth != 1 {
		t.Errorf("%d and %d tries are left", left, auth)
	}
	p.keys("alt+1")
	p.untilTitle("ロック")
	p.keep("home")
	d.only("a.xtx")
	p.sound()
}

// card is the file of a practice card other than the user's own.
func (d *desk) card() string { return filepath.Join(d.home, "card.json") }

func remove(t *testing.T, path string) {
	t.Helper()
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
}

package main_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/card/emu"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// inBothLanguages runs a journey for a user of each language, at a desk of their own.
func inBothLanguages(t *testing.T, journey func(d *desk, l msg.Lang)) {
	for l, locale := range map[msg.Lang]string{msg.Ja: "ja_JP.UTF-8", msg.En: "en_US.UTF-8"} {
		t.Run(l.String(), func(t *testing.T) {
			d := newDesk(t)
			d.env = append(d.env, "LANG="+locale)
			journey(d, l)
		})
	}
}

// ready is the title of the first room with a card that can be used.
func ready(l msg.Lang) string { return msg.CardReady(l, "practice").Title }

// choose opens the room of files by its shortcut, and types a path into its field.
func (p *pane) choose(shortcut, path string) {
	p.t.Helper()
	p.keys(shortcut)
	time.Sleep(200 * time.Millisecond)
	p.keys("Tab") // from the button that chooses to the field for a path
	p.types(path)
	p.keys("Return")
}

// TestSignThenVerify is the whole way of a tax return and of a PDF, by the keyboard, with a
// card behind the real smart card service.
func TestSignThenVerify(t *testing.T) {
	if !withPCSCD(t) {
		return
	}
	inBothLanguages(t, func(d *desk, l msg.Lang) {
		t := d.t
		pull := d.serve()
		defer pull()
		p := d.open()
		p.untilTitle(ready(l))
		p.keep("home")
		for _, name := range []string{"kakutei.xtx", "keiyaku.pdf"} {
			document := filepath.Join(d.home, name)
			copyFile(t, filepath.Join("../../testdata/etax", "kakutei.xtx"), document)
			if name == "keiyaku.pdf" {
				writePDF(t, document)
			}
			p.choose("alt+3", document)
			p.untilTitle(msg.SignList.In(l, "1"))
			p.keep("chosen")
			p.keys("ctrl+Return")
			p.untilTitle(msg.PINSheetTitle.In(l, msg.SignPIN.In(l)))
			p.keep("pin")
			p.types(strings.ToLower(emu.SignPIN))
			p.keys("Return")
			p.untilTitle(msg.SignedOne.In(l))
			p.keep("signed")
			d.run("openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", document+".p7s", "-content", document,
				"-CAfile", filepath.Join(d.home, "data/jpki/practice/sign-ca.pem"), "-out", os.DevNull)

			if name == "kakutei.xtx" {
				p.choose("alt+4", document+".p7s")
			} else {
				d.run("jpki-gui", document+".p7s")
			}
			p.untilTitle(msg.Verdict(l, "passed_revocation_unchecked").Message)
			p.keep("verified")
			changeByte(t, document)
			d.run("jpki-gui", document+".p7s")
			p.untilTitle(msg.Verdict(l, "failed").Message)
			p.keep("changed")
			p.keys("alt+3", "ctrl+Return") // on to other documents
		}
	})
}

// TestWrongPasswordCostsOneTryAndIsNeverSentAgain counts the tries on the card itself.
func TestWrongPasswordCostsOneTryAndIsNeverSentAgain(t *testing.T) {
	if !withPCSCD(t) {
		return
	}
	d := newDesk(t)
	defer d.serve()()
	document := filepath.Join(d.home, "a.txt")
	copyFile(t, "../../testdata/etax/kakutei.xtx", document)
	p := d.open()
	p.untilTitle(ready(msg.Ja))
	p.choose("alt+3", document)
	p.untilTitle(msg.SignList.In(msg.Ja, "1"))
	p.keys("ctrl+Return")
	p.untilTitle(msg.PINSheetTitle.In(msg.Ja, msg.SignPIN.Ja))
	p.types("WRONG1")
	p.keys("Return")
	wrong := msg.Error(msg.Ja, &card.PINError{Key: card.SignKey, Retries: 4}).Message
	p.untilTitle(wrong)
	p.keep("wrong")
	time.Sleep(time.Second)
	if out := d.run("jpki", "card", "--json"); !strings.Contains(out, `"left": 4`) {
		t.Errorf("the card says %s", out)
	}
	if _, err := os.Stat(document + ".p7s"); err == nil {
		t.Error("there is a signature")
	}
}

// TestCardPulledInTheMiddle pulls the card while the password is typed, and while the card
// works.
func TestCardPulledInTheMiddle(t *testing.T) {
	if !withPCSCD(t) {
		return
	}
	inBothLanguages(t, func(d *desk, l msg.Lang) {
		document := filepath.Join(d.home, "a.txt")
		copyFile(d.t, "../../testdata/etax/kakutei.xtx", document)
		pull := d.serve()
		p := d.open()
		p.untilTitle(ready(l))
		p.choose("alt+3", document)
		p.untilTitle(msg.SignList.In(l, "1"))
		p.keys("ctrl+Return")
		p.untilTitle(msg.PINSheetTitle.In(l, msg.SignPIN.In(l)))
		pull()
		time.Sleep(time.Second) // the service looks every 400 ms
		p.types(emu.SignPIN)
		p.keys("Return")
		removed := msg.Error(l, &card.ReaderError{Names: []string{"Virtual PCD 00 00"}, Err: card.ErrRemoved}).Message
		p.untilTitle(removed)
		p.keep("pulled")
		p.nothingLeft(document)

		// Back in, the same document can be signed without choosing it again.
		defer d.serve()()
		p.keys("alt+1")
		p.untilTitle(ready(l))
		p.keys("alt+3", "ctrl+Return")
		p.untilTitle(msg.PINSheetTitle.In(l, msg.SignPIN.In(l)))
		p.types(emu.SignPIN)
		p.keys("Return")
		p.untilTitle(msg.SignedOne.In(l))
	})
}

// nothingLeft checks that no half file of a signature lies beside the document.
func (p *pane) nothingLeft(document string) {
	p.t.Helper()
	entries, err := os.ReadDir(filepath.Dir(document))
	if err != nil {
		p.t.Fatal(err)
	}
	for _, e := range entries {
		if name := e.Name(); name != filepath.Base(document) && strings.Contains(name, filepath.Base(document)) {
			p.t.Errorf("left %s", name)
		}
	}
}

// TestChangeOfPIN changes the authentication PIN, and asks the card which one holds.
func TestChangeOfPIN(t *testing.T) {
	if !withPCSCD(t) {
		return
	}
	inBothLanguages(t, func(d *desk, l msg.Lang) {
		defer d.serve()()
		p := d.open()
		p.untilTitle(ready(l))
		p.keys("alt+5")
		p.keep("pins")
		p.keys("Tab", "Return") // from the button of the signing password to that of the other
		time.Sleep(300 * time.Millisecond)
		p.types(emu.AuthPIN)
		p.keys("Tab")
		p.types("8259")
		p.keys("Tab")
		p.types("8259")
		p.keep("typed")
		p.keys("ctrl+Return")
		p.untilTitle(msg.PINChanged.In(l, msg.AuthPIN.In(l)))
		p.keep("changed")
		c := d.command("bash", "-c", `exec jpki pin change auth --pin-fd 3 3<<<$'8259\n4736\n4736'`)
		if out, err := c.CombinedOutput(); err != nil {
			d.t.Errorf("the new PIN does not hold: %v\n%s", err, out)
		}
	})
}

// TestStateOfTheCardIsLive puts cards in and out, and stops the service under the window.
func TestStateOfTheCardIsLive(t *testing.T) {
	if !withPCSCD(t) {
		return
	}
	d := newDesk(t)
	p := d.open()
	p.untilTitle(msg.CardTrouble(msg.Ja, card.ErrNoCard).Title)
	pull := d.serve()
	p.untilTitle(ready(msg.Ja))
	pull()
	p.untilTitle(msg.CardTrouble(msg.Ja, card.ErrNoCard).Title)
	pull = d.serve("--profile", "blocked")
	p.untilTitle("ロック")
	p.keep("blocked")
	second := d.serve("--vpcd", "127.0.0.1:35964")
	p.untilTitle(msg.CardTrouble(msg.Ja, card.ErrSeveral).Title)
	p.keep("several")
	second()
	p.untilTitle("ロック")
	pull()
}

// TestASecondStartHandsItsFileOver opens the file of a second start in the first window.
func TestASecondStartHandsItsFileOver(t *testing.T) {
	d := newDesk(t)
	document := filepath.Join(d.home, "a b 申告.xtx")
	copyFile(t, "../../testdata/etax/kakutei.xtx", document)
	d.sign(document)
	p := d.open("-r", "emu:")
	p.untilTitle(ready(msg.Ja))
	d.run("jpki", "gui", document+".p7s")
	p.untilTitle(msg.Verdict(msg.Ja, "passed_revocation_unchecked").Message)
	if err := os.Remove(document + ".p7s"); err != nil {
		t.Fatal(err)
	}
	d.run("jpki-gui", document)
	p.untilTitle(msg.SignList.In(msg.Ja, "1"))
	p.askedForPIN()
	d.run("jpki-gui", document)
	p.untilTitle(msg.OpenLater.Ja)
	p.keep("not now")
	p.keys("Escape")
	p.untilTitle(msg.PINSheetTitle.In(msg.Ja, msg.SignPIN.Ja))
}

// TestClosingIsClean closes the window by its button, and by Ctrl-C in its terminal.
func TestClosingIsClean(t *testing.T) {
	d := newDesk(t)
	for name, end := range map[string]func(*pane){
		"button": (*pane).closeWindow,
		"Ctrl-C": func(p *pane) { p.cmd.Process.Signal(os.Interrupt) },
	} {
		p := d.open("-r", "emu:")
		p.untilTitle(ready(msg.Ja))
		end(p)
		select {
		case err := <-p.ended:
			if err != nil {
				t.Errorf("%s: it ended with %v", name, err)
			}
			p.quiet()
		case <-time.After(10 * time.Second):
			t.Fatalf("%s: the program goes on without its window", name)
		}
	}
}

func changeByte(t *testing.T, path string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	data[len(data)/2] ^= 1
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// writePDF writes a PDF of one empty page.
func writePDF(t *testing.T, path string) {
	t.Helper()
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
	}
	pdf, places := "%PDF-1.4\n", ""
	for i, o := range objects {
		places += fmt.Sprintf("%010d 00000 n \n", len(pdf))
		pdf += fmt.Sprintf("%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	xref := len(pdf)
	pdf += fmt.Sprintf("xref\n0 4\n0000000000 65535 f \n%strailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", places, xref)
	if err := os.WriteFile(path, []byte(pdf), 0o644); err != nil {
		t.Fatal(err)
	}
}

package main_test

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/card/emu"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// TestAMouseAloneSuffices sees until when the certificate is valid, signs a PDF and an .xtx,
// checks a result and changes a PIN: with the practice card in one language, and with a card
// behind the real smart card service in the other. No key is pressed.
func TestAMouseAloneSuffices(t *testing.T) {
	if !withPCSCD(t) {
		return
	}
	inBothLanguages(t, func(d *desk, l msg.Lang) {
		e := newEye(d.t)
		if l == msg.Ja {
			p := d.open()
			e.click(p, msg.PracticeTry.In(l))
			e.journey(p, l, "-r", "emu:")
			return
		}
		defer d.serve()()
		e.journey(d.open(), l)
	})
}

func (e *eye) journey(p *pane, l msg.Lang, card ...string) {
	p.t.Helper()
	copyFile(p.t, "../../testdata/etax/kakutei.xtx", filepath.Join(p.home, "kakutei.xtx"))
	writePDF(p.t, filepath.Join(p.home, "keiyaku.pdf"))
	p.untilTitle(ready(l))
	shown := p.run("jpki", append([]string{"cert", "show", "auth", "--lang", l.String()}, card...)...)
	e.seek(p, strings.TrimSpace(regexp.MustCompile(`(?m)^  \S.*$`).FindString(shown)), 0)
	e.sign(p, l)
	e.verify(p, l)
	e.changePIN(p, l)
}

func (e *eye) sign(p *pane, l msg.Lang) {
	p.t.Helper()
	e.click(p, msg.HomeSign.In(l))
	e.click(p, msg.SignChoose.In(l))
	for _, name := range []string{"kakutei.xtx", "keiyaku.pdf"} {
		e.click(p, name)
	}
	e.click(p, msg.ChooseFiles.In(l, 2))
	p.untilTitle(msg.SignList.In(l, "2"))
	e.click(p, msg.SignDo.In(l))
	p.untilTitle(msg.PINSheetTitle.In(l, msg.SignPIN.In(l)))
	e.click(p, msg.KeypadShow.In(l))
	e.enter(p, l, emu.SignPIN)
	p.keep("keys")
	e.click(p, msg.PINSheetSend.In(l))
	p.untilTitle(msg.SignedAll.In(l, "2"))
}

// enter clicks the keys of a PIN, once all have been found: they stay where they are.
func (e *eye) enter(p *pane, l msg.Lang, pin string) {
	p.t.Helper()
	e.seek(p, msg.KeypadErase.In(l), 0)
	picture := grey(p.sight())
	for _, letter := range pin {
		places := e.find(picture, string(letter))
		if len(places) != 1 {
			p.keep("sought")
			p.t.Fatalf("there are %d keys of one letter of the PIN", len(places))
		}
		p.click(places[0].X, places[0].Y)
	}
}

func (e *eye) verify(p *pane, l msg.Lang) {
	p.t.Helper()
	e.click(p, msg.SignedCheck.In(l))
	p.untilTitle(msg.Verdict(l, "passed_revocation_unchecked").Message)
}

func (e *eye) changePIN(p *pane, l msg.Lang) {
	p.t.Helper()
	name := msg.KeyPIN(card.AuthKey).In(l)
	e.click(p, msg.RoomPINs.In(l))
	e.click(p, msg.PINsChange.In(l, name))
	p.untilTitle(msg.PINsChange.In(l, name))
	e.enter(p, l, emu.AuthPIN)
	for _, label := range []msg.Text{msg.PINsNew, msg.PINsAgain} {
		at := e.seek(p, label.In(l, name), 50)
		p.click(at.X, at.Y+35) // the field below it
		e.enter(p, l, "8259")
	}
	p.keep("typed")
	e.click(p, msg.PINsDo.In(l))
	p.untilTitle(msg.PINChanged.In(l, name))
}

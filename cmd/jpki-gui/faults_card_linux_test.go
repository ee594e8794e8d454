package main_test

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/ebfe/scard"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/card/emu"
	"github.com/jpki-desktop/jpki/card/pcsc/pcsctest"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// trouble is the title of the first room when err keeps the card from being used.
func trouble(err error) string { return msg.CardTrouble(msg.Ja, err).Title }

// inReader is what the window says of err from the reader with the card.
func inReader(err error) string {
	return msg.Error(msg.Ja, &card.ReaderError{Names: []string{pcsctest.Reader}, Err: err}).Message
}

// sign signs what is chosen, with the practice card's password.
func (p *pane) sign() {
	p.t.Helper()
	p.askedForPIN()
	p.enter(emu.SignPIN)
	p.untilTitle(msg.SignedOne.Ja)
}

// TestServiceStopsAndComesBack stops it under the open window, and while the password is
// typed.
func TestServiceStopsAndComesBack(t *testing.T) {
	if !pcsctest.InNamespace(t) {
		return
	}
	service := pcsctest.StartPCSCD(t)
	d := newDesk(t)
	document := d.document("a.xtx")
	d.serve()
	p := d.open()
	p.untilTitle(ready(msg.Ja))
	service.Stop()
	p.untilTitle(trouble(card.ErrNoService))
	p.keep("stopped")
	service.Start()
	p.untilTitle(trouble(card.ErrNoCard))
	d.serve()
	p.untilTitle(ready(msg.Ja))

	p.choose("alt+3", document)
	p.untilTitle(msg.SignList.In(msg.Ja, "1"))
	p.askedForPIN()
	service.Stop()
	p.enter(emu.SignPIN)
	p.untilTitle(msg.Error(msg.Ja, card.ErrNoService).Message)
	p.keep("stopped while typing")
	d.only("a.xtx")
	service.Start()
	d.serve()
	p.keys("alt+1")
	p.untilTitle(ready(msg.Ja))
	if left, _ := d.tries(); left != 5 {
		t.Errorf("%d tries are left", left)
	}
	p.keys("alt+3")
	p.sign()
	d.verified(document)
	p.sound()
}

// TestReaderUnpluggedAndPluggedIn takes all readers away, and brings them back.
func TestReaderUnpluggedAndPluggedIn(t *testing.T) {
	if !pcsctest.InNamespace(t) {
		return
	}
	service := pcsctest.StartPCSCD(t)
	d := newDesk(t)
	d.serve()
	p := d.chosen("", d.document("a.xtx"))
	service.Stop()
	without := pcsctest.StartBarePCSCD(t) // the software reader cannot be unplugged from a service that runs
	p.keys("alt+1")
	p.untilTitle(trouble(card.ErrNoReader))
	p.keep("unplugged")
	without.Stop()
	service.Start()
	p.untilTitle(trouble(card.ErrNoCard))
	d.serve()
	p.untilTitle(ready(msg.Ja))
	p.keys("alt+3")
	p.sign()
	p.sound()
}

// TestCardThatAnotherProgramHoldsIsUsableWhenItIsFree holds it from before the window
// opens, and while it is open.
func TestCardThatAnotherProgramHoldsIsUsableWhenItIsFree(t *testing.T) {
	if !withPCSCD(t) {
		return
	}
	d := newDesk(t)
	defer d.serve()()
	d.waitForCard()
	theirs := hold(t)
	p := d.open()
	p.untilTitle(trouble(card.ErrInUse))
	p.keep("held")
	theirs.Disconnect(scard.LeaveCard)
	p.untilTitle(ready(msg.Ja))

	document := d.document("a.xtx")
	p.choose("alt+3", document)
	p.untilTitle(msg.SignList.In(msg.Ja, "1"))
	theirs = hold(t)
	p.keys("ctrl+Return")
	p.untilTitle(inReader(card.ErrInUse))
	p.keep("refused")
	d.only("a.xtx")
	theirs.Disconnect(scard.LeaveCard)
	p.keys("alt+1")
	p.untilTitle(ready(msg.Ja))
	p.keys("alt+3")
	p.sign()
	p.sound()
}

// waitForCard waits until the service has seen the card.
func (d *desk) waitForCard() {
	d.t.Helper()
	d.run("jpki", "card", "--wait", "20s")
}

// hold has another program take the card to itself, as soon as nobody uses it.
func hold(t *testing.T) *scard.Card {
	t.Helper()
	other, err := scard.EstablishContext()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { other.Release() })
	for range 200 {
		var c *scard.Card
		if c, err = other.Connect(pcsctest.Reader, scard.ShareExclusive, scard.ProtocolAny); err == nil {
			return c
		}
		other.GetStatusChange([]scard.ReaderState{{Reader: pcsctest.Reader}}, 0)
	}
	t.Fatalf("the card does not become free: %v", err)
	return nil
}

// TestOneOfTwoCardsIsChosen has an expired card beside a good one.
func TestOneOfTwoCardsIsChosen(t *testing.T) {
	if !withPCSCD(t) {
		return
	}
	d := newDesk(t)
	defer d.serve()()
	defer d.serve("-r", "emu:"+d.card(), "--profile", "expired", "--vpcd", pcsctest.Addr2)()
	p := d.open()
	p.untilTitle(trouble(card.ErrSeveral))
	p.keys("alt+1", "Tab", "Return") // the second reader
	p.untilTitle(msg.CardStanding(msg.Ja, "expired").Title)
	p.keep("second")
	p.keys("alt+1", "Return") // look in all readers
	p.untilTitle(trouble(card.ErrSeveral))
	p.keys("alt+1", "Return") // the first reader
	p.untilTitle(ready(msg.Ja))
	p.keep("first")
	document := d.document("a.xtx")
	p.choose("alt+3", document)
	p.untilTitle(msg.SignList.In(msg.Ja, "1"))
	p.sign()
	d.verified(document)
	p.sound()
}

// The commands at which the card is pulled (ISO 7816-4, ISO 7816-8).
const (
	insVerify = 0x20
	insSign   = 0x2A
)

// moment is when a card leaves: at the first command of that kind, before or after it has
// carried it out.
type moment struct {
	ins       byte
	after     bool
	entries   int32        // how often the password is needed until then
	passwords atomic.Int32 // how often it was sent
}

// insert puts the user's practice card into the reader; meddle stands between the two.
func (d *desk) insert(meddle func(capdu []byte, work func() []byte) []byte) {
	d.t.Helper()
	c, err := emu.Open(filepath.Join(d.home, "data/jpki/practice/mynumber.json"))
	if err != nil {
		d.t.Fatal(err)
	}
	pcsctest.Insert(d.t, pcsctest.Addr, func(capdu []byte) []byte {
		return meddle(capdu, func() []byte {
			answer, err := c.Transmit(capdu)
			if err != nil {
				return nil
			}
			return answer
		})
	})
}

// meddle lets the card work until the moment.
func (m *moment) meddle(capdu []byte, work func() []byte) []byte {
	secret := capdu[1] == insVerify && len(capdu) > 4
	if secret {
		m.passwords.Add(1)
	}
	now := capdu[1] == m.ins && (secret || m.ins != insVerify)
	if now && !m.after {
		return nil
	}
	if answer := work(); !now {
		return answer
	}
	return nil
}

// TestCardPulledWhileItWorks pulls it at each command in which something is at stake.
func TestCardPulledWhileItWorks(t *testing.T) {
	if !withPCSCD(t) {
		return
	}
	d := newDesk(t)
	d.run("jpki", "dev", "card", "reset")
	document := d.document("a.xtx")
	p := d.open()
	p.untilTitle(trouble(card.ErrNoCard))
	d.run("jpki-gui", document)
	p.untilTitle(msg.SignList.In(msg.Ja, "1"))
	for name, m := range map[string]*moment{
		"before the password": {ins: insVerify, entries: 1}, "after the password": {ins: insVerify, after: true, entries: 1},
		// The certificate is read with it, too.
		"before signing": {ins: insSign, entries: 2}, "after signing": {ins: insSign, after: true, entries: 2},
	} {
		d.insert(m.meddle)
		p.keys("alt+1")
		p.untilTitle(ready(msg.Ja))
		p.keys("alt+3")
		p.askedForPIN()
		p.enter(emu.SignPIN)
		p.untilTitle(inReader(card.ErrRemoved))
		p.keep(name)
		d.only("a.xtx")
		if n := m.passwords.Load(); n != m.entries {
			t.Errorf("%s: the password was sent %d times", name, n)
		}
		p.keys("alt+1")
		p.untilTitle(trouble(card.ErrNoCard))
	}
	defer d.serve()()
	p.untilTitle(ready(msg.Ja))
	if left, _ := d.tries(); left != 5 {
		t.Errorf("%d tries are left", left)
	}
	p.keys("alt+3")
	p.sign()
	d.verified(document)
	p.sound()
}

// TestStopWhileTheCardSigns keeps what is signed by then, and nothing else.
func TestStopWhileTheCardSigns(t *testing.T) {
	if !withPCSCD(t) {
		return
	}
	d := newDesk(t)
	d.run("jpki", "dev", "card", "reset")
	signatures, third, held := 0, make(chan struct{}), make(chan struct{})
	goOn := sync.OnceFunc(func() { close(held) })
	defer goOn()
	d.insert(func(capdu []byte, work func() []byte) []byte {
		if capdu[1] == insSign {
			if signatures++; signatures == 3 {
				close(third)
				<-held
			}
		}
		return work()
	})
	var files []string
	for _, name := range []string{"a", "b", "c", "d", "e"} {
		files = append(files, d.document(name))
	}
	p := d.chosen("", files...)
	p.askedForPIN()
	p.enter(emu.SignPIN)
	p.wait("the third signature", func() bool {
		select {
		case <-third:
			return true
		default:
			return false
		}
	})
	p.keys("Escape", "F7")
	p.wait("the keys to be heard", func() bool { return strings.Contains(p.settings(), `"yellow"`) })
	goOn()
	p.untilTitle("5 件のうち")
	p.keep("stopped")
	names, signed := []string{}, 0
	for _, f := range files {
		names = append(names, filepath.Base(f))
		if _, err := os.Stat(f + ".p7s"); err == nil {
			d.verified(f)
			signed++
			names = append(names, filepath.Base(f)+".p7s")
		}
	}
	d.only(names...)
	if want := msg.SignedSome.In(msg.Ja, "5", msg.Number(signed)); !strings.Contains(p.title(), want) {
		t.Errorf("%d are signed, but it says %q", signed, p.title())
	}
	p.sound()
}

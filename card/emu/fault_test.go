package emu_test

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"github.com/jpki-desktop/jpki/card/emu"
)

func inject(t *testing.T, c *emu.Card, faults ...string) {
	t.Helper()
	var parsed []emu.Fault
	for _, s := range faults {
		f, err := emu.ParseFault(s)
		if err != nil {
			t.Fatal(err)
		}
		parsed = append(parsed, f)
	}
	c.Inject(parsed...)
}

func TestParseFault(t *testing.T) {
	for s, want := range map[string]emu.Fault{
		"remove@7":     {Kind: emu.FaultRemove, At: 7},
		"tear@8":       {Kind: emu.FaultTear, At: 8},
		"sw=6F00@3":    {Kind: emu.FaultStatus, At: 3, SW: 0x6F00},
		"sw=6c10":      {Kind: emu.FaultStatus, SW: 0x6C10},
		"short@4":      {Kind: emu.FaultShort, At: 4},
		"short":        {Kind: emu.FaultShort},
		"delay=2s@3":   {Kind: emu.FaultDelay, At: 3, Delay: 2 * time.Second},
		"first6f00":    {Kind: emu.FaultFirst},
		"corrupt@5":    {Kind: emu.FaultCorrupt, At: 5},
		"blocked=6983": {Kind: emu.FaultBlocked, SW: 0x6983},
		"blocked=63C0": {Kind: emu.FaultBlocked, SW: 0x63C0},
		"filler=00":    {Kind: emu.FaultFiller},
	} {
		if got, err := emu.ParseFault(s); err != nil || got != want {
			t.Errorf("%s: %+v, %v", s, got, err)
		}
	}
	for _, s := range []string{"", "@3", "remove@0", "remove@-1", "remove@x", "remove@", "remove=1@2", "sw=6F0@3",
		"sw=6F000", "sw", "sw=ZZZZ@1", "delay@3", "delay=-1s", "delay=2h", "first6f00@2", "blocked=9000",
		"blocked=6984@2", "filler=11", "explode@3"} {
		if got, err := emu.ParseFault(s); err == nil {
			t.Errorf("%q: %+v", s, got)
		}
	}
}

func TestRemovalAtEachCommand(t *testing.T) {
	work := []string{selectJPKI, signPINEF, query, badPIN, goodSign, signKeyEF, signAnything}
	for at := 1; at <= len(work); at++ {
		c := newCard(t, emu.Mynumber)
		c.Inject(emu.Fault{Kind: emu.FaultRemove, At: at})
		send(t, c, work[:at-1]...)
		before := c.State().Sign
		for _, capdu := range work[at-1:] {
			if answer, err := c.Transmit(unhex(t, capdu)); !errors.Is(err, emu.ErrRemoved) {
				t.Fatalf("removed at %d: % X, %v", at, answer, err)
			}
		}
		if err := c.Begin(); !errors.Is(err, emu.ErrRemoved) {
			t.Errorf("Begin on a removed card: %v", err)
		}
		if err := c.End(); err != nil {
			t.Errorf("End on a removed card: %v", err)
		}
		if after := c.State().Sign; after != before || c.Count().Total() != at-1 {
			t.Errorf("removed at %d: tries %+v, then %+v; %+v", at, before, after, c.Count())
		}
		c.Inject()
		c.PowerOn()
		if got := sw(send(t, c, selectJPKI, signCertEF, readAll)); got != "6982" {
			t.Errorf("put in again: %s", got)
		}
	}
}

func TestTornVerifyHasSpentItsTry(t *testing.T) {
	for _, pin := range []string{goodSign, badPIN} {
		c := newCard(t, emu.Mynumber)
		inject(t, c, "tear@3")
		send(t, c, selectJPKI, signPINEF)
		if _, err := c.Transmit(unhex(t, pin)); !errors.Is(err, emu.ErrRemoved) {
			t.Errorf("torn: %v", err)
		}
		if got := c.State().Sign.Left; got != 4 {
			t.Errorf("%d tries left", got)
		}
	}
}

func TestStatusFaultKeepsTheCommandFromTheCard(t *testing.T) {
	c := newCard(t, emu.Mynumber)
	inject(t, c, "sw=6F00@3")
	if got := sw(send(t, c, selectJPKI, signPINEF, badPIN)); got != "6F00" {
		t.Errorf("third command: %s", got)
	}
	if got := sw(send(t, c, query)); got != "63C5" {
		t.Errorf("tries: %s", got)
	}
}

func TestFirstCommandAfterEachPowerUp(t *testing.T) {
	c := newCard(t, emu.Mynumber)
	inject(t, c, "first6f00")
	for range 2 {
		if first, second := sw(send(t, c, selectJPKI)), sw(send(t, c, selectJPKI)); first != "6F00" || second != "9000" {
			t.Errorf("%s, %s", first, second)
		}
		c.Reset()
	}
}

func TestShortAndCorruptAnswers(t *testing.T) {
	c := newCard(t, emu.Mynumber)
	whole := send(t, c, selectJPKI, authCertEF, readAll)
	inject(t, c, "short@4", "corrupt@5", "corrupt@6")
	if got := send(t, c, readAll); !bytes.Equal(got[:len(got)-2], whole[:128]) || sw(got) != "9000" {
		t.Errorf("short: %d bytes, %s", len(got), sw(got))
	}
	got := send(t, c, readAll)
	changed := 0
	for i := range got {
		if got[i] != whole[i] {
			changed++
		}
	}
	if len(got) != len(whole) || changed != 1 {
		t.Errorf("corrupt: %d bytes changed", changed)
	}
	if got := sw(send(t, c, authCertEF)); got != "9001" {
		t.Errorf("corrupt status: %s", got)
	}
	if got := send(t, c, "00B00000 01"); len(got) != 3 {
		t.Errorf("after the faults: %d bytes", len(got))
	}
}

func TestDelay(t *testing.T) {
	c := newCard(t, emu.Mynumber)
	inject(t, c, "delay=30ms@1")
	begin := time.Now()
	if got := sw(send(t, c, selectJPKI)); got != "9000" || time.Since(begin) < 30*time.Millisecond {
		t.Errorf("%s after %v", got, time.Since(begin))
	}
}

func TestBlockedInAllThreeForms(t *testing.T) {
	for fault, want := range map[string]string{"blocked=63C0": "63C0", "blocked=6983": "6983", "blocked=6984": "6984"} {
		c := newCard(t, emu.Blocked)
		inject(t, c, fault)
		if got := sw(send(t, c, selectJPKI, signPINEF, goodSign)); got != want {
			t.Errorf("%s: %s", fault, got)
		}
	}
}

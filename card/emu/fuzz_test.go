package emu_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/jpki-desktop/jpki/card/emu"
)

// script packs commands as FuzzTransmit unpacks them: a byte of length before each.
func script(t testing.TB, capdus ...string) (out []byte) {
	t.Helper()
	for _, capdu := range capdus {
		b := unhex(t, capdu)
		out = append(append(out, byte(len(b))), b...)
	}
	return out
}

// watch knows the PINs as somebody who sees all commands does.
type watch struct {
	sign, auth []byte
	verified   bool // a VERIFY with the signing password was ever good
}

func FuzzTransmit(f *testing.F) {
	f.Add(byte(0), script(f, selectJPKI, signPINEF, query, badPIN, goodSign, signCertEF, readAll, signKeyEF, signAnything))
	f.Add(byte(1), script(f, selectJPKI, signCertEF, readAll, "00B00100 00", authCertEF))
	f.Add(byte(2), script(f, selectJPKI, authCertEF, readAll, authPINEF, goodAuth, authCertEF, readAll))
	f.Add(byte(4), script(f, selectJPKI, authPINEF, goodAuth, query))
	f.Add(byte(5), script(f, selectJPKI, authPINEF, badPIN, goodAuth, query+"00"))
	f.Add(byte(0), script(f, selectJPKI, authPINEF, goodAuth, "00240180 04 35363738", badPIN, "00200080 04 35363738"))
	f.Add(byte(0), script(f, "00A40400 00", "00A40000 02 3F00", "00CA007F 00", "80CB3FFF 03 5C017E 00", "00B00000 000400"))
	c := content(f)
	f.Fuzz(func(t *testing.T, profile byte, capdus []byte) {
		p := emu.Profiles()[int(profile)%len(emu.Profiles())]
		k, err := emu.New(p, c)
		if err != nil {
			t.Fatal(err)
		}
		w := &watch{sign: []byte(emu.SignPIN), auth: []byte(emu.AuthPIN)}
		for len(capdus) > 0 {
			n := min(int(capdus[0]), len(capdus)-1)
			w.step(t, k, capdus[1:1+n])
			capdus = capdus[1+n:]
		}
	})
}

func (w *watch) step(t *testing.T, k *emu.Card, capdu []byte) {
	before := k.State()
	answer, err := k.Transmit(capdu)
	if err != nil || len(answer) < 2 || len(answer) > 258 {
		t.Fatalf("% X: %d bytes, %v", capdu, len(answer), err)
	}
	good := sw(answer) == "9000"
	after := k.State()
	w.counter(t, capdu, good, w.auth, before.Auth, after.Auth)
	w.counter(t, capdu, good, w.sign, before.Sign, after.Sign)
	if good && len(capdu) > 5 && capdu[1] == 0x20 && bytes.Equal(capdu[5:], w.sign) {
		w.verified = true
	}
	data := answer[:len(answer)-2]
	if !w.verified && len(data) >= 16 && bytes.Contains(content(t).SignCert, data) && !bytes.Contains(content(t).AuthCert, data) && !bytes.Contains(content(t).SignCA, data) {
		t.Fatalf("% X: the signing certificate came before the password", capdu)
	}
	if good && len(capdu) > 5 && capdu[1] == 0x24 {
		w.changed(before.Profile == emu.Juki, capdu[5:])
	}
}

// counter checks that tries come back with the right PIN alone, and go one at a time.
func (w *watch) counter(t *testing.T, capdu []byte, good bool, pin []byte, before, after emu.Tries) {
	if after.Left > before.Left && !(good && len(capdu) > 5 && capdu[1] == 0x20 && bytes.Equal(capdu[5:], pin)) {
		t.Fatalf("% X: tries rose from %d to %d", capdu, before.Left, after.Left)
	}
	if after.Left < before.Left-1 || after.Max != before.Max || after.Left > after.Max {
		t.Fatalf("% X: tries went from %+v to %+v", capdu, before, after)
	}
}

// changed tells the PINs apart by their length. A juki card has one only, of any.
func (w *watch) changed(juki bool, pin []byte) {
	if len(pin) == 4 && !juki {
		w.auth = bytes.Clone(pin)
		return
	}
	w.sign = bytes.Clone(pin)
}

func FuzzOpen(f *testing.F) {
	dir := f.TempDir()
	path := filepath.Join(dir, "card")
	for _, p := range emu.Profiles() {
		if _, err := emu.Create(path, p, content(f)); err != nil {
			f.Fatal(err)
		}
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
		f.Add(data[:len(data)/2])
		f.Add(bytes.Replace(data, []byte(`"left": 5`), []byte(`"left": 6`), 1))
	}
	f.Add([]byte(`{"version":1,"serial":"A","profile":"mynumber","auth":null}`))
	f.Add([]byte(`[]`))
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(t.TempDir(), "card")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		c, err := emu.Open(path)
		if err != nil {
			return
		}
		s := c.State()
		for _, n := range []emu.Tries{s.Sign, s.Auth} {
			if n.Left < 0 || n.Left > n.Max || n.Max > 5 {
				t.Errorf("tries %+v", n)
			}
		}
		if got := sw(send(t, c, selectJPKI)); got != "9000" {
			t.Errorf("SELECT: %s", got)
		}
	})
}

func FuzzParseFault(f *testing.F) {
	for _, s := range []string{"remove@7", "sw=6F00@3", "short@4", "delay=2s@3", "first6f00", "blocked=6983", "filler=00", "@", "=@1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		fault, err := emu.ParseFault(s)
		if err == nil && (fault.At < 0 || fault.Delay < 0 || fault.Delay > time.Minute || fault.Kind == "") {
			t.Errorf("%q: %+v", s, fault)
		}
	})
}

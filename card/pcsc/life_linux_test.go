package pcsc_test

import (
	"context"
	"crypto"
	"crypto/x509"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ebfe/scard"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/card/emu"
	"github.com/jpki-desktop/jpki/card/pcsc"
	"github.com/jpki-desktop/jpki/card/pcsc/pcsctest"
)

func password(card.Key, int) (card.PIN, error) { return card.PIN(emu.SignPIN), nil }

// signOnce is a whole signing session: find, read the certificate, let go, sign.
func signOnce(o pcsc.Options, pause func()) error {
	c, _, err := pcsc.Find(context.Background(), o)
	if err != nil {
		return err
	}
	defer c.Close()
	cert, err := c.Certificate(card.SignKey, password)
	if err != nil {
		return err
	}
	if err := c.Release(); err != nil {
		return err
	}
	pause()
	_, err = c.Signer(card.SignKey, cert.PublicKey, password).Sign(nil, make([]byte, 32), crypto.SHA256)
	return err
}

func TestRemovalAtEveryCommandOfASignature(t *testing.T) {
	if _, ok := inService(t); !ok {
		return
	}
	c, content := newCard(t)
	pull := insert(t, c, pcsctest.Addr)
	if err := signOnce(pcsc.Options{}, func() {}); err != nil {
		t.Fatalf("undisturbed: %v", err)
	}
	pull()
	total := c.Count().Total()
	if most := 12 + (len(content.SignCert)+255)/256; total > most {
		t.Errorf("a signature took %d commands, not %d at most", total, most)
	}
	for n := 1; n <= total; n++ {
		c, _ := newCard(t)
		pull := insert(t, c, pcsctest.Addr)
		c.Inject(emu.Fault{Kind: emu.FaultRemove, At: n})
		if err := signOnce(pcsc.Options{}, func() {}); !errors.Is(err, card.ErrRemoved) {
			t.Errorf("removed at command %d of %d: %v", n, total, err)
		}
		if tries := c.State().Sign; tries.Left != tries.Max {
			t.Errorf("removed at command %d: %d tries left of %d", n, tries.Left, tries.Max)
		}
		pull()
	}
}

func TestCardInsertedLaterIsNotTakenForTheFirst(t *testing.T) {
	if _, ok := inService(t); !ok {
		return
	}
	other := otherProgram(t)
	for _, c := range []struct {
		name      string
		meanwhile func(theirs *scard.Card)
	}{
		{"swapped", func(*scard.Card) {}},
		{"swapped, then reset by another program", func(theirs *scard.Card) { theirs.Disconnect(scard.ResetCard) }},
		{"swapped, then powered down by another program", func(theirs *scard.Card) { theirs.Disconnect(scard.UnpowerCard) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			first, _ := newCard(t)
			second, _ := newCard(t)
			pull := insert(t, first, pcsctest.Addr)
			err := signOnce(pcsc.Options{}, func() {
				pull()
				insert(t, second, pcsctest.Addr)
				c.meanwhile(connect(t, other, scard.ShareShared))
			})
			if !errors.Is(err, card.ErrRemoved) {
				t.Errorf("%v, want it removed", err)
			}
			if n := second.Count().Total(); n != 0 {
				t.Errorf("the second card got %d commands", n)
			}
		})
	}
}

func TestResetByAnotherProgramIsOvercome(t *testing.T) {
	if _, ok := inService(t); !ok {
		return
	}
	c, _ := newCard(t)
	insert(t, c, pcsctest.Addr)
	other := otherProgram(t)
	for _, how := range []scard.Disposition{scard.ResetCard, scard.UnpowerCard} {
		err := signOnce(pcsc.Options{}, func() { connect(t, other, scard.ShareShared).Disconnect(how) })
		if err != nil {
			t.Errorf("disposition %d: %v", how, err)
		}
	}
}

// TestPowerIsTakenOnlyAfterAPIN looks from outside at what End and Close do: the card's
// selection outlives them if no PIN was sent, and does not if one was.
func TestPowerIsTakenOnlyAfterAPIN(t *testing.T) {
	if _, ok := inService(t); !ok {
		return
	}
	c, _ := newCard(t)
	insert(t, c, pcsctest.Addr)
	application := []byte("\x00\xA4\x04\x0C\x0A\xD3\x92\xF0\x00\x26\x01\x00\x00\x00\x01")
	pinFile := []byte("\x00\xA4\x02\x0C\x02\x00\x1B")
	verify := []byte("\x00\x20\x00\x80\x06" + emu.SignPIN)
	query := verify[:4]
	for _, tc := range []struct {
		name   string
		send   [][]byte
		close  bool
		status string // of SELECT file afterwards, without the application
	}{
		{"End after a query", [][]byte{application, pinFile, query}, false, "9000"},
		{"End after VERIFY", [][]byte{application, pinFile, verify}, false, "6A82"},
		{"Close after a query", [][]byte{application, pinFile, query}, true, "9000"},
		{"Close after VERIFY", [][]byte{application, pinFile, verify}, true, "6A82"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			watcher := openAndBegin(t) // keeps the service from powering an unused card down
			watcher.End()
			defer watcher.Close()
			conn := openAndBegin(t)
			defer conn.Close()
			for _, capdu := range tc.send {
				if _, err := conn.Transmit(capdu); err != nil {
					t.Fatal(err)
				}
			}
			end := conn.End
			if tc.close {
				end = conn.Close
			}
			if err := end(); err != nil {
				t.Fatal(err)
			}
			if err := watcher.Begin(); err != nil {
				t.Fatal(err)
			}
			defer watcher.End()
			answer, err := watcher.Transmit(pinFile)
			if got := fmt.Sprintf("%X", answer); err != nil || got != tc.status {
				t.Errorf("%s, %v; want %s", got, err, tc.status)
			}
		})
	}
}

func openAndBegin(t *testing.T) card.Conn {
	t.Helper()
	conn, err := pcsc.Open(pcsctest.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if err := conn.Begin(); err != nil {
		t.Fatal(err)
	}
	return conn
}

func TestFindWaits(t *testing.T) {
	if _, ok := inService(t); !ok {
		return
	}
	t.Run("in vain", func(t *testing.T) {
		waited := 0
		start := time.Now()
		_, err := find(pcsc.Options{Wait: 300 * time.Millisecond, OnWait: func() { waited++ }})
		expect(t, err, card.ErrNoCard, pcsctest.Reader, pcsctest.Reader2)
		if d := time.Since(start); d < 300*time.Millisecond || d > 2*time.Second || waited != 1 {
			t.Errorf("after %v, told of it %d times", d, waited)
		}
	})
	t.Run("until cancelled", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		var since time.Time
		_, _, err := pcsc.Find(ctx, pcsc.Options{Wait: time.Minute, OnWait: func() {
			time.AfterFunc(100*time.Millisecond, func() {
				since = time.Now()
				cancel()
			})
		}})
		if !errors.Is(err, context.Canceled) || time.Since(since) > 200*time.Millisecond {
			t.Errorf("%v, %v after the cancellation", err, time.Since(since))
		}
	})
	t.Run("for a card", func(t *testing.T) {
		c, _ := newCard(t)
		reader, err := find(pcsc.Options{Wait: time.Minute, OnWait: func() { put(t, c, pcsctest.Addr2) }})
		if err != nil || reader != pcsctest.Reader2 {
			t.Errorf("found %q, %v", reader, err)
		}
	})
	t.Run("for another card, without bothering this one", func(t *testing.T) {
		var n atomic.Int32
		pull := pcsctest.Insert(t, pcsctest.Addr, otherCard(&n))
		awaitPresence(t, pcsctest.Reader, true)
		found := make(chan error, 1)
		waiting := make(chan struct{})
		go func() {
			_, err := find(pcsc.Options{Wait: time.Minute, OnWait: func() { close(waiting) }})
			found <- err
		}()
		<-waiting
		time.Sleep(time.Second)
		if n.Load() != 1 {
			t.Errorf("the other card got %d commands", n.Load())
		}
		pull()
		awaitPresence(t, pcsctest.Reader, false)
		c, _ := newCard(t)
		insert(t, c, pcsctest.Addr)
		if err := <-found; err != nil {
			t.Error(err)
		}
	})
	t.Run("while other work goes on", func(t *testing.T) {
		c, _ := newCard(t)
		insert(t, c, pcsctest.Addr2)
		found := make(chan error, 1)
		ctx, cancel := context.WithCancel(t.Context())
		waiting := make(chan struct{})
		go func() {
			_, _, err := pcsc.Find(ctx, pcsc.Options{Reader: pcsctest.Reader, Wait: time.Minute, OnWait: func() { close(waiting) }})
			found <- err
		}()
		<-waiting
		for range 3 {
			if err := signOnce(pcsc.Options{Reader: pcsctest.Reader2}, func() {}); err != nil {
				t.Error(err)
			}
		}
		cancel()
		if err := <-found; !errors.Is(err, context.Canceled) {
			t.Errorf("the one who waited: %v", err)
		}
	})
}

func TestServiceRestarted(t *testing.T) {
	service, ok := inService(t)
	if !ok {
		return
	}
	c, _ := newCard(t)
	insert(t, c, pcsctest.Addr)
	conn, err := pcsc.Open(pcsctest.Reader)
	if err != nil {
		t.Fatal(err)
	}
	waiting, stop := make(chan error, 1), make(chan struct{})
	go func() {
		_, err := find(pcsc.Options{Reader: pcsctest.Reader2, Wait: time.Minute, OnWait: func() { close(stop) }})
		waiting <- err
	}()
	<-stop
	service.Stop()
	if err := <-waiting; !errors.Is(err, card.ErrNoService) {
		t.Errorf("waiting when the service stopped: %v", err)
	}
	service.Start()
	if err := conn.Begin(); !errors.Is(err, card.ErrNoService) {
		t.Errorf("connection from before: %v", err)
	}
	if err := conn.Close(); err != nil {
		t.Errorf("closing it: %v", err)
	}
	again, _ := newCard(t)
	insert(t, again, pcsctest.Addr)
	if err := signOnce(pcsc.Options{}, func() {}); err != nil {
		t.Errorf("with the new service: %v", err)
	}
}

func TestTraceThroughFindHidesSecrets(t *testing.T) {
	if _, ok := inService(t); !ok {
		return
	}
	c, content := newCard(t)
	insert(t, c, pcsctest.Addr)
	var lines strings.Builder
	if err := signOnce(pcsc.Options{Trace: func(line string) { fmt.Fprintln(&lines, line) }}, func() {}); err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(content.SignCert)
	if err != nil {
		t.Fatal(err)
	}
	trace := lines.String()
	for what, secret := range map[string][]byte{"password": []byte(emu.SignPIN), "subject": cert.RawSubject[:16]} {
		if strings.Contains(trace, string(secret)) || strings.Contains(trace, fmt.Sprintf("% X", secret)) {
			t.Errorf("the %s is in the trace:\n%s", what, trace)
		}
	}
	if n := strings.Count(trace, "> 00 20 00 80 [masked]\n"); n != 2 {
		t.Errorf("%d masked VERIFY commands, not 2:\n%s", n, trace)
	}
}

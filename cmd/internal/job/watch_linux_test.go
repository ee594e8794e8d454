package job

import (
	"context"
	"crypto"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/ebfe/scard"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/card/emu"
	"github.com/jpki-desktop/jpki/card/pcsc/pcsctest"
)

// serviced starts the service in a namespace for the test, or returns false outside.
func serviced(t *testing.T) (*pcsctest.Service, bool) {
	t.Helper()
	t.Parallel() // each in a namespace of its own, and mostly waiting
	if !pcsctest.InNamespace(t) {
		return nil, false
	}
	return pcsctest.StartPCSCD(t), true
}

// inserted puts a card into a virtual reader, until pull is called or t ends.
func inserted(t *testing.T, c *emu.Card, addr string) (pull func()) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		emu.Serve(ctx, addr, c, nil) // ends with an error when a fault removes the card
	}()
	pull = sync.OnceFunc(func() {
		cancel()
		<-ended
	})
	t.Cleanup(pull)
	return pull
}

// watchedCard makes a card in memory, with keys and certificates of its own if fresh.
func watchedCard(t *testing.T, fresh bool) *emu.Card {
	t.Helper()
	c, err := content()
	if fresh && err == nil {
		c, err = issuePractice(emu.Mynumber, time.Time{})
	}
	if err != nil {
		t.Fatal(err)
	}
	e, err := emu.New(emu.Mynumber, c)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestWatchCardFollowsTheCard(t *testing.T) {
	if _, ok := serviced(t); !ok {
		return
	}
	shots, _ := watching(t, Source{})
	none := seen(t, shots, "no card", state(card.ErrNoCard))
	if e, ok := errors.AsType[*card.ReaderError](none.Err); !ok || len(e.Names) != 2 {
		t.Errorf("no card: %v", none.Err)
	}
	c := watchedCard(t, false)
	pull := inserted(t, c, pcsctest.Addr)
	if s := <-shots; !s.Reading {
		t.Errorf("a card that came is shown as %+v before it is read", s)
	}
	first := seen(t, shots, "the card", usable)
	checkMynumber(t, first)
	pull()
	seen(t, shots, "its removal", state(card.ErrNoCard))

	other := watchedCard(t, true)
	pull = inserted(t, other, pcsctest.Addr)
	second := seen(t, shots, "another card", usable)
	if second.Arrival == first.Arrival || second.Certificate.SHA256 == first.Certificate.SHA256 {
		t.Errorf("another card is shown like the first: arrivals %d and %d", first.Arrival, second.Arrival)
	}
	pullThird := inserted(t, c, pcsctest.Addr2)
	several := seen(t, shots, "two cards", state(card.ErrSeveral))
	if e, ok := errors.AsType[*card.ReaderError](several.Err); !ok || !slices.Equal(e.Names, []string{pcsctest.Reader, pcsctest.Reader2}) {
		t.Errorf("two cards: %v", several.Err)
	}
	pullThird()
	if again := seen(t, shots, "the card that stayed", usable); again.Arrival != second.Arrival {
		t.Errorf("the card that stayed counts as arrival %d, not %d", again.Arrival, second.Arrival)
	}
	pull()
	seen(t, shots, "no card any more", state(card.ErrNoCard))
	unseen(t, shots, "nothing happens")
}

// checkMynumber checks what is shown of an ordinary card.
func checkMynumber(t *testing.T, s Snapshot) {
	t.Helper()
	if s.Reader != pcsctest.Reader || s.Kind != card.KindMynumber || !s.Practice || !s.Sign || !s.Auth || s.Arrival != 1 {
		t.Errorf("shown %+v", s)
	}
	if len(s.Tries) != 2 || s.Tries[card.AuthKey] != 3 || s.Tries[card.SignKey] != 5 {
		t.Errorf("tries %v", s.Tries)
	}
	if s.Certificate == nil || s.Certificate.Kind != AuthCert || s.CertificateErr != nil {
		t.Errorf("certificate %v, %v", s.Certificate, s.CertificateErr)
	}
}

func TestWatchCardAcrossTheServicesEnd(t *testing.T) {
	service, ok := serviced(t)
	if !ok {
		return
	}
	shots, _ := watching(t, Source{})
	c := watchedCard(t, false)
	inserted(t, c, pcsctest.Addr)
	before := seen(t, shots, "the card", usable)
	service.Stop()
	seen(t, shots, "the service's end", state(card.ErrNoService))
	unseen(t, shots, "while the service is away")
	service.Start()
	seen(t, shots, "the service's return", state(card.ErrNoCard))
	inserted(t, c, pcsctest.Addr)
	if s := seen(t, shots, "the card again", usable); s.Arrival == before.Arrival {
		t.Error("a card put in again counts as the one before")
	}
}

// TestWatchCardEndsThoughTheServiceHangs stops the service before, and in the middle of, the
// watching.
func TestWatchCardEndsThoughTheServiceHangs(t *testing.T) {
	if _, ok := serviced(t); !ok {
		return
	}
	shots, stop := watching(t, Source{})
	seen(t, shots, "no card", state(card.ErrNoCard))
	time.Sleep(100 * time.Millisecond) // until it waits
	signalPCSCD(t, syscall.SIGSTOP)
	defer signalPCSCD(t, syscall.SIGCONT)
	stop()
	shots, stop = watching(t, Source{})
	unseen(t, shots, "while the service hangs")
	stop()
}

// connected is another program's connection to the card in the first reader.
func connected(t *testing.T, mode scard.ShareMode) *scard.Card {
	t.Helper()
	other, err := scard.EstablishContext()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { other.Release() })
	theirs, err := other.Connect(pcsctest.Reader, mode, scard.ProtocolAny)
	if err != nil {
		t.Fatal(err)
	}
	return theirs
}

func TestWatchCardWhileACardIsShared(t *testing.T) {
	if _, ok := serviced(t); !ok {
		return
	}
	shots, stop := watching(t, Source{})
	inserted(t, watchedCard(t, false), pcsctest.Addr)
	seen(t, shots, "the card", usable)
	theirs := connected(t, scard.ShareShared)
	unseen(t, shots, "another program shares the card")
	if err := theirs.BeginTransaction(); err != nil {
		t.Fatal(err)
	}
	unseen(t, shots, "the other program is in a transaction")
	stop()
	shots, _ = watching(t, Source{})
	seen(t, shots, "that the card is in a transaction", state(card.ErrInUse))
	theirs.EndTransaction(scard.LeaveCard)
	seen(t, shots, "that the transaction is over", usable)
	theirs.Disconnect(scard.LeaveCard)
	unseen(t, shots, "the other program has left")
}

func TestWatchCardWhileACardIsHeld(t *testing.T) {
	if _, ok := serviced(t); !ok {
		return
	}
	empty, stop := watching(t, Source{})
	inserted(t, watchedCard(t, false), pcsctest.Addr)
	seen(t, empty, "the card", usable)
	stop()
	for _, c := range []struct {
		name string
		held time.Duration
	}{
		{"for less than pcscd takes to look", 10 * time.Millisecond},
		{"for longer", 1500 * time.Millisecond},
	} {
		theirs := connected(t, scard.ShareExclusive)
		shots, stop := watching(t, Source{})
		held := seen(t, shots, "that another program has the card to itself, "+c.name, state(card.ErrInUse))
		if e, ok := errors.AsType[*card.ReaderError](held.Err); !ok || !slices.Equal(e.Names, []string{pcsctest.Reader}) {
			t.Errorf("%s: %v", c.name, held.Err)
		}
		time.Sleep(c.held)
		theirs.Disconnect(scard.LeaveCard)
		seen(t, shots, "that the card was let go, "+c.name, usable)
		stop()
	}
}

func TestRemovalWhileWatchCardReads(t *testing.T) {
	if _, ok := serviced(t); !ok {
		return
	}
	shots, _ := watching(t, Source{})
	seen(t, shots, "no card", state(card.ErrNoCard))
	for n := 1; n <= 9; n += 2 {
		c := watchedCard(t, false)
		c.Inject(emu.Fault{Kind: emu.FaultRemove, At: n})
		inserted(t, c, pcsctest.Addr)
		seen(t, shots, "a card that came", beingRead)
		s := seen(t, shots, "no card", func(s Snapshot) bool { return !s.Reading && !errors.Is(s.Err, card.ErrRemoved) })
		if !errors.Is(s.Err, card.ErrNoCard) {
			t.Errorf("removed at command %d: %+v", n, s)
		}
	}
}

// TestSigningBesideWatchCard has the watching read again and again, because of another
// card, while a card signs.
func TestSigningBesideWatchCard(t *testing.T) {
	if _, ok := serviced(t); !ok {
		return
	}
	shots, _ := watching(t, Source{})
	c := watchedCard(t, false)
	inserted(t, c, pcsctest.Addr)
	seen(t, shots, "the card", usable)
	if err := signDigest(); err != nil {
		t.Fatal(err)
	}
	unseen(t, shots, "this program signs")
	before := c.Count().Total()
	var stop atomic.Bool
	signed := make(chan int)
	go func() {
		n := 0
		for ; !stop.Load(); n++ {
			if err := signDigest(); err != nil {
				t.Errorf("signature %d: %v", n, err)
			}
		}
		signed <- n
	}()
	for range 3 {
		pull := inserted(t, watchedCard(t, false), pcsctest.Addr2)
		seen(t, shots, "two cards", state(card.ErrSeveral))
		pull()
		seen(t, shots, "one card", usable)
	}
	stop.Store(true)
	t.Logf("%d signatures, %d commands", <-signed, c.Count().Total()-before)
}

func signDigest() error {
	c, err := Open(context.Background(), Source{Reader: pcsctest.Reader})
	if err != nil {
		return err
	}
	defer c.Close()
	id, err := c.Identity(func(card.Key, int) (card.PIN, error) { return card.PIN(emu.SignPIN), nil })
	if err != nil {
		return err
	}
	_, err = id.Signer.Sign(nil, make([]byte, 32), crypto.SHA256)
	return err
}

// TestArrivalIsShownAtOnce measures from the last command that the card gets.
func TestArrivalIsShownAtOnce(t *testing.T) {
	if _, ok := serviced(t); !ok {
		return
	}
	shots, _ := watching(t, Source{})
	seen(t, shots, "no card", state(card.ErrNoCard))
	var begin, first, last atomic.Int64
	e := watchedCard(t, false)
	e.PowerOn()
	begin.Store(time.Now().UnixNano())
	pcsctest.Insert(t, pcsctest.Addr, func(capdu []byte) []byte {
		first.CompareAndSwap(0, time.Now().UnixNano())
		answer, err := e.Transmit(capdu)
		last.Store(time.Now().UnixNano())
		if err != nil {
			return nil
		}
		return answer
	})
	seen(t, shots, "that it is being read", beingRead)
	told := time.Now()
	seen(t, shots, "the card", usable)
	shown := time.Now()
	at := func(v *atomic.Int64) time.Time { return time.Unix(0, v.Load()) }
	t.Logf("put in; told after %v, of which pcscd takes 400 ms at most; first command after %v, last %v later; shown %v after that",
		told.Sub(at(&begin)), at(&first).Sub(at(&begin)), at(&last).Sub(at(&first)), shown.Sub(at(&last)))
	if d := shown.Sub(at(&last)); d > 300*time.Millisecond {
		t.Errorf("shown %v after it was read", d)
	}
	if d := told.Sub(at(&begin)); d > 2*time.Second {
		t.Errorf("told %v after it was put in", d)
	}
}

// TestComingAndGoingLeavesNothingBehind does as many rounds as fit; pcscd looks every 400 ms.
func TestComingAndGoingLeavesNothingBehind(t *testing.T) {
	if _, ok := serviced(t); !ok {
		return
	}
	shots, _ := watching(t, Source{})
	c := watchedCard(t, false)
	round := func() {
		pull := inserted(t, c, pcsctest.Addr)
		seen(t, shots, "the card", usable)
		pull()
		seen(t, shots, "no card", state(card.ErrNoCard))
	}
	usage := func() (heap uint64, goroutines int) {
		time.Sleep(200 * time.Millisecond)
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc, runtime.NumGoroutine()
	}
	for range 3 {
		round()
	}
	heap, goroutines := usage()
	rounds := 0
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); rounds++ {
		round()
	}
	heapAfter, goroutinesAfter := usage()
	t.Logf("%d rounds: heap %d kB, then %d kB; %d goroutines, then %d", rounds, heap>>10, heapAfter>>10, goroutines, goroutinesAfter)
	if heapAfter > heap+256<<10 || goroutinesAfter > goroutines || rounds < 5 {
		t.Errorf("%d rounds: heap %d, then %d bytes; %d goroutines, then %d", rounds, heap, heapAfter, goroutines, goroutinesAfter)
	}
}

// signalPCSCD sends a signal to the service of the namespace.
func signalPCSCD(t *testing.T, sig syscall.Signal) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(filepath.Dir(pcsctest.Socket), "pcscd.pid"))
	if err != nil {
		t.Fatal(err)
	}
	pid, err := strconv.Atoi(strings.TrimRight(string(text), "\n\x00"))
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(pid, sig); err != nil {
		t.Fatal(err)
	}
}

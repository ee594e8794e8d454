package pcsc_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
	"time"

	"github.com/ebfe/scard"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/card/pcsc"
	"github.com/jpki-desktop/jpki/card/pcsc/pcsctest"
)

// await receives states until one fits, and fails t after 5 seconds without one.
func await(t *testing.T, states <-chan pcsc.State, what string, fits func(pcsc.State) bool) pcsc.State {
	t.Helper()
	var last pcsc.State
	for deadline := time.After(5 * time.Second); ; {
		select {
		case last = <-states:
			if fits(last) {
				return last
			}
		case <-deadline:
			t.Fatalf("not seen: %s; last %+v", what, last)
		}
	}
}

// first returns a test of the first reader's state.
func first(fits func(pcsc.Slot) bool) func(pcsc.State) bool {
	return func(s pcsc.State) bool { return s.Err == nil && len(s.Readers) == 2 && fits(s.Readers[0]) }
}

func present(r pcsc.Slot) bool    { return r.Present && !r.InUse && !r.Mute }
func empty(r pcsc.Slot) bool      { return !r.Present }
func noService(s pcsc.State) bool { return errors.Is(s.Err, card.ErrNoService) }

// silence checks that nothing is told for a while, longer than pcscd takes to notice.
func silence(t *testing.T, states <-chan pcsc.State, d time.Duration) {
	t.Helper()
	select {
	case s := <-states:
		t.Errorf("told of %+v, which is no change", s)
	case <-time.After(d):
	}
}

func TestWatchTellsOfEachChange(t *testing.T) {
	service, ok := inService(t)
	if !ok {
		return
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	states := pcsc.Watch(ctx)
	await(t, states, "the readers, at once", first(empty))

	c, _ := newCard(t)
	pull := insert(t, c, pcsctest.Addr)
	before := await(t, states, "a card that came", first(present))
	pull()
	await(t, states, "a card that went", first(empty))
	pull = insert(t, c, pcsctest.Addr)
	after := await(t, states, "a card that came again", first(present))
	if n := after.Readers[0].Moves - before.Readers[0].Moves; n != 2 {
		t.Errorf("%d moves between two insertions, not 2", n)
	}

	other, err := scard.EstablishContext()
	if err != nil {
		t.Fatal(err)
	}
	theirs := connect(t, other, scard.ShareShared)
	silence(t, states, 600*time.Millisecond)
	theirs.Disconnect(scard.UnpowerCard)
	silence(t, states, 600*time.Millisecond)
	other.Release()

	service.Stop()
	await(t, states, "the service's end", noService)
	pull()
	service.Start()
	await(t, states, "the service's return", first(empty))
	pcsctest.Insert(t, pcsctest.Addr, nil)
	await(t, states, "a mute card", first(func(r pcsc.Slot) bool { return r.Present && r.Mute }))
}

// TestWatchSeesTheServiceComeUp has the folders of its socket made before its eyes.
func TestWatchSeesTheServiceComeUp(t *testing.T) {
	if !pcsctest.InNamespace(t) {
		return
	}
	folder := filepath.Join(t.TempDir(), "run", "pcscd")
	socket := filepath.Join(folder, "pcscd.comm")
	t.Setenv("PCSCLITE_CSOCK_NAME", socket)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	states := pcsc.Watch(ctx)
	await(t, states, "no service, at once", noService)
	silence(t, states, 2*time.Second) // and past the attempts at the beginning
	os.Unsetenv("PCSCLITE_CSOCK_NAME")
	pcsctest.StartPCSCD(t)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	os.Setenv("PCSCLITE_CSOCK_NAME", socket)
	begin := time.Now()
	if err := os.Symlink(pcsctest.Socket, socket); err != nil {
		t.Fatal(err)
	}
	await(t, states, "the service", first(empty))
	if d := time.Since(begin); d > time.Second {
		t.Errorf("after %v", d)
	}
}

// spent is the processor time that this process has used.
func spent(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func TestWatchingIdlyCostsNothing(t *testing.T) {
	service, ok := inService(t)
	if !ok {
		return
	}
	c, _ := newCard(t)
	insert(t, c, pcsctest.Addr)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	states := pcsc.Watch(ctx)
	await(t, states, "the card", first(present))
	idle := func(what string) {
		t.Helper()
		before := spent(t)
		silence(t, states, 2*time.Second)
		used := spent(t) - before
		t.Logf("%s: %v of processor time in 2 s", what, used)
		if used > 20*time.Millisecond {
			t.Errorf("%s: %v of processor time in 2 s", what, used)
		}
	}
	idle("with a card")
	service.Stop()
	await(t, states, "the service's end", noService)
	time.Sleep(1500 * time.Millisecond) // the attempts after the socket went
	idle("without a service")
}

// TestWatchEndsWithItsContext counts goroutines, in each state that Watch may wait in.
func TestWatchEndsWithItsContext(t *testing.T) {
	service, ok := inService(t)
	if !ok {
		return
	}
	check := func(what string, untilTold bool) {
		t.Helper()
		before := runtime.NumGoroutine()
		ctx, cancel := context.WithCancel(t.Context())
		states := pcsc.Watch(ctx)
		if untilTold {
			await(t, states, "anything", func(pcsc.State) bool { return true })
		}
		time.Sleep(200 * time.Millisecond)
		cancel()
		begin := time.Now()
		for runtime.NumGoroutine() > before && time.Since(begin) < time.Second {
			time.Sleep(time.Millisecond)
		}
		if d := time.Since(begin); d > 100*time.Millisecond {
			t.Errorf("%s: %d goroutines of %d are left after %v", what, runtime.NumGoroutine(), before, d)
		}
		select {
		case s := <-states:
			t.Errorf("%s: told of %+v afterwards", what, s)
		default:
		}
	}
	check("waiting for a change", true)
	check("waiting for somebody to listen", false)
	service.Stop()
	check("waiting for the service", true)
}

func TestWatchTellsWhenACardIsLetGo(t *testing.T) {
	if _, ok := inService(t); !ok {
		return
	}
	c, _ := newCard(t)
	insert(t, c, pcsctest.Addr)
	other := otherProgram(t)
	theirs := connect(t, other, scard.ShareExclusive)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	states := pcsc.Watch(ctx)
	await(t, states, "a card that another program has to itself", first(func(r pcsc.Slot) bool { return r.InUse }))
	time.Sleep(600 * time.Millisecond) // until pcscd has looked
	theirs.Disconnect(scard.LeaveCard)
	await(t, states, "the same card, free", first(present))
}

func TestAwaitFreeWaitsForTheEndOfATransaction(t *testing.T) {
	if _, ok := inService(t); !ok {
		return
	}
	c, _ := newCard(t)
	insert(t, c, pcsctest.Addr)
	other := otherProgram(t)
	theirs := connect(t, other, scard.ShareShared)
	if err := theirs.BeginTransaction(); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	if err := pcsc.AwaitFree(ctx, pcsctest.Reader); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("in a transaction: %v", err)
	}
	free := make(chan error, 1)
	go func() { free <- pcsc.AwaitFree(t.Context(), pcsctest.Reader) }()
	time.Sleep(200 * time.Millisecond)
	begin := time.Now()
	theirs.EndTransaction(scard.LeaveCard)
	if err := <-free; err != nil || time.Since(begin) > time.Second {
		t.Errorf("%v, after %v", err, time.Since(begin))
	}
	if err := signOnce(pcsc.Options{}, func() {}); err != nil {
		t.Errorf("afterwards: %v", err)
	}
	theirs.Disconnect(scard.LeaveCard)
	theirs = connectAlone(t, other)
	expect(t, pcsc.AwaitFree(t.Context(), pcsctest.Reader), card.ErrInUse, pcsctest.Reader)
	time.AfterFunc(200*time.Millisecond, func() { theirs.Disconnect(scard.LeaveCard) })
	if err := pcsc.AwaitFree(t.Context(), pcsctest.Reader); err != nil {
		t.Errorf("let go in less time than pcscd takes to look: %v", err)
	}
}

// connectAlone is connect for a card that a call of AwaitFree may be just letting go of,
// having outlasted its context.
func connectAlone(t *testing.T, s *scard.Context) *scard.Card {
	t.Helper()
	for deadline := time.Now().Add(time.Second); ; time.Sleep(5 * time.Millisecond) {
		c, err := s.Connect(pcsctest.Reader, scard.ShareExclusive, scard.ProtocolT1|scard.ProtocolT0)
		if err == nil {
			return c
		}
		if !errors.Is(err, scard.ErrSharingViolation) || time.Now().After(deadline) {
			t.Fatal(err)
		}
	}
}

package pcsc

import (
	"context"
	"errors"
	"time"

	"github.com/jpki-desktop/jpki/card"
)

// State is what there is of readers and cards at a moment.
type State struct {
	Err     error  // why the service cannot be asked, such as card.ErrNoService; nil if it can
	Readers []Slot // in the service's order; nil with Err
}

// Slot is a reader with a count by which one card can be told from the next.
type Slot struct {
	Reader
	Moves int // insertions and removals since the service found the reader, modulo 65536
}

// Watch sends the present state, and the new one each time a reader or a card came or
// went, a card that another program had to itself became free, a card began to answer or
// fell silent, or the service stopped or came back. That programs share a card is no
// change. That one takes a card to itself which nobody used is told by Windows only: the
// library of pcscd keeps it from those who wait (pcsc-lite, SCardGetStatusChange), so that
// it is seen at the next change.
//
// Who is slow to receive misses the states between. Nothing is sent after ctx ended; the
// channel is not closed, since a call that the service blocks may outlast ctx.
//
// One Watch is enough for a program. To wait for a single card, use [Find].
func Watch(ctx context.Context) <-chan State {
	w := &watch{ctx: ctx, states: make(chan State)}
	go w.run()
	return w.states
}

type watch struct {
	ctx    context.Context
	states chan State
	told   error // the error that was sent last; nil if it was readers
}

func (w *watch) run() {
	for attempts := 0; w.ctx.Err() == nil; attempts++ {
		bell := listen() // before the service is asked, so that no ring falls in between
		begin := time.Now()
		err := w.follow()
		if time.Since(begin) > unannounced { // it was well
			attempts = 0
		}
		rings := !bell.deaf() && w.told != nil && errors.Is(err, card.ErrNoService)
		w.tellError(err)
		if bell.await(w.ctx, pause(attempts, rings)) {
			attempts = 0
		}
		bell.close()
	}
}

// follow sends states until the service can no longer be asked, and returns why.
func (w *watch) follow() error {
	s, err := establish()
	if err != nil {
		return err
	}
	defer s.Release()
	for {
		found, err := survey(s)
		if err != nil {
			return err
		}
		w.told = nil
		w.tell(State{Readers: found.slots()})
		if err := found.awaitAnother(w.ctx, s); err != nil {
			return err
		}
	}
}

func (w *watch) tell(s State) {
	select {
	case w.states <- s:
	case <-w.ctx.Done():
	}
}

// tellError sends err unless the same state was sent last.
func (w *watch) tellError(err error) {
	if w.ctx.Err() != nil || w.told != nil && sameState(w.told, err) {
		return
	}
	w.told = err
	w.tell(State{Err: err})
}

func sameState(a, b error) bool {
	for _, state := range []error{card.ErrNoService, card.ErrNotPermitted} {
		if errors.Is(a, state) || errors.Is(b, state) {
			return errors.Is(a, state) && errors.Is(b, state)
		}
	}
	return a.Error() == b.Error()
}

func (s surveyed) slots() []Slot {
	slots := make([]Slot, len(s))
	for i, r := range s {
		slots[i] = Slot{Reader: readerOf(r), Moves: int(eventsOf(r) >> 16)}
	}
	return slots
}

// Pauses between attempts to reach the service. A socket is there a moment before anybody
// listens at it, so that some attempts follow each ring.
var pauses = []time.Duration{10 * time.Millisecond, 50 * time.Millisecond, 200 * time.Millisecond, time.Second}

// unannounced is the pause where nothing rings when the service can be reached: where the
// bell is deaf, and after a refusal, since a rule of polkit or a membership in a group may
// change without anything happening to the socket.
const unannounced = 2 * time.Second

// pause is how long to wait for the bell before the next attempt, or 0 for until it rings.
func pause(attempts int, rings bool) time.Duration {
	switch {
	case attempts < len(pauses):
		return pauses[attempts]
	case rings:
		return 0
	}
	return unannounced
}

// timer returns a channel that tells when d has passed, or never if d is 0.
func timer(d time.Duration) (passed <-chan time.Time, stop func()) {
	if d == 0 {
		return nil, func() {}
	}
	t := time.NewTimer(d)
	return t.C, func() { t.Stop() }
}

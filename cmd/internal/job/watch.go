package job

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/card/pcsc"
)

// WatchCard shows the card that s describes, at once and at each change, until ctx ends. A
// card that came is shown as being read first. What concerns another reader, or only that
// programs share the card, is no change; nor is what this program does with it, so that
// after an entry of a PIN the tries are to be had from [ReadCard]. A practice card is read
// once. Calls of show do not overlap, and there is none after WatchCard returned.
func WatchCard(ctx context.Context, s Source, show func(Snapshot)) {
	w := &cardWatch{ctx: ctx, source: s, show: show, stop: func() {}}
	defer func() { w.stop() }()
	var states <-chan pcsc.State
	if strings.HasPrefix(s.Reader, PracticeReader) {
		w.begin(true)
	} else {
		states = pcsc.Watch(ctx)
	}
	for {
		select {
		case <-ctx.Done():
			return
		case state := <-states:
			w.change(state)
		case shot := <-w.read:
			w.finish(shot)
		}
	}
}

type cardWatch struct {
	ctx    context.Context
	source Source
	show   func(Snapshot)

	state *pcsc.State // the last one; nil before the first
	shown Snapshot    // the last one

	read chan Snapshot // what the present reading says
	stop func()        // ends it

	arrivals int
	present  pcsc.Slot // where the card lies that arrivals counted last
}

// change starts a reading if the new state may lead to another Snapshot.
func (w *cardWatch) change(state pcsc.State) {
	concerns := w.concerns(state)
	w.state = &state
	if !concerns {
		return
	}
	w.stop()
	if state.Err != nil {
		w.present = pcsc.Slot{} // its service's counts are no more
		w.tell(Snapshot{Err: state.Err})
		return
	}
	w.begin(len(w.cards(state)) > 0)
}

func (w *cardWatch) concerns(state pcsc.State) bool {
	if w.state == nil || w.state.Err != nil || state.Err != nil || !slices.EqualFunc(w.cards(*w.state), w.cards(state), sameCard) {
		return true
	}
	sameName := func(a, b pcsc.Slot) bool { return a.Name == b.Name }
	return w.shown.Err != nil && !slices.EqualFunc(w.state.Readers, state.Readers, sameName)
}

// cards returns the readers with a card whose name fits.
func (w *cardWatch) cards(state pcsc.State) []pcsc.Slot {
	return slices.DeleteFunc(slices.Clone(state.Readers), func(r pcsc.Slot) bool {
		return !r.Present || !strings.Contains(strings.ToLower(r.Name), strings.ToLower(w.source.Reader))
	})
}

func sameCard(a, b pcsc.Slot) bool {
	return a.Name == b.Name && a.Moves == b.Moves && a.InUse == b.InUse && a.Mute == b.Mute
}

func (w *cardWatch) tell(shot Snapshot) {
	w.shown = shot
	w.show(shot)
}

// begin starts a reading; tell says so if that may take a while.
func (w *cardWatch) begin(tell bool) {
	if tell {
		w.tell(Snapshot{Reading: true})
	}
	ctx, stop := context.WithCancel(w.ctx)
	read := make(chan Snapshot) // of its own, so that nothing of an earlier reading is taken for this
	w.read, w.stop = read, stop
	go keepReading(ctx, w.source, read)
}

// keepReading reads the card, and again once it is free where another program is in a
// transaction with it, which is the one state whose end is no event.
func keepReading(ctx context.Context, s Source, read chan<- Snapshot) {
	for {
		shot := ReadCard(ctx, s)
		select {
		case read <- shot:
		case <-ctx.Done():
			return
		}
		where, ok := errors.AsType[*card.ReaderError](shot.Err)
		if !ok || !errors.Is(where, card.ErrInUse) || pcsc.AwaitFree(ctx, where.Names[0]) != nil {
			return
		}
	}
}

// finish shows what a reading says.
func (w *cardWatch) finish(shot Snapshot) {
	if shot.Err == nil {
		shot.Arrival = w.arrival(shot.Reader)
	}
	w.tell(shot)
}

// arrival is the count of the card in a reader.
func (w *cardWatch) arrival(reader string) int {
	now := pcsc.Slot{Reader: pcsc.Reader{Name: reader}}
	if w.state != nil {
		for _, r := range w.state.Readers {
			if r.Name == reader {
				now.Moves = r.Moves
			}
		}
	}
	if w.present.Name != now.Name || w.present.Moves != now.Moves {
		w.present = now
		w.arrivals++
	}
	return w.arrivals
}

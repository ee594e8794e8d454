package job

import (
	"context"
	"errors"
	"io/fs"
	"time"

	"github.com/jpki-desktop/jpki/card"
)

// errHanging says that a step took longer than its limit: a service or a card that hangs
// must not hang the diagnosis.
var errHanging = errors.New("no answer in time")

// within runs f for as long as limit. What f returns later is handed to late, which may
// be nil; whatever f uses must be left alone after errHanging.
func within[T any](ctx context.Context, limit time.Duration, f func() (T, error), late func(T)) (T, error) {
	type result struct {
		value T
		err   error
	}
	done := make(chan result, 1)
	go func() {
		value, err := f()
		done <- result{value, err}
	}()
	timer := time.NewTimer(limit)
	defer timer.Stop()
	var none T
	var err error
	select {
	case r := <-done:
		return r.value, r.err
	case <-timer.C:
		err = errHanging
	case <-ctx.Done():
		err = ctx.Err()
	}
	go func() {
		if r := <-done; r.err == nil && late != nil {
			late(r.value)
		}
	}()
	return none, err
}

// examination is what a [Doctor] does with a card that it has in hand.
type examination struct {
	*Doctor
	ctx  context.Context
	card *card.Card
	over bool // the card is gone or hangs: nothing more can be read

	pending bool // a command may still be on its way: the card must be left alone
}

// step reads something of the card; a failure becomes the state of the named check.
func step[T any](e *examination, name string, read func() (T, error), states ...stateFor) (T, bool) {
	var none T
	if e.over {
		e.add(name, "not_looked_at")
		return none, false
	}
	value, err := within(e.ctx, e.Limit, read, nil)
	if err == nil {
		return value, true
	}
	e.pending = errors.Is(err, errHanging) || errors.Is(err, context.Canceled)
	e.over = e.pending
	for _, s := range append(states, commonStates...) {
		if errors.Is(err, s.err) {
			e.over = e.over || s.over
			e.add(name, s.state, e.shownError(err))
			return none, false
		}
	}
	e.add(name, "failed", e.shownError(err))
	return none, false
}

// stateFor is the state of a check that failed with an error.
type stateFor struct {
	err   error
	state string
	over  bool // nothing more can be read
}

var commonStates = []stateFor{
	{errHanging, "hanging", true},
	{context.Canceled, "not_looked_at", true},
	{card.ErrRemoved, "removed", true},
	{card.ErrNoService, "failed", true},
	{card.ErrInUse, "hanging", true},
}

// shownError is an error without what may tell of the user: a path, a reader's serial
// number.
func (d *Doctor) shownError(err error) string {
	if d.Details {
		return err.Error()
	}
	if coded, ok := errors.AsType[*Error](err); ok {
		return coded.Code()
	}
	if named, ok := errors.AsType[*card.ReaderError](err); ok {
		return named.Err.Error()
	}
	if path, ok := errors.AsType[*fs.PathError](err); ok {
		return path.Err.Error()
	}
	return err.Error()
}

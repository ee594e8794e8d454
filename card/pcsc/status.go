package pcsc

import (
	"context"
	"errors"
	"time"

	"github.com/ebfe/scard"
)

// ebfe/scard keeps the memory of a reader's name for SCardGetStatusChange under that
// name, so that a second call frees the first one's while the service's library still
// reads it. Hence one call at a time in the whole process: turn is taken by the one who
// calls, and hurry asks the one who waits for an event to hand it over. Were it given back
// instead, others who wait would take it first, again and again.
//
// Of several who wait for an event only one asks the service, which answers if the readers
// differ from what that one knows. So it must not know more than the others, who would
// miss what it has seen: newer, which belongs to who has the turn, is closed when somebody
// begins to wait, and then the others ask once more.
var (
	turn  = make(chan struct{}, 1)
	hurry = make(chan chan<- struct{})
	newer = make(chan struct{})
)

// take takes the turn, from who waits for an event if need be.
func take() {
	mine := make(chan struct{}, 1)
	select {
	case turn <- struct{}{}:
	case hurry <- mine:
		<-mine
	}
}

// states returns the present states of the named readers, of which there is at least one.
func states(s *scard.Context, names []string) ([]scard.ReaderState, error) {
	found := make([]scard.ReaderState, len(names))
	for i, name := range names {
		found[i].Reader = name
	}
	take()
	err := s.GetStatusChange(found, 0)
	<-turn
	if err != nil {
		return nil, serviceState(err)
	}
	return found, nil
}

// awaitChange waits until a reader's state differs from its CurrentState, and sets
// EventState. It returns ctx.Err() when ctx ends first.
func awaitChange(ctx context.Context, s *scard.Context, readers []scard.ReaderState) error {
	take()
	close(newer)
	newer = make(chan struct{})
	for {
		next, err := awaitOnce(ctx, s, readers)
		if next == nil {
			<-turn
			return err
		}
		outdated := newer
		next <- struct{}{}
		if !errors.Is(err, scard.ErrCancelled) {
			return serviceState(err)
		}
		select {
		case turn <- struct{}{}:
		case <-outdated:
			take()
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// awaitOnce waits like awaitChange, or until somebody is in a hurry: then that one is next,
// and err is what the service said.
func awaitOnce(ctx context.Context, s *scard.Context, readers []scard.ReaderState) (next chan<- struct{}, err error) {
	done := make(chan error, 1)
	go func() { done <- s.GetStatusChange(readers, -1) }()
	select {
	case err := <-done:
		return nil, serviceState(err)
	case <-ctx.Done():
		cancel(s, done)
		return nil, ctx.Err()
	case next := <-hurry:
		return next, cancel(s, done)
	}
}

// cancel ends the call of s whose result comes through done. A cancellation that arrives
// before the call has begun is lost, so that it takes more than one.
func cancel(s *scard.Context, done <-chan error) error {
	for {
		s.Cancel() // its failure shows in the call's not ending
		select {
		case err := <-done:
			return err
		case <-time.After(5 * time.Millisecond):
		}
	}
}

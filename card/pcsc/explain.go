package pcsc

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/ebfe/scard"

	"github.com/jpki-desktop/jpki/card"
)

// noticing is how long the service may take to notice that a card has left; pcscd looks
// every 400 ms.
const noticing = 3 * time.Second

var errReset = errors.New("another program reset the card")

// explain finds out what an error behind which several states may stand means: a card
// pulled during a command is reported as a failed transmission until the service has
// noticed, a service that was restarted as an invalid handle.
func (c *conn) explain(err error) error {
	if errors.Is(err, scard.ErrResetCard) {
		return errReset
	}
	ctx, cancel := context.WithTimeout(context.Background(), noticing)
	defer cancel()
	for {
		found, stateErr := states(c.service, []string{c.reader})
		switch {
		case errors.Is(stateErr, card.ErrUnknownReader):
			return card.ErrRemoved
		case stateErr != nil:
			return card.ErrNoService
		case found[0].EventState&scard.StatePresent == 0 || eventsOf(found[0]) != c.events:
			return card.ErrRemoved
		}
		found[0].CurrentState = found[0].EventState
		if awaitChange(ctx, c.service, found) != nil {
			return fmt.Errorf("%w: %w", card.ErrMuteCard, err)
		}
	}
}

// patience is how long another program may keep the card busy.
var patience = 10 * time.Second

// patiently calls f, which the service may block for as long as another program has the
// card, and gives up with [card.ErrInUse] after a while, or with ctx.Err(). The value that
// f returns too late is handed to discard.
func patiently[T any](ctx context.Context, reader string, f func() (T, error), discard func(T)) (T, error) {
	type result struct {
		value T
		err   error
	}
	done := make(chan result, 1)
	go func() {
		value, err := f()
		done <- result{value, err}
	}()
	var late error
	select {
	case r := <-done:
		return r.value, r.err
	case <-time.After(patience):
		late = at(reader, card.ErrInUse)
	case <-ctx.Done():
		late = ctx.Err()
	}
	go func() { discard((<-done).value) }()
	var none T
	return none, late
}

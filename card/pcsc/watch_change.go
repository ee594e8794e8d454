package pcsc

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/ebfe/scard"

	"github.com/jpki-desktop/jpki/card"
)

// awaitAnother waits until the states of the readers differ from s by more than programs
// that share a card. It holds for any meaning of the upper half of [arrivals]: the number
// of readers (Windows), nothing (older pcsc-lite), or a count of their events (newer
// pcsc-lite, winscard_clnt.c). A wrong one is answered at once, with the right one.
func (s surveyed) awaitAnother(ctx context.Context, service *scard.Context) error {
	count := scard.StateFlag(len(s)) << 16
	var failure error
	for {
		now, err := survey(service)
		if err != nil || !slices.EqualFunc(s, now, alike) {
			return err
		}
		if failure != nil {
			return failure // and not because a reader left
		}
		for i := range now {
			now[i].CurrentState = now[i].EventState &^ scard.StateChanged
		}
		all := append(now, scard.ReaderState{Reader: arrivals, CurrentState: count})
		failure = awaitChange(ctx, service, all)
		if failure != nil && !errors.Is(failure, card.ErrUnknownReader) {
			return failure
		}
		if told := eventsOf(all[len(now)]); told != 0 {
			count = told
		}
	}
}

// AwaitFree waits until the card in the reader of that exact name can be had for a
// transaction, for as long as another program keeps it in one: no [State] tells of that.
// Where another program has the card to itself it is card.ErrInUse after a second, since
// [Watch] tells when that ends. Other errors than that of ctx say why the card cannot be
// had at all.
func AwaitFree(ctx context.Context, reader string) error {
	err := awaitTurn(ctx, reader)
	if !errors.Is(err, card.ErrInUse) {
		return err
	}
	select {
	case <-time.After(unseen):
		return awaitTurn(ctx, reader)
	case <-ctx.Done():
		return ctx.Err()
	}
}

// unseen is longer than pcscd takes to look who has a card (400 ms): if it was let go
// before that, nobody is told.
const unseen = time.Second

func awaitTurn(ctx context.Context, reader string) error {
	done := make(chan error, 1)
	go func() { done <- takeTurn(reader) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// takeTurn begins a transaction, without [patience], and ends it.
func takeTurn(reader string) error {
	c, err := connect(reader)
	if err != nil {
		return err
	}
	defer c.letGo()
	if err := c.begin(); err != nil {
		return at(reader, stateOf(err))
	}
	return c.card.EndTransaction(scard.LeaveCard)
}

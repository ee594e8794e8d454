package pcsc

import (
	"context"
	"errors"
	"slices"

	"github.com/ebfe/scard"

	"github.com/jpki-desktop/jpki/card"
)

// surveyed are the states of all readers at a moment.
type surveyed []scard.ReaderState

// arrivals is the name under which the service reports that readers come and go (PC/SC
// on Windows and pcsc-lite, SCardGetStatusChange). The upper half of its state is the
// number of readers.
const arrivals = `\\?PnP?\Notification`

// survey asks for the states of all readers. A reader that leaves meanwhile is passed over.
func survey(s *scard.Context) (surveyed, error) {
	for tries := 0; ; tries++ {
		names, err := list(s)
		if err != nil || len(names) == 0 {
			return nil, err
		}
		found, err := states(s, names)
		if !errors.Is(err, card.ErrUnknownReader) || tries == 10 {
			return found, err
		}
	}
}

func (s surveyed) names() []string {
	names := make([]string, len(s))
	for i, r := range s {
		names[i] = r.Reader
	}
	return names
}

// waitForChange waits until a reader or a card has come or gone since s was taken, or a
// card has become free or begun to answer.
func (s surveyed) waitForChange(ctx context.Context, service *scard.Context) error {
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
		count := scard.StateFlag(len(now)) << 16
		failure = awaitChange(ctx, service, append(now, scard.ReaderState{Reader: arrivals, CurrentState: count}))
		if failure != nil && !errors.Is(failure, card.ErrUnknownReader) {
			return failure
		}
	}
}

// alike reports whether nothing happened between two states of a reader but that
// programs connected to it, as the search itself does.
func alike(a, b scard.ReaderState) bool {
	const telling = ^scard.StateFlag(0xFFFF) | scard.StatePresent | scard.StateMute | scard.StateExclusive | scard.StateUnavailable
	return a.Reader == b.Reader && a.EventState&telling == b.EventState&telling
}

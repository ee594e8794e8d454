package pcsc

import (
	"errors"

	"github.com/ebfe/scard"

	"github.com/jpki-desktop/jpki/card"
)

// surveyed are the states of all readers at a moment.
type surveyed []scard.ReaderState

// arrivals is the name under which the service reports that readers come and go (PC/SC
// on Windows and pcsc-lite, SCardGetStatusChange). For the upper half of its state see
// awaitAnother.
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

// alike reports whether nothing happened between two states of a reader but that
// programs connected to it, as the search itself does.
func alike(a, b scard.ReaderState) bool {
	const telling = ^scard.StateFlag(0xFFFF) | scard.StatePresent | scard.StateMute | scard.StateExclusive | scard.StateUnavailable
	return a.Reader == b.Reader && a.EventState&telling == b.EventState&telling
}

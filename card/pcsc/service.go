// Package pcsc reaches cards through the operating system's smart card service: pcscd on
// Linux, the Smart Card service on Windows.
//
// Use [Find] to get the JPKI card wherever it lies, [Readers] to list what there is, and
// [Open] for a connection to whatever card lies in a reader. The commands of the
// application are not known here; that is package card. For a card made of software use
// package emu, which needs no service.
//
// The states that a user can do something about are errors of package card:
// card.ErrNoService, card.ErrNotPermitted and so on, within a [*card.ReaderError] where
// a reader is known.
package pcsc

import (
	"errors"
	"fmt"

	"github.com/ebfe/scard"

	"github.com/jpki-desktop/jpki/card"
)

// Reader is a card reader and the state that the service reports of it.
type Reader struct {
	Name    string
	Present bool   // a card lies in it
	InUse   bool   // another program has the card to itself
	Mute    bool   // the card does not answer
	ATR     []byte // answer to reset of the card (ISO 7816-3 section 8); nil without one
}

// Readers lists the readers, in the service's order; none is no error.
func Readers() ([]Reader, error) {
	s, err := establish()
	if err != nil {
		return nil, err
	}
	defer s.Release()
	names, err := list(s)
	if err != nil || len(names) == 0 {
		return nil, err
	}
	states, err := states(s, names)
	if err != nil {
		return nil, err
	}
	readers := make([]Reader, len(states))
	for i, r := range states {
		readers[i] = readerOf(r)
	}
	return readers, nil
}

func readerOf(r scard.ReaderState) Reader {
	return Reader{
		Name:    r.Reader,
		Present: r.EventState&scard.StatePresent != 0,
		InUse:   r.EventState&scard.StateExclusive != 0,
		Mute:    r.EventState&scard.StateMute != 0,
		ATR:     r.Atr,
	}
}

func establish() (*scard.Context, error) {
	s, err := establishContext()
	if err != nil {
		return nil, fmt.Errorf("reaching the smart card service: %w", accessOf(err).state(err))
	}
	return s, nil
}

// establishContext is [scard.EstablishContext], once more where the connection was cut off:
// the service may just have been ending.
func establishContext() (*scard.Context, error) {
	s, err := scard.EstablishContext()
	if err != nil && dialSocket() == nil {
		s, err = scard.EstablishContext()
	}
	return s, err
}

// list returns the names of the readers, none if there are none.
func list(s *scard.Context) ([]string, error) {
	names, err := s.ListReaders()
	if errors.Is(err, scard.ErrNoReadersAvailable) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("listing readers: %w", serviceState(err))
	}
	return names, nil
}

// meanings are the errors of PC/SC (part 5 of its specification, and winscard.h) that
// stand for a state, as seen while a card is being reached.
var meanings = map[scard.Error]error{
	scard.ErrNoService:          card.ErrNoService,
	scard.ErrServiceStopped:     card.ErrNoService,
	scard.ErrSecurityViolation:  card.ErrNotPermitted,
	scard.ErrNoAccess:           card.ErrNotPermitted,
	scard.ErrNoReadersAvailable: card.ErrNoReader,
	scard.ErrReaderUnavailable:  card.ErrNoReader,
	scard.ErrUnknownReader:      card.ErrUnknownReader,
	scard.ErrNoSmartcard:        card.ErrNoCard,
	scard.ErrRemovedCard:        card.ErrNoCard,
	scard.ErrUnresponsiveCard:   card.ErrMuteCard,
	scard.ErrUnpoweredCard:      card.ErrMuteCard,
	scard.ErrProtoMismatch:      card.ErrMuteCard,
	scard.ErrCardUnsupported:    card.ErrMuteCard,
	scard.ErrUnsupportedCard:    card.ErrMuteCard,
	scard.ErrInvalidAtr:         card.ErrMuteCard,
	scard.ErrSharingViolation:   card.ErrInUse,
}

// stateOf returns the state that err stands for, or err itself.
func stateOf(err error) error {
	code, ok := errors.AsType[scard.Error](err)
	if !ok {
		return err
	}
	if state, ok := meanings[code]; ok {
		return state
	}
	return err
}

// serviceState is [stateOf] for a call within an established context that reaches no
// card. When pcscd dies during one, pcsc-lite calls it a failed communication or a
// violated security; permission it checks earlier.
func serviceState(err error) error {
	if errors.Is(err, scard.ErrCommError) || errors.Is(err, scard.ErrSecurityViolation) {
		return card.ErrNoService
	}
	return stateOf(err)
}

// at says in which reader err was met.
func at(reader string, err error) error {
	return &card.ReaderError{Names: []string{reader}, Err: err}
}

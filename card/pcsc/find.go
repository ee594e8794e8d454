package pcsc

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/ebfe/scard"

	"github.com/jpki-desktop/jpki/card"
)

// Options say which card [Find] looks for.
type Options struct {
	Reader string            // name of the reader or a part of it, in any case; empty = any reader
	Wait   time.Duration     // how long to wait for a card to come; 0 = not at all
	Trace  func(line string) // receives every command and answer, masked (card.Trace); may be nil
	OnWait func()            // called once when the waiting begins; may be nil
}

// Find returns the only JPKI card, held and with its application selected, and the name
// of its reader. A card is recognised by its application, never by its ATR.
//
// Several such cards, or several readers whose names fit, are card.ErrSeveral with their
// names; a name that fits none is card.ErrUnknownReader with the names that exist. If
// there is no such card, the error is the most telling of what was found in the readers.
// With Wait it is what was found last, and the end of ctx is ctx.Err() at once.
func Find(ctx context.Context, o Options) (*card.Card, string, error) {
	s, err := establish()
	if err != nil {
		return nil, "", err
	}
	defer s.Release()
	waiting, cancel := context.WithTimeout(ctx, o.Wait)
	defer cancel()
	for first := true; ; first = false {
		before, err := survey(s)
		if err != nil {
			return nil, "", err
		}
		c, reader, err := search(ctx, before, o)
		if err == nil || o.Wait <= 0 || ctx.Err() != nil || !mayPass(err) {
			return c, reader, err
		}
		if first && o.OnWait != nil {
			o.OnWait()
		}
		switch failure := before.awaitAnother(waiting, s); {
		case ctx.Err() != nil:
			return nil, "", ctx.Err()
		case errors.Is(failure, context.DeadlineExceeded):
			return nil, "", err
		case failure != nil:
			return nil, "", fmt.Errorf("waiting for a card: %w", failure)
		}
	}
}

// search tries every card among the readers that fit.
func search(ctx context.Context, readers surveyed, o Options) (*card.Card, string, error) {
	readers, err := readers.named(o.Reader)
	if err != nil {
		return nil, "", err
	}
	var cards []*card.Card
	var where []string
	var errs []error
	for _, r := range readers {
		c, err := probe(ctx, r, o.Trace)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		cards, where = append(cards, c), append(where, r.Reader)
	}
	if len(cards) == 1 && ctx.Err() == nil {
		return cards[0], where[0], nil
	}
	for _, c := range cards {
		c.Close()
	}
	switch {
	case ctx.Err() != nil:
		return nil, "", ctx.Err()
	case len(cards) > 1:
		return nil, "", &card.ReaderError{Names: where, Err: card.ErrSeveral}
	}
	return nil, "", mostTelling(errs)
}

// probe returns the card in a reader if it has the JPKI application.
func probe(ctx context.Context, r scard.ReaderState, trace func(string)) (*card.Card, error) {
	if r.EventState&scard.StatePresent == 0 {
		return nil, at(r.Reader, card.ErrNoCard)
	}
	connection, err := open(ctx, r.Reader)
	if err != nil {
		return nil, err
	}
	var conn card.Conn = connection
	if trace != nil {
		conn = card.Trace(conn, trace)
	}
	c, err := card.New(conn)
	if err != nil {
		conn.Close()
		if _, ok := errors.AsType[*card.ReaderError](err); !ok {
			err = at(r.Reader, err)
		}
		return nil, err
	}
	return c, nil
}

// telling lists the states from the most telling one down. A state that is not among
// them, such as a card that reports an error of its own, tells more than all of these.
var telling = []error{card.ErrInUse, card.ErrOtherCard, card.ErrMuteCard, card.ErrRemoved, card.ErrNoReader, card.ErrNoCard}

func rank(err error) int {
	return slices.IndexFunc(telling, func(state error) bool { return errors.Is(err, state) })
}

// mostTelling returns the most telling one of errs, with the names of all the readers
// that are in the same state.
func mostTelling(errs []error) error {
	first := slices.MinFunc(errs, func(a, b error) int { return rank(a) - rank(b) })
	best, ok := errors.AsType[*card.ReaderError](first)
	if !ok || rank(first) < 0 {
		return first
	}
	e := &card.ReaderError{Err: best.Err}
	for _, err := range errs {
		if r, ok := errors.AsType[*card.ReaderError](err); ok && rank(err) == rank(first) {
			e.Names = append(e.Names, r.Names...)
		}
	}
	return e
}

// mayPass reports whether the arrival of a reader or a card may change err.
func mayPass(err error) bool {
	return rank(err) >= 0 || errors.Is(err, card.ErrUnknownReader)
}

// named returns the readers whose name is name or, if there is none, contains it.
func (s surveyed) named(name string) (surveyed, error) {
	if len(s) == 0 {
		return nil, card.ErrNoReader
	}
	if name == "" {
		return s, nil
	}
	var exact, part surveyed
	for _, r := range s {
		if r.Reader == name {
			exact = append(exact, r)
		}
		if strings.Contains(strings.ToLower(r.Reader), strings.ToLower(name)) {
			part = append(part, r)
		}
	}
	switch {
	case len(exact) == 1:
		return exact, nil
	case len(part) == 0:
		return nil, &card.ReaderError{Names: s.names(), Err: card.ErrUnknownReader}
	case len(part) > 1:
		return nil, &card.ReaderError{Names: part.names(), Err: card.ErrSeveral}
	}
	return part, nil
}

package pcsc

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/ebfe/scard"

	"github.com/jpki-desktop/jpki/card"
)

const anyProtocol = scard.ProtocolT0 | scard.ProtocolT1

// Open connects to the card in the reader of that exact name, whatever card it is, and
// shares it with other programs. Its errors are [*card.ReaderError] except where the
// service cannot be reached.
func Open(name string) (card.Conn, error) {
	c, err := open(context.Background(), name)
	if err != nil {
		return nil, err // without a nil *conn in the interface
	}
	return c, nil
}

// open is [Open] that gives up when ctx ends.
func open(ctx context.Context, name string) (*conn, error) {
	return patiently(ctx, name, func() (*conn, error) { return connect(name) }, func(c *conn) {
		if c != nil {
			c.Close()
		}
	})
}

// conn is a connection to one card, from its insertion on: see [card.Conn].
type conn struct {
	// Set once, since a call that the service blocks may still use them after Close.
	service *scard.Context
	card    *scard.Card
	reader  string
	events  scard.StateFlag // cards that came and went in the reader before this one

	sentPIN      bool  // since Begin
	gone         error // why the card cannot be reached again; nil while it can
	disconnected bool
	closed       bool
}

func connect(name string) (*conn, error) {
	s, err := establish()
	if err != nil {
		return nil, err
	}
	c := &conn{service: s, reader: name}
	if err := c.connect(); err != nil {
		s.Release()
		return nil, at(name, err)
	}
	return c, nil
}

func (c *conn) connect() error {
	found, err := states(c.service, []string{c.reader})
	if err != nil {
		return err
	}
	// Taken before connecting: a card swapped in between is found out by the first Begin.
	c.events = eventsOf(found[0])
	if c.card, err = c.service.Connect(c.reader, scard.ShareShared, anyProtocol); err == nil {
		return c.checkProtocol()
	}
	if _, gone := states(c.service, []string{c.reader}); gone != nil {
		return gone
	}
	return stateOf(err)
}

// checkProtocol refuses a protocol that ebfe/scard cannot transmit under.
func (c *conn) checkProtocol() error {
	switch c.card.ActiveProtocol() {
	case scard.ProtocolT0, scard.ProtocolT1:
		return nil
	}
	c.card.Disconnect(scard.LeaveCard)
	return card.ErrMuteCard
}

// eventsOf returns the count of insertions and removals in a reader, which the service
// keeps in the upper half of its state.
func eventsOf(r scard.ReaderState) scard.StateFlag { return r.EventState &^ 0xFFFF }

// Transmit implements [card.Conn].
func (c *conn) Transmit(capdu []byte) ([]byte, error) {
	if c.gone != nil {
		return nil, c.gone
	}
	if len(capdu) < 4 {
		return nil, fmt.Errorf("command of %d bytes", len(capdu))
	}
	if ins := capdu[1]; (ins == insVerify || ins == insChange) && len(capdu) > 4 {
		c.sentPIN = true
	}
	buf, err := c.card.Transmit(capdu)
	if err == nil && len(buf) < 2 { // as some drivers do when the card is pulled
		err = scard.ErrNotTransacted
	}
	if err != nil {
		return nil, c.failed(err)
	}
	answer := bytes.Clone(buf)
	clear(buf) // it may have held name and address
	return answer, nil
}

// Instructions that carry a PIN (ISO 7816-4 section 11.5).
const (
	insVerify = 0x20
	insChange = 0x24
)

// Close implements [card.Conn].
func (c *conn) Close() error {
	if c.closed {
		return nil
	}
	err := c.letGo()
	c.closed, c.gone = true, errClosed
	return err
}

func (c *conn) letGo() error {
	err := c.disconnect()
	c.service.Release() // nothing can be done about a service that will not let go
	return err
}

var errClosed = errors.New("the connection to the card is closed")

// disconnect lets go of the card, and so of a transaction that is open.
func (c *conn) disconnect() error {
	if c.disconnected {
		return nil
	}
	c.disconnected = true
	how := scard.LeaveCard
	if c.sentPIN {
		how = scard.UnpowerCard
	}
	if err := c.card.Disconnect(how); err != nil && c.gone == nil {
		return at(c.reader, fmt.Errorf("closing the connection to the card: %w", stateOf(err)))
	}
	return nil
}

// failed returns what err means for an open card, and gives the card up if it has left.
func (c *conn) failed(err error) error {
	state := stateOf(err)
	if errors.Is(state, card.ErrNotPermitted) { // it was, when the card was opened
		state = err
	}
	for _, s := range []error{card.ErrNoCard, card.ErrNoReader, card.ErrUnknownReader} {
		if errors.Is(state, s) {
			state = card.ErrRemoved
		}
	}
	if _, unclear := errors.AsType[scard.Error](state); unclear {
		state = c.explain(state)
	}
	state = at(c.reader, state)
	if errors.Is(state, card.ErrRemoved) || errors.Is(state, card.ErrNoService) {
		c.gone = state
		c.disconnect() // or the transaction would lock the reader for everybody
	}
	return state
}

package pcsc

import (
	"context"
	"errors"

	"github.com/ebfe/scard"

	"github.com/jpki-desktop/jpki/card"
)

// Begin implements [card.Conn].
func (c *conn) Begin() error {
	if c.gone != nil {
		return c.gone
	}
	_, err := patiently(context.Background(), c.reader,
		func() (*conn, error) { return c, c.begin() },
		func(*conn) { c.letGo() })
	if errors.Is(err, card.ErrInUse) {
		// Nothing may use the connection beside the call that is still pending. What
		// the service does then is stop listening for two seconds.
		c.gone, c.closed = err, true
		return err
	}
	if err != nil {
		return c.failed(err)
	}
	return nil
}

// begin begins a transaction on the card that the connection was opened to, and returns
// errors of the service only. A card that was reset meanwhile, by another program or by
// our own End, is connected to anew.
func (c *conn) begin() error {
	err := c.card.BeginTransaction()
	for n := 0; n < 3 && (errors.Is(err, scard.ErrResetCard) || errors.Is(err, scard.ErrUnpoweredCard)); n++ {
		if err = c.card.Reconnect(scard.ShareShared, anyProtocol, scard.LeaveCard); err == nil {
			err = c.card.BeginTransaction()
		}
	}
	if err != nil {
		return err
	}
	// After a reset the service no longer tells that the card had left before it.
	if c.left() {
		c.card.EndTransaction(scard.LeaveCard)
		return scard.ErrRemovedCard
	}
	return nil
}

// left reports whether the card has left the reader, even if another one lies there now.
func (c *conn) left() bool {
	found, err := states(c.service, []string{c.reader})
	return err != nil || found[0].EventState&scard.StatePresent == 0 || eventsOf(found[0]) != c.events
}

// End implements [card.Conn].
func (c *conn) End() error {
	if c.gone != nil {
		return nil
	}
	if !c.sentPIN {
		if err := c.card.EndTransaction(scard.LeaveCard); err != nil {
			return c.failed(err)
		}
		return nil
	}
	err := c.card.EndTransaction(scard.UnpowerCard)
	if err != nil {
		err = c.card.EndTransaction(scard.ResetCard)
	}
	if err != nil {
		return c.failed(err)
	}
	c.sentPIN = false
	return nil
}

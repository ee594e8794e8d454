package emu

import (
	"context"
	"time"
)

// transmit carries a command out, with what the faults make of it. A delay ends early,
// and the command with it, when ctx does.
func (c *Card) transmit(ctx context.Context, capdu []byte) ([]byte, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.gone != nil {
		return nil, c.gone
	}
	c.position++
	if err := c.delay(ctx); err != nil {
		return nil, err
	}
	if c.strikes(FaultRemove) {
		return nil, c.remove(ErrRemoved)
	}
	c.count.add(capdu)
	answer, err := c.answer(capdu)
	if err == nil && c.strikes(FaultCorrupt) {
		answer[len(answer)/2] ^= 1
	}
	return answer, err
}

func (c *Card) answer(capdu []byte) ([]byte, error) {
	first := c.session.fresh
	c.session.fresh = false
	if first && c.strikes(FaultFirst) {
		return swFirstCommand.after(nil), nil
	}
	if f := c.fault(FaultStatus); f != nil {
		return status(f.SW).after(nil), nil
	}
	return c.execute(capdu)
}

func (c *Card) delay(ctx context.Context) error {
	f := c.fault(FaultDelay)
	if f == nil {
		return nil
	}
	select {
	case <-time.After(f.Delay):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (c *Card) shorten(le int) int {
	if c.strikes(FaultShort) {
		return (le + 1) / 2
	}
	return le
}

func (c *Card) filler() byte {
	if c.strikes(FaultFiller) {
		return 0x00
	}
	return 0xFF
}

// blockedStatus is 6984 unless a fault says otherwise: sources disagree, and 6984 is
// what JICSAP's specification of Japanese cards has for a blocked key file, where
// ISO 7816-4 has 6983.
func (c *Card) blockedStatus() status {
	if f := c.fault(FaultBlocked); f != nil {
		return status(f.SW)
	}
	return swBlocked
}

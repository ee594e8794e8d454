package emu

import (
	"bytes"
	"crypto/subtle"
)

const maxPIN = 16 // bytes

// verify is VERIFY, or the query of the tries left when it has no body at all.
func (c *Card) verify(cmd command) ([]byte, error) {
	p, err := c.selectedPIN(cmd, 0x00)
	if err != nil {
		return nil, err
	}
	if cmd.data == nil && cmd.le == 0 {
		// The answer is 63Cx also right after a good VERIFY: measured by one source.
		return nil, c.locked(func() error { return swWrong + status(p.Left) })
	}
	if !cmd.holdsPIN() {
		return nil, swLength
	}
	delete(c.session.verified, p)
	return nil, c.locked(func() error { return c.try(p, cmd.data) })
}

// selectedPIN returns the part whose PIN file is selected.
func (c *Card) selectedPIN(cmd command, p1 byte) (*part, error) {
	switch f := c.session.file; {
	case cmd.p1 != p1 || cmd.p2 != 0x80:
		return nil, swParameters
	case f == nil:
		return nil, swNoFile
	case f.pin == nil:
		return nil, swFileKind
	default:
		return f.pin, nil
	}
}

func (c command) holdsPIN() bool {
	return len(c.data) > 0 && len(c.data) <= maxPIN && c.le == 0
}

// try spends a try before it looks at the PIN and gives it back after: a card that loses
// power meanwhile has lost the try, never won one.
func (c *Card) try(p *part, pin []byte) error {
	if p.Left == 0 {
		return c.blockedStatus()
	}
	if err := c.keepTries(p, p.Left-1); err != nil {
		return err
	}
	if c.strikes(FaultTear) {
		return c.remove(ErrRemoved)
	}
	if subtle.ConstantTimeCompare(pin, p.PIN) == 0 {
		return swWrong + status(p.Left)
	}
	if err := c.keepTries(p, p.rule.tries); err != nil {
		return err
	}
	c.session.verified[p] = true
	return nil
}

func (c *Card) keepTries(p *part, left int) error {
	before := p.Left
	p.Left = left
	err := c.keep()
	if err != nil {
		p.Left = before
	}
	return err
}

// changeReferenceData is CHANGE REFERENCE DATA. It clears the verified state, which a
// client must not count on, and leaves the counter alone.
func (c *Card) changeReferenceData(cmd command) ([]byte, error) {
	p, err := c.selectedPIN(cmd, 0x01)
	switch {
	case err != nil:
		return nil, err
	case !cmd.holdsPIN():
		return nil, swLength
	case !c.session.verified[p]:
		return nil, swSecurity
	case !p.rule.allows(cmd.data):
		return nil, swData
	}
	return nil, c.locked(func() error { return c.replacePIN(p, cmd.data) })
}

func (c *Card) replacePIN(p *part, pin []byte) error {
	if p.Left == 0 { // by another connection, since the VERIFY
		return c.blockedStatus()
	}
	before := p.PIN
	p.PIN = bytes.Clone(pin)
	if err := c.keep(); err != nil {
		p.PIN = before
		return err
	}
	clear(before)
	delete(c.session.verified, p)
	return nil
}

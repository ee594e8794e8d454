package card

import (
	"errors"
	"fmt"
)

// Retries asks how many tries the PIN of k has left; 0 means blocked. It costs two
// commands and no try. A card without that key is [ErrNoCertificate].
func (c *Card) Retries(k Key) (int, error) {
	tries, err := c.query(k)
	if err != nil {
		return 0, fmt.Errorf("asking for the tries of the %v PIN: %w", k, err)
	}
	return tries, nil
}

func (c *Card) query(k Key) (int, error) {
	if err := c.selectPIN(k); err != nil {
		return 0, err
	}
	// Exactly these four bytes: a fifth is answered by 6700 (measured on a real card).
	_, sw, err := c.exchange([]byte{0x00, insVerify, 0x00, 0x80}, false)
	if err != nil {
		return 0, err
	}
	if sw == swOK { // never seen: the card answers 63Cx even after a good VERIFY
		return MaxTries(k), nil
	}
	tries, ok := triesLeft(sw)
	if !ok {
		return 0, &StatusError{Ins: insVerify, SW: sw}
	}
	return tries, nil
}

// triesLeft reads the tries that a status word tells of. Sources disagree on how a
// blocked PIN is reported, so that 63C0, 6983 and 6984 all count.
func triesLeft(sw uint16) (int, bool) {
	switch {
	case sw == swAuthBlocked || sw == swDataBlocked:
		return 0, true
	case sw&0xFFF0 == sw1Counter<<8|0xC0:
		return int(sw & 0xF), true
	}
	return 0, false
}

func (c *Card) selectPIN(k Key) error {
	return absentMeansNone(c.selectFile(fileOf(k, fileSignPIN, fileAuthPIN)))
}

// absentMeansNone turns the status word of a missing file into [ErrNoCertificate].
func absentMeansNone(err error) error {
	if status, ok := errors.AsType[*StatusError](err); ok && status.SW == swNotFound {
		return fmt.Errorf("%w: %w", ErrNoCertificate, err)
	}
	return err
}

var errNobodyToAsk = errors.New("a PIN is needed, and there is nobody to ask for it")

// unlock leaves the card held and the PIN of k verified, asking for it only if none is
// kept. A PIN that is refused is forgotten, and never tried again.
func (c *Card) unlock(k Key, ask PINFunc) error {
	if c.held && c.verified[k] {
		return nil
	}
	if c.kept.pins[k] == nil {
		if ask == nil {
			return errNobodyToAsk
		}
		if err := c.ask(k, ask); err != nil {
			return err
		}
	}
	return c.verify(k)
}

// ask gets the PIN of k while the card is released.
func (c *Card) ask(k Key, ask PINFunc) error {
	tries, err := c.Retries(k)
	if err != nil {
		return err
	}
	if tries == 0 {
		return &PINError{Key: k}
	}
	if err := c.Release(); err != nil {
		return err
	}
	pin, err := ask(k, tries)
	if err == nil {
		FoldPIN(k, pin)
		err = c.CheckPIN(k, pin)
	}
	if err != nil {
		pin.Wipe()
		return err
	}
	c.kept.pins[k] = pin
	return nil
}

// CheckPIN is [CheckPIN] by the rule of this card. The kind of the card is looked up only
// where the answer depends on it.
func (c *Card) CheckPIN(k Key, pin PIN) error {
	err := CheckPIN(k, c.kind, pin)
	if err == nil || c.kind != "" || CheckPIN(k, KindJuki, pin) != nil {
		return err
	}
	kind, err := c.Kind()
	if err != nil {
		return err
	}
	return CheckPIN(k, kind, pin)
}

// Kind tells the kind of the card. It costs two commands the first time, and none once
// that or [Card.Info] has read it.
func (c *Card) Kind() (Kind, error) {
	if c.kind == "" {
		if _, err := c.token(); err != nil {
			return "", err
		}
	}
	return c.kind, nil
}

// verify sends VERIFY with the kept PIN of k, once.
func (c *Card) verify(k Key) error {
	if err := c.selectPIN(k); err != nil {
		return fmt.Errorf("verifying the %v PIN: %w", k, err)
	}
	c.verified = [2]bool{}
	sw, err := c.sendPIN([]byte{0x00, insVerify, 0x00, 0x80}, c.kept.pins[k])
	if err == nil && sw == swOK {
		c.verified[k] = true
		return nil
	}
	c.forget(k)
	if tries, ok := triesLeft(sw); err == nil && ok {
		return &PINError{Key: k, Retries: tries}
	}
	if err == nil {
		err = &StatusError{Ins: insVerify, SW: sw}
	}
	return fmt.Errorf("verifying the %v PIN: %w", k, err)
}

// sendPIN sends a command whose data is pin: ASCII, no padding.
func (c *Card) sendPIN(header []byte, pin PIN) (sw uint16, err error) {
	// In full size from the start, so that no smaller copy is left behind.
	capdu := make(PIN, 0, len(header)+1+len(pin))
	defer func() { capdu.Wipe() }()
	capdu = append(append(append(capdu, header...), byte(len(pin))), pin...)
	_, sw, err = c.exchange(capdu, false)
	return sw, err
}

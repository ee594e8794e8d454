package card

import (
	"errors"
	"fmt"
)

// ErrChangeUnclear says that the card was told a new PIN and did not say what it made of
// it: either the old one holds or the new one.
var ErrChangeUnclear = errors.New("whether the PIN was changed is not known")

// ChangePIN changes the PIN of k, in four commands if the card was not held yet. Both
// PINs are wiped. A malformed one is a [*PINFormatError] and reaches the card as little
// as the other; a wrong old one is a [*PINError]. After any error but
// [ErrChangeUnclear] the old one holds.
func (c *Card) ChangePIN(k Key, old, new PIN) error {
	defer new.Wipe()
	FoldPIN(k, old)
	FoldPIN(k, new)
	err := c.CheckPIN(k, old)
	if err == nil {
		err = c.CheckPIN(k, new)
	}
	if err != nil {
		old.Wipe()
		return err
	}
	c.forget(k)
	c.kept.pins[k] = old
	if err := c.verify(k); err != nil {
		return err
	}
	// Whatever becomes of the change, what was verified is history.
	c.verified = [2]bool{}
	c.forget(k)
	if err := c.change(new); err != nil {
		return fmt.Errorf("changing the %v PIN: %w", k, err)
	}
	return nil
}

// change sends CHANGE for the PIN that is selected and verified.
func (c *Card) change(new PIN) error {
	sw, err := c.sendPIN([]byte{0x00, insChange, 0x01, 0x80}, new)
	if err == nil {
		err = expectOK(insChange, sw)
	}
	if err == nil || refusal(sw) {
		return err
	}
	return fmt.Errorf("%w: %w", ErrChangeUnclear, err)
}

// refusal reports whether a status word says that nothing was changed (ISO 7816-4 section
// 5.6: 64 leaves the memory as it was, 67 to 6E are found before execution). Warnings,
// 65 (the memory has changed) and 6F (no diagnosis) do not.
func refusal(sw uint16) bool {
	sw1 := sw >> 8
	return sw1 == 0x64 || 0x67 <= sw1 && sw1 <= 0x6E
}

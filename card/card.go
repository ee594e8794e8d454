package card

import (
	"errors"
	"fmt"
)

// applicationID names the JPKI application; twelve sources agree, on 住民基本台帳カード,
// 個人番号カード and phones alike.
var applicationID = []byte{0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01}

// Elementary files of the application (five to ten sources each; fileCertificates was
// measured on a real card by one).
const (
	fileSignCert     = 0x0001 // its password first, else 6982
	fileSignCA       = 0x0002
	fileToken        = 0x0006
	fileCertificates = 0x0008
	fileAuthCert     = 0x000A // on a phone its PIN first
	fileAuthCA       = 0x000B
	fileAuthKey      = 0x0017
	fileAuthPIN      = 0x0018
	fileSignKey      = 0x001A
	fileSignPIN      = 0x001B
)

// fileOf returns the one of two files that belongs to k.
func fileOf(k Key, sign, auth uint16) uint16 {
	if k == SignKey {
		return sign
	}
	return auth
}

// Card is a card with the JPKI application. It holds the card (a transaction is open and
// the application selected) from the first command until [Card.Release]; a later command
// holds it again. A PIN that the card accepted is kept until [Card.Close], so that work
// of any length may lie between two holds without asking again.
//
// A Card is not safe for use by several goroutines at once.
type Card struct {
	conn Conn
	held bool
	file uint16 // file selected in this hold, 0 = none
	kind Kind   // empty until the token information was read

	// Keys whose PIN was verified in this hold, one at most: nobody knows whether the
	// card keeps one verified while it verifies the other.
	verified [2]bool

	kept *keep
}

// keep holds the PINs that the card accepted. They lie two pointers deep because package
// fmt prints the bytes of an unexported field whatever its type says, and follows one
// pointer when a verb does not fit.
type keep struct{ pins *[2]PIN }

// New selects the JPKI application and leaves the card held. A card without it is
// [ErrOtherCard]. The Card owns conn; on error New leaves it to the caller to close.
func New(conn Conn) (*Card, error) {
	c := &Card{conn: conn, kept: &keep{new([2]PIN)}}
	if err := c.hold(); err != nil {
		return nil, err
	}
	return c, nil
}

// Release lets other programs have the card; the next command holds it again. Call it
// before work that takes long: Windows resets a card that is left idle in a transaction
// for 5 seconds.
func (c *Card) Release() error {
	if !c.held {
		return nil
	}
	c.held, c.file, c.verified = false, 0, [2]bool{}
	if err := c.conn.End(); err != nil {
		return fmt.Errorf("releasing the card: %w", err)
	}
	return nil
}

// Close releases the card, wipes the PINs and closes the connection. It may be called
// twice.
func (c *Card) Close() error {
	defer c.wipe()
	return errors.Join(c.Release(), c.conn.Close())
}

// hold begins a transaction and selects the application, unless that is the state already.
func (c *Card) hold() error {
	if c.held {
		return nil
	}
	if err := c.conn.Begin(); err != nil {
		c.wipe()
		return fmt.Errorf("beginning a transaction: %w", err)
	}
	c.held = true
	if err := c.selectApplication(); err != nil {
		c.Release() // err says more than whatever this may return
		return err
	}
	return nil
}

// selectApplication sends SELECT by name, twice if need be: the first command after
// power-up may be answered by 6F00 once (measured on a real card by one source).
func (c *Card) selectApplication() error {
	capdu := append([]byte{0x00, insSelect, 0x04, 0x0C, byte(len(applicationID))}, applicationID...)
	_, sw, err := c.exchange(capdu, false)
	if err == nil && sw == swNoDiagnosis {
		_, sw, err = c.exchange(capdu, false)
	}
	if err != nil {
		return fmt.Errorf("selecting the application: %w", err)
	}
	if sw == swOK {
		return nil
	}
	status := &StatusError{Ins: insSelect, SW: sw}
	if sw1 := sw >> 8; sw1 == 0x64 || sw1 == 0x65 || sw1 == 0x6F {
		// The card itself is unwell (ISO 7816-4 section 5.6), whichever it is.
		return fmt.Errorf("selecting the application: %w", status)
	}
	return fmt.Errorf("%w: %w", ErrOtherCard, status)
}

// selectFile selects an elementary file of the application. Of the ways to do so only
// P1=02 works.
func (c *Card) selectFile(file uint16) error {
	if err := c.hold(); err != nil {
		return err
	}
	if c.file == file {
		return nil
	}
	c.file = 0
	_, sw, err := c.exchange([]byte{0x00, insSelect, 0x02, 0x0C, 0x02, byte(file >> 8), byte(file)}, false)
	if err == nil {
		err = expectOK(insSelect, sw)
	}
	if err != nil {
		return fmt.Errorf("selecting file %04X: %w", file, err)
	}
	c.file = file
	return nil
}

// wipe forgets the PINs.
func (c *Card) wipe() {
	c.forget(AuthKey)
	c.forget(SignKey)
}

func (c *Card) forget(k Key) {
	c.kept.pins[k].Wipe()
	c.kept.pins[k] = nil
}

// abandon ends the hold on a card that can no longer be reached.
func (c *Card) abandon() {
	c.wipe()
	c.Release() // the error that led here says more than this one
}

package card

import (
	"errors"
	"fmt"
	"strings"
)

// States of the way to the card. Each has its own remedy, so that callers test for them
// with errors.Is.
var (
	ErrNoService    = errors.New("the smart card service is not running")
	ErrNotPermitted = errors.New("access to the smart card service is not permitted")
	ErrNoReader     = errors.New("no card reader")
	ErrNoCard       = errors.New("no card in the reader")
	ErrMuteCard     = errors.New("the card does not answer")
	ErrOtherCard    = errors.New("the card has no JPKI application")
	ErrInUse        = errors.New("the card is in use by another program")
	ErrRemoved      = errors.New("the card was removed")
)

// Errors of what is on the card, and of what was asked of it.
var (
	ErrNoCertificate = errors.New("the card holds no such certificate")
	ErrMalformed     = errors.New("malformed answer from the card")
	ErrBadSignature  = errors.New("the card returned a signature that its own key does not verify")
)

// ReaderError tells which reader a state was found in, or which reader names were in
// question when none or several matched.
type ReaderError struct {
	Names []string // the readers in question, at least one
	Err   error    // one of the states above, ErrUnknownReader or ErrSeveral
}

// Reasons for which a reader could not be chosen.
var (
	ErrUnknownReader = errors.New("no reader has that name")
	ErrSeveral       = errors.New("several readers qualify")
)

func (e *ReaderError) Error() string {
	return fmt.Sprintf("%v (%s)", e.Err, strings.Join(e.Names, ", "))
}

func (e *ReaderError) Unwrap() error { return e.Err }

// PINError says that the card refused a PIN.
type PINError struct {
	Key     Key
	Retries int // tries left; 0 = blocked
}

func (e *PINError) Error() string {
	if e.Retries == 0 {
		return fmt.Sprintf("%v PIN is blocked", e.Key)
	}
	return fmt.Sprintf("wrong %v PIN, %d tries left", e.Key, e.Retries)
}

// PINFormatError says that a PIN breaks the rule of its key, so that it was not sent.
type PINFormatError struct {
	Key Key
	Min int // fewest characters allowed
	Max int // most characters allowed
}

func (e *PINFormatError) Error() string {
	return fmt.Sprintf("malformed %v PIN", e.Key)
}

// StatusError is a status word (ISO 7816-4 section 5.6) that stands for no other error
// of this package.
type StatusError struct {
	Ins byte   // instruction byte of the command
	SW  uint16 // status word
}

func (e *StatusError) Error() string {
	return fmt.Sprintf("command %02X: status %04X", e.Ins, e.SW)
}

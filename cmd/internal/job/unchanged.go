package job

import (
	"errors"

	"github.com/jpki-desktop/jpki/card"
)

// unclear is the code of the error after which either PIN may hold.
const unclear = "pin_change_unclear"

// UnchangedError ended the change of a PIN before the card took the new one: the old one
// holds.
type UnchangedError struct {
	key   card.Key
	tried bool
	err   error
}

func (e *UnchangedError) Error() string { return e.err.Error() }

func (e *UnchangedError) Unwrap() error { return e.err }

// Unchanged returns whose PIN still holds, and whether a try of it may have been spent.
func (e *UnchangedError) Unchanged() (k card.Key, tried bool) { return e.key, e.tried }

// unchanged adds to err that the old PIN holds, which goes without saying after a wrong
// one. sent tells that the card was given the old PIN.
func unchanged(k card.Key, sent bool, err error) error {
	if _, refused := errors.AsType[*card.PINError](err); err == nil || refused {
		return err
	}
	// A card that refuses CHANGE had taken the old PIN before, and so gave back the try.
	const insChange = 0x24
	status, answered := errors.AsType[*card.StatusError](err)
	return &UnchangedError{k, sent && (!answered || status.Ins != insChange), err}
}

// TellsOfPIN reports whether err says what became of a PIN. That must be told even if
// an interruption is the reason that err came about.
func TellsOfPIN(err error) bool {
	if _, ok := errors.AsType[*UnchangedError](err); ok {
		return true
	}
	if _, ok := errors.AsType[*card.PINError](err); ok {
		return true
	}
	own, ok := errors.AsType[*Error](err)
	return ok && own.code == unclear
}

package job

import (
	"bytes"
	"context"
	"errors"

	"github.com/jpki-desktop/jpki/card"
)

// PINChange says which PIN to change and how to ask for the old one and the new one.
// The functions hand over what was entered, and [ChangePIN] wipes it; an error of theirs
// ends the change.
type PINChange struct {
	Key     card.Key
	LastTry bool  // the last try of the old one may be spent
	Known   Known // what the new one must have nothing to do with

	// Unattended says that the functions answer at once, so that the card is not released
	// while they run.
	Unattended bool

	Old   card.PINFunc
	New   func(problem error) (card.PIN, error) // problem: why the one before will not do; nil at first
	Again func() (card.PIN, error)              // the new one once more
}

// ChangePIN changes a PIN of c. Nothing is sent to the card before the new one was found
// good and entered twice.
//
// A new one that will not do is an [*Error], handed to r.New to ask again or to give up. A
// wrong old one is a [*card.PINError]. An error with the code pin_change_unclear says
// that either of the two may hold; after any other the old one does.
//
// With [Open] it costs the card 5 commands if r is Unattended, else 7: Windows resets a
// card that is left idle in a transaction, and once released it needs its application and
// the file of the PIN selected anew. A password that only a 住民基本台帳カード allows costs
// the 2 or 3 that find out whether it is one.
func ChangePIN(ctx context.Context, c *Card, r PINChange) error {
	old, new, err := r.ask(c)
	defer old.Wipe()
	defer new.Wipe()
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return unchanged(r.Key, false, c.in(err))
	}
	err = c.ChangePIN(r.Key, old, new)
	if errors.Is(err, card.ErrChangeUnclear) {
		return fail(unclear, err, r.Key)
	}
	return unchanged(r.Key, true, c.in(err))
}

func (r *PINChange) ask(c *Card) (old, new card.PIN, err error) {
	if old, err = r.askOld(c); err == nil {
		new, err = r.askNew(c, old)
	}
	return old, new, err
}

// askOld asks for the old PIN, which is returned to be wiped if it is malformed too.
func (r *PINChange) askOld(c *Card) (card.PIN, error) {
	tries, err := c.Retries(r.Key)
	switch {
	case errors.Is(err, card.ErrNoCertificate):
		return nil, fail("pin_absent", err, r.Key)
	case err != nil:
		return nil, err
	case tries == 0:
		return nil, &card.PINError{Key: r.Key}
	}
	if err := r.pause(c); err != nil {
		return nil, err
	}
	old, err := GuardLastTry(r.Old, r.LastTry)(r.Key, tries)
	if err != nil {
		return old, err
	}
	card.FoldPIN(r.Key, old)
	return old, c.CheckPIN(r.Key, old)
}

// pause lets go of the card while a person thinks.
func (r *PINChange) pause(c *Card) error {
	if r.Unattended {
		return nil
	}
	return c.Release()
}

// askNew asks for the new PIN until it will do.
func (r *PINChange) askNew(c *Card, old card.PIN) (card.PIN, error) {
	var problem error
	for {
		new, err := r.askNewOnce(c, old, problem)
		if err == nil {
			return new, nil
		}
		new.Wipe()
		again, ok := errors.AsType[*unfit](err)
		if !ok {
			return nil, err
		}
		problem = again.problem
	}
}

// unfit says that the new PIN will not do, in contrast to errors that end the change.
type unfit struct{ problem *Error }

func (e *unfit) Error() string { return e.problem.Error() }

func (r *PINChange) askNewOnce(c *Card, old card.PIN, problem error) (card.PIN, error) {
	if err := r.pause(c); err != nil {
		return nil, err
	}
	new, err := r.New(problem)
	if err != nil {
		return new, err
	}
	card.FoldPIN(r.Key, new)
	if err := r.check(c, new, old); err != nil {
		return new, err
	}
	if err := r.pause(c); err != nil {
		return new, err
	}
	again, err := r.Again()
	defer again.Wipe()
	if err != nil {
		return new, err
	}
	card.FoldPIN(r.Key, again)
	if !bytes.Equal(new, again) {
		return new, &unfit{fail("pin_mismatch", nil, r.Key)}
	}
	return new, nil
}

// check holds the new PIN to the rule of the card, and to good sense.
func (r *PINChange) check(c *Card, new, old card.PIN) error {
	err := c.CheckPIN(r.Key, new)
	if rule, ok := errors.AsType[*card.PINFormatError](err); ok {
		return &unfit{fail("pin_new_malformed_"+r.Key.String(), err, r.Key, rule.Min, rule.Max)}
	}
	if err != nil {
		return err
	}
	if r.Key == card.SignKey && !mixed(new) {
		kind, err := c.Kind()
		if err != nil {
			return err
		}
		if kind != card.KindJuki {
			return &unfit{fail("pin_unmixed", nil, r.Key)}
		}
	}
	if weak, ok := errors.AsType[*Error](WeakPIN(r.Key, new, old, r.Known)); ok {
		return &unfit{weak}
	}
	return nil
}

// mixed reports whether a password has both letters and digits, as the municipalities'
// rule for it wants.
func mixed(pin card.PIN) bool {
	return bytes.ContainsAny(pin, "0123456789") && bytes.ContainsAny(pin, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
}

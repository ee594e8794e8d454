package ui

import (
	"bytes"
	"errors"

	"github.com/jpki-desktop/jpki/card"
)

// pinFault is why a new PIN will not do. Its words are those of package msg for its code.
type pinFault struct {
	code string
	args []any
}

func (e *pinFault) Error() string { return e.code }

// Code implements msg.Coded.
func (e *pinFault) Code() string { return e.code }

// Args implements msg.Coded.
func (e *pinFault) Args() []any { return e.args }

// pinLimits are the fewest and the most letters of the PIN of k.
func pinLimits(k card.Key, kind card.Kind) (least, most int) {
	rule, _ := errors.AsType[*card.PINFormatError](card.CheckPIN(k, kind, nil))
	return rule.Min, rule.Max
}

// checkNew returns why new, as it was typed, will not do in place of old, or nil. Both are
// folded.
func (f *pinForm) checkNew(new, old card.PIN) error {
	kind := f.r.w.card.Info.Kind
	card.FoldPIN(f.key, new)
	card.FoldPIN(f.key, old)
	if rule, ok := errors.AsType[*card.PINFormatError](card.CheckPIN(f.key, kind, new)); ok {
		code := "pin_new_malformed_auth"
		if f.key == card.SignKey {
			code = "pin_new_malformed_sign"
		}
		return &pinFault{code, []any{f.key, rule.Min, rule.Max}}
	}
	if f.key == card.SignKey && kind != card.KindJuki && !mixed(new) {
		return &pinFault{"pin_unmixed", []any{f.key}}
	}
	return f.r.w.backend.WeakPIN(f.key, new, old)
}

// mixed tells whether a password has both letters and digits, as the rule of a My Number
// card wants it.
func mixed(p card.PIN) bool {
	digit := func(c rune) bool { return '0' <= c && c <= '9' }
	return bytes.ContainsFunc(p, digit) && bytes.ContainsFunc(p, func(c rune) bool { return !digit(c) })
}

// checkAgain returns nil if again is new once more, or may become so with more letters;
// whole tells that it is.
func (f *pinForm) checkAgain(again, new card.PIN) (whole bool, err error) {
	if bytes.Equal(again, new) {
		return len(new) > 0, nil
	}
	if bytes.HasPrefix(new, again) {
		return false, nil
	}
	return false, &pinFault{"pin_mismatch", []any{f.key}}
}

package card

import (
	"fmt"
	"io"
	"runtime"
)

// PIN is a PIN or password in ASCII, as the card compares it. No verb of package fmt and
// no encoding prints it; a conversion to []byte or string does, so do not convert it.
// Keep it in one buffer and [PIN.Wipe] it after use.
type PIN []byte

// PINFunc asks for the PIN of k, of which tries are left (at least 1). It is called while
// no transaction is open, so that it may take as long as a person takes. The card takes
// the PIN over and wipes it. An error is handed to the caller as it is.
type PINFunc func(k Key, tries int) (PIN, error)

const hiddenPIN = "[PIN]"

// Wipe overwrites p with zeros.
func (p PIN) Wipe() {
	clear(p)
	runtime.KeepAlive(p)
}

// Format implements [fmt.Formatter]: every verb prints "[PIN]".
func (p PIN) Format(f fmt.State, _ rune) { io.WriteString(f, hiddenPIN) }

// String implements [fmt.Stringer] with "[PIN]".
func (p PIN) String() string { return hiddenPIN }

// GoString implements [fmt.GoStringer] with "[PIN]".
func (p PIN) GoString() string { return hiddenPIN }

// MarshalText implements [encoding.TextMarshaler] with "[PIN]".
func (p PIN) MarshalText() ([]byte, error) { return []byte(hiddenPIN), nil }

// MarshalJSON implements [encoding/json.Marshaler] with "[PIN]".
func (p PIN) MarshalJSON() ([]byte, error) { return []byte(`"` + hiddenPIN + `"`), nil }

// MaxTries returns how many wrong PINs in a row block k: 3 for the authentication key,
// 5 for the signing key (ten sources agree).
func MaxTries(k Key) int {
	if k == SignKey {
		return 5
	}
	return 3
}

// FoldPIN turns the lower-case letters of a signing password into upper case, in place.
// The official rule knows upper case only, and the card compares bytes.
func FoldPIN(k Key, p PIN) {
	if k != SignKey {
		return
	}
	for i, c := range p {
		if 'a' <= c && c <= 'z' {
			p[i] = c - 'a' + 'A'
		}
	}
}

// CheckPIN returns a [*PINFormatError] if p, already folded, breaks the rule of k: 4 digits
// for the authentication key; 6 to 16 of A–Z and 0–9 for the signing key, 4 to 16 on a
// 住民基本台帳カード ([KindJuki]).
func CheckPIN(k Key, kind Kind, p PIN) error {
	rule := &PINFormatError{Key: k, Min: 4, Max: 4}
	if k == SignKey {
		rule.Min, rule.Max = 6, 16
		if kind == KindJuki {
			rule.Min = 4
		}
	}
	if len(p) < rule.Min || len(p) > rule.Max {
		return rule
	}
	for _, c := range p {
		digit, letter := '0' <= c && c <= '9', 'A' <= c && c <= 'Z'
		if !digit && (k != SignKey || !letter) {
			return rule
		}
	}
	return nil
}

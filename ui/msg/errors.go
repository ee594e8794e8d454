package msg

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/sign"
)

// Coded is an error that names its own entry in the catalogue, with the arguments of
// its texts. The work packages return such errors for what only they know about, such
// as files.
type Coded interface {
	error
	Code() string
	Args() []any
}

// Error returns the words for err in the language l.
func Error(l Lang, err error) Words {
	w := errorWords(l, err)
	w.Message += unchanged(l, err, pinUnchangedTried)
	return w
}

func errorWords(l Lang, err error) Words {
	var coded Coded
	if errors.As(err, &coded) {
		for _, catalogue := range []map[string]entry{errorEntries, timestampErrors, authorityErrors, windowErrors} {
			if e, ok := catalogue[coded.Code()]; ok {
				return e.words(l, coded.Code(), shown(l, coded.Args())...)
			}
		}
	}
	if code, args := pinCode(l, err); code != "" {
		return errorEntries[code].words(l, code, args...)
	}
	where := readerNames(l, err)
	for _, s := range states {
		if errors.Is(err, s.err) {
			return errorEntries[s.code].words(l, s.code, where)
		}
	}
	var status *card.StatusError
	if errors.As(err, &status) {
		return errorEntries["card_status"].words(l, "card_status", status.SW, status.Ins)
	}
	return errorEntries["unexpected"].words(l, "unexpected", err.Error())
}

// shown returns args with the moments among them as dates, the keys as the names of their
// PINs, and findings as their words.
func shown(l Lang, args []any) []any {
	out := slices.Clone(args)
	for i, arg := range out {
		switch v := arg.(type) {
		case time.Time:
			out[i] = Date(l, v)
		case card.Key:
			out[i] = KeyPIN(v).In(l)
		case sign.Finding:
			out[i] = Finding(l, v).Message
		}
	}
	return out
}

// states pair an error with its code; the first that matches is taken.
var states = []struct {
	err  error
	code string
}{
	{context.Canceled, "interrupted"},
	{card.ErrNoService, "no_service"},
	{card.ErrNotPermitted, "not_permitted"},
	{card.ErrNoReader, "no_reader"},
	{card.ErrUnknownReader, "reader_unknown"},
	{card.ErrSeveral, "reader_ambiguous"},
	{card.ErrNoCard, "no_card"},
	{card.ErrMuteCard, "mute_card"},
	{card.ErrOtherCard, "other_card"},
	{card.ErrInUse, "in_use"},
	{card.ErrRemoved, "removed"},
	{card.ErrNoCertificate, "no_certificate"},
	{card.ErrBadSignature, "card_bad_signature"},
	{card.ErrMalformed, "card_malformed"},
	{sign.ErrSizeChanged, "input_changed"},
}

// readerNames names the readers that err is about, in brackets at the end of a sentence.
func readerNames(l Lang, err error) string {
	var where *card.ReaderError
	if !errors.As(err, &where) {
		return ""
	}
	separator := "、"
	if l == En {
		separator = ", "
	}
	return readersNamed.In(l, strings.Join(where.Names, separator))
}

var readersNamed = Text{"（リーダー：%s）", " (reader: %s)"}

// pinCode returns the code and the arguments for errors about a PIN: the name of the
// PIN first, then numbers.
func pinCode(l Lang, err error) (string, []any) {
	var refused *card.PINError
	if errors.As(err, &refused) {
		name := KeyPIN(refused.Key).In(l)
		if refused.Retries == 0 {
			return "pin_blocked", []any{name}
		}
		return "pin_wrong", []any{name, refused.Retries}
	}
	var format *card.PINFormatError
	if errors.As(err, &format) {
		code := "pin_malformed_auth"
		if format.Key == card.SignKey {
			code = "pin_malformed_sign"
		}
		return code, []any{KeyPIN(format.Key).In(l), format.Min, format.Max}
	}
	return "", nil
}

// KeyPIN is the name of the PIN that guards k.
func KeyPIN(k card.Key) Text {
	if k == card.SignKey {
		return SignPIN
	}
	return AuthPIN
}

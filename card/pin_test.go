package card_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/jpki-desktop/jpki/card"
)

func TestNothingPrintsAPIN(t *testing.T) {
	type nested struct {
		PIN  card.PIN
		List []card.PIN
	}
	pin := card.PIN("ABC123")
	v := nested{pin, []card.PIN{pin}}
	var out strings.Builder
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "% x", "%d", "%o", "%b", "%c", "%U", "%T"} {
		fmt.Fprintf(&out, verb+"\n", pin)
		fmt.Fprintf(&out, verb+"\n", &pin)
		fmt.Fprintf(&out, verb+"\n", v)
	}
	fmt.Fprintln(&out, pin, v, pin.String(), pin.GoString())
	for _, marshal := range []func(any) ([]byte, error){json.Marshal, xml.Marshal} {
		b, err := marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		out.Write(b)
	}
	slog.New(slog.NewTextHandler(&out, nil)).Info("pin", "pin", pin, "nested", v)
	slog.New(slog.NewJSONHandler(&out, nil)).Info("pin", "pin", pin, "nested", v)
	for _, secret := range []string{"ABC123", "414243", "41 42 43", "65 66 67", "65, 66", "0x41", "QUJDMTIz", "101 102"} {
		if strings.Contains(out.String(), secret) {
			t.Errorf("%q is in the output:\n%s", secret, out.String())
		}
	}
	if !strings.Contains(out.String(), "[PIN]") {
		t.Errorf("no [PIN] in the output:\n%s", out.String())
	}
}

func TestWipeOverwritesThePIN(t *testing.T) {
	b := []byte("ABC123")
	card.PIN(b).Wipe()
	if !bytes.Equal(b, make([]byte, 6)) {
		t.Errorf("%q is left", b)
	}
}

func TestFoldPIN(t *testing.T) {
	for _, c := range []struct {
		key      card.Key
		pin, out string
	}{
		{card.SignKey, "abcxyz019", "ABCXYZ019"},
		{card.SignKey, "aB c@`{[é", "AB C@`{[é"},
		{card.AuthKey, "abcd", "abcd"},
	} {
		pin := card.PIN(c.pin)
		card.FoldPIN(c.key, pin)
		if !bytes.Equal(pin, []byte(c.out)) {
			t.Errorf("%v: %q became %q, not %q", c.key, c.pin, []byte(pin), c.out)
		}
	}
}

func TestCheckPIN(t *testing.T) {
	sixteen := strings.Repeat("A1", 8)
	for _, c := range []struct {
		key  card.Key
		kind card.Kind
		pin  string
		ok   bool
	}{
		{card.AuthKey, card.KindMynumber, "1234", true},
		{card.AuthKey, "", "0000", true},
		{card.AuthKey, card.KindMynumber, "123", false},
		{card.AuthKey, card.KindMynumber, "12345", false},
		{card.AuthKey, card.KindMynumber, "123A", false},
		{card.AuthKey, card.KindMynumber, "", false},
		{card.AuthKey, card.KindMynumber, "１２", false},
		{card.SignKey, card.KindMynumber, "ABC123", true},
		{card.SignKey, card.KindMynumber, sixteen, true},
		{card.SignKey, card.KindMynumber, "ABC12", false},
		{card.SignKey, card.KindMynumber, sixteen + "A", false},
		{card.SignKey, card.KindMynumber, "abc123", false},
		{card.SignKey, card.KindMynumber, "ABC 123", false},
		{card.SignKey, card.KindMynumber, "ABC123\n", false},
		{card.SignKey, card.KindMynumber, "ABC12\x00", false},
		{card.SignKey, card.KindMynumber, "@AAAAA[", false},
		{card.SignKey, "", "ABC1", false},
		{card.SignKey, card.KindJuki, "ABC1", true},
		{card.SignKey, card.KindJuki, "ABC", false},
		{card.SignKey, card.KindJuki, sixteen, true},
		{card.SignKey, card.KindAndroid, "ABC1", false},
	} {
		err := card.CheckPIN(c.key, c.kind, card.PIN(c.pin))
		if (err == nil) != c.ok {
			t.Errorf("%v %q %q: %v", c.key, c.kind, c.pin, err)
		}
		if rule, ok := errors.AsType[*card.PINFormatError](err); err != nil && (!ok || rule.Key != c.key || rule.Min > rule.Max) {
			t.Errorf("%v %q: %#v", c.key, c.pin, err)
		}
	}
}

func FuzzCheckPIN(f *testing.F) {
	f.Add(true, "abc123")
	f.Add(false, "1234")
	f.Add(true, "ABCDEF0123456789A")
	f.Fuzz(func(t *testing.T, sign bool, s string) {
		k := card.AuthKey
		if sign {
			k = card.SignKey
		}
		pin := card.PIN(s)
		card.FoldPIN(k, pin)
		if card.CheckPIN(k, card.KindMynumber, pin) == nil && (len(pin) > 16 || strings.Trim(s, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") != "") {
			t.Errorf("%v: %q passes", k, s)
		}
	})
}

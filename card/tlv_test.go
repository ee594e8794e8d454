package card

import (
	"encoding/asn1"
	"testing"
)

// FuzzTLV holds derLength to encoding/asn1: where both see a length, it is the same.
func FuzzTLV(f *testing.F) {
	for _, seed := range []string{"", "\x30", "\x30\x03\x01\x01\x00", "\x30\x81\x80", "\x30\x82\x01\x00", "\x30\x82\x00\xFF", "\x30\x80\x00\x00", "\x30\x83\x01\x00\x00", "\x31\x00", "\xFF\xFF", "\x30\x82\x7F\xFC"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		n, err := derLength(b)
		switch {
		case err != nil && n != 0:
			t.Fatalf("%d and %v", n, err)
		case err == nil && n == 0 && len(b) >= 4:
			t.Fatalf("no decision from %d bytes", len(b))
		case n < 0 || n > maxFile:
			t.Fatalf("%d bytes", n)
		case n == 0:
			return
		}
		whole := append(append([]byte{}, b...), make([]byte, maxFile)...)
		var v asn1.RawValue
		rest, err := asn1.Unmarshal(whole, &v)
		if err != nil {
			t.Fatalf("encoding/asn1 refuses % X, derLength says %d: %v", b[:min(4, len(b))], n, err)
		}
		if read := len(whole) - len(rest); read != n {
			t.Fatalf("%d bytes, encoding/asn1 says %d", n, read)
		}
	})
}

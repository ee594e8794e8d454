package pki

import (
	"bytes"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/crypto/cryptobyte"
	casn1 "golang.org/x/crypto/cryptobyte/asn1"

	"github.com/jpki-desktop/jpki/sign/testca"
)

func TestOwnerIsRead(t *testing.T) {
	ca := newCA(t)
	in := testca.SampleOwner()
	in.NameSubstitutes = "00002"
	cert, err := ca.IssueSigning(newKey(t).Public(), in)
	if err != nil {
		t.Fatal(err)
	}
	o, err := ParseOwner(cert)
	if err != nil {
		t.Fatal(err)
	}
	if o.Name != in.Name || o.Address != in.Address || o.Sex != Female || len(o.Problems) != 0 {
		t.Errorf("got %+v", o)
	}
	if want := (Birth{"419890423", Heisei, 1989, 4, 23}); o.Birth != want {
		t.Errorf("born %v, want %v", o.Birth, want)
	}
	if got := Substituted(o.Name, o.NameSubstitutes); !slices.Equal(got, []int{4}) {
		t.Errorf("substitutes at %v", got)
	}
	if got := Substituted(o.Address, o.AddressSubstitutes); got != nil {
		t.Errorf("substitutes in the address at %v", got)
	}
	if _, err := ParseOwner(issueAuth(t, ca)); !errors.Is(err, ErrNoOwner) {
		t.Errorf("authentication certificate: %v", err)
	}
	if _, err := ParseOwner(&x509.Certificate{}); !errors.Is(err, ErrNoOwner) {
		t.Errorf("empty certificate: %v", err)
	}
}

// field is an otherName below the arc of the owner's fields.
type field struct {
	arc   int
	tag   casn1.Tag
	value string
}

func san(fields ...field) []byte {
	var b cryptobyte.Builder
	context0 := casn1.Tag(0).ContextSpecific().Constructed()
	b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
		for _, f := range fields {
			b.AddASN1(context0, func(b *cryptobyte.Builder) {
				b.AddASN1ObjectIdentifier(append(slices.Clone(ownerArc), f.arc))
				b.AddASN1(context0, func(b *cryptobyte.Builder) {
					b.AddASN1(f.tag, func(b *cryptobyte.Builder) { b.AddBytes([]byte(f.value)) })
				})
			})
		}
	})
	return b.BytesOrPanic()
}

func withSAN(der []byte) *x509.Certificate {
	return &x509.Certificate{Extensions: []pkix.Extension{{Id: oidSubjectAltName, Value: der}}}
}

func TestOwnerIsReadAsFarAsItCanBe(t *testing.T) {
	utf8 := casn1.UTF8String
	rest := []field{{2, utf8, "00000"}, {3, utf8, "2"}, {4, utf8, "419890423"}, {5, utf8, "町"}, {6, utf8, "0"}}
	name := field{1, utf8, "見本　花子"}
	replace := func(f field) []field {
		all := append([]field{name}, rest...)
		all[f.arc-1] = f
		return all
	}
	for what, c := range map[string]struct {
		fields   []field
		problems []string
	}{
		"all":                  {append([]field{name}, rest...), nil},
		"no name":              {rest, []string{"name_missing"}},
		"name alone":           {[]field{name}, []string{"name_substitutes_missing", "sex_missing", "birth_date_missing", "address_missing", "address_substitutes_missing"}},
		"two names":            {append([]field{name, {1, utf8, "別人"}}, rest...), []string{"name_repeated"}},
		"another string type":  {replace(field{1, casn1.PrintableString, "MIHON"}), []string{"name_malformed"}},
		"not UTF-8":            {replace(field{1, utf8, "\xff見本花子"}), []string{"name_malformed"}},
		"direction override":   {replace(field{1, utf8, "見本\u202e花子"}), []string{"name_malformed"}},
		"control character":    {replace(field{5, utf8, "\x1b"}), []string{"address_malformed"}},
		"too few substitutes":  {replace(field{2, utf8, "0000"}), []string{"name_substitutes_malformed"}},
		"letters for digits":   {replace(field{2, utf8, "0000a"}), []string{"name_substitutes_malformed"}},
		"no such sex":          {replace(field{3, utf8, "4"}), []string{"sex_malformed"}},
		"no such era":          {replace(field{4, utf8, "619890423"}), []string{"birth_date_malformed"}},
		"no such day":          {replace(field{4, utf8, "419890431"}), []string{"birth_date_malformed"}},
		"short date":           {replace(field{4, utf8, "41989"}), []string{"birth_date_malformed"}},
		"unknown day":          {replace(field{4, utf8, "319450400"}), nil},
		"nothing known":        {replace(field{4, utf8, "000000000"}), nil},
		"fields of the future": {append([]field{name, {7, utf8, "?"}, {0, utf8, "?"}}, rest...), nil},
	} {
		t.Run(what, func(t *testing.T) {
			o, err := ParseOwner(withSAN(san(c.fields...)))
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(o.Problems, c.problems) {
				t.Errorf("problems %v, want %v", o.Problems, c.problems)
			}
			if what == "two names" && o.Name != name.value {
				t.Errorf("the name is %q", o.Name)
			}
		})
	}
}

func FuzzParseOwner(f *testing.F) {
	f.Add(san(field{1, casn1.UTF8String, "見本　花子"}, field{2, casn1.UTF8String, "00001"}, field{4, casn1.UTF8String, "419890423"}))
	f.Add(san(field{3, casn1.UTF8String, "2"}, field{1, casn1.PrintableString, "A"}, field{1, casn1.UTF8String, "\u202e\xff"}))
	f.Add(bytes.Repeat([]byte{0x30, 0x80}, 40))
	f.Fuzz(func(t *testing.T, der []byte) {
		o, err := ParseOwner(withSAN(der))
		if err != nil {
			return
		}
		for _, text := range []string{o.Name, o.Address, o.NameSubstitutes, o.AddressSubstitutes, o.Birth.Text, string(o.Sex)} {
			if !utf8.ValidString(text) || strings.ContainsFunc(text, unicode.IsControl) {
				t.Errorf("%q would control a display", text)
			}
		}
		n := utf8.RuneCountInString(o.Name)
		for _, i := range Substituted(o.Name, o.NameSubstitutes) {
			if i >= n {
				t.Errorf("substitute at %d of %d", i, n)
			}
		}
		if len(o.Problems) == 0 && (len(o.Birth.Text) != 9 || len(o.NameSubstitutes) != n) {
			t.Errorf("no problem with %+v", o)
		}
	})
}

package pki

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"testing"

	casn1 "golang.org/x/crypto/cryptobyte/asn1"

	"golang.org/x/crypto/cryptobyte"
)

// general encodes names or subtrees: each base in a SEQUENCE of its own for the latter.
func general(subtree bool, names ...generalName) []byte {
	var b cryptobyte.Builder
	for _, n := range names {
		add := func(b *cryptobyte.Builder) {
			b.AddASN1(n.kind, func(b *cryptobyte.Builder) { b.AddBytes(n.value) })
		}
		if subtree {
			b.AddASN1(casn1.SEQUENCE, add)
		} else {
			add(&b)
		}
	}
	return b.BytesOrPanic()
}

// constraints encodes the extension, permitted or excluded.
func constraints(exclude bool, bases ...generalName) *x509.Certificate {
	tag := casn1.Tag(0)
	if exclude {
		tag = 1
	}
	var b cryptobyte.Builder
	b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1(tag.ContextSpecific().Constructed(), func(b *cryptobyte.Builder) { b.AddBytes(general(true, bases...)) })
	})
	return &x509.Certificate{Extensions: []pkix.Extension{{Id: oidNameConstraints, Value: b.BytesOrPanic()}}}
}

func named(names ...generalName) *x509.Certificate {
	var b cryptobyte.Builder
	b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) { b.AddBytes(general(false, names...)) })
	return withSAN(b.BytesOrPanic())
}

func TestNameConstraintsByKind(t *testing.T) {
	name := func(kind casn1.Tag, value string) generalName { return generalName{kind, []byte(value)} }
	dn := func(text string) generalName {
		der, err := encodeName(text)
		if err != nil {
			t.Fatal(err)
		}
		return generalName{directoryName, der}
	}
	other := casn1.Tag(0).ContextSpecific().Constructed()
	for _, c := range []struct {
		what       string
		base, name generalName
		within     bool // permitted if the base is, refused if it is excluded
		outside    bool // the other way round; neither = cannot be known, refused in both
	}{
		{"same host", name(dnsName, "example.jp"), name(dnsName, "EXAMPLE.jp"), true, false},
		{"below", name(dnsName, "example.jp"), name(dnsName, "a.b.example.jp"), true, false},
		{"beside", name(dnsName, "example.jp"), name(dnsName, "badexample.jp"), false, true},
		{"any host", name(dnsName, ""), name(dnsName, "x"), true, false},
		{"mailbox", name(emailName, "a@example.jp"), name(emailName, "a@EXAMPLE.jp"), true, false},
		{"mailbox in other case", name(emailName, "a@example.jp"), name(emailName, "A@example.jp"), false, true},
		{"host of mail", name(emailName, "example.jp"), name(emailName, "x@example.jp"), true, false},
		{"host below", name(emailName, "example.jp"), name(emailName, "x@sub.example.jp"), false, true},
		{"domain of mail", name(emailName, ".example.jp"), name(emailName, "x@sub.example.jp"), true, false},
		{"two ats", name(emailName, "example.jp"), name(emailName, "x@example.jp@evil.jp"), false, true},
		{"no mailbox", name(emailName, "example.jp"), name(emailName, "example.jp"), false, false},
		{"host of address", name(uriName, "example.jp"), name(uriName, "http://example.jp:8080/x"), true, false},
		{"user before host", name(uriName, "example.jp"), name(uriName, "http://example.jp@evil.jp/"), false, true},
		{"domain of address", name(uriName, ".example.jp"), name(uriName, "http://a.example.jp/"), true, false},
		{"no host", name(uriName, "example.jp"), name(uriName, "urn:example.jp"), false, false},
		{"network", name(addressName, "\x0a\x00\x00\x00\xff\x00\x00\x00"), name(addressName, "\x0a\x01\x02\x03"), true, false},
		{"other network", name(addressName, "\x0a\x00\x00\x00\xff\x00\x00\x00"), name(addressName, "\x0b\x01\x02\x03"), false, true},
		{"other family", name(addressName, "\x0a\x00\x00\x00\xff\x00\x00\x00"), name(addressName, "0123456789abcdef"), false, true},
		{"malformed network", name(addressName, "\x0a"), name(addressName, "\x0a\x01\x02\x03"), false, false},
		{"directory", dn("O=JPKI,C=JP"), dn("OU=x,O=jpki,C=JP"), true, false},
		{"other directory", dn("O=JPKI,C=JP"), dn("O=JPKI-TEST,C=JP"), false, true},
		{"kind unknown", name(other, "\x06\x01\x2a"), name(other, "\x06\x01\x2a"), false, false},
		{"kinds that differ", name(dnsName, "example.jp"), name(emailName, "x@evil.jp"), true, true},
	} {
		var permitted, excluded nameState
		permitted.add(constraints(false, c.base))
		excluded.add(constraints(true, c.base))
		if got := permitted.permit(named(c.name)); got != c.within {
			t.Errorf("%s: permitted base permits it: %v", c.what, got)
		}
		if got := excluded.permit(named(c.name)); got != c.outside {
			t.Errorf("%s: excluded base permits it: %v", c.what, got)
		}
	}
}

func TestConstraintsThatCannotBeReadPermitNothing(t *testing.T) {
	host := generalName{dnsName, []byte("example.jp")}
	good := constraints(false, host).Extensions[0].Value
	withMaximum := append([]byte{0x30, 0x13, 0xa0, 0x11, 0x30, 0x0f}, append(general(false, host), 0x81, 1, 1)...)
	for what, value := range map[string][]byte{
		"empty": {}, "cut": good[:len(good)-1], "no sequence": good[2:], "with maximum": withMaximum,
	} {
		var s nameState
		s.add(&x509.Certificate{Extensions: []pkix.Extension{{Id: oidNameConstraints, Value: value}}})
		if s.permit(named(host)) {
			t.Errorf("%s: permitted", what)
		}
	}
	var s nameState
	s.add(constraints(false, host))
	if !s.permit(named(host)) || s.permit(withSAN([]byte{0x30, 5})) {
		t.Error("names that cannot be read are permitted, or good ones are not")
	}
	many := make([]generalName, 300)
	for i := range many {
		many[i] = host
	}
	s.add(constraints(false, many...))
	if s.permit(named(many...)) {
		t.Error("more comparisons than the limit are made")
	}
}

func TestNamesAreComparedByMeaning(t *testing.T) {
	utf8 := func(text string) []byte {
		return append([]byte{0x30, byte(11 + len(text)), 0x31, byte(9 + len(text)), 0x30, byte(7 + len(text)), 6, 3, 0x55, 4, 10, 12, byte(len(text))}, text...)
	}
	printable := func(text string) []byte {
		b := utf8(text)
		b[11] = 0x13
		return b
	}
	for _, c := range []struct {
		a, b []byte
		same bool
	}{
		{utf8("JPKI"), printable("JPKI"), true},
		{utf8("  jpki "), printable("JPKI"), true},
		{utf8("a b"), utf8("A  B"), true},
		{utf8("ab"), utf8("a b"), false},
		{utf8("JPKI"), utf8("JPKI-TEST"), false},
		{utf8("\xff"), utf8("\xfe"), false},
		{[]byte{1}, []byte{2}, false},
		{nil, utf8(""), false},
	} {
		if got := distinguishedName(c.a).key() == distinguishedName(c.b).key(); got != c.same {
			t.Errorf("%x and %x: same %v", c.a, c.b, got)
		}
	}
}

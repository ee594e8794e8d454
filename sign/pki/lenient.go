package pki

import (
	"bytes"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"strings"
	"time"
	"unicode/utf16"

	"golang.org/x/crypto/cryptobyte"
	casn1 "golang.org/x/crypto/cryptobyte/asn1"
)

// ParseLenient reads a certificate that is only to be shown, as far as it can be read:
// whole is false, and a [Store] refuses what it returns, where crypto/x509 would not take
// it. Nil means that not even the beginning of a certificate is there.
func ParseLenient(der []byte) (cert *x509.Certificate, whole bool) {
	if cert, err := ParseCertificate(der); err == nil {
		return cert, true
	}
	outer := clipped(der)
	tag, outer, ok := outer.next()
	if !ok || tag != casn1.SEQUENCE {
		return nil, false
	}
	tag, tbs, ok := outer.next()
	if !ok || tag != casn1.SEQUENCE {
		return nil, false
	}
	cert = &x509.Certificate{Version: 1, SerialNumber: new(big.Int)}
	if !readTBS(tbs, cert) {
		return nil, false
	}
	cert.RawTBSCertificate = tbs
	return cert, false
}

// readTBS fills cert from a TBSCertificate (RFC 5280 section 4.1) and reports whether
// anything was there.
func readTBS(tbs clipped, cert *x509.Certificate) bool {
	read := false
	for position := 0; ; position++ {
		tag, value, ok := tbs.next()
		if !ok {
			return read
		}
		read = true
		switch {
		case tag == casn1.Tag(0).ContextSpecific().Constructed():
			position-- // the version, which may be absent
		case tag == casn1.Tag(3).ContextSpecific().Constructed():
			readExtensions(value, cert)
		case position == 0:
			cert.SerialNumber = signedInteger(value)
		case position == 2:
			cert.Issuer = lenientName(value)
		case position == 3:
			cert.NotBefore, cert.NotAfter = lenientTime(&value), lenientTime(&value)
		case position == 4:
			cert.Subject = lenientName(value)
		}
	}
}

// clipped is DER whose elements may be longer than what is left of it: they end there.
type clipped []byte

func (c *clipped) next() (tag casn1.Tag, value clipped, ok bool) {
	s := cryptobyte.String(*c)
	var element cryptobyte.String
	if s.ReadAnyASN1(&element, &tag) {
		*c = clipped(s)
		return tag, clipped(element), true
	}
	d := *c
	*c = nil
	if len(d) < 2 || d[0]&0x1F == 0x1F {
		return 0, nil, false
	}
	header := 2
	if d[1] >= 0x80 {
		header += int(d[1] & 0x7F)
	}
	if header > len(d) {
		return 0, nil, false
	}
	return casn1.Tag(d[0]), d[header:], true
}

// signedInteger reads the contents of an INTEGER, negative ones too.
func signedInteger(contents []byte) *big.Int {
	n := new(big.Int).SetBytes(contents[:min(len(contents), 64)])
	if len(contents) > 0 && contents[0]&0x80 != 0 {
		n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(8*min(len(contents), 64))))
	}
	return n
}

// lenientName reads a Name; letters that cannot be read become U+FFFD.
func lenientName(rdns clipped) pkix.Name {
	var sequence pkix.RDNSequence
	for tag, rdn, ok := rdns.next(); ok && tag == casn1.SET; tag, rdn, ok = rdns.next() {
		var set pkix.RelativeDistinguishedNameSET
		for _, attribute, ok := rdn.next(); ok; _, attribute, ok = rdn.next() {
			var id asn1.ObjectIdentifier
			s := cryptobyte.String(attribute)
			if !s.ReadASN1ObjectIdentifier(&id) {
				continue
			}
			attribute = clipped(s)
			tag, value, _ := attribute.next()
			set = append(set, pkix.AttributeTypeAndValue{Type: id, Value: lenientText(tag, value)})
		}
		if len(set) > 0 {
			sequence = append(sequence, set)
		}
	}
	var name pkix.Name
	name.FillFromRDNSequence(&sequence)
	return name
}

const tagBMPString = casn1.Tag(30)

func lenientText(tag casn1.Tag, value []byte) string {
	if tag == tagBMPString {
		units := make([]uint16, len(value)/2)
		for i := range units {
			units[i] = uint16(value[2*i])<<8 | uint16(value[2*i+1])
		}
		return printable(string(utf16.Decode(units)))
	}
	return printable(strings.ToValidUTF8(string(value), "\uFFFD"))
}

func lenientTime(validity *clipped) time.Time {
	tag, value, ok := validity.next()
	if !ok {
		return time.Time{}
	}
	layout := "20060102150405Z0700"
	if tag == casn1.UTCTime {
		layout = "060102150405Z0700"
	}
	t, err := time.Parse(layout, string(value))
	if err != nil {
		return time.Time{}
	}
	if tag == casn1.UTCTime && t.Year() >= 2050 {
		t = t.AddDate(-100, 0, 0) // RFC 5280 section 4.1.2.5.1
	}
	return t.UTC()
}

// readExtensions reads as many extensions as are whole.
func readExtensions(wrapped clipped, cert *x509.Certificate) {
	_, list, _ := wrapped.next()
	for tag, inner, ok := list.next(); ok && tag == casn1.SEQUENCE; tag, inner, ok = list.next() {
		s := cryptobyte.String(inner)
		var e pkix.Extension
		var value cryptobyte.String
		if !s.ReadASN1ObjectIdentifier((*asn1.ObjectIdentifier)(&e.Id)) ||
			s.PeekASN1Tag(casn1.BOOLEAN) && !s.ReadASN1Boolean(&e.Critical) ||
			!s.ReadASN1(&value, casn1.OCTET_STRING) {
			continue
		}
		e.Value = bytes.Clone(value)
		cert.Extensions = append(cert.Extensions, e)
		if e.Id.Equal(oidKeyUsage) {
			cert.KeyUsage = lenientKeyUsage(value)
		}
	}
}

func lenientKeyUsage(value cryptobyte.String) x509.KeyUsage {
	var bits asn1.BitString
	var usage x509.KeyUsage
	if !value.ReadASN1BitString(&bits) {
		return 0
	}
	for i := range 9 {
		usage |= x509.KeyUsage(bits.At(i)) << i
	}
	return usage
}

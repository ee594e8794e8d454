package cms

import (
	"bytes"
	"slices"
	"time"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
)

// attribute is an Attribute (RFC 5652 section 5.3).
type attribute struct {
	id     oid
	values [][]byte // elements
}

func (a attribute) der() []byte {
	return tlv(tagSequence, a.id.der(), setOf(tagSet, a.values...))
}

// attributes are the signed attributes of a signer, in the order of the file.
type attributes []attribute

// signedAttributes are the attributes of a CAdES-B-B signature (EN 319 122-1 section 6.3)
// over content with the digest sum.
func signedAttributes(sum []byte, at time.Time, certID []byte) attributes {
	return attributes{
		{oidContentType, [][]byte{oidData.der()}},
		{oidMessageDigest, [][]byte{tlv(tagOctetString, sum)}},
		{oidSigningTime, [][]byte{signingTime(at)}},
		{oidSigningCertificateV2, [][]byte{certID}},
	}
}

// encode returns the attributes in DER, as a SET or under the tag they have in SignerInfo.
func (as attributes) encode(tag byte) []byte { return setOf(tag, as.elements()...) }

// encodings returns what may have been signed: the attributes in DER, as RFC 5652 section
// 5.4 says, and in the order of the file, which OpenSSL takes. The order of a set says
// nothing, so the second is as sound as the first.
func (as attributes) encodings() [][]byte {
	elements := as.elements()
	der, ordered := setOf(tagSet, elements...), tlv(tagSet, elements...)
	if bytes.Equal(der, ordered) {
		return [][]byte{der}
	}
	return [][]byte{der, ordered}
}

func (as attributes) elements() [][]byte {
	var all [][]byte
	for _, a := range as {
		all = append(all, a.der())
	}
	return all
}

// maxValues bounds the attributes of a signer, the values of each and the digests of a
// file: the smallest of them are many times smaller than what describes them in memory.
const maxValues = 256

// readAttributes reads the contents of a set of attributes.
func readAttributes(s cryptobyte.String) (as attributes, ok bool) {
	for !s.Empty() {
		var inner, id, set, value cryptobyte.String
		if !s.ReadASN1(&inner, asn1.SEQUENCE) || !inner.ReadASN1(&id, asn1.OBJECT_IDENTIFIER) ||
			!inner.ReadASN1(&set, asn1.SET) || !inner.Empty() || len(as) == maxValues {
			return nil, false
		}
		a := attribute{id: oid(id)}
		for !set.Empty() {
			if !set.ReadAnyASN1Element(&value, new(asn1.Tag)) || len(a.values) == maxValues {
				return nil, false
			}
			a.values = append(a.values, value)
		}
		as = append(as, a)
	}
	return as, true
}

// value returns the first value of the attribute id, nil if there is none.
func (as attributes) value(id oid) cryptobyte.String {
	for _, a := range as {
		if a.id == id && len(a.values) > 0 {
			return a.values[0]
		}
	}
	return nil
}

// all returns every value of the attributes id.
func (as attributes) all(id oid) (values [][]byte) {
	for _, a := range as {
		if a.id == id {
			values = append(values, a.values...)
		}
	}
	return values
}

// duplicates returns the attributes that are there twice, or have two values and must have
// one. Several content time-stamps are allowed (EN 319 122-1 section 5.2.8).
func (as attributes) duplicates() []oid {
	single := []oid{oidContentType, oidMessageDigest, oidSigningTime, oidSigningCertificate, oidSigningCertificateV2, oidAlgorithmProtection}
	seen, reported := map[oid]bool{}, map[oid]bool{}
	var twice []oid
	for _, a := range as {
		again := seen[a.id] && a.id != oidContentTimestamp
		many := len(a.values) > 1 && slices.Contains(single, a.id)
		if (again || many) && !reported[a.id] {
			twice = append(twice, a.id)
			reported[a.id] = true
		}
		seen[a.id] = true
	}
	return twice
}

// signingTime is t as RFC 5652 section 11.3 wants it: UTCTime through 2049.
func signingTime(t time.Time) []byte {
	t = t.UTC()
	if y := t.Year(); 1950 <= y && y < 2050 {
		return tlv(tagUTCTime, []byte(t.Format("060102150405Z")))
	}
	return tlv(tagGeneralizedTime, []byte(t.Format("20060102150405Z")))
}

// readSigningTime reads the value of a signing-time attribute.
func readSigningTime(value cryptobyte.String) (time.Time, bool) {
	layout, pivot := "20060102150405Z", 10000
	if value.PeekASN1Tag(asn1.UTCTime) {
		layout, pivot = "060102150405Z", 2050
	}
	var tag asn1.Tag
	var text cryptobyte.String
	if !value.ReadAnyASN1(&text, &tag) || tag != asn1.UTCTime && tag != asn1.GeneralizedTime {
		return time.Time{}, false
	}
	t, err := time.Parse(layout, string(text))
	if err != nil || t.Format(layout) != string(text) {
		return time.Time{}, false
	}
	if t.Year() >= pivot {
		t = t.AddDate(-100, 0, 0)
	}
	return t, true
}

// digest returns the value of the message-digest attribute.
func (as attributes) digest() ([]byte, bool) {
	return contents(as.value(oidMessageDigest), tagOctetString)
}

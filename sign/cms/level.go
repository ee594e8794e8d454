package cms

import (
	"bytes"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	"github.com/jpki-desktop/jpki/sign"
)

// informed is the judge with what e tells, if it can take that.
func informed(judge sign.Judge, e *sign.Evidence) sign.Judge {
	if j, ok := judge.(sign.InformedJudge); ok {
		return j.Informed(e)
	}
	return judge
}

// evidence is the revocation data inside (EN 319 122-1 section 6.3, level B-LT), nil if
// there is none. What is of another kind is passed over.
func (sd *signedData) evidence() *sign.Evidence {
	e := &sign.Evidence{}
	for _, der := range sd.revocations {
		if der[0] == tagSequence {
			e.CRLs = append(e.CRLs, der)
		} else if response := ocspResponse(der); response != nil {
			e.OCSP = append(e.OCSP, response)
		}
	}
	if len(e.CRLs)+len(e.OCSP) == 0 {
		return nil
	}
	return e
}

// ocspResponse returns the response in an OtherRevocationInfoFormat (RFC 5940 section 2),
// nil if it holds something else.
func ocspResponse(der cryptobyte.String) []byte {
	var inner, id, response cryptobyte.String
	if !der.ReadASN1(&inner, explicit(1)) || !inner.ReadASN1(&id, asn1.OBJECT_IDENTIFIER) || oid(id) != oidOCSPResponse ||
		!inner.ReadASN1Element(&response, asn1.SEQUENCE) || !inner.Empty() {
		return nil
	}
	return response
}

// add puts the certificates and revocation data of e into sd, each once.
func (sd *signedData) add(e *sign.Evidence) {
	for _, cert := range e.Certificates {
		sd.certificates = with(sd.certificates, cert.Raw)
	}
	for _, der := range e.CRLs {
		sd.revocations = with(sd.revocations, der)
	}
	for _, der := range e.OCSP {
		sd.revocations = with(sd.revocations, tlv(context1Cons, oidOCSPResponse.der(), der))
	}
}

// with adds der to elements unless it is among them.
func with(elements [][]byte, der []byte) [][]byte {
	for _, e := range elements {
		if bytes.Equal(e, der) {
			return elements
		}
	}
	return append(elements, der)
}

// withUnsigned is the SignerInfo der with a further unsigned attribute. All its other
// bytes stay as they are.
func withUnsigned(der cryptobyte.String, a attribute) ([]byte, bool) {
	var s, unsigned cryptobyte.String
	if !der.ReadASN1(&s, asn1.SEQUENCE) {
		return nil, false
	}
	before := s
	for !s.Empty() && !s.PeekASN1Tag(explicit(1)) {
		if !s.ReadAnyASN1Element(new(cryptobyte.String), new(asn1.Tag)) {
			return nil, false
		}
	}
	before = before[:len(before)-len(s)]
	if !s.ReadOptionalASN1(&unsigned, nil, explicit(1)) || !s.Empty() {
		return nil, false
	}
	elements := [][]byte{a.der()}
	for !unsigned.Empty() {
		var element cryptobyte.String
		if !unsigned.ReadAnyASN1Element(&element, new(asn1.Tag)) {
			return nil, false
		}
		elements = append(elements, element)
	}
	return tlv(tagSequence, before, setOf(context1Cons, elements...)), true
}

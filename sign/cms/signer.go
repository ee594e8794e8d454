package cms

import (
	"bytes"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"fmt"
	"math/big"

	"golang.org/x/crypto/cryptobyte"
	cbasn1 "golang.org/x/crypto/cryptobyte/asn1"
)

// signer is a SignerInfo (RFC 5652 section 5.3).
type signer struct {
	signerID
	digest     algorithm
	signed     bool // signedAttrs are there
	attributes attributes
	signature  algorithm
	value      []byte
	unsigned   attributes
}

// signerID names the signer's certificate: by issuer and serial number, or by key.
type signerID struct {
	issuer []byte // Name
	serial *big.Int
	keyID  []byte // subjectKeyIdentifier, nil if by issuer and serial number
}

// maxName bounds the name and the numbers that name a certificate, in bytes: they are
// shown to people.
const maxName = 16 << 10

// readSigner reads a SignerInfo in definite form.
func readSigner(der cryptobyte.String) (*signer, bool) {
	var s, signed, value, unsigned cryptobyte.String
	si := &signer{}
	if !der.ReadASN1(&s, cbasn1.SEQUENCE) || !s.SkipASN1(cbasn1.INTEGER) || !si.signerID.read(&s) {
		return nil, false
	}
	var ok bool
	if si.digest, ok = readAlgorithm(&s); !ok {
		return nil, false
	}
	if !s.ReadOptionalASN1(&signed, &si.signed, explicit(0)) {
		return nil, false
	}
	if si.attributes, ok = readAttributes(signed); !ok {
		return nil, false
	}
	if si.signature, ok = readAlgorithm(&s); !ok {
		return nil, false
	}
	if !s.ReadASN1(&value, cbasn1.OCTET_STRING) || !s.ReadOptionalASN1(&unsigned, nil, explicit(1)) || !s.Empty() {
		return nil, false
	}
	si.value = value
	si.unsigned, ok = readAttributes(unsigned)
	return si, ok
}

func (id *signerID) read(s *cryptobyte.String) bool {
	var inner, issuer, keyID cryptobyte.String
	if s.PeekASN1Tag(cbasn1.SEQUENCE) {
		id.serial = new(big.Int)
		ok := s.ReadASN1(&inner, cbasn1.SEQUENCE) && len(inner) <= maxName &&
			inner.ReadASN1Element(&issuer, cbasn1.SEQUENCE) && inner.ReadASN1Integer(id.serial) && inner.Empty()
		id.issuer = issuer
		return ok
	}
	if s.PeekASN1Tag(explicit(0)) { // a string in segments, under an implicit tag
		if !s.ReadASN1(&inner, explicit(0)) {
			return false
		}
		for !inner.Empty() {
			if !inner.ReadASN1(&keyID, cbasn1.OCTET_STRING) {
				return false
			}
			id.keyID = append(id.keyID, keyID...)
		}
		return len(id.keyID) > 0
	}
	ok := s.ReadASN1(&keyID, cbasn1.Tag(0).ContextSpecific())
	id.keyID = keyID
	return ok && len(keyID) > 0 && len(keyID) <= maxName
}

// names tells whether id means cert.
func (id *signerID) names(cert *x509.Certificate) bool {
	if id.keyID != nil {
		return bytes.Equal(id.keyID, cert.SubjectKeyId)
	}
	return bytes.Equal(id.issuer, cert.RawIssuer) && id.serial.Cmp(cert.SerialNumber) == 0
}

// mentionedIn tells whether a certificate that cannot be parsed seems to be the one.
func (id *signerID) mentionedIn(der []byte) bool {
	if id.keyID != nil {
		return bytes.Contains(der, id.keyID)
	}
	return bytes.Contains(der, id.issuer) && bytes.Contains(der, id.serial.Bytes())
}

// nameText is the RFC 4514 text of a Name, empty if it has none.
func nameText(name []byte) string {
	var rdns pkix.RDNSequence
	if rest, err := asn1.Unmarshal(name, &rdns); err != nil || len(rest) > 0 {
		return ""
	}
	return rdns.String()
}

func serialText(serial *big.Int) string { return fmt.Sprintf("%X", serial) }

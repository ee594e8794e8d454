package cms

import (
	"bytes"
	"crypto"
	"crypto/x509"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
)

// signingCertificateV2 is the value that names cert (RFC 5035 section 3). The digest is
// SHA-256, which is the default and so is left out in DER.
func signingCertificateV2(cert *x509.Certificate) []byte {
	issuerSerial := tlv(tagSequence,
		tlv(tagSequence, tlv(context4Cons, cert.RawIssuer)), serialNumber(cert))
	id := tlv(tagSequence, tlv(tagOctetString, sum(crypto.SHA256, cert.Raw)), issuerSerial)
	return tlv(tagSequence, tlv(tagSequence, id))
}

// serialNumber is the INTEGER of cert.
func serialNumber(cert *x509.Certificate) []byte {
	var b cryptobyte.Builder
	b.AddASN1BigInt(cert.SerialNumber)
	return b.BytesOrPanic()
}

// certID is an ESSCertID or ESSCertIDv2: which certificate the signer says is its own.
type certID struct {
	hash         crypto.Hash // 0 if unknown
	sum          []byte
	issuerSerial []byte // contents, nil if absent
}

// certIDs returns the first certID of each signing-certificate attribute, v1 and v2: that
// of the signer (RFC 5035 section 4).
func (as attributes) certIDs() (ids []certID, ok bool) {
	versions := []struct {
		attribute oid
		hash      crypto.Hash
	}{{oidSigningCertificate, crypto.SHA1}, {oidSigningCertificateV2, crypto.SHA256}}
	for _, v := range versions {
		value := as.value(v.attribute)
		if value == nil {
			continue
		}
		id, ok := readCertID(value, v.hash)
		if !ok {
			return nil, false
		}
		ids = append(ids, id)
	}
	return ids, true
}

// readCertID reads the first ESSCertID of a SigningCertificate, or the same of version 2;
// hash is the version's own digest.
func readCertID(value cryptobyte.String, hash crypto.Hash) (id certID, ok bool) {
	var s, list, first, sum, issuerSerial cryptobyte.String
	if !value.ReadASN1(&s, asn1.SEQUENCE) || !s.ReadASN1(&list, asn1.SEQUENCE) || !list.ReadASN1(&first, asn1.SEQUENCE) {
		return id, false
	}
	id.hash = hash
	if first.PeekASN1Tag(asn1.SEQUENCE) {
		a, ok := readAlgorithm(&first)
		if !ok {
			return id, false
		}
		id.hash = a.hash()
	}
	present := false
	if !first.ReadASN1(&sum, asn1.OCTET_STRING) || !first.ReadOptionalASN1(&issuerSerial, &present, asn1.SEQUENCE) {
		return id, false
	}
	id.sum, id.issuerSerial = sum, issuerSerial
	return id, first.Empty()
}

// names tells whether id is that of cert. An issuer and serial number that are there must
// be right too.
func (id certID) names(cert *x509.Certificate) bool {
	if id.hash == 0 || !bytes.Equal(id.sum, sum(id.hash, cert.Raw)) {
		return false
	}
	s := cryptobyte.String(id.issuerSerial)
	var names, name, issuer cryptobyte.String
	if s == nil {
		return true
	}
	return s.ReadASN1(&names, asn1.SEQUENCE) && names.ReadASN1(&name, explicit(4)) && names.Empty() &&
		name.ReadASN1Element(&issuer, asn1.SEQUENCE) && bytes.Equal(issuer, cert.RawIssuer) &&
		bytes.Equal(s, serialNumber(cert))
}

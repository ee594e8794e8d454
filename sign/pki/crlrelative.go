package pki

import (
	"bytes"
	"crypto/x509"
	"encoding/asn1"
	"slices"

	"golang.org/x/crypto/cryptobyte"
	casn1 "golang.org/x/crypto/cryptobyte/asn1"
)

// maskedPoints stands in for the identifier of the distribution points while crypto/x509
// reads a certificate; no extension has it.
var maskedPoints = asn1.ObjectIdentifier{2, 5, 29, 127}

// ParseCertificate reads a certificate in DER. Unlike [x509.ParseCertificate] it takes one
// whose CRL distribution point is relative to the name of the CRL's issuer
// (nameRelativeToCRLIssuer, RFC 5280 section 4.2.1.13); CRLDistributionPoints is empty then.
func ParseCertificate(der []byte) (*x509.Certificate, error) {
	cert, err := x509.ParseCertificate(der)
	if err == nil {
		return cert, nil
	}
	masked := bytes.Clone(der)
	if !maskPoints(masked) {
		return nil, err
	}
	cert, again := x509.ParseCertificate(masked)
	if again != nil {
		return nil, err
	}
	for i := range cert.Extensions {
		if e := &cert.Extensions[i]; e.Id.Equal(maskedPoints) {
			e.Id = oidDistributionPoints
		}
	}
	if _, ok := points(cert); !ok {
		return nil, err
	}
	cert.UnhandledCriticalExtensions = slices.DeleteFunc(cert.UnhandledCriticalExtensions, maskedPoints.Equal)
	start := bytes.Index(masked, cert.RawTBSCertificate)
	cert.Raw, cert.RawTBSCertificate = bytes.Clone(der), bytes.Clone(der[start:start+len(cert.RawTBSCertificate)])
	return cert, nil
}

// maskPoints changes the identifier of the distribution points in the certificate der,
// and tells whether there was one.
func maskPoints(der []byte) bool {
	s := cryptobyte.String(der)
	var outer, tbs, list cryptobyte.String
	if !s.ReadASN1(&outer, casn1.SEQUENCE) || !outer.ReadASN1(&tbs, casn1.SEQUENCE) {
		return false
	}
	extensions := casn1.Tag(3).ContextSpecific().Constructed()
	for !tbs.Empty() && !tbs.PeekASN1Tag(extensions) {
		var skipped cryptobyte.String
		var tag casn1.Tag
		if !tbs.ReadAnyASN1(&skipped, &tag) {
			return false
		}
	}
	if !tbs.ReadASN1(&list, extensions) || !list.ReadASN1(&list, casn1.SEQUENCE) {
		return false
	}
	for !list.Empty() {
		var e, id cryptobyte.String
		if !list.ReadASN1(&e, casn1.SEQUENCE) || !e.ReadASN1(&id, casn1.OBJECT_IDENTIFIER) {
			return false
		}
		if bytes.Equal(id, []byte{0x55, 0x1d, 0x1f}) {
			id[2] = 0x7f // the octets of der itself
			return true
		}
	}
	return false
}

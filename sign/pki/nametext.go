package pki

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
)

// SubjectText is the subject of cert as RFC 4514 writes names, fit to be shown: characters
// that control a display come out as U+FFFD.
func SubjectText(cert *x509.Certificate) string { return nameText(cert.RawSubject, cert.Subject) }

// IssuerText is the issuer of cert, likewise.
func IssuerText(cert *x509.Certificate) string { return nameText(cert.RawIssuer, cert.Issuer) }

// nameText goes by the octets where they can be read: pkix.Name loses the order of
// attributes that are there twice, such as the two units of JPKI's authorities.
func nameText(raw []byte, name pkix.Name) string {
	var sequence pkix.RDNSequence
	if rest, err := asn1.Unmarshal(raw, &sequence); err != nil || len(rest) > 0 {
		return printable(name.String())
	}
	return printable(sequence.String())
}

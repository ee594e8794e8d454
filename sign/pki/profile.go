package pki

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"slices"
)

// Use is what a certificate, or an authority's certificates, are for.
type Use string

// The uses.
const (
	UseSign Use = "sign" // 署名用: signatures of documents
	UseAuth Use = "auth" // 利用者証明用: logging in
	UseAny  Use = "any"  // neither of the two, or not restricted to one

	UseTimestamp Use = "timestamp" // time-stamps of an authority (RFC 3161)
)

// Origin tells who issued a certificate, by the organisation in its issuer's name, which
// anybody can write: only a path to an anchor proves it.
type Origin string

// The origins.
const (
	OriginReal     Origin = "real"     // O=JPKI
	OriginTest     Origin = "test"     // O=JPKI-TEST: test cards of J-LIS
	OriginPractice Origin = "practice" // O=JPKI-PRACTICE: practice cards
	OriginOther    Origin = "other"
)

// Certificate policies of JPKI.
var (
	PolicySigning      = asn1.ObjectIdentifier{1, 2, 392, 200149, 8, 5, 1, 1, 20} // signing: seen in real certificates
	PolicySigningPhone = asn1.ObjectIdentifier{1, 2, 392, 200149, 8, 5, 1, 1, 40} // signing, on a phone: from a secondary source
	PolicySigningTest  = asn1.ObjectIdentifier{1, 2, 392, 200149, 8, 5, 1, 0, 20} // signing, on test and practice cards
	PolicyAuth         = asn1.ObjectIdentifier{1, 2, 392, 200149, 8, 5, 1, 3, 30} // authentication: seen in real certificates
	PolicyAuthTest     = asn1.ObjectIdentifier{1, 2, 392, 200149, 8, 5, 1, 2, 30} // authentication, on test and practice cards: a guess by analogy
)

// Profile is what a certificate claims to be.
type Profile struct {
	Use    Use
	Origin Origin
	Phone  bool // its key lives in a phone
	CA     bool // an authority's certificate
}

// Classify tells what cert claims to be: its use by policy, or where it has none of
// JPKI's by key usage. It proves nothing, which is a [Store]'s business.
func Classify(cert *x509.Certificate) Profile {
	p := Profile{Use: UseAny, Origin: originOf(cert.Issuer), CA: isCA(cert)}
	switch {
	case p.CA:
		p.Use = authorityUse(cert.Subject)
	case hasPolicy(cert, PolicySigning, PolicySigningPhone, PolicySigningTest):
		p.Use = UseSign
	case hasPolicy(cert, PolicyAuth, PolicyAuthTest):
		p.Use = UseAuth
	case cert.KeyUsage&x509.KeyUsageContentCommitment != 0:
		p.Use = UseSign
	case cert.KeyUsage&x509.KeyUsageDigitalSignature != 0 && slices.Contains(cert.ExtKeyUsage, x509.ExtKeyUsageClientAuth):
		p.Use = UseAuth
	}
	p.Phone = hasPolicy(cert, PolicySigningPhone)
	return p
}

// originOf tells whose authority a name claims to be.
func originOf(name pkix.Name) Origin {
	for _, o := range name.Organization {
		switch canonicalText(o) {
		case "jpki":
			return OriginReal
		case "jpki-test":
			return OriginTest
		case "jpki-practice":
			return OriginPractice
		}
	}
	return OriginOther
}

// authorityUse tells what an authority certifies, by the unit in its name.
func authorityUse(name pkix.Name) Use {
	for _, unit := range name.OrganizationalUnit {
		switch canonicalText(unit) {
		case "jpki for digital signature":
			return UseSign
		case "jpki for user authentication":
			return UseAuth
		}
	}
	return UseAny
}

func hasPolicy(cert *x509.Certificate, wanted ...asn1.ObjectIdentifier) bool {
	return slices.ContainsFunc(cert.Policies, func(p x509.OID) bool {
		return slices.ContainsFunc(wanted, p.EqualASN1OID)
	})
}

func isCA(cert *x509.Certificate) bool { return cert.BasicConstraintsValid && cert.IsCA }

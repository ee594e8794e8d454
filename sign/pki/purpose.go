package pki

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"slices"
	"strings"

	"golang.org/x/crypto/cryptobyte"
	casn1 "golang.org/x/crypto/cryptobyte/asn1"

	"github.com/jpki-desktop/jpki/sign"
)

var (
	oidKeyUsage       = asn1.ObjectIdentifier{2, 5, 29, 15}
	oidAuthorityKeyID = asn1.ObjectIdentifier{2, 5, 29, 35}
	oidExtKeyUsage    = asn1.ObjectIdentifier{2, 5, 29, 37}
)

// documentPurposes are the extended key usages, beside emailProtection and any, that
// allow a signature of a document.
var documentPurposes = []asn1.ObjectIdentifier{
	{1, 3, 6, 1, 5, 5, 7, 3, 36},       // id-kp-documentSigning, RFC 9336
	{1, 3, 6, 1, 4, 1, 311, 10, 3, 12}, // the same of Microsoft, from before
	{1, 2, 840, 113583, 1, 1, 5},       // the same of Adobe, from before
}

// purpose tells whether the certificate in question is fit for what s judges: by JPKI's
// rules under its anchors, and where it names JPKI and reached no anchor; else by the
// rules of RFC 5280 for key usage (sections 4.2.1.3 and 4.2.1.12).
func (s *Store) purpose(p path) []sign.Finding {
	cert := p.certs[0]
	if s.use == UseAny {
		return nil
	}
	if isCA(cert) {
		return []sign.Finding{failed(SignerIsCA, "")}
	}
	if s.use == UseTimestamp {
		return timestamping(cert)
	}
	jpki := originOf(cert.Issuer) != OriginOther
	if p.anchor != nil {
		jpki = p.anchor.jpki()
	}
	switch {
	case !jpki:
		return s.general(cert)
	case s.use == UseAuth:
		return jpkiAuth(p)
	}
	return jpkiSign(p)
}

// general is the rule under an anchor of the user's.
func (s *Store) general(cert *x509.Certificate) []sign.Finding {
	allowed := x509.KeyUsageDigitalSignature
	if s.use == UseSign {
		allowed |= x509.KeyUsageContentCommitment
	}
	var found []sign.Finding
	if extensionValue(cert, oidKeyUsage) != nil && cert.KeyUsage&allowed == 0 {
		found = append(found, failed(KeyUsage, ""))
	}
	if extensionValue(cert, oidExtKeyUsage) != nil && !s.extended(cert) {
		found = append(found, failed(ExtendedKeyUsage, ""))
	}
	return found
}

// extended tells whether the extended key usage of cert has a purpose of s in it.
func (s *Store) extended(cert *x509.Certificate) bool {
	purpose := x509.ExtKeyUsageEmailProtection
	if s.use == UseAuth {
		purpose = x509.ExtKeyUsageClientAuth
	}
	return slices.Contains(cert.ExtKeyUsage, x509.ExtKeyUsageAny) || slices.Contains(cert.ExtKeyUsage, purpose) ||
		s.use == UseSign && slices.ContainsFunc(cert.UnknownExtKeyUsage, func(id asn1.ObjectIdentifier) bool {
			return slices.ContainsFunc(documentPurposes, id.Equal)
		})
}

// timestamping is the rule for time-stamp authorities, under every anchor: the purpose is
// critical and the only one (RFC 3161 section 2.3).
func timestamping(cert *x509.Certificate) []sign.Finding {
	sole := len(cert.ExtKeyUsage) == 1 && cert.ExtKeyUsage[0] == x509.ExtKeyUsageTimeStamping && len(cert.UnknownExtKeyUsage) == 0
	critical := slices.ContainsFunc(cert.Extensions, func(e pkix.Extension) bool { return e.Critical && e.Id.Equal(oidExtKeyUsage) })
	usage := extensionValue(cert, oidKeyUsage) == nil ||
		cert.KeyUsage&(x509.KeyUsageDigitalSignature|x509.KeyUsageContentCommitment) != 0
	if sole && critical && usage {
		return nil
	}
	return []sign.Finding{failed(TimestampPurpose, "")}
}

// jpkiSign is the profile of a signing certificate: issued by the signing authority
// itself, with its policy, for signatures that cannot be denied.
func jpkiSign(p path) []sign.Finding {
	cert := p.certs[0]
	if Classify(cert).Use == UseAuth || p.anchor != nil && p.anchor.Use == UseAuth {
		return []sign.Finding{failed(NotASigningCertificate, "")}
	}
	found := oneTier(p)
	if !hasPolicy(cert, policiesUnder(p.anchor, UseSign)...) {
		found = append(found, failed(PolicyWrong, policyNames(cert)))
	}
	if cert.KeyUsage&x509.KeyUsageContentCommitment == 0 {
		found = append(found, failed(KeyUsage, ""))
	}
	return found
}

// jpkiAuth is the profile of an authentication certificate.
func jpkiAuth(p path) []sign.Finding {
	cert := p.certs[0]
	if Classify(cert).Use == UseSign || p.anchor != nil && p.anchor.Use == UseSign {
		return []sign.Finding{failed(NotAnAuthenticationCertificate, "")}
	}
	found := oneTier(p)
	if !hasPolicy(cert, policiesUnder(p.anchor, UseAuth)...) {
		found = append(found, failed(PolicyWrong, policyNames(cert)))
	}
	if cert.KeyUsage&x509.KeyUsageDigitalSignature == 0 {
		found = append(found, failed(KeyUsage, ""))
	}
	return found
}

// oneTier finds authorities below JPKI's, which has none.
func oneTier(p path) []sign.Finding {
	if p.anchor == nil || len(p.certs) == 1 {
		return nil
	}
	return []sign.Finding{failed(PathLength, SubjectText(p.certs[1]))}
}

// policiesUnder returns the policies that a certificate must have one of: under a pinned
// key those of real certificates; else those of test cards, too.
func policiesUnder(a *Anchor, u Use) []asn1.ObjectIdentifier {
	genuine, test := []asn1.ObjectIdentifier{PolicySigning, PolicySigningPhone}, PolicySigningTest
	if u == UseAuth {
		genuine, test = []asn1.ObjectIdentifier{PolicyAuth}, PolicyAuthTest
	}
	if a != nil && a.Kind == sign.AnchorPinned {
		return genuine
	}
	return append(genuine, test)
}

func policyNames(cert *x509.Certificate) string {
	var names []string
	for _, id := range cert.Policies {
		names = append(names, id.String())
	}
	return strings.Join(names, " ")
}

// authoritySerial returns the serial number of the issuing certificate that the
// authority key identifier of cert names (RFC 5280 section 4.2.1.1), nil for none.
func authoritySerial(cert *x509.Certificate) *big.Int {
	s := cryptobyte.String(extensionValue(cert, oidAuthorityKeyID))
	var serial cryptobyte.String
	if !s.ReadASN1(&s, casn1.SEQUENCE) ||
		!s.SkipOptionalASN1(casn1.Tag(0).ContextSpecific()) ||
		!s.SkipOptionalASN1(casn1.Tag(1).ContextSpecific().Constructed()) ||
		!s.ReadASN1(&serial, casn1.Tag(2).ContextSpecific()) {
		return nil
	}
	return new(big.Int).SetBytes(serial)
}

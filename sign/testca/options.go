package testca

import (
	"crypto"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"time"
)

// Option changes a certificate from the right one. The last of two that touch the same
// thing counts.
type Option func(*template)

// WithOrganization sets O in an authority's own name: JPKI-TEST as on the test cards of
// J-LIS, or JPKI for an authority that pretends to be the real one, whose unit names
// come with it.
func WithOrganization(o string) Option {
	return func(t *template) { t.organization = o }
}

// ForAuthentication makes an authority for authentication certificates, by its name.
func ForAuthentication() Option {
	return func(t *template) { t.unit = authenticationUnit }
}

// WithKey makes an authority use that key: RSA, or ECDSA on P-256 or P-384.
func WithKey(key crypto.Signer) Option {
	return func(t *template) { t.key = key }
}

// WithValidity sets the first and the last second of validity.
func WithValidity(from, to time.Time) Option {
	return func(t *template) { t.notBefore, t.notAfter = from, to }
}

// WithNotBefore sets the time of issue, from which the end is reckoned where no other
// option sets it.
func WithNotBefore(from time.Time) Option {
	return func(t *template) { t.notBefore = from }
}

// WithNotAfter sets the last second of validity.
func WithNotAfter(to time.Time) Option {
	return func(t *template) { t.notAfter = to }
}

// WithBirth sets the date of birth, EYYYYMMDD, that the end of validity is reckoned from.
func WithBirth(date string) Option {
	return func(t *template) { t.birth = date }
}

// WithSerial sets the serial number, in place of a random one of at most 8 octets.
// A negative one is written as such, which Go refuses to parse: see [RefusedError].
func WithSerial(n *big.Int) Option {
	return func(t *template) { t.serial = n }
}

// WithSubject sets the subject, as [Name] makes it.
func WithSubject(name []byte) Option {
	return func(t *template) { t.subject = name }
}

// WithIssuerName sets the issuer's name, in place of the authority's subject.
func WithIssuerName(name []byte) Option {
	return func(t *template) { t.issuer = name }
}

// WithKeyUsage sets the key usage, critical; 0 is a bit list without a bit.
func WithKeyUsage(u x509.KeyUsage) Option {
	return WithExtension(pkix.Extension{Id: ExtKeyUsage, Critical: true, Value: keyUsage(u)})
}

// WithPolicy sets the certificate policies, critical.
func WithPolicy(ids ...asn1.ObjectIdentifier) Option {
	return func(t *template) { t.add(ExtPolicies, true, policies(ids)) }
}

// WithIsCA sets basic constraints, critical.
func WithIsCA(ca bool) Option {
	return func(t *template) { t.add(ExtBasicConstraints, true, basicConstraints(ca, -1)) }
}

// WithPathLen sets the basic constraints of an authority that may have n authorities
// below it.
func WithPathLen(n int) Option {
	return func(t *template) { t.add(ExtBasicConstraints, true, basicConstraints(true, n)) }
}

// WithSANValue sets the value of the subject's alternative names, which may be anything.
func WithSANValue(der []byte) Option {
	return WithExtension(pkix.Extension{Id: ExtSubjectAltName, Value: der})
}

// WithSubjectKeyID sets the key identifier, in place of the key's SHA-1.
func WithSubjectKeyID(id []byte) Option {
	value := append([]byte{byte(asn1.TagOctetString), byte(len(id))}, id...)
	return WithExtension(pkix.Extension{Id: ExtSubjectKeyID, Value: value})
}

// WithOCSP sets the address of an OCSP responder (RFC 5280 section 4.2.2.1). Without it
// a certificate names none: a practice certificate must not send anybody to a real host.
func WithOCSP(url string) Option {
	return func(t *template) { t.add(ExtAuthorityInfo, false, ocspAccess(url)) }
}

// WithExtension sets an extension, in place of one that the profile has.
func WithExtension(e pkix.Extension) Option {
	return func(t *template) { t.put(e) }
}

// Without removes an extension of the profile.
func Without(id asn1.ObjectIdentifier) Option {
	return func(t *template) { t.remove(id) }
}

// WithSignatureAlgorithm sets the algorithm of the authority's signature: RSA PKCS #1 v1.5
// or ECDSA with SHA-1 or SHA-2, in place of the SHA-2 that goes with the key.
func WithSignatureAlgorithm(a x509.SignatureAlgorithm) Option {
	return func(t *template) { t.algorithm = a }
}

// WithBrokenSignature changes a bit of the authority's signature.
func WithBrokenSignature() Option {
	return func(t *template) { t.broken = true }
}

package testca

import (
	"crypto"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"time"
)

// OCSPOption changes an answer from the right one, as [Option] changes a certificate.
type OCSPOption func(*ocspTemplate)

// Refusals (OCSPResponseStatus, RFC 6960 section 4.2.1).
const (
	MalformedRequest  = 1
	InternalError     = 2
	TryLater          = 3
	SignatureRequired = 5
	Unauthorized      = 6
)

// OCSPStatus has the caller say what is known of a certificate: an authority that keeps
// its state in a file keeps it there.
func OCSPStatus(status func(serial *big.Int) Status) OCSPOption {
	return func(t *ocspTemplate) { t.status = status }
}

// OCSPFurther adds further statuses of the same certificate, before the right one.
func OCSPFurther(s ...Status) OCSPOption {
	return func(t *ocspTemplate) { t.further = s }
}

// OCSPDelegate has the answer signed by a responder, whose certificate goes with it.
func OCSPDelegate(responder *CA) OCSPOption {
	return func(t *ocspTemplate) { t.signer, t.delegated = responder, true }
}

// OCSPWithoutCertificate leaves the responder's certificate out.
func OCSPWithoutCertificate() OCSPOption {
	return func(t *ocspTemplate) { t.bare = true }
}

// OCSPByName names the responder by its name, in place of its key.
func OCSPByName() OCSPOption {
	return func(t *ocspTemplate) { t.byName = true }
}

// OCSPSignedBy signs with another key than that of whom the answer names.
func OCSPSignedBy(key crypto.Signer) OCSPOption {
	return func(t *ocspTemplate) { t.key = key }
}

// OCSPTimes sets thisUpdate and nextUpdate; a zero nextUpdate is left out.
func OCSPTimes(this, next time.Time) OCSPOption {
	return func(t *ocspTemplate) { t.thisUpdate, t.nextUpdate, t.producedAt = this, next, this }
}

// OCSPProducedAt sets the time of the signature.
func OCSPProducedAt(at time.Time) OCSPOption {
	return func(t *ocspTemplate) { t.producedAt = at }
}

// OCSPRefusal refuses the request with a status such as [TryLater].
func OCSPRefusal(status int) OCSPOption {
	return func(t *ocspTemplate) { t.refusal = status }
}

// OCSPSerial answers about another certificate.
func OCSPSerial(n *big.Int) OCSPOption {
	return func(t *ocspTemplate) { t.serial = n }
}

// OCSPWrongIssuer answers about a certificate of another issuer, by its key.
func OCSPWrongIssuer() OCSPOption {
	return func(t *ocspTemplate) { t.wrongIssuer = true }
}

// OCSPNonce returns something else than the nonce of the request; nil = no nonce.
func OCSPNonce(nonce []byte) OCSPOption {
	return func(t *ocspTemplate) { t.nonce = func([]byte) []byte { return nonce } }
}

// OCSPExtension adds an extension to the answer.
func OCSPExtension(e pkix.Extension) OCSPOption {
	return func(t *ocspTemplate) { t.extensions = append(t.extensions, e) }
}

// OCSPSingleExtension adds an extension to each status.
func OCSPSingleExtension(e pkix.Extension) OCSPOption {
	return func(t *ocspTemplate) { t.single = append(t.single, e) }
}

// OCSPAlgorithm is [WithSignatureAlgorithm] for an answer.
func OCSPAlgorithm(a x509.SignatureAlgorithm) OCSPOption {
	return func(t *ocspTemplate) { t.algorithm = a }
}

// OCSPBroken changes a bit of the signature.
func OCSPBroken() OCSPOption {
	return func(t *ocspTemplate) { t.broken = true }
}

// OCSPTruncated cuts n octets off the end.
func OCSPTruncated(n int) OCSPOption {
	return func(t *ocspTemplate) { t.cut = n }
}

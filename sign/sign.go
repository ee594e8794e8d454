// Package sign holds the words that the signature formats share, as package image does
// for image formats: who signs ([Identity]), how ([Options]), and what a verifier found
// ([Report]). The formats themselves are in its subpackages: cms today.
//
// It knows nothing of cards: an identity's key is any [crypto.Signer].
package sign

import (
	"context"
	"crypto"
	"crypto/x509"
	"errors"
	"io"
	"time"
)

// Format is a signature format.
type Format string

// The formats.
const (
	CMS Format = "cms" // RFC 5652 SignedData
)

// Level is a baseline level of ETSI EN 319 122-1: what a signature carries beside itself.
type Level string

// The levels.
const (
	LevelB  Level = "b"  // the signature with its signing certificate
	LevelT  Level = "t"  // and a time-stamp of an authority over the signature
	LevelLT Level = "lt" // and the certificates and revocation data to judge it by
)

// Identity is who signs.
type Identity struct {
	Cert   *x509.Certificate
	Chain  []*x509.Certificate // the certificates of its issuers, without Cert; may be empty
	Signer crypto.Signer       // holds the private key of Cert
}

// Options say how to sign. The zero value is a detached DER signature of level B with
// SHA-256 at the present time.
type Options struct {
	Digest   crypto.Hash // 0 = SHA-256; SHA-384 and SHA-512 are the others
	Attached bool        // the content goes into the signature
	Size     int64       // bytes of content; needed when Attached
	PEM      bool        // RFC 7468 text in place of DER
	Time     time.Time   // claimed time of signing; zero = now
}

// Authority is where the levels above B come from; package pki has the one that asks by
// network.
type Authority interface {
	// Timestamp returns a time-stamp token (RFC 3161) over digest, which h made.
	Timestamp(ctx context.Context, h crypto.Hash, digest []byte) (token []byte, err error)

	// Evidence returns what shows that cert was not revoked at the time at, nor an
	// authority between it and an anchor. Others are certificates that came with it. Where
	// a datum is missing, the error says which.
	Evidence(ctx context.Context, cert *x509.Certificate, others []*x509.Certificate, at time.Time) (*Evidence, error)
}

// Evidence is what certificates can be judged by without asking anybody (EN 319 122-1
// section 5.4, validation data). It is trusted in nothing before it is checked.
type Evidence struct {
	Certificates []*x509.Certificate
	CRLs         [][]byte // each a CertificateList in DER (RFC 5280 section 5.1)
	OCSP         [][]byte // each an OCSPResponse in DER (RFC 6960 section 4.2.1)
}

// ErrSizeChanged says that the content had another size when it was read than when the
// work began: somebody is writing to the file.
var ErrSizeChanged = errors.New("the content changed while it was being read")

// Judge decides about a signer's certificate; package pki has the one in use.
type Judge interface {
	// Judge looks for a path from cert to an anchor, valid at the time at, through
	// others (certificates found in the signature, trusted in nothing).
	Judge(ctx context.Context, cert *x509.Certificate, others []*x509.Certificate, at time.Time) Certification
}

// InformedJudge is a [Judge] that also takes the evidence which a signature brings along.
type InformedJudge interface {
	Judge
	Informed(e *Evidence) Judge
}

// Certification is what a [Judge] found about a certificate.
type Certification struct {
	Chain      []*x509.Certificate // from the signer's issuer upwards, as far as built
	Anchor     Anchor
	Revocation Revocation
	Status     Status // of the signer's certificate; State is Revocation unless an issuer spoils it
	Findings   []Finding
}

// VerifyOptions say how to verify.
type VerifyOptions struct {
	Judge      Judge     // of signers; an [InformedJudge] also looks at what the signature brings along
	Timestamps Judge     // of time-stamp authorities; nil = none is trusted
	Now        time.Time // zero = the present
	At         time.Time // zero = Now; the time at which certificates are judged
	// Certificates are further ones at hand, for signatures that leave them out. Like
	// those inside they are trusted in nothing.
	Certificates []*x509.Certificate

	AllowWeak bool // SHA-1 and MD5 give "indeterminate" instead of "failed", never "passed"

	// RequireRevocation turns passed_revocation_unchecked into indeterminate.
	RequireRevocation bool

	// Extract receives attached content, if not nil, while it is being hashed: what
	// was written is worth no more than the verdict that comes after it.
	Extract io.Writer
}

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
	LevelB Level = "b" // the signature with its signing certificate
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

// ErrSizeChanged says that the content had another size when it was read than when the
// work began: somebody is writing to the file.
var ErrSizeChanged = errors.New("the content changed while it was being read")

// Judge decides about a signer's certificate; package pki has the one in use.
type Judge interface {
	// Judge looks for a path from cert to an anchor, valid at the time at, through
	// others (certificates found in the signature, trusted in nothing).
	Judge(ctx context.Context, cert *x509.Certificate, others []*x509.Certificate, at time.Time) Certification
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
	Judge     Judge
	Now       time.Time // zero = the present
	At        time.Time // zero = Now; the time at which certificates are judged
	AllowWeak bool      // SHA-1 and MD5 give "indeterminate" instead of "failed", never "passed"

	// RequireRevocation turns passed_revocation_unchecked into indeterminate.
	RequireRevocation bool

	// Extract receives attached content, if not nil, while it is being hashed: what
	// was written is worth no more than the verdict that comes after it.
	Extract io.Writer
}

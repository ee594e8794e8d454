// Package testca is a certification authority in the shape of Japan's JPKI, for the
// practice card and for tests: it issues signing and authentication certificates with
// the exact extensions of the real ones, and, asked through its options, every kind of
// certificate that a verifier must refuse.
//
// Use it where a certificate is needed that no real authority stands behind. Do not use
// it to certify anybody: its default organisation, JPKI-PRACTICE, is there so that none
// of its certificates can be taken for a real one.
//
// It imports nothing of this module, so that what it tests shares no code with it.
package testca

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"fmt"
	"io"
	"time"
)

// Practice is the organisation (O) of an authority that no option names otherwise. The
// test cards of J-LIS say JPKI-TEST, the real authority says JPKI.
const Practice = "JPKI-PRACTICE"

// CA is an authority: a certificate and its key. No verb of package fmt prints the key.
type CA struct {
	Cert *x509.Certificate
	Key  crypto.Signer
}

// New makes a root in the shape of the JPKI signing CA: valid for ten years from now, an
// RSA-2048 key unless [WithKey] brings one, and a name of four parts such as
// "OU=…, OU=JPKI for digital signature, O=JPKI-PRACTICE, C=JP".
func New(opts ...Option) (*CA, error) {
	t := &template{organization: Practice, notBefore: now()}
	if err := t.authority(nil, opts); err != nil {
		return nil, err
	}
	if t.key == nil {
		key, err := rsa.GenerateKey(rand.Reader, 2048)
		if err != nil {
			return nil, fmt.Errorf("generating key: %w", err)
		}
		t.key = key
	}
	ca := &CA{Key: t.key}
	cert, err := t.issue(ca, t.key.Public())
	if err != nil {
		return nil, err
	}
	ca.Cert = cert
	return ca, nil
}

// IssueCA issues a subordinate authority with that key and "CN=name, O=…, C=JP" as its
// subject. JPKI has none: this is for the tests of path building.
func (ca *CA) IssueCA(key crypto.Signer, name string, opts ...Option) (*CA, error) {
	t := &template{organization: Practice, notBefore: ca.Cert.NotBefore, notAfter: ca.Cert.NotAfter}
	named := append([]Option{WithSubject(Name("C", "JP", "O", Practice, "CN", name))}, opts...)
	if err := t.authority(ca, named); err != nil {
		return nil, err
	}
	cert, err := t.issue(ca, key.Public())
	if err != nil {
		return nil, err
	}
	return &CA{Cert: cert, Key: key}, nil
}

// IssueSigning issues a signing certificate (署名用電子証明書) for pub: it carries the
// owner, and lives to the owner's fifth birthday after now, or after [WithNotBefore].
func (ca *CA) IssueSigning(pub crypto.PublicKey, o Owner, opts ...Option) (*x509.Certificate, error) {
	t := &template{organization: Practice, notBefore: now(), birth: o.Birth}
	if err := t.signing(ca, o, opts); err != nil {
		return nil, err
	}
	return t.issue(ca, pub)
}

// IssueAuth issues an authentication certificate (利用者証明用電子証明書) for pub. It
// carries nothing of its owner but a lifetime that ends on a birthday: that of
// [SampleOwner] unless [WithBirth] gives one.
func (ca *CA) IssueAuth(pub crypto.PublicKey, opts ...Option) (*x509.Certificate, error) {
	t := &template{organization: Practice, notBefore: now(), birth: SampleOwner().Birth}
	if err := t.authentication(ca, opts); err != nil {
		return nil, err
	}
	return t.issue(ca, pub)
}

// Format writes the subject of ca, whatever the verb: its key is nobody's business.
func (ca *CA) Format(s fmt.State, _ rune) {
	name := "no certificate"
	if ca != nil && ca.Cert != nil {
		name = ca.Cert.Subject.String()
	}
	_, _ = io.WriteString(s, name)
}

func now() time.Time {
	return time.Now().UTC().Truncate(time.Second)
}

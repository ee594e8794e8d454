package testca

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"time"
	"unicode/utf8"
)

// Errors of issuing.
var (
	ErrBadRequest = errors.New("no certificate request or public key in PEM form")
	ErrPossession = errors.New("the request is not signed with its own key")
	ErrWeakKey    = errors.New("the key is neither RSA of 2048 to 4096 bits nor ECDSA on P-256 or P-384")
	ErrBadOwner   = errors.New("the owner cannot be written into a certificate")
	ErrBadKind    = errors.New("the kind is neither sign nor auth")
)

// DefaultAddress is where a service is that was never told another place.
const DefaultAddress = "127.0.0.1:8780"

// OCSPAddress is the address of the responder, for the certificates that are issued now.
func (r *Register) OCSPAddress() string {
	address := r.Address
	if address == "" {
		address = DefaultAddress
	}
	return "http://" + address + "/ocsp"
}

// Authorities are the two that issue certificates to residents.
type Authorities struct {
	Sign, Auth *CA
}

// Issue has the authority for kind k certify pub, and registers that. Opts come after what
// the register asks for: the address of the responder. Owner is for a signing certificate;
// an authentication certificate takes from it the birthday that its life ends on. Nil is
// [SampleOwner].
func (a Authorities) Issue(r *Register, k Kind, pub crypto.PublicKey, owner *Owner, opts ...Option) (*x509.Certificate, error) {
	if err := fit(pub); err != nil {
		return nil, err
	}
	if owner == nil {
		sample := SampleOwner()
		owner = &sample
	}
	if err := owner.check(); err != nil {
		return nil, err
	}
	opts = append([]Option{WithOCSP(r.OCSPAddress())}, opts...)
	var cert *x509.Certificate
	var err error
	switch k {
	case KindSign:
		cert, err = a.Sign.IssueSigning(pub, *owner, opts...)
	case KindAuth:
		cert, err = a.Auth.IssueAuth(pub, append([]Option{WithBirth(owner.Birth)}, opts...)...)
	default:
		return nil, ErrBadKind
	}
	if err != nil {
		return nil, err
	}
	r.Add(k, cert, owner)
	return cert, nil
}

// Renew issues the next certificate for pub, or for the same key if that is nil, and
// revokes the one with that serial number as superseded.
func (a Authorities) Renew(r *Register, serial string, pub crypto.PublicKey, at time.Time, opts ...Option) (*x509.Certificate, error) {
	old, err := r.Find(serial)
	if err != nil {
		return nil, err
	}
	if old.Status == StandingRevoked {
		return nil, ErrAlreadyRevoked
	}
	if pub == nil {
		if pub, err = old.PublicKey(); err != nil {
			return nil, fmt.Errorf("reading certified key: %w", err)
		}
	}
	cert, err := a.Issue(r, old.Kind, pub, old.Owner, opts...)
	if err != nil {
		return nil, err
	}
	r.Supersede(old, r.Certificates[len(r.Certificates)-1], at)
	return cert, nil
}

// ParseRequest reads whom to certify: a certificate request (RFC 2986), which proves by its
// signature that the sender has the key, or a bare public key, which proves nothing and
// stands for one that the authority made itself.
func ParseRequest(data []byte) (crypto.PublicKey, error) {
	block, _ := pem.Decode(data)
	if block == nil || len(data) > maxPEM {
		return nil, ErrBadRequest
	}
	switch block.Type {
	case "CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST":
		request, err := x509.ParseCertificateRequest(block.Bytes)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrBadRequest, err)
		}
		if request.CheckSignature() != nil {
			return nil, ErrPossession
		}
		return request.PublicKey, fit(request.PublicKey)
	case "PUBLIC KEY":
		pub, err := x509.ParsePKIXPublicKey(block.Bytes)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrBadRequest, err)
		}
		return pub, fit(pub)
	}
	return nil, ErrBadRequest
}

// fit tells whether a key is one that JPKI would certify, or will.
func fit(pub crypto.PublicKey) error {
	switch k := pub.(type) {
	case *rsa.PublicKey:
		if bits := k.N.BitLen(); bits >= 2048 && bits <= 4096 {
			return nil
		}
	case *ecdsa.PublicKey:
		if size := k.Curve.Params().BitSize; size == 256 || size == 384 {
			return nil
		}
	}
	return ErrWeakKey
}

// check tells whether an owner fits into a certificate and into a register.
func (o *Owner) check() error {
	for _, text := range []string{o.Name, o.NameSubstitutes, o.Birth, o.Address, o.AddressSubstitutes, o.Locality} {
		if len(text) > maxOwnerText || !utf8.ValidString(text) {
			return ErrBadOwner
		}
	}
	if o.Locality == "" {
		return ErrBadOwner
	}
	return nil
}

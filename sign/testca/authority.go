package testca

import (
	"bytes"
	"crypto"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"time"
)

// Errors of a [Register].
var (
	ErrUnknownSerial  = errors.New("no such certificate was issued")
	ErrAlreadyRevoked = errors.New("the certificate is revoked already, for good")
	ErrNotHeld        = errors.New("the certificate is not on hold")
	ErrUnknownReason  = errors.New("no such reason for a revocation")
)

// Limits of a register.
const (
	MaxRegister  = 16 << 20 // octets of its file
	maxIssued    = 10_000   // certificates; beyond, the oldest are forgotten
	maxKey       = 2048     // octets of a public key
	maxOwnerText = 1000     // octets of each part of an owner
	maxAddress   = 100      // octets of the address of a service

	registerVersion = 1
)

// Kind is what an issued certificate is for.
type Kind string

// The kinds.
const (
	KindSign Kind = "sign" // signing certificate (署名用電子証明書)
	KindAuth Kind = "auth" // authentication certificate (利用者証明用電子証明書)
	KindTSA  Kind = "tsa"  // time-stamp authority, issued by the signing authority
)

// Standing is where a certificate is between issue and revocation.
type Standing string

// The standings. What is revoked stays so; a hold (一時保留) can be lifted.
const (
	StandingGood    Standing = "good"
	StandingHeld    Standing = "held"
	StandingRevoked Standing = "revoked"
)

// Issued is what an authority remembers of a certificate.
type Issued struct {
	Serial       string     `json:"serial"` // hexadecimal, upper case
	Kind         Kind       `json:"kind"`
	Municipality string     `json:"municipality"` // of the owner; empty in all but signing certificates
	NotBefore    time.Time  `json:"not_before"`
	NotAfter     time.Time  `json:"not_after"`
	Status       Standing   `json:"status"`
	Reason       string     `json:"reason,omitempty"` // one of [Reasons], if not good
	RevokedAt    *time.Time `json:"revoked_at,omitempty"`
	RenewedBy    string     `json:"renewed_by,omitempty"` // serial of the next one
	Owner        *Owner     `json:"owner,omitempty"`      // what a renewal writes again; nil = not known
	Key          []byte     `json:"key,omitempty"`        // SubjectPublicKeyInfo, DER
}

// Register is the memory of the two authorities of a [Service]: which certificates they
// issued, and what became of them. Its methods change it in memory alone; whoever keeps it
// writes it to a file.
type Register struct {
	Version      int       `json:"version"`
	Address      string    `json:"address,omitempty"` // host:port at which the service is, or was last
	Changes      int64     `json:"changes"`           // of standings: the number of the next CRL
	Certificates []*Issued `json:"certificates"`      // the oldest first
}

// ParseRegister reads what [Register.Marshal] wrote. An empty text is that of a new one.
func ParseRegister(data []byte) (*Register, error) {
	r := &Register{Version: registerVersion}
	if len(data) == 0 {
		return r, nil
	}
	if len(data) > MaxRegister {
		return nil, errors.New("reading register: larger than 16 MiB")
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(r); err != nil {
		return nil, fmt.Errorf("reading register: %w", err)
	}
	if r.Version != registerVersion || r.Changes < 0 || len(r.Address) > maxAddress || len(r.Certificates) > maxIssued {
		return nil, fmt.Errorf("reading register: version %d with %d certificates", r.Version, len(r.Certificates))
	}
	seen := map[string]bool{}
	for _, c := range r.Certificates {
		if c == nil || !c.consistent() || seen[c.Serial] {
			return nil, errors.New("reading register: malformed certificate")
		}
		seen[c.Serial] = true
	}
	return r, nil
}

// Marshal writes r for [ParseRegister]. Where that would take more than [MaxRegister]
// octets, the oldest certificates are forgotten.
func (r *Register) Marshal() ([]byte, error) {
	for {
		data, err := json.MarshalIndent(r, "", "\t")
		if err != nil || len(data) <= MaxRegister {
			return data, err
		}
		r.Certificates = r.Certificates[len(r.Certificates)/8+1:]
	}
}

// consistent tells whether the parts of c go together.
func (c *Issued) consistent() bool {
	good := c.Status == StandingGood && c.Reason == "" && c.RevokedAt == nil
	_, known := reasonCodes[c.Reason]
	spoilt := (c.Status == StandingRevoked || c.Status == StandingHeld) && known && c.RevokedAt != nil &&
		(c.Status == StandingHeld) == (c.Reason == ReasonHold) && c.Reason != ReasonRelease
	return (good || spoilt) && c.Serial == SerialText(c.serial()) && c.serial().Sign() > 0 && len(c.Serial) <= 40 && len(c.Key) <= maxKey &&
		slices.Contains([]Kind{KindSign, KindAuth, KindTSA}, c.Kind)
}

func (c *Issued) serial() *big.Int {
	n, ok := new(big.Int).SetString(c.Serial, 16)
	if !ok {
		return new(big.Int)
	}
	return n
}

// PublicKey returns the certified key.
func (c *Issued) PublicKey() (crypto.PublicKey, error) { return x509.ParsePKIXPublicKey(c.Key) }

// SerialText writes a serial number as a register does.
func SerialText(n *big.Int) string { return fmt.Sprintf("%X", n) }

// Add registers cert. Owner is that of a signing certificate, nil if it is not known.
func (r *Register) Add(k Kind, cert *x509.Certificate, owner *Owner) *Issued {
	c := &Issued{
		Serial: SerialText(cert.SerialNumber), Kind: k, Status: StandingGood, Owner: owner,
		NotBefore: cert.NotBefore.UTC(), NotAfter: cert.NotAfter.UTC(), Key: cert.RawSubjectPublicKeyInfo,
	}
	if k == KindSign && len(cert.Subject.Locality) > 0 {
		c.Municipality = cert.Subject.Locality[0]
	}
	r.Certificates = append(r.Certificates, c)
	r.Certificates = r.Certificates[max(0, len(r.Certificates)-maxIssued):]
	return c
}

// Find returns the certificate with that serial number, which may be in lower case, with
// leading zeros and with colons, or [ErrUnknownSerial].
func (r *Register) Find(serial string) (*Issued, error) {
	text := strings.TrimLeft(strings.ToUpper(strings.ReplaceAll(serial, ":", "")), "0")
	for _, c := range r.Certificates {
		if c.Serial == text {
			return c, nil
		}
	}
	return nil, ErrUnknownSerial
}

package job

import (
	"crypto/sha1"
	"crypto/sha256"
	"crypto/x509"
	"time"

	"github.com/jpki-desktop/jpki/sign"
	"github.com/jpki-desktop/jpki/sign/pki"
)

// Kind is a kind of certificate.
type Kind string

// The kinds: the four certificates of a card, and others that a file may hold.
const (
	SignCert Kind = "sign"    // 署名用電子証明書
	AuthCert Kind = "auth"    // 利用者証明用電子証明書
	SignCA   Kind = "sign-ca" // the CA that issues the former
	AuthCA   Kind = "auth-ca" // the CA that issues the latter
	Other    Kind = "other"
)

// Kinds returns the kinds of certificates that a card has.
func Kinds() []Kind { return []Kind{SignCert, AuthCert, SignCA, AuthCA} }

// Certificate is a certificate with what is known of it.
type Certificate struct {
	*x509.Certificate
	Kind    Kind
	DER     []byte // as it was read
	Whole   bool   // false: it is broken, and only a part of it could be read
	Profile pki.Profile
	Owner   *pki.Owner  // nil if it does not say whose it is
	Anchor  sign.Anchor // whose key issued it, or has it
	SHA256  [sha256.Size]byte
	SHA1    [sha1.Size]byte
}

// newCertificate describes the certificate der, or returns nil if nothing of it can be
// read. An empty kind is found out from what the certificate claims to be.
func newCertificate(kind Kind, der []byte, anchors *pki.Store) *Certificate {
	cert, whole := pki.ParseLenient(der)
	if cert == nil {
		return nil
	}
	c := &Certificate{
		Certificate: cert, Kind: kind, DER: der, Whole: whole,
		Profile: pki.Classify(cert), SHA256: sha256.Sum256(der), SHA1: sha1.Sum(der),
	}
	if kind == "" {
		c.Kind = kindOf(c.Profile)
	}
	if owner, err := pki.ParseOwner(cert); err == nil {
		c.Owner = owner
	}
	c.Anchor, _ = anchors.AnchorOf(cert)
	return c
}

func kindOf(p pki.Profile) Kind {
	switch {
	case p.Origin == pki.OriginOther || p.Use == pki.UseAny:
		return Other
	case p.CA && p.Use == pki.UseSign:
		return SignCA
	case p.CA:
		return AuthCA
	case p.Use == pki.UseSign:
		return SignCert
	}
	return AuthCert
}

// DaysLeft is the number of midnights in Japan until the last day of the certificate: 0
// on that day, negative after it.
func (c *Certificate) DaysLeft(now time.Time) int {
	return int(day(c.NotAfter).Sub(day(now)) / (24 * time.Hour))
}

// day is the day in Japan that t is on, as a midnight that can be counted with.
func day(t time.Time) time.Time {
	y, m, d := t.UTC().Add(9 * time.Hour).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// EndOfDay is the last second in Japan of the day that comes some days after now.
func EndOfDay(now time.Time, days int) time.Time {
	return day(now).AddDate(0, 0, days+1).Add(-9*time.Hour - time.Second)
}

// RenewalOpens is the day from which the certificate may be renewed: three months before
// its last day, as the municipalities publish it.
func (c *Certificate) RenewalOpens() time.Time { return monthsBefore(c.NotAfter, 3) }

// monthsBefore is the same time of day n months before t, on the last day of the month
// where it has no such day.
func monthsBefore(t time.Time, n int) time.Time {
	then := t.AddDate(0, -n, 0)
	if then.Day() != t.Day() {
		then = then.AddDate(0, 0, -then.Day())
	}
	return then
}

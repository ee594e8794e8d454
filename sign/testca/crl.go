package testca

import (
	"crypto"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"fmt"
	"math/big"
	"slices"
	"time"

	"golang.org/x/crypto/cryptobyte"
	casn1 "golang.org/x/crypto/cryptobyte/asn1"
)

// Extensions of CRLs and of their entries (RFC 5280 sections 5.2 and 5.3).
var (
	ExtCRLNumber         = asn1.ObjectIdentifier{2, 5, 29, 20}
	extReason            = asn1.ObjectIdentifier{2, 5, 29, 21}
	extInvalidityDate    = asn1.ObjectIdentifier{2, 5, 29, 24}
	extDeltaIndicator    = asn1.ObjectIdentifier{2, 5, 29, 27}
	ExtIssuingPoint      = asn1.ObjectIdentifier{2, 5, 29, 28}
	extCertificateIssuer = asn1.ObjectIdentifier{2, 5, 29, 29}
)

// Reasons for a revocation (CRLReason, RFC 5280 section 5.3.1). An address that changed is
// AffiliationChanged, a lost card KeyCompromise.
const (
	Unspecified          = 0
	KeyCompromise        = 1
	AffiliationChanged   = 3
	Superseded           = 4
	CessationOfOperation = 5
	CertificateHold      = 6
	RemoveFromCRL        = 8
)

// Entry is a revoked certificate in a CRL.
type Entry struct {
	Serial     *big.Int
	At         time.Time
	Reason     int              // Unspecified is left out, as RFC 5280 recommends
	InvalidAt  time.Time        // since when the key was not to be trusted; zero = left out
	Issuer     []byte           // certificateIssuer in an indirect CRL, as [Name] makes it
	Extensions []pkix.Extension // further ones
}

// crlTemplate is a CRL in the making.
type crlTemplate struct {
	issuer                 []byte
	key                    crypto.Signer
	thisUpdate, nextUpdate time.Time
	entries                []Entry
	extensions             []pkix.Extension
	algorithm              x509.SignatureAlgorithm
	broken                 bool
	err                    error
}

// CRL issues a revocation list: number 1, from now for a day, of all the authority's
// certificates, without entries, unless options say otherwise.
func (ca *CA) CRL(opts ...CRLOption) ([]byte, error) {
	t := &crlTemplate{issuer: ca.Cert.RawSubject, key: ca.Key, thisUpdate: now(), nextUpdate: now().AddDate(0, 0, 1)}
	t.add(ExtAuthorityKeyID, false, func(b *cryptobyte.Builder) {
		b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddASN1(casn1.Tag(0).ContextSpecific(), func(b *cryptobyte.Builder) { b.AddBytes(ca.Cert.SubjectKeyId) })
		})
	})
	CRLNumber(1)(t)
	for _, o := range opts {
		o(t)
	}
	if t.err != nil {
		return nil, t.err
	}
	return t.sign()
}

func (t *crlTemplate) sign() ([]byte, error) {
	algorithm, hash, err := signatureAlgorithm(t.key.Public(), t.algorithm)
	if err != nil {
		return nil, err
	}
	id, err := asn1.Marshal(algorithm)
	if err != nil {
		return nil, err
	}
	var b cryptobyte.Builder
	b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1Int64(1)
		b.AddBytes(id)
		b.AddBytes(t.issuer)
		addTime(b, t.thisUpdate)
		if !t.nextUpdate.IsZero() {
			addTime(b, t.nextUpdate)
		}
		if len(t.entries) > 0 {
			b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
				for _, e := range t.entries {
					e.add(b)
				}
			})
		}
		b.AddASN1(casn1.Tag(0).ContextSpecific().Constructed(), func(b *cryptobyte.Builder) { addExtensions(b, t.extensions) })
	})
	tbs, err := b.Bytes()
	if err != nil {
		return nil, fmt.Errorf("encoding CRL: %w", err)
	}
	return sealed(tbs, id, hash, t.key, t.broken, nil)
}

// sealed signs tbs, and puts it together with the algorithm, the signature and what comes
// after it.
func sealed(tbs, algorithm []byte, hash crypto.Hash, key crypto.Signer, broken bool, after []byte) ([]byte, error) {
	h := hash.New()
	h.Write(tbs)
	signature, err := key.Sign(rand.Reader, h.Sum(nil), hash)
	if err != nil {
		return nil, fmt.Errorf("signing: %w", err)
	}
	if broken {
		signature = slices.Clone(signature)
		signature[len(signature)-1] ^= 1
	}
	var b cryptobyte.Builder
	b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddBytes(tbs)
		b.AddBytes(algorithm)
		b.AddASN1BitString(signature)
		b.AddBytes(after)
	})
	return b.Bytes()
}

func (e Entry) add(b *cryptobyte.Builder) {
	all := slices.Clone(e.Extensions)
	put := func(id asn1.ObjectIdentifier, critical bool, build func(*cryptobyte.Builder)) {
		x, err := extension(id, critical, build)
		if err != nil {
			b.SetError(err)
		}
		all = append(all, x)
	}
	if e.Reason != Unspecified {
		put(extReason, false, func(b *cryptobyte.Builder) { b.AddASN1Enum(int64(e.Reason)) })
	}
	if !e.InvalidAt.IsZero() {
		put(extInvalidityDate, false, func(b *cryptobyte.Builder) { b.AddASN1GeneralizedTime(e.InvalidAt.UTC()) })
	}
	if e.Issuer != nil {
		put(extCertificateIssuer, true, issuerAltName(e.Issuer))
	}
	b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1BigInt(e.Serial)
		addTime(b, e.At)
		if len(all) > 0 {
			addExtensions(b, all)
		}
	})
}

func addExtensions(b *cryptobyte.Builder, all []pkix.Extension) {
	b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
		for _, e := range all {
			b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
				b.AddASN1ObjectIdentifier(e.Id)
				if e.Critical {
					b.AddASN1Boolean(true)
				}
				b.AddASN1OctetString(e.Value)
			})
		}
	})
}

// addTime writes a Time: UTCTime until 2049, GeneralizedTime after it (section 5.1.2.4).
func addTime(b *cryptobyte.Builder, t time.Time) {
	if t = t.UTC(); t.Year() < 2050 {
		b.AddASN1UTCTime(t)
	} else {
		b.AddASN1GeneralizedTime(t)
	}
}

package testca

import (
	"bytes"
	"crypto"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/bits"
	"slices"
	"time"

	"golang.org/x/crypto/cryptobyte"
	casn1 "golang.org/x/crypto/cryptobyte/asn1"
)

// CRLOption changes a CRL from the right one, as [Option] changes a certificate.
type CRLOption func(*crlTemplate)

func (t *crlTemplate) add(id asn1.ObjectIdentifier, critical bool, build func(*cryptobyte.Builder)) {
	e, err := extension(id, critical, build)
	if err != nil && t.err == nil {
		t.err = err
	}
	CRLExtension(e)(t)
}

// CRLEntries adds revoked certificates.
func CRLEntries(entries ...Entry) CRLOption {
	return func(t *crlTemplate) { t.entries = append(t.entries, entries...) }
}

// CRLTimes sets thisUpdate and nextUpdate; a zero nextUpdate is left out, against RFC 5280
// section 5.1.2.5.
func CRLTimes(this, next time.Time) CRLOption {
	return func(t *crlTemplate) { t.thisUpdate, t.nextUpdate = this, next }
}

// CRLNumber sets the CRL number.
func CRLNumber(n int64) CRLOption {
	return func(t *crlTemplate) {
		t.add(ExtCRLNumber, false, func(b *cryptobyte.Builder) { b.AddASN1Int64(n) })
	}
}

// CRLDelta makes it a delta CRL to the one with that number.
func CRLDelta(base int64) CRLOption {
	return func(t *crlTemplate) {
		t.add(extDeltaIndicator, true, func(b *cryptobyte.Builder) { b.AddASN1Int64(base) })
	}
}

// IssuingPoint is the issuing distribution point of a CRL (RFC 5280 section 5.2.5): which
// certificates it is about.
type IssuingPoint struct {
	Name                          []byte // directory name, as [Name] makes it; nil = left out
	Users, Authorities, Attribute bool   // only those certificates
	Indirect                      bool   // those of other authorities, too
	Reasons                       uint8  // bit n is that of ReasonFlags; 0 = left out, which means all
}

// CRLFor limits the CRL to certificates, such as those of a municipality: JPKI's
// certificates name a directory entry for each.
func CRLFor(p IssuingPoint) CRLOption {
	return func(t *crlTemplate) { t.add(ExtIssuingPoint, true, p.add) }
}

func (p IssuingPoint) add(b *cryptobyte.Builder) {
	context0 := casn1.Tag(0).ContextSpecific().Constructed()
	flag := func(b *cryptobyte.Builder, tag uint8, set bool) {
		if set {
			b.AddASN1(casn1.Tag(tag).ContextSpecific(), func(b *cryptobyte.Builder) { b.AddUint8(0xff) })
		}
	}
	b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
		if p.Name != nil {
			b.AddASN1(context0, func(b *cryptobyte.Builder) {
				b.AddASN1(context0, func(b *cryptobyte.Builder) {
					b.AddASN1(directoryName, func(b *cryptobyte.Builder) { b.AddBytes(p.Name) })
				})
			})
		}
		flag(b, 1, p.Users)
		flag(b, 2, p.Authorities)
		if p.Reasons != 0 {
			octet := bits.Reverse8(p.Reasons)
			b.AddASN1(casn1.Tag(3).ContextSpecific(), func(b *cryptobyte.Builder) {
				b.AddBytes([]byte{uint8(bits.TrailingZeros8(octet)), octet})
			})
		}
		flag(b, 4, p.Indirect)
		flag(b, 5, p.Attribute)
	})
}

// CRLExtension sets an extension, in place of one with the same identifier.
func CRLExtension(e pkix.Extension) CRLOption {
	return func(t *crlTemplate) {
		CRLWithout(e.Id)(t)
		t.extensions = append(t.extensions, e)
	}
}

// CRLWithout removes an extension.
func CRLWithout(id asn1.ObjectIdentifier) CRLOption {
	return func(t *crlTemplate) {
		t.extensions = slices.DeleteFunc(t.extensions, func(x pkix.Extension) bool { return x.Id.Equal(id) })
	}
}

// CRLIssuerName sets the issuer's name, in place of the authority's.
func CRLIssuerName(name []byte) CRLOption {
	return func(t *crlTemplate) { t.issuer = bytes.Clone(name) }
}

// CRLSignedBy signs with another key.
func CRLSignedBy(key crypto.Signer) CRLOption {
	return func(t *crlTemplate) { t.key = key }
}

// CRLAlgorithm is [WithSignatureAlgorithm] for a CRL.
func CRLAlgorithm(a x509.SignatureAlgorithm) CRLOption {
	return func(t *crlTemplate) { t.algorithm = a }
}

// CRLBroken changes a bit of the signature.
func CRLBroken() CRLOption {
	return func(t *crlTemplate) { t.broken = true }
}

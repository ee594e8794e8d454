package testca

import (
	"crypto/sha1"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"fmt"
	"math/bits"

	"golang.org/x/crypto/cryptobyte"
	casn1 "golang.org/x/crypto/cryptobyte/asn1"
)

// Certificate policies of JPKI (公的個人認証サービス プロファイル仕様書).
var (
	PolicySigning      = asn1.ObjectIdentifier{1, 2, 392, 200149, 8, 5, 1, 1, 20} // signing, seen in real certificates
	PolicySigningPhone = asn1.ObjectIdentifier{1, 2, 392, 200149, 8, 5, 1, 1, 40} // signing, on a phone; from a secondary source
	PolicySigningTest  = asn1.ObjectIdentifier{1, 2, 392, 200149, 8, 5, 1, 0, 20} // signing, on a test card
	PolicyAuth         = asn1.ObjectIdentifier{1, 2, 392, 200149, 8, 5, 1, 3, 30} // authentication, seen in real certificates
	PolicyAuthTest     = asn1.ObjectIdentifier{1, 2, 392, 200149, 8, 5, 1, 2, 30} // authentication, on a test card: a guess by analogy
)

// Extensions (RFC 5280 section 4.2.1), for [Without] and [WithExtension].
var (
	ExtSubjectKeyID     = asn1.ObjectIdentifier{2, 5, 29, 14}
	ExtKeyUsage         = asn1.ObjectIdentifier{2, 5, 29, 15}
	ExtSubjectAltName   = asn1.ObjectIdentifier{2, 5, 29, 17}
	ExtIssuerAltName    = asn1.ObjectIdentifier{2, 5, 29, 18}
	ExtBasicConstraints = asn1.ObjectIdentifier{2, 5, 29, 19}
	ExtNameConstraints  = asn1.ObjectIdentifier{2, 5, 29, 30}
	ExtCRLDistribution  = asn1.ObjectIdentifier{2, 5, 29, 31}
	ExtPolicies         = asn1.ObjectIdentifier{2, 5, 29, 32}
	ExtAuthorityKeyID   = asn1.ObjectIdentifier{2, 5, 29, 35}
	ExtExtendedKeyUsage = asn1.ObjectIdentifier{2, 5, 29, 37}
	ExtAuthorityInfo    = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 1, 1}
	accessOCSP          = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 48, 1}
	purposeClientAuth   = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 3, 2}
	ownerArc            = asn1.ObjectIdentifier{1, 2, 392, 200149, 8, 5, 5}
)

// directoryName is the tag of that kind of GeneralName (RFC 5280 section 4.2.1.6).
const directoryName = casn1.Tag(4 | 0x80 | 0x20)

// Parts of the names of JPKI's authorities, seen in their certificates, and of ours.
const (
	signingUnit        = "JPKI for digital signature"
	authenticationUnit = "JPKI for user authentication"
	realOperator       = "Japan Agency for Local Authority Information Systems"
	practiceOperator   = "Practice only - identifies nobody"
	distributionUnit   = "CRL Distribution Points"
)

// extension builds an extension whose value build writes.
func extension(id asn1.ObjectIdentifier, critical bool, build func(*cryptobyte.Builder)) (pkix.Extension, error) {
	var b cryptobyte.Builder
	build(&b)
	value, err := b.Bytes()
	if err != nil {
		return pkix.Extension{}, fmt.Errorf("building extension %v: %w", id, err)
	}
	return pkix.Extension{Id: id, Critical: critical, Value: value}, nil
}

func keyUsage(u x509.KeyUsage) []byte {
	var b cryptobyte.Builder
	b.AddASN1(casn1.BIT_STRING, func(b *cryptobyte.Builder) {
		// A named bit list drops its trailing zeros (X.690 section 11.2.2).
		first, second := bits.Reverse8(uint8(u)), uint8(u>>8)<<7
		switch {
		case second != 0:
			b.AddBytes([]byte{7, first, second})
		case first != 0:
			b.AddBytes([]byte{uint8(bits.TrailingZeros8(first)), first})
		default:
			b.AddUint8(0)
		}
	})
	return b.BytesOrPanic()
}

func basicConstraints(ca bool, pathLen int) func(*cryptobyte.Builder) {
	return func(b *cryptobyte.Builder) {
		b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
			if ca {
				b.AddASN1Boolean(true)
			}
			if pathLen >= 0 {
				b.AddASN1Int64(int64(pathLen))
			}
		})
	}
}

func policies(ids []asn1.ObjectIdentifier) func(*cryptobyte.Builder) {
	return func(b *cryptobyte.Builder) {
		b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
			for _, id := range ids {
				b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) { b.AddASN1ObjectIdentifier(id) })
			}
		})
	}
}

// authorityKeyID names the issuing certificate by key, by issuer and by serial number,
// as JPKI's certificates do.
func authorityKeyID(issuer *x509.Certificate) func(*cryptobyte.Builder) {
	return func(b *cryptobyte.Builder) {
		b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddASN1(casn1.Tag(0).ContextSpecific(), func(b *cryptobyte.Builder) { b.AddBytes(issuer.SubjectKeyId) })
			b.AddASN1(casn1.Tag(1).ContextSpecific().Constructed(), func(b *cryptobyte.Builder) {
				b.AddASN1(directoryName, func(b *cryptobyte.Builder) { b.AddBytes(issuer.RawIssuer) })
			})
			b.AddASN1(casn1.Tag(2).ContextSpecific(), func(b *cryptobyte.Builder) {
				b.AddBytes(integerContents(issuer.SerialNumber))
			})
		})
	}
}

// distributionPoint names a directory entry and no URL, as JPKI's certificates do.
func distributionPoint(name []byte) func(*cryptobyte.Builder) {
	context0 := casn1.Tag(0).ContextSpecific().Constructed()
	return func(b *cryptobyte.Builder) {
		b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
				b.AddASN1(context0, func(b *cryptobyte.Builder) {
					b.AddASN1(context0, func(b *cryptobyte.Builder) {
						b.AddASN1(directoryName, func(b *cryptobyte.Builder) { b.AddBytes(name) })
					})
				})
			})
		})
	}
}

func issuerAltName(name []byte) func(*cryptobyte.Builder) {
	return func(b *cryptobyte.Builder) {
		b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddASN1(directoryName, func(b *cryptobyte.Builder) { b.AddBytes(name) })
		})
	}
}

func ocspAccess(url string) func(*cryptobyte.Builder) {
	return func(b *cryptobyte.Builder) {
		b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
				b.AddASN1ObjectIdentifier(accessOCSP)
				b.AddASN1(casn1.Tag(6).ContextSpecific(), func(b *cryptobyte.Builder) { b.AddBytes([]byte(url)) })
			})
		})
	}
}

// keyID is the SHA-1 of the key's bits (RFC 5280 section 4.2.1.2, method 1), which is
// what JPKI's own certificates have.
func keyID(spki []byte) ([]byte, error) {
	var info struct {
		Algorithm pkix.AlgorithmIdentifier
		Key       asn1.BitString
	}
	if _, err := asn1.Unmarshal(spki, &info); err != nil {
		return nil, fmt.Errorf("reading public key: %w", err)
	}
	sum := sha1.Sum(info.Key.Bytes)
	return sum[:], nil
}

package testca

import (
	"bytes"
	"crypto"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"fmt"
	"math/big"
	"time"

	"golang.org/x/crypto/cryptobyte"
	casn1 "golang.org/x/crypto/cryptobyte/asn1"
)

// ocspTemplate is an answer in the making.
type ocspTemplate struct {
	status                             func(serial *big.Int) Status
	signer                             *CA
	delegated, byName, bare            bool
	key                                crypto.Signer // in place of the signer's
	thisUpdate, nextUpdate, producedAt time.Time
	refusal                            int
	serial                             *big.Int // in place of that asked for
	wrongIssuer                        bool
	nonce                              func(asked []byte) []byte
	extensions, single                 []pkix.Extension
	algorithm                          x509.SignatureAlgorithm
	broken                             bool
	cut                                int
	further                            []Status
}

func refusal(status int) ([]byte, error) {
	var b cryptobyte.Builder
	b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) { b.AddASN1Enum(int64(status)) })
	return b.Bytes()
}

// named spoils the name of a certificate as the options say.
func (t *ocspTemplate) named(id certID) certID {
	if t.serial != nil {
		id.Serial = t.serial
	}
	if t.wrongIssuer {
		id.KeyHash = bytes.Clone(id.KeyHash)
		id.KeyHash[0] ^= 1
	}
	return id
}

// answer builds the OCSPResponse.
func (t *ocspTemplate) answer(r *ocspRequest) ([]byte, error) {
	key := t.signer.Key
	if t.key != nil {
		key = t.key
	}
	algorithm, hash, err := signatureAlgorithm(key.Public(), t.algorithm)
	if err != nil {
		return nil, err
	}
	id, err := asn1.Marshal(algorithm)
	if err != nil {
		return nil, err
	}
	data, err := t.data(r)
	if err != nil {
		return nil, fmt.Errorf("encoding answer: %w", err)
	}
	basic, err := sealed(data, id, hash, key, t.broken, t.certificates())
	if err != nil {
		return nil, err
	}
	var b cryptobyte.Builder
	b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1Enum(0)
		b.AddASN1(casn1.Tag(0).ContextSpecific().Constructed(), func(b *cryptobyte.Builder) {
			b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
				b.AddASN1ObjectIdentifier(oidBasicResponse)
				b.AddASN1OctetString(basic)
			})
		})
	})
	der, err := b.Bytes()
	return der[:max(0, len(der)-t.cut)], err
}

func (t *ocspTemplate) certificates() []byte {
	if !t.delegated || t.bare {
		return nil
	}
	var b cryptobyte.Builder
	b.AddASN1(casn1.Tag(0).ContextSpecific().Constructed(), func(b *cryptobyte.Builder) {
		b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) { b.AddBytes(t.signer.Cert.Raw) })
	})
	return b.BytesOrPanic()
}

// data builds the ResponseData.
func (t *ocspTemplate) data(r *ocspRequest) ([]byte, error) {
	extensions := t.extensions
	for _, e := range r.TBS.Extensions {
		if t.nonce != nil && e.Id.Equal(oidNonce) {
			e.Value = t.nonce(e.Value)
		}
		if e.Id.Equal(oidNonce) && e.Value != nil {
			extensions = append(extensions[:len(extensions):len(extensions)], e)
		}
	}
	var b cryptobyte.Builder
	b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
		t.addResponder(b)
		b.AddASN1GeneralizedTime(t.producedAt.UTC())
		b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
			for _, one := range r.TBS.List {
				for _, s := range append(t.further[:len(t.further):len(t.further)], t.status(one.ID.Serial)) {
					t.addSingle(b, one.ID, s)
				}
			}
		})
		if len(extensions) > 0 {
			b.AddASN1(casn1.Tag(1).ContextSpecific().Constructed(), func(b *cryptobyte.Builder) { addExtensions(b, extensions) })
		}
	})
	return b.Bytes()
}

func (t *ocspTemplate) addResponder(b *cryptobyte.Builder) {
	cert := t.signer.Cert
	if t.byName {
		b.AddASN1(casn1.Tag(1).ContextSpecific().Constructed(), func(b *cryptobyte.Builder) { b.AddBytes(cert.RawSubject) })
		return
	}
	id, err := keyID(cert.RawSubjectPublicKeyInfo)
	if err != nil {
		b.SetError(err)
	}
	b.AddASN1(casn1.Tag(2).ContextSpecific().Constructed(), func(b *cryptobyte.Builder) { b.AddASN1OctetString(id) })
}

func (t *ocspTemplate) addSingle(b *cryptobyte.Builder, id certID, s Status) {
	der, err := asn1.Marshal(id)
	if err != nil {
		b.SetError(err)
	}
	b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddBytes(der)
		s.add(b)
		b.AddASN1GeneralizedTime(t.thisUpdate.UTC())
		if !t.nextUpdate.IsZero() {
			b.AddASN1(casn1.Tag(0).ContextSpecific().Constructed(), func(b *cryptobyte.Builder) {
				b.AddASN1GeneralizedTime(t.nextUpdate.UTC())
			})
		}
		if len(t.single) > 0 {
			b.AddASN1(casn1.Tag(1).ContextSpecific().Constructed(), func(b *cryptobyte.Builder) { addExtensions(b, t.single) })
		}
	})
}

// add writes a CertStatus.
func (s Status) add(b *cryptobyte.Builder) {
	if s.State != Revoked {
		b.AddASN1(casn1.Tag(s.State).ContextSpecific(), func(*cryptobyte.Builder) {})
		return
	}
	b.AddASN1(casn1.Tag(1).ContextSpecific().Constructed(), func(b *cryptobyte.Builder) {
		b.AddASN1GeneralizedTime(s.At.UTC())
		if s.Reason != Unspecified {
			b.AddASN1(casn1.Tag(0).ContextSpecific().Constructed(), func(b *cryptobyte.Builder) { b.AddASN1Enum(int64(s.Reason)) })
		}
	})
}

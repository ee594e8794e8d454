package pki

import (
	"bytes"
	"crypto"
	"crypto/rand"
	_ "crypto/sha1" // for certificate identifiers
	_ "crypto/sha256"
	_ "crypto/sha512"
	"crypto/x509"
	"encoding/asn1"

	"golang.org/x/crypto/cryptobyte"
	casn1 "golang.org/x/crypto/cryptobyte/asn1"

	"github.com/jpki-desktop/jpki/sign"
)

var (
	oidSHA1      = asn1.ObjectIdentifier{1, 3, 14, 3, 2, 26}
	oidOCSPNonce = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 48, 1, 2}
)

// nonceSize is the number of octets that RFC 9654 section 2.1 recommends.
const nonceSize = 32

// byOCSP asks a responder about cert, where the user wishes it: at a given address only
// about the signer's certificate, as the responders of its issuers are others.
func (q *inquiry) byOCSP(cert *x509.Certificate, issuer authority, signer bool) answer {
	address := q.ocsp
	switch {
	case address == "" || address != OCSPAuto && !signer:
		return answer{}
	case address == OCSPAuto && q.anchor.Kind == sign.AnchorPinned:
		return refusal(OCSPAutoRefused, q.anchor.Name)
	case address == OCSPAuto:
		if len(cert.OCSPServer) == 0 && signer {
			return refusal(OCSPNoAddress, "")
		} else if len(cert.OCSPServer) == 0 {
			return answer{}
		}
		address = cert.OCSPServer[0]
	}
	key := address + "\n" + string(cert.Raw) + issuer.name
	q.mu.Lock()
	defer q.mu.Unlock()
	a, known := q.answers[key]
	if a, silent := q.answers[address]; silent {
		return a
	}
	if !known {
		a = q.enquire(cert, issuer, address)
		q.answers[key] = a
	}
	return a
}

func refusal(code, detail string) answer {
	return answer{findings: []sign.Finding{indeterminate(code, detail)}}
}

// enquire sends the question. An address that does not answer is not asked again.
func (q *inquiry) enquire(cert *x509.Certificate, issuer authority, address string) answer {
	nonce := make([]byte, nonceSize)
	_, _ = rand.Read(nonce) // never fails
	data, f := post(q.ctx, address, "application/ocsp-request", ocspRequest(cert, issuer, nonce), q.timeout)
	if f != nil {
		a := answer{findings: []sign.Finding{*f}}
		if q.ctx.Err() == nil {
			q.answers[address] = a
		}
		return a
	}
	c := &ocspCheck{inquiry: q, cert: cert, issuer: issuer, source: printable(address), nonce: nonce}
	a := c.judge(data)
	if a.Source != "" {
		q.received = append(q.received, data)
	}
	return a
}

// ocspRequest asks for one certificate (RFC 6960 section 4.1.1), which it names by SHA-1:
// RFC 5019 section 2.1.1 demands that of every responder, and the answer's signature does
// not rest on it.
func ocspRequest(cert *x509.Certificate, issuer authority, nonce []byte) []byte {
	var b cryptobyte.Builder
	sequence := func(b *cryptobyte.Builder, f cryptobyte.BuilderContinuation) { b.AddASN1(casn1.SEQUENCE, f) }
	sequence(&b, func(b *cryptobyte.Builder) {
		sequence(b, func(b *cryptobyte.Builder) {
			sequence(b, func(b *cryptobyte.Builder) {
				sequence(b, func(b *cryptobyte.Builder) { addCertID(b, cert, issuer) })
			})
			b.AddASN1(casn1.Tag(2).ContextSpecific().Constructed(), func(b *cryptobyte.Builder) {
				sequence(b, func(b *cryptobyte.Builder) {
					sequence(b, func(b *cryptobyte.Builder) {
						b.AddASN1ObjectIdentifier(oidOCSPNonce)
						b.AddASN1(casn1.OCTET_STRING, func(b *cryptobyte.Builder) { b.AddASN1OctetString(nonce) })
					})
				})
			})
		})
	})
	return b.BytesOrPanic()
}

func addCertID(b *cryptobyte.Builder, cert *x509.Certificate, issuer authority) {
	b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddASN1ObjectIdentifier(oidSHA1)
			b.AddASN1NULL()
		})
		b.AddASN1OctetString(digest(crypto.SHA1, cert.RawIssuer))
		b.AddASN1OctetString(digest(crypto.SHA1, issuer.keyBits()))
		b.AddASN1(casn1.INTEGER, func(b *cryptobyte.Builder) { b.AddBytes(serialOf(cert)) })
	})
}

func digest(hash crypto.Hash, data []byte) []byte {
	h := hash.New()
	h.Write(data)
	return h.Sum(nil)
}

// keyBits returns the BIT STRING of the authority's key, which OCSP hashes.
func (a authority) keyBits() []byte {
	der, err := x509.MarshalPKIXPublicKey(a.key)
	spki := cryptobyte.String(der)
	var bits []byte
	if err != nil || !spki.ReadASN1(&spki, casn1.SEQUENCE) || !spki.SkipASN1(casn1.SEQUENCE) || !spki.ReadASN1BitStringAsBytes(&bits) {
		return nil
	}
	return bits
}

// keyed tells whether id is how OCSP names the authority's key (RFC 6960 section 4.2.1).
func (a authority) keyed(id []byte) bool {
	return bytes.Equal(id, digest(crypto.SHA1, a.keyBits()))
}

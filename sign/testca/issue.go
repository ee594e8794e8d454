package testca

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/rand"
	_ "crypto/sha1" // for WithSignatureAlgorithm
	_ "crypto/sha512"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"fmt"
	"math/big"
	"time"
)

// RefusedError says that Go's parser refuses a certificate that was asked for, such as
// one with a negative serial number. DER is that certificate.
type RefusedError struct {
	DER []byte
	Err error
}

func (e *RefusedError) Error() string { return "parsing the issued certificate: " + e.Err.Error() }

func (e *RefusedError) Unwrap() error { return e.Err }

// tbsCertificate is the signed part of a certificate (RFC 5280 section 4.1). crypto/x509
// does not serve: it refuses to write most of what a verifier must be tested with.
type tbsCertificate struct {
	Version    int `asn1:"explicit,tag:0"`
	Serial     *big.Int
	Algorithm  pkix.AlgorithmIdentifier
	Issuer     asn1.RawValue
	Validity   validity
	Subject    asn1.RawValue
	PublicKey  asn1.RawValue
	Extensions []pkix.Extension `asn1:"explicit,tag:3,optional"`
}

type validity struct {
	NotBefore, NotAfter time.Time
}

type certificate struct {
	TBS       asn1.RawValue
	Algorithm pkix.AlgorithmIdentifier
	Signature asn1.BitString
}

// issue signs t for pub with the key of ca.
func (t *template) issue(ca *CA, pub crypto.PublicKey) (*x509.Certificate, error) {
	spki, err := x509.MarshalPKIXPublicKey(pub)
	if err != nil {
		return nil, fmt.Errorf("encoding public key: %w", err)
	}
	if err := t.complete(ca, spki); err != nil {
		return nil, err
	}
	der, err := t.sign(ca.Key, spki)
	if err != nil {
		return nil, fmt.Errorf("signing certificate: %w", err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, &RefusedError{DER: der, Err: err}
	}
	return cert, nil
}

// complete fills what the options have left empty.
func (t *template) complete(ca *CA, spki []byte) error {
	if t.serial == nil {
		t.serial = randomSerial()
	}
	if t.notAfter.IsZero() {
		t.notAfter = lifeEnd(t.notBefore, t.birth)
	}
	if t.issuer == nil && ca.Cert != nil {
		t.issuer = ca.Cert.RawSubject
	}
	if t.issuer == nil {
		t.issuer = t.subject
	}
	id, err := keyID(spki)
	if err == nil && !t.has(ExtSubjectKeyID) {
		WithSubjectKeyID(id)(t)
	}
	return err
}

func (t *template) has(id asn1.ObjectIdentifier) bool {
	for _, e := range t.extensions {
		if e.Id.Equal(id) {
			return true
		}
	}
	return false
}

func (t *template) sign(key crypto.Signer, spki []byte) ([]byte, error) {
	algorithm, hash, err := signatureAlgorithm(key.Public(), t.algorithm)
	if err != nil {
		return nil, err
	}
	tbs, err := asn1.Marshal(tbsCertificate{
		Version: 2, Serial: t.serial, Algorithm: algorithm,
		Issuer:   asn1.RawValue{FullBytes: t.issuer},
		Validity: validity{t.notBefore.UTC(), t.notAfter.UTC()},
		Subject:  asn1.RawValue{FullBytes: t.subject}, PublicKey: asn1.RawValue{FullBytes: spki},
		Extensions: t.extensions,
	})
	if err != nil {
		return nil, err
	}
	h := hash.New()
	h.Write(tbs)
	signature, err := key.Sign(rand.Reader, h.Sum(nil), hash)
	if err != nil {
		return nil, err
	}
	if t.broken {
		signature = bytes.Clone(signature)
		signature[len(signature)-1] ^= 1
	}
	return asn1.Marshal(certificate{
		TBS: asn1.RawValue{FullBytes: tbs}, Algorithm: algorithm,
		Signature: asn1.BitString{Bytes: signature, BitLength: 8 * len(signature)},
	})
}

// algorithms are the signatures that a certificate can be made with (RFC 8017 appendix
// A.2.4, RFC 5758 section 3.2).
var algorithms = map[x509.SignatureAlgorithm]struct {
	id   asn1.ObjectIdentifier
	hash crypto.Hash
}{
	x509.SHA1WithRSA:     {asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 5}, crypto.SHA1},
	x509.SHA256WithRSA:   {asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 11}, crypto.SHA256},
	x509.SHA384WithRSA:   {asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 12}, crypto.SHA384},
	x509.SHA512WithRSA:   {asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 13}, crypto.SHA512},
	x509.ECDSAWithSHA1:   {asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 1}, crypto.SHA1},
	x509.ECDSAWithSHA256: {asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 2}, crypto.SHA256},
	x509.ECDSAWithSHA384: {asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 3}, crypto.SHA384},
	x509.ECDSAWithSHA512: {asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 4}, crypto.SHA512},
}

func signatureAlgorithm(pub crypto.PublicKey, asked x509.SignatureAlgorithm) (pkix.AlgorithmIdentifier, crypto.Hash, error) {
	ec, elliptic := pub.(*ecdsa.PublicKey)
	switch {
	case asked != x509.UnknownSignatureAlgorithm:
	case !elliptic:
		asked = x509.SHA256WithRSA
	case ec.Curve.Params().BitSize > 256:
		asked = x509.ECDSAWithSHA384
	default:
		asked = x509.ECDSAWithSHA256
	}
	a, ok := algorithms[asked]
	if !ok {
		return pkix.AlgorithmIdentifier{}, 0, fmt.Errorf("unknown signature algorithm %v", asked)
	}
	id := pkix.AlgorithmIdentifier{Algorithm: a.id}
	if !elliptic {
		id.Parameters = asn1.NullRawValue // required for RSA, forbidden for ECDSA
	}
	return id, a.hash, nil
}

// randomSerial returns a positive number of at most 8 octets: no two are alike, even by
// authorities that keep no count.
func randomSerial() *big.Int {
	b := make([]byte, 8)
	_, _ = rand.Read(b) // never fails
	b[0] = b[0]&0x7f | 0x40
	return new(big.Int).SetBytes(b)
}

// integerContents returns the contents octets of an INTEGER, for a context-specific tag.
func integerContents(n *big.Int) []byte {
	var raw asn1.RawValue
	der, err := asn1.Marshal(n)
	if err == nil {
		_, err = asn1.Unmarshal(der, &raw)
	}
	if err != nil {
		panic(err) // a *big.Int always encodes
	}
	return raw.Bytes
}

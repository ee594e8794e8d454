package main

import (
	"bytes"
	"crypto"
	_ "crypto/md5"
	"crypto/rand"
	_ "crypto/sha1"
	"crypto/sha256"
	_ "crypto/sha512"
	"crypto/x509"
)

// document is what the files sign.
var document = []byte("確定申告書 見本\r\n")

// version is a version number; which one makes no difference.
var version = []byte{tagInteger, 1, 1}

// signature is a SignedData (RFC 5652 section 5.1) in parts.
type signature struct {
	outer, contentType []byte
	digests            [][]byte
	content            []byte // nil = detached
	certificates       [][]byte
	crls               []byte // an element, or none
	signers            []*signerInfo
	trailing           []byte
}

// signerInfo is a SignerInfo (RFC 5652 section 5.3) in parts.
type signerInfo struct {
	cert              *x509.Certificate
	key               crypto.Signer
	opts              crypto.SignerOpts // also how the attributes are hashed
	digest, algorithm []byte
	attributes        [][]byte // nil = none
	unsigned          []byte   // an element, or none
}

// good is the attached signature of the signer over document, with nothing wrong.
func (w *world) good() *signature { return w.goodBy(w.signer, w.key) }

func (w *world) goodBy(cert *x509.Certificate, key crypto.Signer) *signature {
	return &signature{
		outer: oidSignedData, contentType: oidData, digests: [][]byte{el(tagSequence, oidSHA256)}, content: document,
		certificates: [][]byte{cert.Raw, w.ca.Cert.Raw}, signers: []*signerInfo{w.signerInfo(cert, key, document)},
	}
}

func (w *world) signerInfo(cert *x509.Certificate, key crypto.Signer, content []byte) *signerInfo {
	return &signerInfo{
		cert: cert, key: key, opts: crypto.SHA256,
		digest: el(tagSequence, oidSHA256), algorithm: el(tagSequence, oidRSA, null),
		attributes: w.attributes(cert, crypto.SHA256, content),
	}
}

// attributes are the content type, the digest, the time and the certificate, in this order.
func (w *world) attributes(cert *x509.Certificate, h crypto.Hash, content []byte) [][]byte {
	return [][]byte{
		attribute(oidContentType, oidData),
		attribute(oidMessageDigest, el(tagOctets, hashed(h, content))),
		attribute(oidSigningTime, utcTime(w.now)),
		attribute(oidSigningCertificateV2, signingCertificate(cert)),
	}
}

func attribute(id []byte, values ...[]byte) []byte {
	return el(tagSequence, id, el(tagSet, values...))
}

// signingCertificate is a SigningCertificateV2 (RFC 5035 section 3).
func signingCertificate(cert *x509.Certificate) []byte {
	sum := sha256.Sum256(cert.Raw)
	return el(tagSequence, el(tagSequence, el(tagSequence, el(tagOctets, sum[:]))))
}

func hashed(h crypto.Hash, data []byte) []byte {
	d := h.New()
	d.Write(data)
	return d.Sum(nil)
}

// with changes s and encodes it, attached.
func (s *signature) with(change func(s *signature, by *signerInfo)) made {
	if change != nil {
		change(s, s.signers[0])
	}
	return made{signature: s.der()}
}

func (s *signature) der() []byte {
	content := [][]byte{s.contentType}
	if s.content != nil {
		content = append(content, el(tag0, el(tagOctets, s.content)))
	}
	parts := [][]byte{version, el(tagSet, s.digests...), el(tagSequence, content...)}
	if len(s.certificates) > 0 {
		parts = append(parts, el(tag0, s.certificates...))
	}
	var signers [][]byte
	for _, by := range s.signers {
		signers = append(signers, by.der(s.content))
	}
	parts = append(parts, s.crls, el(tagSet, signers...))
	return append(el(tagSequence, s.outer, el(tag0, el(tagSequence, parts...))), s.trailing...)
}

func (by *signerInfo) der(content []byte) []byte {
	id := el(tagSequence, by.cert.RawIssuer, marshal(by.cert.SerialNumber))
	parts, signed := [][]byte{version, id, by.digest}, content
	if by.attributes != nil {
		signed = set(tagSet, by.attributes)
		parts = append(parts, set(tag0, by.attributes))
	}
	value := must(by.key.Sign(rand.Reader, hashed(by.opts.HashFunc(), signed), by.opts))
	return el(tagSequence, append(parts, by.algorithm, el(tagOctets, value), by.unsigned)...)
}

// replace replaces octets that are there once.
func replace(der, old, by []byte) []byte {
	if bytes.Count(der, old) != 1 {
		panic("not there once")
	}
	return bytes.Replace(der, old, by, 1)
}

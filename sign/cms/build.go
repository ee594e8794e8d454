package cms

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/rsa"
	"fmt"
	"slices"
)

// version is CMSVersion 1: that of a SignedData of id-data with plain certificates, and of
// a SignerInfo that names its certificate by issuer (RFC 5652 sections 5.1 and 5.3).
var version = []byte{tagInteger, 1, 1}

// method is how a key signs.
type method struct {
	algorithm []byte // signatureAlgorithm
	size      int    // bytes of the signature, 0 if it is not known beforehand
	check     scheme
}

// methodFor is the method of the key pub with h.
//
// RSA goes by the identifier rsaEncryption and not by one with the digest's name: RFC 5754
// section 3.2 obliges every verifier to know the former only, OpenSSL writes the same, and
// the digest stands in digestAlgorithm anyway.
func methodFor(pub crypto.PublicKey, h crypto.Hash) (method, error) {
	if weak(h) || digestAlgorithm(h) == nil {
		return method{}, fmt.Errorf("no signatures with %v", h)
	}
	switch key := pub.(type) {
	case *rsa.PublicKey:
		return method{tlv(tagSequence, oidRSA.der(), null), key.Size(), pkcs1(h)}, nil
	case *ecdsa.PublicKey:
		ids := map[crypto.Hash]oid{
			crypto.SHA256: oidECDSAWithSHA256, crypto.SHA384: oidECDSAWithSHA384, crypto.SHA512: oidECDSAWithSHA512}
		return method{tlv(tagSequence, ids[h].der()), 0, ellipticCurve(h)}, nil
	}
	return method{}, fmt.Errorf("no signatures with a key of type %T", pub)
}

// head is all that precedes attached content of that many bytes.
func (p *Pending) head(size int64) []byte {
	tail := p.tail(p.attributesOver(make([]byte, p.hash.Size())), make([]byte, p.method.size))
	content := begin(context0Cons, header(tagOctetString, size), size)
	encapsulated := begin(tagSequence, append(oidData.der(), content...), size)
	return p.before(encapsulated, size+int64(len(tail)))
}

func (p *Pending) before(encapsulated []byte, after int64) []byte {
	return before(version, tlv(tagSet, digestAlgorithm(p.hash)), encapsulated, after)
}

// before is the beginning of the ContentInfo: as far as encapsulated, a beginning of
// encapContentInfo, which leaves after bytes to come.
func before(version, algorithms, encapsulated []byte, after int64) []byte {
	signedData := begin(tagSequence, slices.Concat(version, algorithms, encapsulated), after)
	content := begin(context0Cons, signedData, after)
	return begin(tagSequence, append(oidSignedData.der(), content...), after)
}

// tail is all that follows the content: certificates and the one SignerInfo.
func (p *Pending) tail(signed attributes, value []byte) []byte {
	certificates := [][]byte{p.cert.Raw}
	for _, c := range p.chain {
		certificates = append(certificates, c.Raw)
	}
	return append(setOf(context0Cons, certificates...), tlv(tagSet, p.signerInfo(signed, value))...)
}

// signerInfo is the SignerInfo (RFC 5652 section 5.3); [Extend] adds the unsigned
// attributes of the levels above B at its end.
func (p *Pending) signerInfo(signed attributes, value []byte) []byte {
	return tlv(tagSequence,
		version,
		tlv(tagSequence, p.cert.RawIssuer, serialNumber(p.cert)),
		digestAlgorithm(p.hash),
		signed.encode(context0Cons),
		p.method.algorithm,
		tlv(tagOctetString, value))
}

func (p *Pending) attributesOver(sum []byte) attributes {
	return signedAttributes(sum, p.time, signingCertificateV2(p.cert))
}

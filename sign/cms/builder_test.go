package cms

import (
	"bytes"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"slices"
	"testing"
	"time"
)

// assembly is a SignedData in parts, each of which a test may spoil.
type assembly struct {
	outer        oid
	digests      [][]byte // AlgorithmIdentifiers
	contentType  oid
	content      []byte // nil = detached
	certificates [][]byte
	crls         []byte // an element, or none
	signers      []*assembledSigner
	trailing     []byte
}

// assembledSigner is a SignerInfo in parts.
type assembledSigner struct {
	party
	id                []byte
	digest, algorithm []byte // AlgorithmIdentifiers
	hash              crypto.Hash
	attributes        [][]byte // elements; nil = none
	unsigned          []byte   // an element, or none
	unsorted          bool     // the attributes are signed in the order given
	pss               *rsa.PSSOptions
	value             []byte // nil = made by the key
}

// goodAssembly is the detached signature of p over content, with nothing wrong.
func goodAssembly(p party, content []byte) *assembly {
	return &assembly{
		outer:        oidSignedData,
		digests:      [][]byte{digestAlgorithm(crypto.SHA256)},
		contentType:  oidData,
		certificates: [][]byte{p.Cert.Raw},
		signers:      []*assembledSigner{goodSigner(p, content)},
	}
}

func goodSigner(p party, content []byte) *assembledSigner {
	m, err := methodFor(p.Cert.PublicKey, crypto.SHA256)
	if err != nil {
		panic(err)
	}
	return &assembledSigner{
		party:      p,
		id:         tlv(tagSequence, p.Cert.RawIssuer, serialNumber(p.Cert)),
		digest:     digestAlgorithm(crypto.SHA256),
		algorithm:  m.algorithm,
		hash:       crypto.SHA256,
		attributes: goodAttributes(p, crypto.SHA256, content),
	}
}

// goodAttributes are content type, digest, time and certificate, in this order.
func goodAttributes(p party, h crypto.Hash, content []byte) [][]byte {
	return signedAttributes(sum(h, content), time.Now(), signingCertificateV2(p.Cert)).elements()
}

func (a *assembly) der(t testing.TB) []byte {
	t.Helper()
	content := a.contentType.der()
	if a.content != nil {
		content = append(content, tlv(context0Cons, tlv(tagOctetString, a.content))...)
	}
	parts := [][]byte{version, tlv(tagSet, a.digests...), tlv(tagSequence, content)}
	if a.certificates != nil {
		parts = append(parts, tlv(context0Cons, a.certificates...))
	}
	parts = append(parts, a.crls)
	var signers [][]byte
	for _, s := range a.signers {
		signers = append(signers, s.der(t, a.content))
	}
	parts = append(parts, tlv(tagSet, signers...))
	der := tlv(tagSequence, a.outer.der(), tlv(context0Cons, tlv(tagSequence, parts...)))
	return append(der, a.trailing...)
}

func (s *assembledSigner) der(t testing.TB, content []byte) []byte {
	t.Helper()
	parts := [][]byte{version, s.id, s.digest}
	signed := content
	if s.attributes != nil {
		sorted := slices.SortedFunc(slices.Values(s.attributes), bytes.Compare)
		if s.unsorted {
			sorted = s.attributes
		}
		signed = tlv(tagSet, sorted...)
		parts = append(parts, tlv(context0Cons, s.attributes...))
	}
	if s.value == nil {
		opts := crypto.SignerOpts(s.hash)
		if s.pss != nil {
			opts = s.pss
		}
		var err error
		if s.value, err = s.key.Sign(rand.Reader, sum(s.hash, signed), opts); err != nil {
			t.Fatal(err)
		}
	}
	parts = append(parts, s.algorithm, tlv(tagOctetString, s.value), s.unsigned)
	return tlv(tagSequence, parts...)
}

// attr is one Attribute.
func attr(id oid, values ...[]byte) []byte { return attribute{id, values}.der() }

// algorithmOf is an AlgorithmIdentifier.
func algorithmOf(id oid, parameters ...byte) []byte {
	return tlv(tagSequence, id.der(), parameters)
}

package cms

import (
	"bytes"
	"crypto"
	_ "crypto/md5"  // known in order to be called weak
	_ "crypto/sha1" // as above, and it names certificates in RFC 2634
	_ "crypto/sha256"
	_ "crypto/sha512"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
)

// algorithm is an AlgorithmIdentifier (RFC 5280 section 4.1.1.2).
type algorithm struct {
	id         oid
	parameters []byte // an element; empty if absent
}

func readAlgorithm(s *cryptobyte.String) (a algorithm, ok bool) {
	return readTaggedAlgorithm(s, asn1.SEQUENCE)
}

// readTaggedAlgorithm reads one whose tag is another, implicitly.
func readTaggedAlgorithm(s *cryptobyte.String, tag asn1.Tag) (a algorithm, ok bool) {
	var inner, id cryptobyte.String
	if !s.ReadASN1(&inner, tag) || !inner.ReadASN1(&id, asn1.OBJECT_IDENTIFIER) {
		return a, false
	}
	a = algorithm{oid(id), inner}
	var any cryptobyte.String
	ok = inner.Empty() || inner.ReadAnyASN1Element(&any, new(asn1.Tag)) && inner.Empty()
	return a, ok
}

// plain tells whether a has no parameters: absent, or NULL as older software writes (RFC
// 5754 section 2 wants both accepted).
func (a algorithm) plain() bool {
	return len(a.parameters) == 0 || bytes.Equal(a.parameters, null)
}

// equal tells whether a and b mean the same.
func (a algorithm) equal(b algorithm) bool {
	return a.id == b.id && (a.plain() && b.plain() || bytes.Equal(a.parameters, b.parameters))
}

var null = []byte{tagNull, 0}

var hashes = map[oid]crypto.Hash{
	oidMD5:    crypto.MD5,
	oidSHA1:   crypto.SHA1,
	oidSHA256: crypto.SHA256,
	oidSHA384: crypto.SHA384,
	oidSHA512: crypto.SHA512,
}

// hash is the digest algorithm a, 0 if it is none that is known.
func (a algorithm) hash() crypto.Hash {
	if !a.plain() {
		return 0
	}
	return hashes[a.id]
}

// weak tells whether collisions of h can be made.
func weak(h crypto.Hash) bool { return h == crypto.MD5 || h == crypto.SHA1 }

// digestAlgorithm is h as an AlgorithmIdentifier: parameters are absent, as RFC 5754
// section 2 requires.
func digestAlgorithm(h crypto.Hash) []byte {
	for id, hash := range hashes {
		if hash == h {
			return tlv(tagSequence, id.der())
		}
	}
	return nil
}

func sum(h crypto.Hash, data []byte) []byte {
	d := h.New()
	d.Write(data)
	return d.Sum(nil)
}

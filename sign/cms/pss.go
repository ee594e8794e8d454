package cms

import (
	"bytes"
	"crypto"
	"crypto/rsa"
	"math/big"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
)

// pssParameters is RSASSA-PSS-params (RFC 4055 section 3.1).
type pssParameters struct {
	hash, mask    crypto.Hash // 0 if unknown
	salt, trailer int
}

// pss is RSASSA-PSS with the parameters der, whose digests must both be h: RFC 4056
// section 3 wants the first to be, and for the second nothing else is in use.
func pss(der cryptobyte.String, h crypto.Hash) (scheme, error) {
	p, ok := readPSSParameters(der)
	switch {
	case !ok || p.salt < 0:
		return nil, &fault{Malformed, "parameters of RSASSA-PSS"}
	case p.hash != h:
		return nil, &fault{AlgorithmMismatch, oidPSS.String()}
	case p.mask != h || p.trailer != 1:
		return nil, &fault{UnsupportedAlgorithm, oidPSS.String()}
	}
	return withRSA(func(pub *rsa.PublicKey, digest, sig []byte) error {
		err := rsa.VerifyPSS(pub, h, digest, sig, &rsa.PSSOptions{SaltLength: p.salt})
		if err == nil && p.salt == rsa.PSSSaltLengthAuto && !unsalted(pub, h, digest, sig) {
			err = rsa.ErrVerification
		}
		return err
	}), nil
}

// unsalted tells whether sig, which is valid with some salt, has none: package rsa takes
// that length for any. Its hash is then that of RFC 8017 section 9.1.2, step 12, alone.
func unsalted(pub *rsa.PublicKey, h crypto.Hash, digest, sig []byte) bool {
	encoded := new(big.Int).Exp(new(big.Int).SetBytes(sig), big.NewInt(int64(pub.E)), pub.N).Bytes()
	end := len(encoded) - 1
	return end >= h.Size() && bytes.Equal(encoded[end-h.Size():end], sum(h, append(make([]byte, 8), digest...)))
}

// readPSSParameters reads parameters whose defaults are those of SHA-1.
func readPSSParameters(der cryptobyte.String) (p pssParameters, ok bool) {
	p = pssParameters{hash: crypto.SHA1, mask: crypto.SHA1}
	var s cryptobyte.String
	if !der.ReadASN1(&s, asn1.SEQUENCE) || !der.Empty() {
		return p, false
	}
	if a, present, ok := optionalAlgorithm(&s, 0); !ok {
		return p, false
	} else if present {
		p.hash = a.hash()
	}
	if a, present, ok := optionalAlgorithm(&s, 1); !ok {
		return p, false
	} else if present {
		p.mask = a.maskHash()
	}
	ok = s.ReadOptionalASN1Integer(&p.salt, explicit(2), 20) &&
		s.ReadOptionalASN1Integer(&p.trailer, explicit(3), 1) && s.Empty()
	return p, ok
}

func explicit(n uint8) asn1.Tag { return asn1.Tag(n).ContextSpecific().Constructed() }

func optionalAlgorithm(s *cryptobyte.String, n uint8) (a algorithm, present, ok bool) {
	var inner cryptobyte.String
	if !s.ReadOptionalASN1(&inner, &present, explicit(n)) || !present {
		return a, false, !present // absent is fine, a wrong element is not
	}
	a, ok = readAlgorithm(&inner)
	return a, true, ok && inner.Empty()
}

// maskHash is the digest of the mask generation function a, 0 if it is not MGF1.
func (a algorithm) maskHash() crypto.Hash {
	s := cryptobyte.String(a.parameters)
	inner, ok := readAlgorithm(&s)
	if a.id != oidMGF1 || !ok || !s.Empty() {
		return 0
	}
	return inner.hash()
}

package cms

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/rsa"
	"fmt"
)

// Sizes of RSA keys that are checked: smaller ones are broken, larger ones would let a
// hostile file keep the processor busy.
const (
	minRSABits = 1024
	maxRSABits = 8192
)

// scheme checks that sig was made over digest by the key of pub. Its errors are faults.
type scheme func(pub crypto.PublicKey, digest, sig []byte) error

// schemes holds the signature algorithms beside RSASSA-PSS, with the digest that each is
// bound to; 0 means that of the SignerInfo.
var schemes = map[oid]struct {
	hash crypto.Hash
	make func(crypto.Hash) scheme
}{
	oidRSA:             {0, pkcs1},
	oidMD5WithRSA:      {crypto.MD5, pkcs1},
	oidSHA1WithRSA:     {crypto.SHA1, pkcs1},
	oidSHA256WithRSA:   {crypto.SHA256, pkcs1},
	oidSHA384WithRSA:   {crypto.SHA384, pkcs1},
	oidSHA512WithRSA:   {crypto.SHA512, pkcs1},
	oidECDSAWithSHA1:   {crypto.SHA1, ellipticCurve},
	oidECDSAWithSHA256: {crypto.SHA256, ellipticCurve},
	oidECDSAWithSHA384: {crypto.SHA384, ellipticCurve},
	oidECDSAWithSHA512: {crypto.SHA512, ellipticCurve},
}

// scheme is what the signature algorithm a does with the digest h. Its errors are faults.
func (a algorithm) scheme(h crypto.Hash) (scheme, error) {
	if a.id == oidPSS {
		return pss(a.parameters, h)
	}
	s, ok := schemes[a.id]
	switch {
	case !ok:
		return nil, &fault{UnsupportedAlgorithm, a.id.String()}
	case !a.plain():
		return nil, &fault{Malformed, "parameters of the signature algorithm"}
	case s.hash != 0 && s.hash != h:
		return nil, &fault{AlgorithmMismatch, a.id.String()}
	}
	return s.make(h), nil
}

func pkcs1(h crypto.Hash) scheme {
	return withRSA(func(pub *rsa.PublicKey, digest, sig []byte) error {
		return rsa.VerifyPKCS1v15(pub, h, digest, sig)
	})
}

// withRSA is check for RSA keys of a size that can be judged.
func withRSA(check func(pub *rsa.PublicKey, digest, sig []byte) error) scheme {
	return func(pub crypto.PublicKey, digest, sig []byte) error {
		key, ok := pub.(*rsa.PublicKey)
		if !ok {
			return &fault{AlgorithmMismatch, "the key is not for RSA"}
		}
		if n := key.N.BitLen(); n < minRSABits || n > maxRSABits {
			return &fault{UnsupportedAlgorithm, fmt.Sprintf("RSA with %d bits", n)}
		}
		if check(key, digest, sig) != nil {
			return &fault{code: SignatureInvalid}
		}
		return nil
	}
}

func ellipticCurve(crypto.Hash) scheme {
	return func(pub crypto.PublicKey, digest, sig []byte) error {
		key, ok := pub.(*ecdsa.PublicKey)
		if !ok {
			return &fault{AlgorithmMismatch, "the key is not for ECDSA"}
		}
		if !ecdsa.VerifyASN1(key, digest, sig) {
			return &fault{code: SignatureInvalid}
		}
		return nil
	}
}

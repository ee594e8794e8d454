package pki

import (
	"bytes"
	"crypto"
	"crypto/x509"
	"encoding/asn1"
	"encoding/hex"
	"sync"

	"golang.org/x/crypto/cryptobyte"
	casn1 "golang.org/x/crypto/cryptobyte/asn1"
)

// signed is a CRL or an OCSP response, in what both are like a certificate: the octets
// that are signed, the algorithm and the signature.
type signed struct {
	tbs       []byte
	algorithm x509.SignatureAlgorithm
	value     []byte

	mu      sync.Mutex
	checked map[string]bool // by key
}

// readSigned reads the first three parts of der, and returns the contents of what is
// signed and the DER of the algorithm.
func (s *signed) readSigned(der *cryptobyte.String) (contents, algorithm cryptobyte.String, ok bool) {
	var tbs, value cryptobyte.String
	ok = der.ReadASN1Element(&tbs, casn1.SEQUENCE) && der.ReadASN1Element(&algorithm, casn1.SEQUENCE) &&
		der.ReadASN1(&value, casn1.BIT_STRING)
	s.tbs, s.algorithm = tbs, algorithmOf(algorithm)
	if len(value) > 0 && value[0] == 0 { // else it is not whole octets, as every signature is
		s.value = value[1:]
	}
	return contents, algorithm, ok && tbs.ReadASN1(&contents, casn1.SEQUENCE)
}

// by tells whether key made the signature. Each key is tried once: a CRL may be large.
func (s *signed) by(key crypto.PublicKey) bool {
	spki, err := x509.MarshalPKIXPublicKey(key)
	if err != nil {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	good, known := s.checked[string(spki)]
	if !known {
		good = signedBy(&x509.Certificate{SignatureAlgorithm: s.algorithm, RawTBSCertificate: s.tbs, Signature: s.value}, key)
		if s.checked == nil {
			s.checked = map[string]bool{}
		}
		s.checked[string(spki)] = good
	}
	return good
}

func (s *signed) weak() bool {
	return weaklySigned(&x509.Certificate{SignatureAlgorithm: s.algorithm})
}

// algorithms are the signatures that crypto/x509 checks, by object identifier: RFC 8017
// appendix A.2.4, RFC 5758 section 3.2, RFC 8410 section 3.
var algorithms = map[string]x509.SignatureAlgorithm{
	"1.2.840.113549.1.1.5":  x509.SHA1WithRSA,
	"1.2.840.113549.1.1.11": x509.SHA256WithRSA,
	"1.2.840.113549.1.1.12": x509.SHA384WithRSA,
	"1.2.840.113549.1.1.13": x509.SHA512WithRSA,
	"1.2.840.10045.4.1":     x509.ECDSAWithSHA1,
	"1.2.840.10045.4.3.2":   x509.ECDSAWithSHA256,
	"1.2.840.10045.4.3.3":   x509.ECDSAWithSHA384,
	"1.2.840.10045.4.3.4":   x509.ECDSAWithSHA512,
	"1.3.101.112":           x509.PureEd25519,
}

// pss has the last arc of the hash, and the length of the salt, of RSASSA-PSS in the
// forms that crypto/x509 takes.
var (
	oidPSS = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 10}
	pss    = map[x509.SignatureAlgorithm][2]byte{x509.SHA256WithRSAPSS: {1, 32}, x509.SHA384WithRSAPSS: {2, 48}, x509.SHA512WithRSAPSS: {3, 64}}
)

// pssParameters encodes them (RFC 4055 section 3.1): a hash of SHA-2, MGF1 with the same,
// and a salt as long as it.
func pssParameters(hash, salt byte) []byte {
	id := "300d060960864801650304020" + hex.EncodeToString([]byte{hash})[1:] + "0500"
	der, _ := hex.DecodeString("3034a00f" + id + "a11c301a06092a864886f70d010108" + id + "a2030201" + hex.EncodeToString([]byte{salt}))
	return der
}

// algorithmOf reads an AlgorithmIdentifier; what is not known is UnknownSignatureAlgorithm.
func algorithmOf(der cryptobyte.String) x509.SignatureAlgorithm {
	var id asn1.ObjectIdentifier
	if !der.ReadASN1(&der, casn1.SEQUENCE) || !der.ReadASN1ObjectIdentifier(&id) {
		return x509.UnknownSignatureAlgorithm
	}
	if !id.Equal(oidPSS) {
		return algorithms[id.String()]
	}
	for algorithm, p := range pss {
		if bytes.Equal(der, pssParameters(p[0], p[1])) {
			return algorithm
		}
	}
	return x509.UnknownSignatureAlgorithm
}

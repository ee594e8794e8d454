package pki

import (
	"crypto"
	"crypto/rsa"
	"crypto/x509"
	"slices"
)

// Limits of RSA keys, in bits: below the first one is weak (NIST SP 800-131A), above the
// second one a signature takes a hostile amount of time to check.
const (
	minRSA = 2048
	maxRSA = 8192
)

// signedBy tells whether key made the signature of cert, with SHA-1 too: that it is weak
// is another finding than that it is forged.
func signedBy(cert *x509.Certificate, key crypto.PublicKey) bool {
	if k, ok := key.(*rsa.PublicKey); ok && (k == nil || k.N == nil || k.N.BitLen() > maxRSA) {
		return false
	}
	issuer := &x509.Certificate{PublicKey: key}
	return issuer.CheckSignature(cert.SignatureAlgorithm, cert.RawTBSCertificate, cert.Signature) == nil
}

var weakAlgorithms = []x509.SignatureAlgorithm{
	x509.MD2WithRSA, x509.MD5WithRSA, x509.SHA1WithRSA, x509.DSAWithSHA1, x509.ECDSAWithSHA1,
}

// unverifiable tells whether the signature of cert is made in a way that cannot be
// checked here, so that it proves nothing, not even a forgery.
func unverifiable(cert *x509.Certificate) bool {
	switch cert.SignatureAlgorithm {
	case x509.UnknownSignatureAlgorithm, x509.MD2WithRSA, x509.MD5WithRSA, x509.DSAWithSHA1, x509.DSAWithSHA256:
		return true
	}
	return false
}

func weaklySigned(cert *x509.Certificate) bool {
	return slices.Contains(weakAlgorithms, cert.SignatureAlgorithm)
}

// weakRSA returns the bits of an RSA key that is too short, 0 for any other key.
func weakRSA(key crypto.PublicKey) int {
	if k, ok := key.(*rsa.PublicKey); ok && k != nil && k.N != nil && k.N.BitLen() < minRSA {
		return k.N.BitLen()
	}
	return 0
}

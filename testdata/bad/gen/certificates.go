package main

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"

	"github.com/jpki-desktop/jpki/sign/testca"
)

// certificates are signatures with nothing wrong under a certificate that does not allow
// them.
var certificates = []hostile{
	{"expired", "indeterminate", "signer_expired", func(w *world) made {
		return issuedBy(testca.WithNotAfter(w.now.AddDate(0, 0, -1)))(w)
	}},
	{"not-yet-valid", "failed", "signer_not_yet_valid", func(w *world) made {
		return issuedBy(testca.WithNotBefore(w.now.AddDate(0, 0, 1)))(w)
	}},
	{"key-usage-without-repudiation", "failed", "key_usage", issuedBy(testca.WithKeyUsage(x509.KeyUsageDigitalSignature))},
	{"key-usage-for-encryption", "failed", "key_usage", func(w *world) made {
		return w.named(issuedBy(testca.WithKeyUsage(x509.KeyUsageKeyEncipherment))(w))
	}},
	{"authentication-certificate", "failed", "not_a_signing_certificate", func(w *world) made {
		return w.goodBy(w.issueAuth(w.key), w.key).with(nil)
	}},
	{"policy-of-another-purpose", "failed", "policy_wrong", issuedBy(testca.WithPolicy(asn1.ObjectIdentifier{1, 2, 3, 4}))},
	{"authority-signs", "failed", "signer_is_ca", func(w *world) made { return w.goodBy(w.ca.Cert, w.ca.Key).with(nil) }},
	{"issued-by-a-leaf", "failed", "issuer_not_ca", func(w *world) made {
		leaf := w.issue(w.ca, w.other, testca.WithSubject(testca.Name("C", "JP", "CN", "Leaf")), testca.WithSerial(big.NewInt(2)))
		m := w.goodBy(w.issue(&testca.CA{Cert: leaf, Key: w.other}, w.key), w.key).with(func(s *signature, _ *signerInfo) {
			s.certificates = append(s.certificates, leaf.Raw)
		})
		return w.named(m)
	}},
	{"self-signed", "failed", "self_signed", func(w *world) made {
		name := testca.Name("C", "JP", "O", "Nobody", "CN", "BAD")
		own := &testca.CA{Cert: &x509.Certificate{RawSubject: name, SerialNumber: big.NewInt(0xBAD)}, Key: w.key}
		return w.goodBy(w.issue(own, w.key, testca.WithSubject(name), testca.Without(testca.ExtAuthorityKeyID)), w.key).with(nil)
	}},
	{"authority-with-the-real-name", "indeterminate", "issuer_key_unknown", func(w *world) made {
		return w.under(must(testca.New(testca.WithKey(w.other), testca.WithOrganization("JPKI"))))
	}},
	{"authority-that-poses-as-another", "failed", "issuer_forged", func(w *world) made {
		ca := w.ca.Cert
		return w.under(must(testca.New(testca.WithKey(w.other), testca.WithSubject(ca.RawSubject),
			testca.WithSerial(ca.SerialNumber), testca.WithSubjectKeyID(ca.SubjectKeyId))))
	}},
	{"unknown-authority", "indeterminate", "issuer_unknown", func(w *world) made {
		return w.under(must(testca.New(testca.WithKey(w.other), testca.WithSubject(testca.Name("C", "JP", "O", "Nobody")))))
	}},
	{"unknown-critical-extension", "failed", "unknown_critical_extension", issuedBy(testca.WithExtension(
		pkix.Extension{Id: asn1.ObjectIdentifier{1, 2, 3, 4}, Critical: true, Value: null}))},
	{"weakly-signed-certificate", "failed", "weak_certificate_signature", issuedBy(testca.WithSignatureAlgorithm(x509.SHA1WithRSA))},
	{"forged-certificate", "failed", "issuer_forged", issuedBy(testca.WithBrokenSignature())},
	{"impostor-of-the-same-name", "failed", "signature_invalid", func(w *world) made {
		return w.good().with(func(s *signature, _ *signerInfo) {
			s.certificates = [][]byte{w.issue(w.ca, w.other).Raw}
		})
	}},
	{"no-certificate", "indeterminate", "certificate_missing", spoilt(func(s *signature, _ *signerInfo) { s.certificates = nil })},
}

// under is a signature under a certificate of another authority, which comes with it.
func (w *world) under(ca *testca.CA) made {
	return w.goodBy(w.issue(ca, w.key), w.key).with(func(s *signature, _ *signerInfo) {
		s.certificates[1] = ca.Cert.Raw
	})
}

package main

import (
	"crypto"
	"time"
)

// attributes are wrong in what the signer signed, or in how it says that it did.
var attributes = []hostile{
	{"content-type-missing", "failed", "content_type_missing", spoilt(func(_ *signature, by *signerInfo) {
		by.attributes = by.attributes[1:]
	})},
	{"content-type-other", "failed", "content_type_mismatch", spoilt(func(_ *signature, by *signerInfo) {
		by.attributes[0] = attribute(oidContentType, oidSignedData)
	})},
	{"digest-twice", "failed", "message_digest_duplicate", spoilt(func(_ *signature, by *signerInfo) {
		by.attributes = append(by.attributes, attribute(oidMessageDigest, el(tagOctets, make([]byte, 32))))
	})},
	{"digest-with-two-values", "failed", "message_digest_duplicate", spoilt(func(_ *signature, by *signerInfo) {
		by.attributes[1] = attribute(oidMessageDigest, el(tagOctets, make([]byte, 32)), el(tagOctets, hashed(crypto.SHA256, document)))
	})},
	{"no-signed-attributes", "failed", "signed_attributes_missing", spoilt(func(_ *signature, by *signerInfo) {
		by.attributes = nil
	})},
	{"attributes-as-content", "failed", "signed_attributes_as_content", spoilt(func(s *signature, by *signerInfo) {
		s.content, by.attributes = set(tagSet, by.attributes), nil
	})},
	{"altered-content", "failed", "digest_mismatch", spoilt(func(s *signature, _ *signerInfo) {
		s.content = []byte("another document")
	})},
	{"one-good-one-bad-signer", "failed", "digest_mismatch", func(w *world) made {
		return w.good().with(func(s *signature, _ *signerInfo) {
			s.signers = append(s.signers, w.signerInfo(w.signer, w.key, []byte("another document")))
		})
	}},
	{"embedded-is-not-the-file", "failed", "content_mismatch", func(w *world) made {
		m := w.good().with(nil)
		m.content = []byte("another document")
		return m
	}},
	{"algorithm-of-another-key", "failed", "algorithm_mismatch", spoilt(func(_ *signature, by *signerInfo) {
		by.algorithm = el(tagSequence, oidECDSAWithSHA256)
	})},
	{"algorithm-of-another-digest", "failed", "algorithm_mismatch", spoilt(func(_ *signature, by *signerInfo) {
		by.algorithm = el(tagSequence, oidSHA512WithRSA, null)
	})},
	{"pss-with-another-salt", "failed", "signature_invalid", func(w *world) made { return w.pss(0) }},
	{"sha1", "failed", "weak_digest", func(w *world) made { return w.weakly(crypto.SHA1, oidSHA1) }},
	{"sha1-allowed", "indeterminate", "weak_digest", func(w *world) made { return w.weakly(crypto.SHA1, oidSHA1, "--allow-weak") }},
	{"md5", "failed", "weak_digest", func(w *world) made { return w.weakly(crypto.MD5, oidMD5) }},
	{"md5-allowed", "indeterminate", "weak_digest", func(w *world) made { return w.weakly(crypto.MD5, oidMD5, "--allow-weak") }},
	{"signing-time-in-the-future", "indeterminate", "signing_time_future", func(w *world) made {
		return w.good().with(func(_ *signature, by *signerInfo) {
			by.attributes[2] = attribute(oidSigningTime, utcTime(w.now.Add(2*time.Hour)))
		})
	}},
	{"another-signing-certificate", "failed", "signing_certificate_mismatch", func(w *world) made {
		return w.good().with(func(_ *signature, by *signerInfo) {
			by.attributes[3] = attribute(oidSigningCertificateV2, signingCertificate(w.ca.Cert))
		})
	}},
}

// spoilt is a good signature with a change.
func spoilt(change func(s *signature, by *signerInfo)) func(w *world) made {
	return func(w *world) made { return w.good().with(change) }
}

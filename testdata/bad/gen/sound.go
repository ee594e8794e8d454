package main

import (
	"crypto"
	"crypto/rsa"

	"github.com/jpki-desktop/jpki/sign/testca"
)

const passed = "passed_revocation_unchecked"

// sound are files with nothing wrong, from which the others differ in one thing.
var sound = []hostile{
	{"sound", passed, "", func(w *world) made { return w.good().with(nil) }},
	{"sound-detached", passed, "", func(w *world) made {
		s := w.good()
		s.content = nil
		return made{signature: s.der(), content: document}
	}},
	{"sound-p256", passed, "", func(w *world) made { return w.elliptic(w.p256, crypto.SHA256, oidSHA256, oidECDSAWithSHA256) }},
	{"sound-p384", passed, "", func(w *world) made { return w.elliptic(w.p384, crypto.SHA384, oidSHA384, oidECDSAWithSHA384) }},
	{"sound-pss", passed, "", func(w *world) made { return w.pss(32) }},
	{"sound-beside-impostor", passed, "", func(w *world) made {
		return w.good().with(func(s *signature, _ *signerInfo) {
			s.certificates = append([][]byte{w.issue(w.ca, w.other).Raw}, s.certificates...)
		})
	}},
	{"sound-of-a-subordinate", passed, "", func(w *world) made {
		sub := must(w.ca.IssueCA(w.other, "Subordinate"))
		m := w.goodBy(w.issue(sub, w.key), w.key).with(func(s *signature, _ *signerInfo) {
			s.certificates = append(s.certificates, sub.Cert.Raw)
		})
		return w.named(m)
	}},
}

// named has m verified under the authority as one that the user names, by RFC 5280 alone.
func (w *world) named(m made) made {
	m.flags = []string{"--anchor", "DIR/jpki/practice/sign-ca.pem"}
	return m
}

func (w *world) elliptic(key crypto.Signer, h crypto.Hash, digest, algorithm []byte) made {
	cert := w.issue(w.ca, key)
	return w.goodBy(cert, key).with(func(s *signature, by *signerInfo) {
		by.opts, by.digest, by.algorithm = h, el(tagSequence, digest), el(tagSequence, algorithm)
		by.attributes, s.digests = w.attributes(cert, h, document), [][]byte{by.digest}
	})
}

// pss is an RSASSA-PSS signature (RFC 4056) that says it has salt octets of salt; it has 32.
func (w *world) pss(salt byte) made {
	return w.good().with(func(_ *signature, by *signerInfo) {
		by.opts = &rsa.PSSOptions{SaltLength: 32, Hash: crypto.SHA256}
		by.algorithm = el(tagSequence, oidPSS, el(tagSequence,
			el(tag0, el(tagSequence, oidSHA256)),
			el(tag1, el(tagSequence, oidMGF1, el(tagSequence, oidSHA256))),
			el(0xA2, el(tagInteger, []byte{salt}))))
	})
}

// weakly signs by a digest that is broken.
func (w *world) weakly(h crypto.Hash, digest []byte, flags ...string) made {
	m := w.good().with(func(s *signature, by *signerInfo) {
		by.opts, by.digest = h, el(tagSequence, digest)
		by.attributes, s.digests = w.attributes(w.signer, h, document), [][]byte{by.digest}
	})
	m.flags = append([]string{"--practice"}, flags...)
	return m
}

// issuedBy is a signature under a certificate with options, from the authority itself.
func issuedBy(o ...testca.Option) func(w *world) made {
	return func(w *world) made { return w.goodBy(w.issue(w.ca, w.key, o...), w.key).with(nil) }
}

package main

import "bytes"

// Limits of the verifier, of which each file here has one more.
const (
	maxDepth        = 32
	maxSigners      = 64
	maxCertificates = 256
	maxBeside       = 16 << 20
)

// forms are wrong in how they are put together.
var forms = []hostile{
	{"trailing-bytes", "failed", "trailing_data", spoilt(func(s *signature, _ *signerInfo) { s.trailing = []byte{0} })},
	{"trailing-signature", "failed", "trailing_data", func(w *world) made {
		return w.good().with(func(s *signature, _ *signerInfo) { s.trailing = w.good().der() })
	}},
	{"outer-type-data", "no_signature", "not_signed_data", spoilt(func(s *signature, _ *signerInfo) { s.outer = oidData })},
	{"no-signers", "no_signature", "no_signers", spoilt(func(s *signature, _ *signerInfo) { s.signers = nil })},
	{"too-deep", "failed", "too_deep", spoilt(func(_ *signature, by *signerInfo) {
		for range maxDepth {
			by.unsigned = el(tag1, by.unsigned)
		}
	})},
	{"too-deep-without-lengths", "failed", "too_deep", func(w *world) made {
		return made{signature: append(replaceCRLs(w), bytes.Repeat([]byte{tagSequence, 0x80}, 1<<20)...)}
	}},
	{"too-many-signers", "failed", "too_many_signers", spoilt(func(s *signature, by *signerInfo) {
		for range maxSigners {
			s.signers = append(s.signers, by)
		}
	})},
	{"too-many-certificates", "failed", "too_many_certificates", spoilt(func(s *signature, _ *signerInfo) {
		for len(s.certificates) <= maxCertificates {
			s.certificates = append(s.certificates, s.certificates[0])
		}
	})},
	{"too-large", "failed", "too_large", spoilt(func(s *signature, _ *signerInfo) {
		s.crls = el(tag1, el(tagOctets, make([]byte, maxBeside)))
	})},
	{"length-overflows", "failed", "malformed", func(w *world) made {
		return made{signature: withLength(w, 0x88, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF)}
	}},
	{"length-wraps", "failed", "malformed", func(w *world) made {
		return made{signature: withLength(w, 0x89, 1, 0, 0, 0, 0, 0, 0, 0, byte(len(document)))}
	}},
	{"element-larger-than-its-parent", "failed", "malformed", func(w *world) made {
		return made{signature: withLength(w, byte(len(document)+1))}
	}},
	{"cut-short", "failed", "malformed", func(w *world) made {
		der := w.good().der()
		return made{signature: der[:len(der)-1]}
	}},
}

// withLength is the sound file with another length of its content.
func withLength(w *world, length ...byte) []byte {
	return replace(w.good().der(), el(tagOctets, document), append(append([]byte{tagOctets}, length...), document...))
}

// replaceCRLs is the sound file up to its CRLs, of which only the tag is there, without any
// length.
func replaceCRLs(w *world) []byte {
	head := endless(tagSequence, version, el(tagSet), el(tagSequence, oidData), el(tag0, w.signer.Raw), []byte{tag1, 0x80})
	return endless(tagSequence, oidSignedData, endless(tag0, head))
}

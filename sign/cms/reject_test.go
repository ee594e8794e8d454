package cms

import (
	"bytes"
	"crypto"
	"crypto/rsa"
	"fmt"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/jpki-desktop/jpki/sign"
)

var rejectedContent = []byte("content")

// rejections spoil a good assembly, one thing each.
var rejections = []struct {
	name    string
	spoil   func(a *assembly, s *assembledSigner)
	verdict sign.Verdict
	codes   string
}{
	{"content type attribute missing", func(_ *assembly, s *assembledSigner) { s.attributes = s.attributes[1:] },
		sign.Failed, ContentTypeMissing},
	{"content type attribute names another", func(_ *assembly, s *assembledSigner) {
		s.attributes[0] = attr(oidContentType, oidSignedData.der())
	}, sign.Failed, ContentTypeMismatch},
	{"content type of the content is another", func(a *assembly, _ *assembledSigner) { a.contentType = oidSignedData },
		sign.Failed, ContentTypeMismatch},
	{"content type attribute twice", func(_ *assembly, s *assembledSigner) { s.attributes = append(s.attributes, s.attributes[0]) },
		sign.Failed, AttributeDuplicate},
	{"content type attribute with two values", func(_ *assembly, s *assembledSigner) {
		s.attributes[0] = attr(oidContentType, oidData.der(), oidSignedData.der())
	}, sign.Failed, AttributeDuplicate},
	{"content type attribute with no value", func(_ *assembly, s *assembledSigner) { s.attributes[0] = attr(oidContentType) },
		sign.Failed, ContentTypeMissing},

	{"digest attribute missing", func(_ *assembly, s *assembledSigner) {
		s.attributes = append(s.attributes[:1], s.attributes[2:]...)
	}, sign.Failed, MessageDigestMissing},
	{"digest attribute twice", func(_ *assembly, s *assembledSigner) {
		s.attributes = append(s.attributes, attr(oidMessageDigest, tlv(tagOctetString, make([]byte, 32))))
	}, sign.Failed, MessageDigestDuplicate},
	{"digest attribute with two values", func(_ *assembly, s *assembledSigner) {
		s.attributes[1] = attr(oidMessageDigest, tlv(tagOctetString, sum(crypto.SHA256, rejectedContent)), tlv(tagOctetString, bytes.Repeat([]byte{255}, 32)))
	}, sign.Failed, MessageDigestDuplicate},
	{"digest attribute of another type", func(_ *assembly, s *assembledSigner) { s.attributes[1] = attr(oidMessageDigest, null) },
		sign.Failed, Malformed},
	{"digest of another content", func(_ *assembly, s *assembledSigner) {
		s.attributes[1] = attr(oidMessageDigest, tlv(tagOctetString, sum(crypto.SHA256, []byte("other"))))
	}, sign.Failed, DigestMismatch},
	{"digest cut short", func(_ *assembly, s *assembledSigner) {
		s.attributes[1] = attr(oidMessageDigest, tlv(tagOctetString, sum(crypto.SHA256, rejectedContent)[:16]))
	}, sign.Failed, DigestMismatch},

	{"an unknown attribute twice", func(_ *assembly, s *assembledSigner) {
		s.attributes = append(s.attributes, attr(oidPSS, null), attr(oidPSS, null))
	}, sign.Failed, AttributeDuplicate},
	{"no attribute at all in signedAttrs", func(_ *assembly, s *assembledSigner) { s.attributes = [][]byte{} },
		sign.Failed, MessageDigestMissing + " " + ContentTypeMissing + " " + SigningCertificateMissing},
	{"attribute that is none", func(_ *assembly, s *assembledSigner) { s.attributes[2] = null }, sign.Failed, Malformed},
	{"no signedAttrs", func(a *assembly, s *assembledSigner) { a.content, s.attributes = rejectedContent, nil },
		sign.Failed, SignedAttributesMissing},
	{"signed attributes passed off as content", func(a *assembly, s *assembledSigner) {
		a.content = setOf(tagSet, s.attributes...)
		s.attributes = nil
	}, sign.Failed, SignedAttributesAsContent},

	{"signing time malformed", func(_ *assembly, s *assembledSigner) {
		s.attributes[2] = attr(oidSigningTime, tlv(tagUTCTime, []byte("2602301200Z")))
	}, sign.Indeterminate, SigningTimeMalformed},
	{"signing time on no calendar", func(_ *assembly, s *assembledSigner) {
		s.attributes[2] = attr(oidSigningTime, tlv(tagUTCTime, []byte("250230120000Z")))
	}, sign.Indeterminate, SigningTimeMalformed},
	{"signing time is a number", func(_ *assembly, s *assembledSigner) { s.attributes[2] = attr(oidSigningTime, version) },
		sign.Indeterminate, SigningTimeMalformed},
	{"signing time in the future", func(_ *assembly, s *assembledSigner) {
		s.attributes[2] = attr(oidSigningTime, signingTime(time.Now().Add(6*time.Minute)))
	}, sign.Indeterminate, SigningTimeFuture},
	{"signing time twice", func(_ *assembly, s *assembledSigner) {
		s.attributes = append(s.attributes, attr(oidSigningTime, signingTime(time.Unix(0, 0))))
	}, sign.Failed, AttributeDuplicate},

	{"signing certificate is another", func(_ *assembly, s *assembledSigner) {
		s.attributes[3] = attr(oidSigningCertificateV2, signingCertificateV2(authority().Cert))
	}, sign.Failed, SigningCertificateMismatch},
	{"signing certificate of version 1 is another", func(_ *assembly, s *assembledSigner) {
		s.attributes = append(s.attributes, attr(oidSigningCertificate, signingCertificateV2(s.Cert))) // SHA-256 for SHA-1
	}, sign.Failed, SigningCertificateMismatch},
	{"signing certificate with another issuer", func(_ *assembly, s *assembledSigner) {
		spoilt := *s.Cert
		spoilt.RawIssuer = spoilt.RawSubject
		s.attributes[3] = attr(oidSigningCertificateV2, signingCertificateV2(&spoilt))
	}, sign.Failed, SigningCertificateMismatch},
	{"signing certificate with another serial number", func(_ *assembly, s *assembledSigner) {
		spoilt := *s.Cert
		spoilt.SerialNumber = authority().Cert.SerialNumber
		s.attributes[3] = attr(oidSigningCertificateV2, signingCertificateV2(&spoilt))
	}, sign.Failed, SigningCertificateMismatch},
	{"signing certificate by an unknown digest", func(_ *assembly, s *assembledSigner) {
		id := tlv(tagSequence, algorithmOf(oidRSA), tlv(tagOctetString, make([]byte, 20)))
		s.attributes[3] = attr(oidSigningCertificateV2, tlv(tagSequence, tlv(tagSequence, id)))
	}, sign.Indeterminate, UnsupportedAlgorithm},
	{"signing certificate malformed", func(_ *assembly, s *assembledSigner) { s.attributes[3] = attr(oidSigningCertificateV2, null) },
		sign.Failed, Malformed},

	{"digest not listed", func(a *assembly, _ *assembledSigner) { a.digests = [][]byte{digestAlgorithm(crypto.SHA512)} },
		sign.Indeterminate, DigestUnlisted},
	{"digest unknown", func(_ *assembly, s *assembledSigner) { s.digest = algorithmOf(oidPSS) },
		sign.Indeterminate, UnsupportedAlgorithm},
	{"digest with parameters", func(_ *assembly, s *assembledSigner) { s.digest = algorithmOf(oidSHA256, version...) },
		sign.Indeterminate, UnsupportedAlgorithm},
	{"digest weak", func(a *assembly, s *assembledSigner) { spoilDigest(a, s, crypto.SHA1) }, sign.Failed, WeakDigest},
	{"digest weaker", func(a *assembly, s *assembledSigner) { spoilDigest(a, s, crypto.MD5) }, sign.Failed, WeakDigest},
	{"signature algorithm of another digest", func(_ *assembly, s *assembledSigner) { s.algorithm = algorithmOf(oidSHA512WithRSA, null...) },
		sign.Failed, AlgorithmMismatch},
	{"signature algorithm of another key", func(_ *assembly, s *assembledSigner) { s.algorithm = algorithmOf(oidECDSAWithSHA256) },
		sign.Failed, AlgorithmMismatch},
	{"signature algorithm unknown", func(_ *assembly, s *assembledSigner) { s.algorithm = algorithmOf(oidData) },
		sign.Indeterminate, UnsupportedAlgorithm},
	{"signature algorithm with parameters", func(_ *assembly, s *assembledSigner) { s.algorithm = algorithmOf(oidRSA, version...) },
		sign.Failed, Malformed},
	{"protected digest is another", func(_ *assembly, s *assembledSigner) {
		s.attributes = append(s.attributes, protection(crypto.SHA512, oidRSA))
	}, sign.Failed, AlgorithmMismatch},
	{"protected signature algorithm is another", func(_ *assembly, s *assembledSigner) {
		s.attributes = append(s.attributes, protection(crypto.SHA256, oidPSS))
	}, sign.Failed, AlgorithmMismatch},
	{"protection malformed", func(_ *assembly, s *assembledSigner) {
		s.attributes = append(s.attributes, attr(oidAlgorithmProtection, tlv(tagSequence, digestAlgorithm(crypto.SHA256))))
	}, sign.Failed, Malformed},
	{"PSS of another digest", func(_ *assembly, s *assembledSigner) { s.algorithm = algorithmOf(oidPSS, tlv(tagSequence)...) },
		sign.Failed, AlgorithmMismatch},
	{"PSS with another mask", func(_ *assembly, s *assembledSigner) { s.algorithm = pssAlgorithm(crypto.SHA256, crypto.SHA512, 32) },
		sign.Indeterminate, UnsupportedAlgorithm},
	{"PSS without parameters", func(_ *assembly, s *assembledSigner) { s.algorithm = algorithmOf(oidPSS) },
		sign.Failed, Malformed},
	{"PSS that is PKCS #1", func(_ *assembly, s *assembledSigner) { s.algorithm = pssAlgorithm(crypto.SHA256, crypto.SHA256, 32) },
		sign.Failed, SignatureInvalid},
	{"PSS with another salt", func(_ *assembly, s *assembledSigner) {
		s.algorithm, s.pss = pssAlgorithm(crypto.SHA256, crypto.SHA256, 32), &rsa.PSSOptions{SaltLength: 20, Hash: crypto.SHA256}
	}, sign.Failed, SignatureInvalid},

	{"signature by another key", func(_ *assembly, s *assembledSigner) { s.key = authority().key }, sign.Failed, SignatureInvalid},
	{"signature empty", func(_ *assembly, s *assembledSigner) { s.value = []byte{} }, sign.Failed, SignatureInvalid},
	{"certificate missing", func(a *assembly, _ *assembledSigner) { a.certificates = [][]byte{authority().Cert.Raw} },
		sign.Indeterminate, CertificateMissing},
	{"certificates missing", func(a *assembly, _ *assembledSigner) { a.certificates = nil }, sign.Indeterminate, CertificateMissing},
	{"certificate malformed", func(a *assembly, s *assembledSigner) {
		a.certificates = [][]byte{bytes.Replace(s.Cert.Raw, []byte{0x30, 0x0D, 0x06, 0x09, 0x2A}, []byte{0x31, 0x0D, 0x06, 0x09, 0x2A}, 1)}
	}, sign.Indeterminate, CertificateMalformed},
	{"certificate of the same name with another key", func(a *assembly, s *assembledSigner) {
		ca := authority()
		a.certificates = [][]byte{newParty("Impostor", newEC(), &ca, s.Cert.SerialNumber.Int64()).Cert.Raw}
	}, sign.Failed, AlgorithmMismatch},

	{"outer type another", func(a *assembly, _ *assembledSigner) { a.outer = oidData }, sign.NoSignature, NotSignedData},
	{"no signers", func(a *assembly, _ *assembledSigner) { a.signers = nil }, sign.NoSignature, NoSigners},
	{"trailing data", func(a *assembly, _ *assembledSigner) { a.trailing = []byte{0} }, sign.Failed, TrailingData},
	{"another signed data after it", func(a *assembly, _ *assembledSigner) { a.trailing = tlv(tagSequence, oidSignedData.der()) },
		sign.Failed, TrailingData},
	{"too many signers", func(a *assembly, s *assembledSigner) {
		for range maxSigners {
			a.signers = append(a.signers, s)
		}
	}, sign.Failed, TooManySigners},
	{"too many certificates", func(a *assembly, _ *assembledSigner) {
		for range maxCertificates {
			a.certificates = append(a.certificates, authority().Cert.Raw)
		}
	}, sign.Failed, TooManyCertificates},
	{"too deep", func(a *assembly, s *assembledSigner) {
		for range maxDepth {
			s.unsigned = tlv(context1Cons, s.unsigned)
		}
	}, sign.Failed, TooDeep},
	{"too large", func(a *assembly, _ *assembledSigner) {
		a.crls = tlv(context1Cons, tlv(tagOctetString, make([]byte, maxBeside)))
	},
		sign.Failed, TooLarge},
	{"signer without an identifier", func(_ *assembly, s *assembledSigner) { s.id = null }, sign.Failed, Malformed},
	{"signer with an endless name", func(_ *assembly, s *assembledSigner) {
		s.id = tlv(tagSequence, tlv(tagSequence, make([]byte, maxName)), version)
	}, sign.Failed, Malformed},
	{"signer with something after it", func(_ *assembly, s *assembledSigner) { s.unsigned = null }, sign.Failed, Malformed},
}

func spoilDigest(a *assembly, s *assembledSigner, h crypto.Hash) {
	s.hash, s.digest, a.digests = h, digestAlgorithm(h), [][]byte{digestAlgorithm(h)}
	s.attributes = goodAttributes(s.party, h, rejectedContent)
}

// protection is a CMSAlgorithmProtection attribute.
func protection(h crypto.Hash, signature oid) []byte {
	return attr(oidAlgorithmProtection, tlv(tagSequence, digestAlgorithm(h), tlv(context1Cons, signature.der())))
}

// pssAlgorithm is RSASSA-PSS as an AlgorithmIdentifier.
func pssAlgorithm(h, mask crypto.Hash, salt byte) []byte {
	return algorithmOf(oidPSS, tlv(tagSequence,
		tlv(context0Cons, digestAlgorithm(h)),
		tlv(context1Cons, algorithmOf(oidMGF1, digestAlgorithm(mask)...)),
		tlv(byte(explicit(2)), []byte{tagInteger, 1, salt}))...)
}

func TestRejectList(t *testing.T) {
	for _, test := range rejections {
		t.Run(test.name, func(t *testing.T) {
			a := goodAssembly(signerRSA(), rejectedContent)
			test.spoil(a, a.signers[0])
			content := rejectedContent
			if a.content != nil {
				content = nil
			}
			r := verifyBytes(t, a.der(t), content, judging(signerRSA()))
			if r.Verdict != test.verdict || codes(r) != test.codes {
				t.Errorf("%s: %s, not %s: %s", r.Verdict, details(r), test.verdict, test.codes)
			}
		})
	}
}

func TestAssemblyIsGoodUnspoilt(t *testing.T) {
	for _, p := range []party{signerRSA(), signerEC()} {
		a := goodAssembly(p, rejectedContent)
		r := verifyBytes(t, a.der(t), rejectedContent, judging(p))
		wantPassed(t, r)
		if codes(r) != "" {
			t.Errorf("findings %s", codes(r))
		}
	}
}

func TestSoundVariationsPass(t *testing.T) {
	for name, test := range map[string]struct {
		vary  func(a *assembly, s *assembledSigner)
		codes string
	}{
		"digest with NULL":                  {func(a *assembly, s *assembledSigner) { s.digest = algorithmOf(oidSHA256, null...) }, ""},
		"digest in the signature algorithm": {func(a *assembly, s *assembledSigner) { s.algorithm = algorithmOf(oidSHA256WithRSA, null...) }, ""},
		"no signing time":                   {func(a *assembly, s *assembledSigner) { s.attributes = append(s.attributes[:2], s.attributes[3]) }, ""},
		"no signing certificate":            {func(a *assembly, s *assembledSigner) { s.attributes = s.attributes[:3] }, SigningCertificateMissing},
		"signing certificate of version 1": {func(a *assembly, s *assembledSigner) {
			id := tlv(tagSequence, tlv(tagOctetString, sum(crypto.SHA1, s.Cert.Raw)))
			s.attributes[3] = attr(oidSigningCertificate, tlv(tagSequence, tlv(tagSequence, id)))
		}, ""},
		"attributes signed in another order": {func(a *assembly, s *assembledSigner) {
			s.unsorted = true
			s.attributes[0], s.attributes[3] = s.attributes[3], s.attributes[0]
		}, SignedAttributesUnsorted},
		"attributes written in another order": {func(a *assembly, s *assembledSigner) {
			s.attributes[0], s.attributes[3] = s.attributes[3], s.attributes[0]
		}, ""},
		"algorithms protected": {func(a *assembly, s *assembledSigner) {
			s.attributes = append(s.attributes, protection(crypto.SHA256, oidRSA))
		}, ""},
		"two content time-stamps": {func(a *assembly, s *assembledSigner) {
			s.attributes = append(s.attributes, attr(oidContentTimestamp, null), attr(oidContentTimestamp, version))
		}, ""},
		"signing time as GeneralizedTime": {func(a *assembly, s *assembledSigner) {
			s.attributes[2] = attr(oidSigningTime, tlv(tagGeneralizedTime, []byte("20260102030405Z")))
		}, ""},
		"signer by key": {func(a *assembly, s *assembledSigner) { s.id = tlv(context0, s.Cert.SubjectKeyId) }, ""},
		"signer by key in segments": {func(a *assembly, s *assembledSigner) {
			s.id = tlv(context0Cons, tlv(tagOctetString, s.Cert.SubjectKeyId[:3]), tlv(tagOctetString, s.Cert.SubjectKeyId[3:]))
		}, ""},
		"certificates that are none": {func(a *assembly, s *assembledSigner) {
			a.certificates = append(a.certificates, tlv(context1Cons), tlv(tagSequence, version))
		}, ""},
		"crls":                {func(a *assembly, s *assembledSigner) { a.crls = tlv(context1Cons, tlv(tagSequence, version)) }, ""},
		"unsigned attributes": {func(a *assembly, s *assembledSigner) { s.unsigned = tlv(context1Cons, attr(oidData, null)) }, ""},
		"PSS": {func(a *assembly, s *assembledSigner) {
			s.algorithm, s.pss = pssAlgorithm(crypto.SHA256, crypto.SHA256, 32), &rsa.PSSOptions{SaltLength: 32, Hash: crypto.SHA256}
		}, ""},
		"an impostor beside the signer": {func(a *assembly, s *assembledSigner) {
			ca := authority()
			impostor := newParty("Impostor", newEC(), &ca, s.Cert.SerialNumber.Int64())
			a.certificates = [][]byte{impostor.Cert.Raw, s.Cert.Raw, impostor.Cert.Raw}
		}, ""},
		"a renewed certificate of the same key before the one that signed": {func(a *assembly, s *assembledSigner) {
			ca := authority()
			renewed := newParty("Renewed", s.key, &ca, s.Cert.SerialNumber.Int64())
			a.certificates = [][]byte{renewed.Cert.Raw, s.Cert.Raw}
		}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			a := goodAssembly(signerRSA(), rejectedContent)
			test.vary(a, a.signers[0])
			r := verifyBytes(t, a.der(t), rejectedContent, judging(signerRSA()))
			wantPassed(t, r)
			if codes(r) != test.codes || !r.Signatures[0].Signer.Equal(signerRSA().Cert) {
				t.Errorf("findings %s, signer %v", codes(r), r.Signatures[0].Signer.Subject)
			}
		})
	}
}

func TestOneBadSignerOfTwoFailsTheFile(t *testing.T) {
	a := goodAssembly(signerRSA(), rejectedContent)
	bad := goodSigner(signerEC(), []byte("other"))
	a.certificates = append(a.certificates, signerEC().Cert.Raw)
	a.signers = append(a.signers, bad)
	r := verifyBytes(t, a.der(t), rejectedContent, judging(signerRSA(), signerEC()))
	if r.Verdict != sign.Failed || len(r.Signatures) != 2 {
		t.Fatalf("%s: %s", r.Verdict, details(r))
	}
	if good := r.Signatures[0].Verdict; good != sign.PassedRevocationUnchecked || r.Signatures[1].Verdict != sign.Failed {
		t.Errorf("the good one %s, the bad one %s", good, r.Signatures[1].Verdict)
	}
}

func TestContentNotAtHandIsIndeterminate(t *testing.T) {
	a := goodAssembly(signerRSA(), rejectedContent)
	r := verifyBytes(t, a.der(t), nil, judging(signerRSA()))
	if r.Verdict != sign.Indeterminate || codes(r) != ContentMissing {
		t.Errorf("%s: %s", r.Verdict, codes(r))
	}
	if r.Signatures[0].Signer == nil {
		t.Error("the signer could be told all the same")
	}
}

func TestTrailingDataDoesNotHideTheSigner(t *testing.T) {
	a := goodAssembly(signerRSA(), rejectedContent)
	a.trailing = []byte("\n")
	r := verifyBytes(t, a.der(t), rejectedContent, judging(signerRSA()))
	if len(r.Signatures) != 1 || r.Signatures[0].Verdict != sign.PassedRevocationUnchecked {
		t.Errorf("%s: %s", r.Verdict, details(r))
	}
}

func TestRSAKeysOfOddSizesAreNotJudged(t *testing.T) {
	ca := authority()
	for _, bits := range []uint{512, 1016, 8200} {
		t.Run(fmt.Sprint(bits), func(t *testing.T) {
			p := newParty("Odd", oddKey(bits), &ca, 77)
			a := goodAssembly(p, rejectedContent)
			a.signers[0].value = make([]byte, bits/8)
			r := verifyBytes(t, a.der(t), rejectedContent, judging(p))
			if r.Verdict != sign.Indeterminate || !strings.Contains(codes(r), UnsupportedAlgorithm) {
				t.Errorf("%s: %s", r.Verdict, details(r))
			}
		})
	}
}

// publicOnly is a key that cannot sign.
type publicOnly struct {
	crypto.Signer
	public *rsa.PublicKey
}

func (k publicOnly) Public() crypto.PublicKey { return k.public }

func oddKey(bits uint) crypto.Signer {
	n := new(big.Int).Lsh(big.NewInt(1), bits-1)
	return publicOnly{public: &rsa.PublicKey{N: n.Add(n, big.NewInt(1)), E: 65537}}
}

package cms

import (
	"bytes"
	"context"
	"crypto"
	"crypto/x509"
	"errors"
	"time"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	"github.com/jpki-desktop/jpki/sign"
)

// clockSkew is how far a claimed time may be ahead of the clock here.
const clockSkew = 5 * time.Minute

// judgement is the verification of one signer.
type judgement struct {
	*verification
	*signer
	result  sign.Signature
	counter bool // this is a countersignature

	provenUnchecked bool // the proof of time is by an authority that may have been revoked
}

// verify verifies one SignerInfo.
func (v *verification) verify(ctx context.Context, der []byte) sign.Signature {
	return v.newJudgement().verify(ctx, der)
}

func (v *verification) newJudgement() *judgement {
	return &judgement{verification: v, result: sign.Signature{
		Anchor:     sign.Anchor{Kind: sign.AnchorUnknown},
		Revocation: sign.RevocationUnchecked,
	}}
}

func (j *judgement) verify(ctx context.Context, der []byte) sign.Signature {
	var ok bool
	if j.signer, ok = readSigner(der); ok {
		j.judge(ctx)
		j.checkTimeJudgedAt()
	} else {
		j.add(Malformed, "SignerInfo")
	}
	j.result.Settle(j.options)
	return j.result
}

func (j *judgement) add(code, detail string) {
	j.result.Findings = append(j.result.Findings, finding(code, detail))
}

// addFault adds what err, a fault, says.
func (j *judgement) addFault(err error) {
	if f := (*fault)(nil); errors.As(err, &f) {
		j.result.Findings = append(j.result.Findings, f.finding())
	}
}

func (j *judgement) judge(ctx context.Context) {
	if j.keyID == nil {
		j.result.Issuer, j.result.Serial = nameText(j.issuer), serialText(j.serial)
	}
	hash := j.checkDigestAlgorithm()
	j.checkContent(hash)
	if !j.signed {
		j.add(j.stripped(), "")
		return
	}
	j.checkAttributes()
	j.checkProtection()
	j.checkTime()
	if hash == 0 {
		return
	}
	check, err := j.signature.scheme(hash)
	if err != nil {
		j.addFault(err)
		return
	}
	if cert := j.findSigner(hash, check); cert != nil {
		j.checkTimestamps(ctx)
		j.checkCertificate(ctx, cert)
		j.checkCountersignatures(ctx)
	}
}

func (j *judgement) checkDigestAlgorithm() crypto.Hash {
	hash := j.digest.hash()
	if hash == 0 {
		j.add(UnsupportedAlgorithm, j.digest.id.String())
	}
	if weak(hash) {
		f := finding(WeakDigest, hash.String())
		if j.options.AllowWeak {
			f.Verdict = sign.Indeterminate
		}
		j.result.Findings = append(j.result.Findings, f)
	}
	return hash
}

// checkContent compares the content with the message-digest attribute.
func (j *judgement) checkContent(hash crypto.Hash) {
	j.result.Covers = sign.Coverage{Attached: j.attached, Digest: hash}
	if j.content == nil {
		j.add(ContentMissing, "")
		return
	}
	claimed, ok := j.attributes.digest()
	content, differ := j.content, j.differ
	if j.message != nil {
		content = j.message.signedAs(hash, claimed)
		differ = j.given != nil && !j.given.are(hash, content)
	}
	sum := content.sum(hash)
	j.result.Covers.Bytes, j.result.Covers.Sum = content.size, sum
	if differ {
		j.add(ContentMismatch, "")
	}
	if sum == nil && hash != 0 {
		j.add(DigestUnlisted, hash.String())
	}
	if ok && sum != nil && !bytes.Equal(claimed, sum) {
		j.add(DigestMismatch, "")
	}
}

// stripped is the code for a signer without signed attributes.
func (j *judgement) stripped() string {
	if j.content != nil && j.content.isSignedAttributes() {
		return SignedAttributesAsContent
	}
	return SignedAttributesMissing
}

// checkAttributes checks what RFC 5652 section 11 demands.
func (j *judgement) checkAttributes() {
	for _, id := range j.attributes.duplicates() {
		if id == oidMessageDigest {
			j.add(MessageDigestDuplicate, "")
		} else {
			j.add(AttributeDuplicate, id.String())
		}
	}
	if j.attributes.value(oidMessageDigest) == nil {
		j.add(MessageDigestMissing, "")
	} else if _, ok := j.attributes.digest(); !ok {
		j.add(Malformed, "message-digest attribute")
	}
	value := j.attributes.value(oidContentType)
	switch {
	case j.counter && value == nil: // RFC 5652 section 11.4 forbids it there
		return
	case value == nil:
		j.add(ContentTypeMissing, "")
		return
	}
	if id, ok := contents(value, tagOID); !ok || oid(id) != j.contentType {
		j.add(ContentTypeMismatch, oid(id).String())
	}
}

// checkProtection compares the algorithms with those that were signed, if any were (RFC
// 6211 section 2): nothing else protects their names.
func (j *judgement) checkProtection() {
	value, inner := j.attributes.value(oidAlgorithmProtection), cryptobyte.String(nil)
	if value == nil {
		return
	}
	ok := value.ReadASN1(&inner, asn1.SEQUENCE)
	digest, ok1 := readAlgorithm(&inner)
	signature, ok2 := readTaggedAlgorithm(&inner, explicit(1))
	switch {
	case !ok || !ok1 || !ok2 || !inner.Empty():
		j.add(Malformed, "algorithm-protection attribute")
	case !digest.equal(j.digest) || !signature.equal(j.signature):
		j.add(AlgorithmMismatch, "algorithm-protection attribute")
	}
}

func (j *judgement) checkTime() {
	value := j.attributes.value(oidSigningTime)
	if value == nil {
		return
	}
	t, ok := readSigningTime(value)
	if !ok {
		j.add(SigningTimeMalformed, "")
		return
	}
	j.result.Claimed = t
	if t.After(j.now.Add(clockSkew)) {
		f := finding(SigningTimeFuture, "")
		f.Time = t
		j.result.Findings = append(j.result.Findings, f)
	}
}

// checkTimeJudgedAt finds a signature that claims to be younger than the time that it is
// to be judged at: at that time it was not there.
func (j *judgement) checkTimeJudgedAt() {
	claimed := j.result.Claimed
	if j.at.Before(j.now) && j.result.Proven.IsZero() && claimed.After(j.at.Add(clockSkew)) {
		f := finding(SigningTimeLater, "")
		f.Time = claimed
		j.result.Findings = append(j.result.Findings, f)
	}
}

// checkCertificate has cert, which made the signature, judged: at the earliest time at
// which the signature is known to have existed (EN 319 102-1 section 5.5.4).
func (j *judgement) checkCertificate(ctx context.Context, cert *x509.Certificate) {
	s := &j.result
	s.Signer = cert
	if j.keyID != nil { // else the signer named them
		s.Issuer, s.Serial = nameText(cert.RawIssuer), serialText(cert.SerialNumber)
	}
	at := j.at
	if !s.Proven.IsZero() && s.Proven.Before(at) {
		at = s.Proven
	}
	c := j.signerJudge.Judge(ctx, cert, j.parsed, at)
	s.Chain = c.Chain
	if c.Anchor.Kind != "" {
		s.Anchor = c.Anchor
	}
	if c.Revocation != "" {
		s.Revocation, s.Status = c.Revocation, c.Status
	}
	s.Findings = append(s.Findings, c.Findings...)
	j.checkReliance(cert)
}

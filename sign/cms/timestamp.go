package cms

import (
	"bytes"
	"context"
	"crypto/x509"
	"errors"
	"time"

	"github.com/jpki-desktop/jpki/sign"
	"github.com/jpki-desktop/jpki/sign/tsp"
)

// maxBesides bounds the time-stamps and countersignatures of a file: each takes as long as
// a signature, and anybody can add more.
const maxBesides = 64

// maxInfo bounds a TSTInfo, in bytes.
const maxInfo = 64 << 10

// within tells whether one more time-stamp or countersignature is to be looked at.
func (j *judgement) within() bool {
	j.beside++
	if j.beside == maxBesides+1 {
		j.add(TooManyTimestamps, "")
	}
	return j.beside <= maxBesides
}

// checkTimestamps looks for the earliest time at which the signature is proven to have
// existed (EN 319 122-1 section 5.3).
func (j *judgement) checkTimestamps(ctx context.Context) {
	if j.counter {
		return
	}
	s := &j.result
	for _, token := range j.unsigned.all(oidSignatureTimestamp) {
		if !j.within() {
			return
		}
		t := j.timestamp(ctx, token, j.value)
		s.Timestamps = append(s.Timestamps, t)
		if !t.Trusted {
			s.Findings = append(s.Findings, t.Findings...)
			continue
		}
		latest := t.Time.Add(t.Accuracy) // RFC 3161 section 2.4.2: the real time may be as much later
		if s.Proven.IsZero() || latest.Before(s.Proven) {
			s.Proven, s.ProvenBy = latest, nameText(t.Authority.RawSubject)
			j.provenUnchecked = t.Revocation != sign.RevocationGood
		}
	}
}

// checkReliance tells when the verdict rests on a time-stamp whose authority may have been
// revoked: a certificate of the path has expired or been revoked since.
func (j *judgement) checkReliance(cert *x509.Certificate) {
	s := &j.result
	since := !s.Status.RevokedAt.IsZero() && s.Revocation == sign.RevocationGood
	for _, c := range append([]*x509.Certificate{cert}, s.Chain...) {
		since = since || j.at.After(c.NotAfter)
	}
	for _, f := range s.Findings {
		since = since || f.Code == "revoked_later" // the judge's word, of any certificate of the path
	}
	if j.provenUnchecked && since {
		j.add(TimestampRevocationUnchecked, s.ProvenBy)
	}
}

// timestamp verifies a token over the octets covered (RFC 3161 section 2.4.2). The
// authority is judged at the time judged at, at which its token must still be good, or at
// that of the token if that is later.
func (v *verification) timestamp(ctx context.Context, token, covered []byte) sign.Timestamp {
	t := sign.Timestamp{Anchor: sign.Anchor{Kind: sign.AnchorUnknown}}
	inner, info, err := v.openToken(ctx, token)
	if err != nil {
		t.Findings = []sign.Finding{finding(TimestampMalformed, "")}
		return t
	}
	t.Time, t.Accuracy, t.Policy, t.Serial = info.Time, info.Accuracy, info.Policy, serialText(info.Serial)
	if info.Time.After(inner.at) {
		inner.at = info.Time
	}
	signature := inner.verify(ctx, inner.signers[0])
	t.Authority, t.Chain, t.Anchor, t.Revocation = signature.Signer, signature.Chain, signature.Anchor, signature.Revocation
	f := refusal(&t, &signature)
	switch {
	case info.Hash == 0 || !bytes.Equal(info.Imprint, sum(info.Hash, covered)):
		f = &sign.Finding{Code: TimestampMismatch}
	case weak(info.Hash):
		f = &sign.Finding{Code: TimestampInvalid, Detail: info.Hash.String()}
	case info.Time.After(v.now.Add(clockSkew)):
		f = &sign.Finding{Code: TimestampFuture, Time: info.Time}
	}
	if t.Trusted = f == nil; f != nil {
		f.Verdict = verdicts[f.Code]
		t.Findings = append(t.Findings, *f)
	}
	return t
}

// openToken reads a token: an attached SignedData over a TSTInfo by one signer. What is
// known of the certificates outside helps to judge the one inside.
func (v *verification) openToken(ctx context.Context, token []byte) (*verification, *tsp.Info, error) {
	if len(token) == 0 || token[0] != tagSequence { // nor PEM, nor S/MIME
		return nil, nil, &fault{code: TimestampMalformed}
	}
	var content bounded
	inner := newVerification(&sign.VerifyOptions{Judge: v.timestampJudge, Now: v.now, At: v.at, Extract: &content})
	inner.beside = maxBesides + 1 // none inside a token: else they would multiply
	if inner.signerJudge == nil {
		inner.signerJudge = nobody{}
	}
	if err := inner.read(ctx, bytes.NewReader(token), nil); err != nil {
		return nil, nil, err
	}
	inner.parsed = append(inner.parsed, v.parsed...)
	if inner.contentType != oidTSTInfo || len(inner.signers) != 1 {
		return nil, nil, &fault{code: TimestampMalformed}
	}
	info, err := tsp.ParseInfo(content)
	return inner, info, err
}

// bounded keeps what is written to it, up to maxInfo.
type bounded []byte

func (b *bounded) Write(p []byte) (int, error) {
	if len(*b)+len(p) > maxInfo {
		return 0, errors.New("time-stamp of excessive size")
	}
	*b = append(*b, p...)
	return len(p), nil
}

// nobody is a judge that trusts nobody.
type nobody struct{}

func (nobody) Judge(context.Context, *x509.Certificate, []*x509.Certificate, time.Time) sign.Certification {
	return sign.Certification{Findings: []sign.Finding{{Code: "issuer_unknown", Verdict: sign.Indeterminate}}}
}

// refusal tells why the token t does not prove its time, nil if its signature s does: of
// several reasons the gravest.
func refusal(t *sign.Timestamp, s *sign.Signature) *sign.Finding {
	if t.Authority == nil {
		return &sign.Finding{Code: TimestampInvalid}
	}
	name := nameText(t.Authority.RawSubject)
	if t.Time.Before(t.Authority.NotBefore) || t.Time.After(t.Authority.NotAfter) {
		return &sign.Finding{Code: TimestampInvalid, Detail: name}
	}
	for _, f := range s.Findings {
		switch {
		case f.Code == TimestampPurpose:
			return &sign.Finding{Code: TimestampPurpose, Detail: name}
		case f.Code == "revoked" || f.Code == "issuer_revoked":
			return &sign.Finding{Code: TimestampRevoked, Detail: name, Time: f.Time}
		case f.Code == SigningCertificateMissing || f.Verdict == sign.Failed:
			return &sign.Finding{Code: TimestampInvalid, Detail: name}
		case f.Code == "signer_expired":
			return &sign.Finding{Code: TimestampExpired, Detail: name, Time: f.Time}
		case f.Verdict == sign.Indeterminate:
			return &sign.Finding{Code: TimestampUntrusted, Detail: name}
		}
	}
	return nil
}

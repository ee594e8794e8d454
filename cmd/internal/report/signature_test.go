package report

import (
	"bytes"
	"crypto"
	"strings"
	"testing"
	"time"

	"github.com/jpki-desktop/jpki/cmd/internal/job"
	"github.com/jpki-desktop/jpki/sign"
	"github.com/jpki-desktop/jpki/sign/pki"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// verified is a file with a signature that has everything.
func verified(t *testing.T) *job.Verified {
	t.Helper()
	s := sign.Signature{
		Verdict: sign.PassedRevocationUnchecked, Signer: certificate(t).Certificate, Issuer: "CN=issuer", Serial: "0A1B",
		Anchor: sign.Anchor{Name: "signca03", Kind: sign.AnchorPinned}, Claimed: sampleNow, Proven: sampleNow.Add(time.Minute), ProvenBy: "CN=clock",
		Covers: sign.Coverage{Bytes: 6, Digest: crypto.SHA256, Sum: make([]byte, 32)}, Revocation: sign.RevocationUnchecked,
		Countersignatures: []sign.Signature{{Verdict: sign.Failed}},
	}
	return &job.Verified{
		Report: &sign.Report{Format: sign.CMS, Verdict: s.Verdict, Signatures: []sign.Signature{s}},
		File:   "a.txt.p7s", Content: "a.txt",
	}
}

func TestSignatureRowsSplit(t *testing.T) {
	s := &verified(t).Signatures[0]
	main, details := Split(SignatureRows(msg.Ja, s))
	if got := labels(main); got != "氏名 生年月日 性別 住所 署名日時 証明された日時 署名の対象 失効" {
		t.Errorf("main %q", got)
	}
	if got := labels(details); got != "発行者 証明書の番号 時刻の証明者 副署した人" {
		t.Errorf("details %q", got)
	}
	if name := main[0]; name.Value != sampleName || len(name.Marks) != 1 || name.Marks[0] != 0 {
		t.Errorf("name %+v", name)
	}
	if claimed := find(t, main, "署名日時").Value; !strings.Contains(claimed, "証明なし") {
		t.Errorf("a claimed time as if it were proven: %q", claimed)
	}
}

// TestUnknownSignerIsSaid shows a signature of which nothing is known.
func TestUnknownSignerIsSaid(t *testing.T) {
	main, details := Split(SignatureRows(msg.En, &sign.Signature{Verdict: sign.Failed, Issuer: "CN=x\u202e", Serial: "1"}))
	if labels(main) != "Signer Signed Revocation" || main[0].Value != "cannot be told" || main[1].Value != "not stated" || main[2].Value != "not checked" {
		t.Errorf("%+v", main)
	}
	if want := "CN=x\uFFFD (a CA that could not be confirmed)"; details[0].Value != want {
		t.Errorf("issuer %q", details[0].Value)
	}
}

// TestRevocationSaysSinceWhenAndWhoSaysSo looks at each state.
func TestRevocationSaysSinceWhenAndWhoSaysSo(t *testing.T) {
	status := sign.Status{Source: "jpki.crl", ThisUpdate: sampleNow, RevokedAt: sampleBegin}
	inside := status
	inside.Source = pki.SourceInside
	for _, x := range []struct {
		state  sign.Revocation
		status sign.Status
		want   string
	}{
		{sign.RevocationUnchecked, status, "not checked"},
		{sign.RevocationGood, sign.Status{}, "not revoked"},
		{sign.RevocationGood, status, "not revoked (as of 22 November 2026 (Reiwa 8) 12:00:00 JST, from jpki.crl)"},
		{sign.RevocationGood, inside, "not revoked (as of 22 November 2026 (Reiwa 8) 12:00:00 JST, from the data inside the signature)"},
		{sign.RevocationRevoked, status, "revoked (as of 24 April 2026 (Reiwa 8) 00:00:00 JST, from jpki.crl)"},
	} {
		s := &sign.Signature{Revocation: x.state, Status: x.status}
		if got := find(t, SignatureRows(msg.En, s), "Revocation").Value; got != x.want {
			t.Errorf("%s: %q, want %q", x.state, got, x.want)
		}
	}
}

// TestPracticeSignatureHasItsBand is about what must not be taken for a real signature.
func TestPracticeSignatureHasItsBand(t *testing.T) {
	v := verified(t)
	if band := SignatureBand(msg.Ja, &v.Signatures[0]); band != "" {
		t.Errorf("real signature: %q", band)
	}
	v.Signatures[0].Anchor.Kind = sign.AnchorPractice
	var b bytes.Buffer
	if err := VerifyText(&b, msg.Ja, v); err != nil {
		t.Fatal(err)
	}
	if band := SignatureBand(msg.Ja, &v.Signatures[0]); !strings.Contains(band, "練習用") || !strings.Contains(b.String(), "\n  "+band+"\n") {
		t.Errorf("band %q in %s", band, b.String())
	}
}

// TestVerifyTextHoldsItsParts prints a file with two signatures.
func TestVerifyTextHoldsItsParts(t *testing.T) {
	v := verified(t)
	v.At = sampleNow
	v.Signatures = append(v.Signatures, sign.Signature{Verdict: sign.Failed})
	var b bytes.Buffer
	if err := VerifyText(&b, msg.Ja, v); err != nil {
		t.Fatal(err)
	}
	headline := VerifyHeadline(msg.Ja, v)
	parts := []string{headline.Message + "\n", "\n[1/2] 改ざんはありません（失効は未確認）\n", "\n[2/2] 署名は無効です\n", "\n" + headline.Hint + "\n"}
	for _, r := range append(VerifyRows(msg.Ja, v), SignatureRows(msg.Ja, &v.Signatures[0])...) {
		parts = append(parts, "  "+r.Value+"\n")
	}
	for _, part := range parts {
		if !strings.Contains(b.String(), part) {
			t.Errorf("%q is missing in %s", part, b.String())
		}
	}
}

func TestHintFollowsTheAnchor(t *testing.T) {
	v := verified(t)
	own := VerifyHeadline(msg.En, v)
	v.Signatures[0].Anchor.Kind = sign.AnchorUser
	other := VerifyHeadline(msg.En, v)
	if own.Message != other.Message || own.Hint == other.Hint || other.Hint != msg.RevocationHintOther.En {
		t.Errorf("%+v, %+v", own, other)
	}
	v.Verdict = sign.Failed
	if got := VerifyHeadline(msg.En, v); got != msg.Verdict(msg.En, sign.Failed) {
		t.Errorf("%+v", got)
	}
}

// TestFindingsCannotRewriteTheDisplay puts control characters where files put their text.
func TestFindingsCannotRewriteTheDisplay(t *testing.T) {
	list := Findings(msg.Ja, []sign.Finding{{Code: "timestamp_untrusted", Detail: "a\x1b[2J\u202eb\nc", Verdict: sign.Indeterminate}})
	if len(list) != 1 || list[0].Verdict != sign.Indeterminate || !strings.Contains(list[0].Message, "a\uFFFD[2J\uFFFDb\uFFFDc") {
		t.Errorf("%+v", list)
	}
}

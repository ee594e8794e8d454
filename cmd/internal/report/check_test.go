package report

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/jpki-desktop/jpki/sign"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// TestHeadlineNeverSaysMoreThanTheVerdict reads the sentences of all verdicts: only the
// best one may say that the certificate was not revoked.
func TestHeadlineNeverSaysMoreThanTheVerdict(t *testing.T) {
	r := checked(t)
	for verdict, want := range map[sign.Verdict]string{
		sign.Passed:                    "Signing certificate [PRACTICE] is valid (and not revoked)",
		sign.PassedRevocationUnchecked: "Signing certificate [PRACTICE] is within its period and from a known issuer (revocation not checked)",
		sign.Indeterminate:             "Signing certificate [PRACTICE] cannot be decided",
		sign.Failed:                    "Signing certificate [PRACTICE] is not valid",
		"":                             "Signing certificate [PRACTICE] is not valid",
	} {
		r.Signature.Verdict = verdict
		if got := CheckHeadline(msg.En, r); got != want {
			t.Errorf("%s: %q, want %q", verdict, got, want)
		}
	}
}

func TestRenewalIsAdvisedWhenItIsTime(t *testing.T) {
	c := certificate(t)
	for _, x := range []struct {
		daysLeft int
		advised  bool
	}{{WarnDays + 1, false}, {WarnDays, true}, {0, true}, {-1, true}} {
		r := NewChecked(c, &sign.Signature{Verdict: sign.Passed}, sampleEnd.AddDate(0, 0, -x.daysLeft).Add(-time.Hour), WarnDays)
		advice := Renew(msg.Ja, r)
		if strings.Contains(advice, "2031年1月23日") != x.advised || (advice != "") != x.advised {
			t.Errorf("%d days left: %q", x.daysLeft, advice)
		}
	}
	// Who wants no warning still learns that it is over.
	late := NewChecked(c, &sign.Signature{Verdict: sign.Failed}, sampleEnd.Add(time.Hour), -1000)
	if late.ExpiresSoon || Renew(msg.Ja, late) == "" {
		t.Errorf("expired: soon %t, advice %q", late.ExpiresSoon, Renew(msg.Ja, late))
	}
}

// TestAdviceFollowsTheAnchor asks about revocation where it was not looked up.
func TestAdviceFollowsTheAnchor(t *testing.T) {
	r := checked(t)
	for kind, want := range map[sign.AnchorKind]msg.Text{sign.AnchorPinned: msg.CertRevocationHint, sign.AnchorUser: msg.RevocationHintOther} {
		r.Signature.Anchor.Kind = kind
		if got := CheckAdvice(msg.Ja, r); len(got) != 1 || got[0] != want.Ja {
			t.Errorf("%s: %q", kind, got)
		}
	}
	r.Signature.Verdict = sign.Passed
	if got := CheckAdvice(msg.Ja, r); got != nil {
		t.Errorf("passed: %q", got)
	}
}

// TestRecognisedIssuerIsNamedWhereNoPathLeadsToIt checks a certificate whose verdict rests
// on no anchor.
func TestRecognisedIssuerIsNamedWhereNoPathLeadsToIt(t *testing.T) {
	r := checked(t)
	r.Signature.Anchor = sign.Anchor{Kind: sign.AnchorUnknown}
	r.Certificate.Anchor = sign.Anchor{Name: "signca02", Kind: sign.AnchorPinned}
	if got := CheckRows(msg.En, r)[0].Value; got != "signca02 (a CA of JPKI)" {
		t.Errorf("issuer %q", got)
	}
	if d := CertJSON(msg.En, []*Checked{r}); d.Anchor != (Anchor{"signca02", "pinned"}) {
		t.Errorf("anchor %v", d.Anchor)
	}
}

func TestCheckTextHoldsItsParts(t *testing.T) {
	r := checked(t)
	var b bytes.Buffer
	if err := CheckText(&b, msg.En, r); err != nil {
		t.Fatal(err)
	}
	parts := append([]string{CheckHeadline(msg.En, r), Life(msg.En, r.Certificate, r.Now)}, CheckAdvice(msg.En, r)...)
	for _, row := range CheckRows(msg.En, r) {
		parts = append(parts, row.Label, row.Value)
	}
	for _, f := range Findings(msg.En, r.Signature.Findings) {
		parts = append(parts, f.Message, f.Hint)
	}
	rest := b.String()
	for _, part := range parts {
		if !strings.Contains(rest, part) {
			t.Errorf("%q is missing in %s", part, rest)
		}
	}
}

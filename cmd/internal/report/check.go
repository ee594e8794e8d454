package report

import (
	"bytes"
	"fmt"
	"io"

	"github.com/jpki-desktop/jpki/sign"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// CheckHeadline is the verdict on a certificate in one sentence, which names it.
func CheckHeadline(l msg.Lang, r *Checked) string {
	verdict := msg.CertFailed // the words for a signature speak of a document
	switch r.Signature.Verdict {
	case sign.Passed:
		verdict = msg.CertPassed
	case sign.PassedRevocationUnchecked:
		verdict = msg.CertPassedUnchecked
	case sign.Indeterminate:
		verdict = msg.CertIndeterminate
	}
	return CertificateTitle(l, r.Certificate) + verdict.In(l)
}

// CheckRows are what the verdict on a certificate rests on. The findings of the check, for
// [Findings], are those of r.Signature.
func CheckRows(l msg.Lang, r *Checked) []Row {
	return []Row{
		NewRow(l, msg.LabelIssuer, issuer(l, r)),
		NewRow(l, msg.LabelRevocation, revocation(l, r.Signature)),
	}
}

// CheckAdvice is what to do after a check, a sentence or two each: how to learn of
// revocation where it was not looked up, and when and where to renew.
func CheckAdvice(l msg.Lang, r *Checked) []string {
	var advice []string
	if r.Signature.Verdict == sign.PassedRevocationUnchecked {
		hint := msg.CertRevocationHint
		if r.anchor().Kind == sign.AnchorUser {
			hint = msg.RevocationHintOther
		}
		advice = append(advice, hint.In(l))
	}
	if renew := Renew(l, r); renew != "" {
		advice = append(advice, renew)
	}
	return advice
}

// Renew says from when and where to renew a certificate that expires soon or is expired;
// it is empty for the others.
func Renew(l msg.Lang, r *Checked) string {
	if !r.ExpiresSoon && !r.Now.After(r.Certificate.NotAfter) {
		return ""
	}
	return msg.Renew.In(l, msg.Date(l, r.Certificate.RenewalOpens()))
}

// CheckText writes the outcome of a check, as cert check prints it. It returns the error
// of w.
func CheckText(w io.Writer, l msg.Lang, r *Checked) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s\n  %s\n", CheckHeadline(l, r), Life(l, r.Certificate, r.Now))
	WriteRows(&b, CheckRows(l, r))
	writeFindings(&b, Findings(l, r.Signature.Findings))
	for _, advice := range CheckAdvice(l, r) {
		fmt.Fprintf(&b, "  %s\n", advice)
	}
	_, err := b.WriteTo(w)
	return err
}

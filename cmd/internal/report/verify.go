package report

import (
	"bytes"
	"fmt"
	"io"

	"github.com/jpki-desktop/jpki/cmd/internal/job"
	"github.com/jpki-desktop/jpki/sign"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// VerifyHeadline is the verdict on a file and what to do about it; the hint may be empty.
func VerifyHeadline(l msg.Lang, v *job.Verified) msg.Words {
	words := msg.Verdict(l, v.Verdict)
	if v.Verdict == sign.PassedRevocationUnchecked && v.Signatures[0].Anchor.Kind == sign.AnchorUser {
		words.Hint = msg.RevocationHintOther.In(l)
	}
	return words
}

// VerifyRows say what was looked at, and as of when. The signatures have rows of their
// own: [SignatureRows].
func VerifyRows(l msg.Lang, v *job.Verified) []Row {
	rows := []Row{NewRow(l, msg.LabelFile, v.File), NewRow(l, msg.LabelContent, v.Content)}
	if !v.At.IsZero() {
		rows = append(rows, NewRow(l, msg.LabelJudgedAt, msg.Moment(l, v.At)))
	}
	return rows
}

// VerifyText writes the whole report, as jpki verify prints it. It returns the error of w.
func VerifyText(w io.Writer, l msg.Lang, v *job.Verified) error {
	var b bytes.Buffer
	headline := VerifyHeadline(l, v)
	fmt.Fprintln(&b, headline.Message)
	WriteRows(&b, VerifyRows(l, v))
	for i := range v.Signatures {
		fmt.Fprintln(&b)
		if len(v.Signatures) > 1 {
			fmt.Fprintf(&b, "[%d/%d] %s\n", i+1, len(v.Signatures), msg.Verdict(l, v.Signatures[i].Verdict).Message)
		}
		writeSignature(&b, l, &v.Signatures[i])
	}
	writeFindings(&b, Findings(l, v.Findings))
	if headline.Hint != "" {
		fmt.Fprintf(&b, "\n%s\n", headline.Hint)
	}
	_, err := b.WriteTo(w)
	return err
}

func writeSignature(b *bytes.Buffer, l msg.Lang, s *sign.Signature) {
	if band := SignatureBand(l, s); band != "" {
		fmt.Fprintf(b, "  %s\n", band)
	}
	WriteRows(b, SignatureRows(l, s))
	writeFindings(b, Findings(l, s.Findings))
}

package main

import (
	"bytes"
	"context"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/jpki-desktop/jpki/cmd/internal/job"
	"github.com/jpki-desktop/jpki/cmd/internal/report"
	"github.com/jpki-desktop/jpki/sign"
	"github.com/jpki-desktop/jpki/sign/pki"
	"github.com/jpki-desktop/jpki/ui"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// judge judges certificates that were read together. A practice card's count as what they
// are: the window says 練習用 wherever it shows them.
func judge(ctx context.Context, source string, certs []*job.Certificate) ([]*ui.Certificate, error) {
	now := time.Now()
	trust := job.Trust{Reader: source}
	var judged []*ui.Certificate
	for _, c := range certs {
		trust.Practice = c.Profile.Origin == pki.OriginPractice
		s, err := job.CheckCertificate(ctx, c, certs, &trust, now)
		if err != nil {
			return nil, err
		}
		judged = append(judged, newCertificate(report.NewChecked(c, s, now, report.WarnDays)))
	}
	return judged, nil
}

func newCertificate(r *report.Checked) *ui.Certificate {
	c := r.Certificate
	rows := func(l msg.Lang) (main, details []report.Row) { return report.Split(report.CertificateRows(l, r)) }
	return &ui.Certificate{
		Kind: string(c.Kind), Origin: origins[c.Profile.Origin], NotAfter: c.NotAfter,
		Standing: standing(r), Verdict: r.Signature.Verdict, Findings: telling(r.Signature.Findings),
		Title:    func(l msg.Lang) string { return report.CertificateTitle(l, c) },
		Life:     func(l msg.Lang) string { return report.Life(l, c, r.Now) },
		Headline: func(l msg.Lang) string { return report.CheckHeadline(l, r) },
		Advice:   func(l msg.Lang) string { return strings.Join(report.CheckAdvice(l, r), "\n") },
		Main:     func(l msg.Lang) []ui.Row { main, _ := rows(l); return uiRows(main) },
		Details: func(l msg.Lang) []ui.Row {
			_, details := rows(l)
			return uiRows(append(details, report.CheckRows(l, r)[1:]...))
		},
		FileName: func(pem bool) string { return fileName(c.Kind, pem) },
		Handle:   c,
	}
}

// telling is list without what the title's band says already.
func telling(list []sign.Finding) []sign.Finding {
	return slices.DeleteFunc(slices.Clone(list), func(f sign.Finding) bool {
		return f.Code == pki.PracticeCertificate || f.Code == pki.TestCertificate
	})
}

var origins = map[pki.Origin]ui.Origin{pki.OriginPractice: ui.PracticeOrigin, pki.OriginTest: ui.TestOrigin}

func standing(r *report.Checked) ui.Standing {
	switch c := r.Certificate; {
	case c.NotAfter.IsZero():
		return ui.Undefined
	case r.Now.Before(c.NotBefore):
		return ui.NotYet
	case r.Now.After(c.NotAfter):
		return ui.Expired
	case r.ExpiresSoon:
		return ui.EndsSoon
	}
	return ui.Good
}

func fileName(kind job.Kind, pem bool) string {
	name := job.DefaultName(kind, time.Now())
	if pem {
		name = strings.TrimSuffix(name, filepath.Ext(name)) + ".pem"
	}
	return name
}

func uiRows(rows []report.Row) []ui.Row {
	var out []ui.Row
	for _, r := range rows {
		out = append(out, ui.Row{Label: r.Label, Value: r.Value + r.Note, Marks: r.Marks})
	}
	return out
}

func export(c *ui.Certificate, path string, pem, replace bool) error {
	_, err := job.ExportCertificate(handle(c), job.Export{Output: path, PEM: pem, Force: replace})
	return err
}

func handles(certs []*ui.Certificate) []*job.Certificate {
	var out []*job.Certificate
	for _, c := range certs {
		out = append(out, handle(c))
	}
	return out
}

// handle is the certificate behind c, which newCertificate put there.
func handle(c *ui.Certificate) *job.Certificate { return c.Handle.(*job.Certificate) }

func verified(v *job.Verified) *ui.Verified {
	rows := func(l msg.Lang, i int) (main, details []report.Row) {
		return report.Split(report.SignatureRows(l, &v.Signatures[i]))
	}
	return &ui.Verified{
		Report: v.Report, File: v.File, Content: v.Content, Practice: signedInPractice(v.Report),
		Headline: func(l msg.Lang) msg.Words { return report.VerifyHeadline(l, v) },
		Main:     func(l msg.Lang, i int) []ui.Row { main, _ := rows(l, i); return uiRows(main) },
		Details:  func(l msg.Lang, i int) []ui.Row { _, details := rows(l, i); return uiRows(details) },
		Text:     text(func(b *bytes.Buffer, l msg.Lang) error { return report.VerifyText(b, l, v) }),
		JSON:     text(func(b *bytes.Buffer, l msg.Lang) error { return report.WriteJSON(b, report.VerifyJSON(l, v)) }),
	}
}

// signedInPractice tells whether somebody signed with a practice card, counted or not, or
// a time counts that a practice authority says.
func signedInPractice(r *sign.Report) bool {
	for _, s := range r.Signatures {
		if s.Anchor.Kind == sign.AnchorPractice || s.Signer != nil && pki.Classify(s.Signer).Origin == pki.OriginPractice {
			return true
		}
		for _, t := range s.Timestamps {
			if t.Anchor.Kind == sign.AnchorPractice {
				return true
			}
		}
	}
	return false
}

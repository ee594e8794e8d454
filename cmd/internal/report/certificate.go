package report

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/jpki-desktop/jpki/cmd/internal/job"
	"github.com/jpki-desktop/jpki/sign"
	"github.com/jpki-desktop/jpki/sign/pki"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// WarnDays is for how many days before its last one a certificate is said to expire soon,
// unless the user wants another number: as many as renewal is open for.
const WarnDays = 90

// Checked is a certificate with the verdict on it.
type Checked struct {
	Certificate *job.Certificate
	Signature   *sign.Signature // what [job.CheckCertificate] found
	Now         time.Time       // when it was checked
	ExpiresSoon bool            // so few days are left that the user wants to know
}

// NewChecked returns c with the verdict that s holds, reached at now. It expires soon if
// warnDays days or fewer are left.
func NewChecked(c *job.Certificate, s *sign.Signature, now time.Time, warnDays int) *Checked {
	return &Checked{Certificate: c, Signature: s, Now: now, ExpiresSoon: c.DaysLeft(now) <= warnDays}
}

// anchor is the one that the verdict rests on, or else the one that is only recognised.
func (r *Checked) anchor() sign.Anchor {
	if a := r.Signature.Anchor; a.Kind != "" && a.Kind != sign.AnchorUnknown {
		return a
	}
	return r.Certificate.Anchor
}

// CertificateTitle is the heading of a certificate, with the band of one that is not real.
func CertificateTitle(l msg.Lang, c *job.Certificate) string {
	title := msg.CertKind(string(c.Kind)).In(l)
	switch c.Profile.Origin {
	case pki.OriginPractice:
		title += msg.BandPractice.In(l)
	case pki.OriginTest:
		title += msg.BandTest.In(l)
	}
	return title
}

// Life is the plain line about how long c is still good at now.
func Life(l msg.Lang, c *job.Certificate, now time.Time) string {
	day := msg.Date(l, c.NotAfter)
	switch left := c.DaysLeft(now); {
	case c.NotAfter.IsZero():
		return msg.LifeUnknown.In(l)
	case now.Before(c.NotBefore):
		return msg.LifeNotYet.In(l, msg.Date(l, c.NotBefore))
	case now.After(c.NotAfter):
		return msg.LifeOver.In(l, day)
	case left == 0:
		return msg.LifeLastDay.In(l, day)
	default:
		return msg.LifeLeft.In(l, msg.Number(left), day)
	}
}

// CertificateRows are all that people may want to know of a certificate: whose it is and
// for how long, and as details who issued it, its use and its numbers.
func CertificateRows(l msg.Lang, r *Checked) []Row {
	c := r.Certificate
	rows := []Row{NewRow(l, msg.LabelSubject, pki.SubjectText(c.Certificate))}
	if c.Owner != nil {
		rows = holderRows(l, c.Owner)
	}
	rows = append(rows,
		NewRow(l, msg.LabelFrom, Moment(l, c.NotBefore)),
		NewRow(l, msg.LabelUntil, Moment(l, c.NotAfter)),
	)
	return append(rows, asDetails(
		NewRow(l, msg.LabelIssuer, issuer(l, r)),
		NewRow(l, msg.LabelUsage, usage(l, c)),
		NewRow(l, msg.LabelPolicy, strings.Join(policies(c.Certificate), " ")),
		NewRow(l, msg.LabelSerial, fmt.Sprintf("%X", c.SerialNumber)+msg.Brackets.In(l, c.SerialNumber.String())),
		Row{Label: "SHA-256", Value: fingerprint(c.SHA256[:])},
		Row{Label: "SHA-1", Value: fingerprint(c.SHA1[:])},
	)...)
}

// Moment is [msg.Moment], or that it is not known if t is zero.
func Moment(l msg.Lang, t time.Time) string {
	if t.IsZero() {
		return msg.Unknown.In(l)
	}
	return msg.Moment(l, t)
}

func issuer(l msg.Lang, r *Checked) string {
	anchor := r.anchor()
	name := anchor.Name
	if anchor.Kind != sign.AnchorPinned {
		name = pki.IssuerText(r.Certificate.Certificate)
	}
	return name + msg.AnchorKind(anchor.Kind).In(l)
}

func usage(l msg.Lang, c *job.Certificate) string {
	return msg.CertUse(string(c.Kind)).In(l) + msg.Brackets.In(l, strings.Join(usageNames(c.Certificate), ", "))
}

// fingerprint is a digest in pairs of letters, as people compare them.
func fingerprint(sum []byte) string { return fmt.Sprintf("% X", sum) }

// CertificateFindings are the findings to show beside [CertificateRows], without those
// that the band in the title tells already.
func CertificateFindings(l msg.Lang, r *Checked) []Finding {
	return Findings(l, slices.DeleteFunc(slices.Clone(r.Signature.Findings), func(f sign.Finding) bool {
		return f.Code == pki.PracticeCertificate || f.Code == pki.TestCertificate
	}))
}

// CertificateText writes what r says, as cert show prints it. It returns the error of w.
func CertificateText(w io.Writer, l msg.Lang, r *Checked) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s\n  %s\n", CertificateTitle(l, r.Certificate), Life(l, r.Certificate, r.Now))
	WriteRows(&b, CertificateRows(l, r))
	writeFindings(&b, CertificateFindings(l, r))
	_, err := b.WriteTo(w)
	return err
}

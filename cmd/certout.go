package cmd

import (
	"crypto/x509"
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

// certJSON is one certificate (schema jpki.cert/1). A result has the fields of the first
// one itself, and all of them in Certificates.
type certJSON struct {
	Kind        string        `json:"kind"`
	Holder      *holderJSON   `json:"holder"`
	Subject     string        `json:"subject"`
	Issuer      string        `json:"issuer"`
	Serial      string        `json:"serial"`
	NotBefore   time.Time     `json:"not_before"`
	NotAfter    time.Time     `json:"not_after"`
	DaysLeft    int           `json:"days_left"`
	ExpiresSoon bool          `json:"expires_soon"`
	Usage       []string      `json:"usage"`
	Policy      []string      `json:"policy"`
	SHA256      string        `json:"sha256"`
	SHA1        string        `json:"sha1"`
	Anchor      anchorJSON    `json:"anchor"`
	Whole       bool          `json:"whole"`
	Revocation  string        `json:"revocation"`
	Status      statusJSON    `json:"status"`
	Verdict     string        `json:"verdict"`
	Findings    []findingJSON `json:"findings"`
}

type holderJSON struct {
	Name        string           `json:"name"`
	Sex         string           `json:"sex"`
	BirthDate   string           `json:"birth_date"`
	Address     string           `json:"address"`
	Substitutes []substituteJSON `json:"substitutes"`
	Problems    []string         `json:"problems"`
}

// substituteJSON is a letter that stands for one that the certificate cannot hold.
type substituteJSON struct {
	Field    string `json:"field"`    // name or address
	Position int    `json:"position"` // in letters, from 1
	Letter   string `json:"letter"`
}

type certsJSON struct {
	Schema string `json:"schema"`
	certJSON
	Certificates []certJSON `json:"certificates"`
}

// checked is a certificate with its verdict.
type checked struct {
	*job.Certificate
	*sign.Signature
	now         time.Time
	expiresSoon bool
}

// anchor is the one that the verdict rests on, or else the one that is only recognised.
func (r *checked) anchor() sign.Anchor {
	if r.Signature.Anchor.Kind != "" && r.Signature.Anchor.Kind != sign.AnchorUnknown {
		return r.Signature.Anchor
	}
	return r.Certificate.Anchor
}

func (r *checked) exit() int {
	if exit := verdictExits[r.Verdict]; exit != exitDone || !r.expiresSoon {
		return exit
	}
	return exitExpiresSoon
}

func (a *app) certJSON(results []*checked) certsJSON {
	out := certsJSON{Schema: "jpki.cert/1"}
	for _, r := range results {
		out.Certificates = append(out.Certificates, a.oneCertJSON(r))
	}
	out.certJSON = out.Certificates[0]
	return out
}

func (a *app) oneCertJSON(r *checked) certJSON {
	c := r.Certificate
	return certJSON{
		Kind: string(c.Kind), Holder: holder(c.Owner), Subject: pki.SubjectText(c.Certificate), Issuer: pki.IssuerText(c.Certificate),
		Serial: fmt.Sprintf("%X", c.SerialNumber), NotBefore: c.NotBefore.UTC(), NotAfter: c.NotAfter.UTC(),
		DaysLeft: c.DaysLeft(r.now), ExpiresSoon: r.expiresSoon, Usage: usageNames(c.Certificate), Policy: policies(c.Certificate),
		SHA256: fmt.Sprintf("%x", c.SHA256), SHA1: fmt.Sprintf("%x", c.SHA1),
		Anchor: anchorJSON{r.anchor().Name, string(r.anchor().Kind)}, Whole: c.Whole,
		Revocation: string(r.Revocation), Status: newStatus(r.Status), Verdict: string(r.Verdict), Findings: a.findingsJSON(r.Signature.Findings),
	}
}

func holder(o *pki.Owner) *holderJSON {
	if o == nil {
		return nil
	}
	return &holderJSON{
		Name: o.Name, Sex: sexName(o.Sex), BirthDate: isoDate(o.Birth), Address: o.Address,
		Substitutes: append(substitutes("name", o.Name, o.NameSubstitutes), substitutes("address", o.Address, o.AddressSubstitutes)...),
		Problems:    append([]string{}, o.Problems...),
	}
}

func substitutes(field, text, marks string) []substituteJSON {
	out := []substituteJSON{}
	letters := []rune(text)
	for _, i := range pki.Substituted(text, marks) {
		out = append(out, substituteJSON{field, i + 1, string(letters[i])})
	}
	return out
}

// usages are the bits of the key usage (RFC 5280 section 4.2.1.3), as the standard
// spells them.
var usages = []string{
	"digitalSignature", "nonRepudiation", "keyEncipherment", "dataEncipherment", "keyAgreement",
	"keyCertSign", "cRLSign", "encipherOnly", "decipherOnly",
}

func usageNames(c *x509.Certificate) []string {
	names := []string{}
	for i, name := range usages {
		if c.KeyUsage&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	for _, u := range c.ExtKeyUsage {
		if u == x509.ExtKeyUsageClientAuth {
			names = append(names, "clientAuth")
		}
	}
	return names
}

func policies(c *x509.Certificate) []string {
	names := []string{}
	for _, id := range c.Policies {
		names = append(names, id.String())
	}
	return names
}

// title is the heading of a certificate, with the band of one that is not real.
func (a *app) title(c *job.Certificate) string {
	title := a.say(msg.CertKind(string(c.Kind)))
	switch c.Profile.Origin {
	case pki.OriginPractice:
		title += a.say(msg.BandPractice)
	case pki.OriginTest:
		title += a.say(msg.BandTest)
	}
	return title
}

// printCertificate shows all that people may want to know of a certificate.
func (a *app) printCertificate(r *checked) {
	c := r.Certificate
	a.println(a.title(c))
	a.println("  " + a.life(r))
	var rows []row
	if c.Owner != nil {
		rows = a.holderRows(c.Owner)
	} else {
		rows = []row{{a.say(msg.LabelSubject), pki.SubjectText(c.Certificate)}}
	}
	printRows(a.stdout, append(rows,
		row{a.say(msg.LabelFrom), a.moment(c.NotBefore)},
		row{a.say(msg.LabelUntil), a.moment(c.NotAfter)},
		row{a.say(msg.LabelIssuer), a.issuer(r)},
		row{a.say(msg.LabelUsage), a.usageText(c)},
		row{a.say(msg.LabelPolicy), strings.Join(policies(c.Certificate), " ")},
		row{a.say(msg.LabelSerial), fmt.Sprintf("%X", c.SerialNumber) + a.say(msg.Brackets, c.SerialNumber.String())},
		row{"SHA-256", fingerprint(c.SHA256[:])},
		row{"SHA-1", fingerprint(c.SHA1[:])},
	))
	// The band in the title says it already.
	a.printFindings(a.stdout, slices.DeleteFunc(slices.Clone(r.Signature.Findings), func(f sign.Finding) bool {
		return f.Code == pki.PracticeCertificate || f.Code == pki.TestCertificate
	}))
}

func (a *app) moment(t time.Time) string {
	if t.IsZero() {
		return a.say(msg.Unknown)
	}
	return msg.Moment(a.lang, t)
}

// life is the plain line about how long a certificate is still good.
func (a *app) life(r *checked) string {
	c, day := r.Certificate, msg.Date(a.lang, r.NotAfter)
	switch left := c.DaysLeft(r.now); {
	case c.NotAfter.IsZero():
		return a.say(msg.LifeUnknown)
	case r.now.Before(c.NotBefore):
		return a.say(msg.LifeNotYet, msg.Date(a.lang, c.NotBefore))
	case r.now.After(c.NotAfter):
		return a.say(msg.LifeOver, day)
	case left == 0:
		return a.say(msg.LifeLastDay, day)
	default:
		return a.say(msg.LifeLeft, msg.Number(left), day)
	}
}

// holderRows are the owner's items with the substitute letters marked.
func (a *app) holderRows(o *pki.Owner) []row {
	rows := a.ownerRows(o)
	rows[0].value += a.substituteNote(o.Name, o.NameSubstitutes)
	rows[3].value += a.substituteNote(o.Address, o.AddressSubstitutes)
	if len(o.Problems) > 0 {
		rows = append(rows, row{a.say(msg.LabelProblems), a.say(msg.OwnerProblems, strings.Join(o.Problems, " "))})
	}
	return rows
}

// substituteNote says which letters of text stand for others.
func (a *app) substituteNote(text, marks string) string {
	letters, notes := []rune(text), []string{}
	for _, i := range pki.Substituted(text, marks) {
		notes = append(notes, a.say(msg.SubstituteLetter, i+1, string(letters[i])))
	}
	if len(notes) == 0 {
		return ""
	}
	return a.say(msg.Substitutes, strings.Join(notes, a.say(msg.Separator)))
}

func (a *app) issuer(r *checked) string {
	c, anchor := r.Certificate, r.anchor()
	name := anchor.Name
	if anchor.Kind != sign.AnchorPinned {
		name = pki.IssuerText(c.Certificate)
	}
	return name + a.say(msg.AnchorKind(anchor.Kind))
}

// usageText is the usage in words.
func (a *app) usageText(c *job.Certificate) string {
	return a.say(msg.CertUse(string(c.Kind))) + a.say(msg.Brackets, strings.Join(usageNames(c.Certificate), ", "))
}

// printCheck shows the outcome of a check: the verdict, and what to do.
func (a *app) printCheck(r *checked) {
	a.println(a.title(r.Certificate) + a.checkHeadline(r))
	a.println("  " + a.life(r))
	printRows(a.stdout, []row{
		{a.say(msg.LabelIssuer), a.issuer(r)},
		{a.say(msg.LabelRevocation), a.revocation(r.Signature)},
	})
	a.printFindings(a.stdout, r.Signature.Findings)
	if r.Verdict == sign.PassedRevocationUnchecked {
		hint := msg.CertRevocationHint
		if r.anchor().Kind == sign.AnchorUser {
			hint = msg.RevocationHintOther
		}
		a.println("  " + a.say(hint))
	}
	if r.expiresSoon || r.now.After(r.NotAfter) {
		a.println("  " + a.say(msg.Renew, msg.Date(a.lang, r.RenewalOpens())))
	}
}

// checkHeadline is the verdict on a certificate; that on a signature speaks of the
// document.
func (a *app) checkHeadline(r *checked) string {
	switch r.Verdict {
	case sign.Passed:
		return a.say(msg.CertPassed)
	case sign.PassedRevocationUnchecked:
		return a.say(msg.CertPassedUnchecked)
	case sign.Indeterminate:
		return a.say(msg.CertIndeterminate)
	}
	return a.say(msg.CertFailed)
}

func (a *app) println(line string) { io.WriteString(a.stdout, line+"\n") }

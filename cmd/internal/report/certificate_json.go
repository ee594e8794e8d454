package report

import (
	"crypto/x509"
	"fmt"
	"time"

	"github.com/jpki-desktop/jpki/sign"
	"github.com/jpki-desktop/jpki/sign/pki"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// CertDocument is the result of cert show and cert check (schema jpki.cert/1): the fields
// of the first certificate, and those of all in Certificates.
type CertDocument struct {
	Schema string `json:"schema"`
	certJSON
	Certificates []certJSON `json:"certificates"`
}

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
	Anchor      Anchor        `json:"anchor"`
	Whole       bool          `json:"whole"`
	Revocation  string        `json:"revocation"`
	Status      statusJSON    `json:"status"`
	Verdict     string        `json:"verdict"`
	Findings    []findingJSON `json:"findings"`
}

// Anchor is where a certification path ends, in JSON.
type Anchor struct {
	Name string `json:"name"`
	Kind string `json:"kind"` // as [sign.AnchorKind] spells it
}

// NewAnchor returns a for JSON.
func NewAnchor(a sign.Anchor) Anchor { return Anchor{a.Name, string(a.Kind)} }

// CertJSON returns the document about checked certificates, of which there is at least
// one. Its messages are in the language l, all else is for scripts.
func CertJSON(l msg.Lang, results []*Checked) CertDocument {
	out := CertDocument{Schema: "jpki.cert/1"}
	for _, r := range results {
		out.Certificates = append(out.Certificates, newCert(l, r))
	}
	out.certJSON = out.Certificates[0]
	return out
}

func newCert(l msg.Lang, r *Checked) certJSON {
	c, s := r.Certificate, r.Signature
	return certJSON{
		Kind: string(c.Kind), Holder: newHolder(c.Owner), Subject: pki.SubjectText(c.Certificate), Issuer: pki.IssuerText(c.Certificate),
		Serial: fmt.Sprintf("%X", c.SerialNumber), NotBefore: c.NotBefore.UTC(), NotAfter: c.NotAfter.UTC(),
		DaysLeft: c.DaysLeft(r.Now), ExpiresSoon: r.ExpiresSoon, Usage: usageNames(c.Certificate), Policy: policies(c.Certificate),
		SHA256: fmt.Sprintf("%x", c.SHA256), SHA1: fmt.Sprintf("%x", c.SHA1),
		Anchor: NewAnchor(r.anchor()), Whole: c.Whole,
		Revocation: string(s.Revocation), Status: newStatus(s.Status), Verdict: string(s.Verdict), Findings: newFindings(l, s.Findings),
	}
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

// statusJSON says where the state of revocation comes from.
type statusJSON struct {
	Source     string     `json:"source"` // file of the CRL, or address of the responder
	ThisUpdate *time.Time `json:"this_update"`
	NextUpdate *time.Time `json:"next_update"`
	RevokedAt  *time.Time `json:"revoked_at"`
	Reason     string     `json:"reason"`
}

func newStatus(s sign.Status) statusJSON {
	return statusJSON{s.Source, utc(s.ThisUpdate), utc(s.NextUpdate), utc(s.RevokedAt), s.Reason}
}

// utc is a moment for scripts, nil if it is not known.
func utc(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}

type findingJSON struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Hint    string `json:"hint"`
	Verdict string `json:"verdict"`
}

func newFindings(l msg.Lang, list []sign.Finding) []findingJSON {
	out := []findingJSON{}
	for _, f := range list {
		words := msg.Finding(l, f)
		out = append(out, findingJSON{f.Code, words.Message, words.Hint, string(f.Verdict)})
	}
	return out
}

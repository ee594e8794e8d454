package pki

import (
	"cmp"
	"context"
	"crypto"
	"crypto/x509"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/crypto/cryptobyte"
	casn1 "golang.org/x/crypto/cryptobyte/asn1"

	"github.com/jpki-desktop/jpki/sign"
)

// OCSPAuto in [Revocations] asks the responder that each certificate names.
const OCSPAuto = "auto"

// skew is how far the clocks of others may be ahead of the clock here, or behind.
const skew = 5 * time.Minute

// CRL is a file of revocation lists: DER, or PEM with one or more. [MaxCRL] limits it.
type CRL struct {
	Name string // for [sign.Status] and findings
	Data []byte
}

// Revocations say where to learn about revocation. CRLs tell of every certificate of a
// path; OCSP is asked about the signer's at the address that the user gives, or with
// [OCSPAuto] about each one at its own.
type Revocations struct {
	CRLs    []CRL
	OCSP    string        // http or https address, or OCSPAuto; empty = ask nobody
	Timeout time.Duration // of one question, redirects included; 0 = 10 s, of which connecting takes at most 5
	Now     time.Time     // zero = the present; which tells old information from new
}

// evidence is Revocations that have been read. What it learns from responders it keeps,
// bad answers too, so that a file of many signers asks each question once.
type evidence struct {
	lists    []*crl         // the newest first
	problems []sign.Finding // of files
	ocsp     string
	timeout  time.Duration
	fixed    time.Time
	asked    bool     // the user named a source
	inside   [][]byte // responses that the signature brought along

	searches atomic.Int32 // for the issuers of CRLs, of all signatures together
	mu       sync.Mutex
	answers  map[string]answer // of responders
	received [][]byte          // responses that settled something
}

// With returns a store that also asks whether the certificate, and the authorities
// between it and the anchor, were revoked, and says so in Certification.Revocation,
// Status and findings. It is for one piece of work: what responders say is kept as long
// as the store. Nil, and Revocations without a source, leave revocation unchecked.
func (s *Store) With(r *Revocations) *Store {
	other := *s
	other.evidence = nil
	if r == nil || len(r.CRLs) == 0 && r.OCSP == "" {
		return &other
	}
	e := &evidence{ocsp: r.OCSP, timeout: cmp.Or(r.Timeout, defaultTimeout), fixed: r.Now, asked: true, answers: map[string]answer{}}
	for _, file := range r.CRLs {
		e.read(file)
	}
	slices.SortStableFunc(e.lists, func(a, b *crl) int { return b.thisUpdate.Compare(a.thisUpdate) })
	other.evidence = e
	return &other
}

func (e *evidence) read(file CRL) {
	if len(file.Data) > MaxCRL {
		e.problems = append(e.problems, indeterminate(CRLTooLarge, file.Name))
		return
	}
	lists, err := parseCRLs(printable(file.Name), file.Data)
	if err != nil {
		e.problems = append(e.problems, indeterminate(CRLMalformed, file.Name))
	}
	e.lists = append(e.lists, lists...)
}

func (e *evidence) now() time.Time {
	if !e.fixed.IsZero() {
		return e.fixed
	}
	return time.Now()
}

// inquiry is the search for the revocation of the certificates of one path.
type inquiry struct {
	*evidence
	ctx    context.Context
	store  *Store
	others []*x509.Certificate
	anchor *Anchor
	at     time.Time
	depth  int              // of paths to the issuers of CRLs
	trying map[*crl]bool    // whose issuer is being looked for
	known  map[*crl]vouched // whose issuer has been
}

// authority is who issued a certificate: a certificate or an anchor's key.
type authority struct {
	name string // key of its name
	key  crypto.PublicKey
	cert *x509.Certificate // nil = a pinned key
}

// revocation adds to c what is known of the revocation of the certificates of p.
func (s *Store) revocation(ctx context.Context, p path, others []*x509.Certificate, at time.Time, c *sign.Certification) {
	if s.evidence == nil || verdictOf(c.Findings) == sign.Failed {
		return
	}
	if s.use != UseTimestamp {
		c.Findings = append(c.Findings, s.evidence.problems...) // what cannot be read might have been the proof
	}
	if p.itself() {
		return // whoever trusts an anchor asks nobody about it
	}
	q := &inquiry{evidence: s.evidence, ctx: ctx, store: s, others: others, anchor: p.anchor, at: at,
		trying: map[*crl]bool{}, known: map[*crl]vouched{}}
	c.Revocation = sign.RevocationGood
	for i := range p.certs {
		// A time-stamp authority is an issuer here: what the user names is for the signer.
		status, findings := q.status(p.certs[i], p.above(i), i == 0 && s.use != UseTimestamp)
		if i == 0 {
			c.Status = status
		}
		if c.Revocation == sign.RevocationGood || status.State == sign.RevocationRevoked {
			c.Revocation = status.State
		}
		if s.use == UseTimestamp && status.State == sign.RevocationUnchecked {
			passive(findings) // nobody asked about the authority: who verifies tells what that means
		}
		for _, f := range findings {
			if !slices.Contains(c.Findings, f) {
				c.Findings = append(c.Findings, f)
			}
		}
	}
}

// above returns the issuer of the certificate i of p.
func (p path) above(i int) authority {
	if i+1 == len(p.certs) {
		return authority{p.anchor.name, p.anchor.Key, p.anchor.Cert}
	}
	cert := p.certs[i+1]
	return authority{distinguishedName(cert.RawSubject).key(), cert.PublicKey, cert}
}

// answer is what one source says: a status, or else why it says nothing.
type answer struct {
	sign.Status
	permanent bool // a revocation that cannot be lifted
	findings  []sign.Finding
}

// status asks all sources about cert: a revocation counts, whoever proves it, then a hold,
// then that there is none.
func (q *inquiry) status(cert *x509.Certificate, issuer authority, signer bool) (sign.Status, []sign.Finding) {
	a := q.byCRL(cert, issuer)
	if signer && q.asked && len(q.lists) > 0 && a.Source == "" && len(a.findings) == 0 {
		a.findings = []sign.Finding{indeterminate(CRLIssuerMismatch, cert.Issuer.String())}
	}
	if !a.permanent {
		a = firmer(a, q.byResponse(cert, issuer))
	}
	if !a.permanent {
		a = firmer(a, q.byOCSP(cert, issuer, signer))
	}
	if a.Source != "" {
		return q.judged(a, cert, signer)
	}
	a.State = sign.RevocationUnchecked
	if !q.asked {
		passive(a.findings)
	}
	if signer || len(a.findings) > 0 {
		return a.Status, a.findings
	}
	f := sign.Finding{Code: IssuerRevocationUnchecked, Verdict: sign.PassedRevocationUnchecked, Detail: printable(cert.Subject.String())}
	return a.Status, []sign.Finding{f}
}

// firmer returns the one of two answers that decides; where neither does, the reasons of
// both.
func firmer(a, b answer) answer {
	rank := func(a answer) int {
		switch {
		case a.Source == "":
			return 0
		case a.permanent:
			return 3
		case a.State == sign.RevocationRevoked:
			return 2
		}
		return 1
	}
	switch ra, rb := rank(a), rank(b); {
	case ra == 0 && rb == 0:
		a.findings = append(a.findings, b.findings...)
		return a
	case rb > ra, rb == ra && b.ThisUpdate.After(a.ThisUpdate):
		return b
	}
	return a
}

// judged sets the revocation of a decisive answer against the time judged at.
func (q *inquiry) judged(a answer, cert *x509.Certificate, signer bool) (sign.Status, []sign.Finding) {
	if a.State == sign.RevocationGood {
		return a.Status, a.findings
	}
	name := printable(cert.Subject.String())
	f := failed(Revoked, a.Reason)
	switch {
	case since(a).After(q.at):
		a.State = sign.RevocationGood
		f = sign.Finding{Code: RevokedLater, Verdict: sign.Passed, Detail: a.Reason}
	case signer && !a.permanent:
		f = indeterminate(CertificateOnHold, "")
	case !signer && a.permanent:
		f = failed(IssuerRevoked, name)
	case !signer:
		f = indeterminate(IssuerOnHold, name)
	}
	f.Time = since(a)
	return a.Status, append(a.findings, f)
}

// serialOf returns the contents of the INTEGER that is the serial number of cert.
func serialOf(cert *x509.Certificate) []byte {
	var b cryptobyte.Builder
	b.AddASN1BigInt(cert.SerialNumber)
	der := cryptobyte.String(b.BytesOrPanic())
	var contents cryptobyte.String
	_ = der.ReadASN1(&contents, casn1.INTEGER)
	return contents
}

package pki

import (
	"cmp"
	"context"
	"crypto/x509"
	"slices"
	"time"

	"github.com/jpki-desktop/jpki/sign"
)

// SourceInside is the source ([sign.Status]) of what a signature brought along.
const SourceInside = "signature"

var (
	_ sign.InformedJudge = (*Store)(nil)
	_ sign.Authority     = (*Authority)(nil)
)

// maxInside bounds the CRLs, and the responses, of a signature that are looked at.
const maxInside = 16

// Informed is [Store.WithEvidence], for [sign.InformedJudge].
func (s *Store) Informed(e *sign.Evidence) sign.Judge { return s.WithEvidence(e) }

// WithEvidence returns a store that also knows the revocation data of a signature (EN 319
// 122-1, level B-LT). It is checked like what the user names, but where it settles
// nothing that only leaves revocation unchecked.
func (s *Store) WithEvidence(e *sign.Evidence) *Store {
	other := *s
	own := &evidence{timeout: defaultTimeout, answers: map[string]answer{}}
	if old := s.evidence; old != nil {
		own = &evidence{lists: slices.Clone(old.lists), problems: old.problems, ocsp: old.ocsp, timeout: old.timeout,
			fixed: old.fixed, asked: old.asked, answers: map[string]answer{}}
	}
	for _, der := range e.CRLs[:min(len(e.CRLs), maxInside)] {
		if l, err := parseCRL(SourceInside, der); err == nil {
			own.lists = append(own.lists, l)
		}
	}
	slices.SortStableFunc(own.lists, func(a, b *crl) int { return b.thisUpdate.Compare(a.thisUpdate) })
	own.inside = e.OCSP[:min(len(e.OCSP), maxInside)]
	other.evidence = own
	return &other
}

// byResponse asks the responses inside the signature about cert: the firmest one counts.
func (q *inquiry) byResponse(cert *x509.Certificate, issuer authority) (best answer) {
	for _, data := range q.inside {
		c := &ocspCheck{inquiry: q, cert: cert, issuer: issuer, source: SourceInside, inside: true}
		if a := c.judge(data); a.Source != "" {
			best = firmer(best, a)
		}
	}
	return best
}

// passive takes the weight from findings about data that nobody asked for.
func passive(findings []sign.Finding) {
	for i := range findings {
		findings[i].Verdict = sign.PassedRevocationUnchecked
	}
}

// Authority asks the time-stamp authority at an address, and gathers the revocation data
// of a store's sources, for signatures of the levels T and LT.
type Authority struct {
	TSA     string        // http or https address
	Timeout time.Duration // of one question, redirects included; 0 = 10 s
	Store   *Store        // whose anchors paths end at; its sources ([Store.With]) give the revocation data
}

// EvidenceError says which datum a level LT lacks.
type EvidenceError struct {
	Certificate *x509.Certificate // whose revocation could not be settled
	Finding     sign.Finding      // why
}

func (e *EvidenceError) Error() string {
	return "gathering revocation data of " + SubjectText(e.Certificate) + ": " + e.Finding.Code
}

// Evidence implements [sign.Authority]. Its errors are of type [*EvidenceError].
func (a *Authority) Evidence(ctx context.Context, cert *x509.Certificate, others []*x509.Certificate, at time.Time) (*sign.Evidence, error) {
	c := a.Store.For(UseAny).Judge(ctx, cert, others, at)
	missing := sign.Finding{Code: RevocationSourceMissing, Verdict: sign.Indeterminate}
	for _, f := range c.Findings {
		if f.Verdict != sign.Passed && (missing.Code == RevocationSourceMissing || missing.Verdict.Worse(f.Verdict) != missing.Verdict) {
			missing = f
		}
	}
	if c.Revocation != sign.RevocationGood || missing.Code != RevocationSourceMissing {
		return nil, &EvidenceError{cert, missing}
	}
	e := &sign.Evidence{Certificates: c.Chain}
	if own := a.Store.evidence; own != nil {
		for _, l := range own.lists {
			e.CRLs = append(e.CRLs, l.raw)
		}
		own.mu.Lock()
		defer own.mu.Unlock()
		e.OCSP = slices.Clone(own.received)
	}
	return e, nil
}

func (a *Authority) timeout() time.Duration { return cmp.Or(a.Timeout, defaultTimeout) }

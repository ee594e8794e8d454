package pki

import (
	"context"
	"crypto/x509"
	"slices"
	"time"

	"github.com/jpki-desktop/jpki/sign"
)

var _ sign.Judge = (*Store)(nil)

// Judge looks for a path from cert through others to an anchor, valid at that time, and
// fit for the purpose of s. Of several paths the best one counts. The findings' codes are
// the constants of this package. Revocation is looked at where [Store.With] says how.
func (s *Store) Judge(ctx context.Context, cert *x509.Certificate, others []*x509.Certificate, at time.Time) sign.Certification {
	if cert == nil || len(cert.Raw) == 0 {
		return certification(nil, nil, failed(CertificateMalformed, "certificate"))
	}
	var best *sign.Certification
	b := newBuilder(ctx, s, others, func(p path) bool {
		c := s.certify(p, at)
		s.revocation(ctx, p, others, at, &c)
		if best == nil || better(c.Findings, best.Findings) {
			best = &c
		}
		return verdictOf(c.Findings) == sign.Passed
	})
	b.search([]*x509.Certificate{cert})
	if best == nil {
		c := s.unanchored(b, cert, at)
		best = &c
	}
	if b.limited && verdictOf(best.Findings) != sign.Passed {
		best.Findings = append(best.Findings, indeterminate(PathTooComplex, ""))
	}
	return *best
}

// certify validates a path that has reached an anchor.
func (s *Store) certify(p path, at time.Time) sign.Certification {
	chain := slices.Clone(p.certs[1:])
	if p.anchor.Cert != nil && !p.itself() {
		chain = append(chain, p.anchor.Cert)
	}
	findings := validate(p, s.initial, at)
	findings = append(findings, s.purpose(p)...)
	return certification(chain, p.anchor, findings...)
}

// unanchored says why no path has reached an anchor, and what is wrong with cert itself.
func (s *Store) unanchored(b *builder, cert *x509.Certificate, at time.Time) sign.Certification {
	v := &validation{at: at}
	v.report(missing(b))
	v.inspect(cert, true)
	findings := append(v.findings, s.purpose(path{certs: b.longest[:1]})...)
	return certification(b.longest[1:], nil, findings...)
}

// missing names the reason why a path ends without an anchor.
func missing(b *builder) sign.Finding {
	cert, tip := b.longest[0], b.longest[len(b.longest)-1]
	issuer := IssuerText(tip)
	selfSigned := tip == cert && selfIssued(cert) && signedBy(cert, cert.PublicKey)
	switch {
	case b.forged != nil:
		return failed(IssuerForged, b.forged.Name)
	case selfSigned && !isCA(cert):
		return failed(SelfSigned, "")
	}
	for _, c := range b.longest {
		switch originOf(c.Issuer) {
		case OriginReal:
			return indeterminate(IssuerKeyUnknown, issuer)
		case OriginPractice:
			return indeterminate(PracticeCertificate, issuer)
		case OriginTest:
			return indeterminate(TestCertificate, issuer)
		}
	}
	if selfSigned {
		return failed(SelfSigned, "")
	}
	return indeterminate(IssuerUnknown, issuer)
}

func certification(chain []*x509.Certificate, a *Anchor, findings ...sign.Finding) sign.Certification {
	c := sign.Certification{Chain: chain, Anchor: sign.Anchor{Kind: sign.AnchorUnknown}, Revocation: sign.RevocationUnchecked}
	if a != nil {
		c.Anchor = a.Anchor
	}
	for _, f := range findings {
		if !slices.Contains(c.Findings, f) {
			c.Findings = append(c.Findings, f)
		}
	}
	return c
}

// better tells whether the findings f leave a better verdict than g.
func better(f, g []sign.Finding) bool {
	v, w := verdictOf(f), verdictOf(g)
	return v != w && v.Worse(w) == w
}

// verdictOf returns the best verdict that findings leave.
func verdictOf(findings []sign.Finding) sign.Verdict {
	v := sign.Passed
	for _, f := range findings {
		v = v.Worse(f.Verdict)
	}
	return v
}

func failed(code, detail string) sign.Finding {
	return sign.Finding{Code: code, Verdict: sign.Failed, Detail: printable(detail)}
}

func indeterminate(code, detail string) sign.Finding {
	return sign.Finding{Code: code, Verdict: sign.Indeterminate, Detail: printable(detail)}
}

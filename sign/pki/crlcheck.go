package pki

import (
	"bytes"
	"crypto"
	"crypto/x509"
	"slices"

	"github.com/jpki-desktop/jpki/sign"
)

// byCRL asks the CRLs about cert (RFC 5280 section 6.3.3), the newest first, until they
// have told of every reason. A revocation that cannot be lifted counts even from a CRL
// which has been superseded since.
func (q *inquiry) byCRL(cert *x509.Certificate, issuer authority) answer {
	ways, ok := points(cert)
	if !ok {
		return answer{findings: []sign.Finding{indeterminate(CertificateMalformed, "CRL distribution points")}}
	}
	c := &crlCheck{inquiry: q, cert: cert, issuer: issuer, serial: serialOf(cert), ways: ways}
	for _, l := range q.lists {
		if l.base == nil && c.related(l) {
			c.ask(l)
		}
	}
	return c.conclude()
}

// crlCheck asks the CRLs about one certificate.
type crlCheck struct {
	*inquiry
	cert     *x509.Certificate
	issuer   authority
	serial   []byte
	ways     []point
	told     reasons // that CRLs have spoken of
	found    answer
	problems []sign.Finding
}

// related tells whether l is one of those that somebody who looks for the revocation of
// the certificate would try, so that what is wrong with it is worth telling.
func (c *crlCheck) related(l *crl) bool {
	return l.issuer == c.issuer.name || slices.ContainsFunc(c.ways, func(p point) bool {
		return slices.Contains(p.issuers, l.issuer)
	})
}

func (c *crlCheck) problem(code string, l *crl) {
	c.problems = append(c.problems, indeterminate(code, l.file))
}

// ask takes over what l says.
func (c *crlCheck) ask(l *crl) {
	var covered reasons
	for _, p := range c.ways {
		covered |= l.covers(c.cert, c.issuer.name, p)
	}
	if covered == 0 {
		c.problem(CRLScope, l)
		return
	}
	key := c.usable(l)
	if key == nil {
		return
	}
	newest, e, listed := c.find(l, c.delta(l, key))
	if listed && e.permanent() {
		c.found = revokedBy(newest, e)
		c.told = allReasons
		return
	}
	if covered&^c.told == 0 || !c.timely(newest) || !listed && !c.complete(newest) {
		return
	}
	c.told |= covered
	switch {
	case listed && !c.found.permanent:
		c.found = revokedBy(newest, e)
	case c.found.Source == "":
		c.found.Status = newest.status(sign.RevocationGood)
	}
}

// find looks for the certificate in l as delta, if not nil, has changed it.
func (c *crlCheck) find(l, delta *crl) (newest *crl, e entry, listed bool) {
	newest = l
	if delta != nil {
		newest = delta
		e, listed = delta.find(c.issuer.name, c.serial)
	}
	if !listed {
		e, listed = l.find(c.issuer.name, c.serial)
	}
	return newest, e, listed && e.reason != removeFromCRL
}

// usable returns the key that signed l, nil if l cannot be used, whatever it says.
func (c *crlCheck) usable(l *crl) crypto.PublicKey {
	if l.critical != "" {
		c.problems = append(c.problems, indeterminate(CRLUnknownCriticalExtension, l.critical+", "+l.file))
		return nil
	}
	v := c.vouch(l, c.issuer)
	switch {
	case v.code != "":
		c.problem(v.code, l)
		return nil
	case l.weak():
		c.problem(RevocationSignatureWeak, l)
		return nil
	}
	return v.key
}

// timely tells whether l is not of the future, and spoke of the time judged at or later.
func (c *crlCheck) timely(l *crl) bool {
	f := indeterminate(CRLNotYetValid, l.file)
	f.Time = l.thisUpdate
	switch {
	case l.thisUpdate.After(c.now().Add(skew)):
	case l.nextUpdate.IsZero() && l.thisUpdate.Before(c.at), !l.nextUpdate.IsZero() && l.nextUpdate.Before(c.at.Add(-skew)):
		f.Code, f.Time = CRLExpired, l.nextUpdate
		if f.Time.IsZero() {
			f.Time = l.thisUpdate
		}
	default:
		return true
	}
	c.problems = append(c.problems, f)
	return false
}

// complete tells whether l would list the certificate, had it been revoked: after its end
// it may be left out (RFC 5280 section 3.3), unless l says otherwise.
func (c *crlCheck) complete(l *crl) bool {
	end := c.cert.NotAfter
	if !l.thisUpdate.After(end) || !l.expiredSince.IsZero() && !l.expiredSince.After(end) {
		return true
	}
	f := indeterminate(RevocationAfterExpiry, l.file)
	f.Time = end
	c.problems = append(c.problems, f)
	return false
}

// delta returns the newest usable delta CRL to l (RFC 5280 section 5.2.4), nil if there
// is none. It is signed with the same key.
func (c *crlCheck) delta(l *crl, key crypto.PublicKey) *crl {
	for _, d := range c.lists {
		if d.base != nil && l.number != nil && d.number != nil && d.issuer == l.issuer &&
			bytes.Equal(d.rawScope, l.rawScope) && bytes.Equal(d.keyID, l.keyID) &&
			l.number.Cmp(d.base) >= 0 && l.number.Cmp(d.number) < 0 &&
			d.critical == "" && !d.weak() && d.by(key) && c.timely(d) {
			return d
		}
	}
	return nil
}

func (c *crlCheck) conclude() answer {
	if c.found.permanent || c.told == allReasons {
		return c.found
	}
	if c.found.State == sign.RevocationRevoked {
		return c.found // a hold is worth telling, though other reasons are unknown
	}
	if c.told != 0 {
		c.problems = append(c.problems, indeterminate(CRLReasons, c.found.Source))
	}
	if len(c.problems) == 0 {
		c.problems = c.baseless()
	}
	return answer{findings: c.problems}
}

// baseless tells of a delta CRL of the issuer whose base is missing.
func (c *crlCheck) baseless() []sign.Finding {
	for _, l := range c.lists {
		if l.base != nil && c.related(l) {
			return []sign.Finding{indeterminate(CRLDeltaWithoutBase, l.file)}
		}
	}
	return nil
}

func (l *crl) status(state sign.Revocation) sign.Status {
	return sign.Status{State: state, ThisUpdate: l.thisUpdate, NextUpdate: l.nextUpdate, Source: l.file}
}

func revokedBy(l *crl, e entry) answer {
	s := l.status(sign.RevocationRevoked)
	s.Reason, s.RevokedAt, s.InvalidAt = e.reason.String(), e.revokedAt, e.invalidAt
	return answer{Status: s, permanent: e.permanent()}
}

package pki

import (
	"bytes"
	"crypto/x509"
	"slices"
	"time"

	"github.com/jpki-desktop/jpki/sign"
)

// endlessLife is how old a status without a nextUpdate may be. It means that newer
// information is there at any time (RFC 6960 section 4.2.2.1), so such an answer is fresh.
const endlessLife = 24 * time.Hour

// ocspCheck judges the answer of a responder (RFC 6960 section 3.2).
type ocspCheck struct {
	*inquiry
	cert   *x509.Certificate
	issuer authority
	source string
	nonce  []byte
	inside bool // the answer came with the signature, at some time after it
}

func (c *ocspCheck) refuse(code, detail string) answer {
	if detail != "" {
		detail += ", "
	}
	return refusal(code, detail+c.source)
}

// judge judges the octets of an answer. A revocation that is signed by who may sign it,
// and cannot be lifted, counts however old it is.
func (c *ocspCheck) judge(data []byte) answer {
	r, status := parseOCSP(data)
	switch {
	case status != 0:
		return c.refuse(OCSPRefused, ocspStatuses[status])
	case r == nil:
		return c.refuse(OCSPMalformed, "")
	}
	if code := c.signer(r); code != "" {
		return c.refuse(code, "")
	}
	if r.critical != "" {
		return c.refuse(OCSPUnknownCriticalExtension, r.critical)
	}
	s := c.single(r)
	switch {
	case s == nil:
		return c.refuse(OCSPWrongCertificate, "")
	case s.critical != "":
		return c.refuse(OCSPUnknownCriticalExtension, s.critical)
	case s.state == 1 && s.permanent():
		return c.found(r, s, sign.RevocationRevoked)
	}
	if f := c.stale(r, s); f != nil {
		return answer{findings: []sign.Finding{*f}}
	}
	switch s.state {
	case 0:
		return c.found(r, s, sign.RevocationGood)
	case 1:
		return c.found(r, s, sign.RevocationRevoked)
	}
	return c.refuse(OCSPUnknown, "")
}

func (s *singleResponse) permanent() bool { return entry{reason: s.reason}.permanent() }

func (c *ocspCheck) found(r *ocspResponse, s *singleResponse, state sign.Revocation) answer {
	a := answer{permanent: state == sign.RevocationRevoked && s.permanent(), Status: sign.Status{
		State: state, ThisUpdate: s.thisUpdate, NextUpdate: s.nextUpdate, ProducedAt: r.producedAt, Source: c.source,
	}}
	if state == sign.RevocationRevoked {
		a.Reason, a.RevokedAt, a.InvalidAt = s.reason.String(), s.revokedAt, s.invalidAt
	}
	if r.nonce == nil && !c.inside {
		a.findings = []sign.Finding{{Code: OCSPNonceMissing, Verdict: sign.Passed, Detail: c.source}}
	}
	return a
}

// single returns the status of the certificate: of several a revocation that stays, or
// else the newest.
func (c *ocspCheck) single(r *ocspResponse) (best *singleResponse) {
	for i := range r.singles {
		s := &r.singles[i]
		if !s.about(c.cert, c.issuer) {
			continue
		}
		lasting := s.state == 1 && s.permanent()
		if lasting {
			return s
		}
		if best == nil || s.thisUpdate.After(best.thisUpdate) {
			best = s
		}
	}
	return best
}

// signer returns the code of why whoever signed r may not, empty if it may: the issuer
// itself, or a responder that the issuer has certified for that (section 4.2.2.2).
func (c *ocspCheck) signer(r *ocspResponse) string {
	code := OCSPSignatureInvalid
	switch {
	case r.by(c.issuer.key):
		if code = ""; !r.names(c.issuer) {
			code = OCSPResponderUnauthorized
		}
	default:
		for _, cert := range r.certs {
			if !r.by(cert.PublicKey) {
				continue
			}
			code = OCSPResponderUnauthorized
			if r.names(authority{distinguishedName(cert.RawSubject).key(), cert.PublicKey, cert}) && c.delegate(cert, c.answered(r)) {
				code = ""
				break
			}
		}
	}
	if code == "" && r.weak() {
		code = RevocationSignatureWeak
	}
	return code
}

func (r *ocspResponse) names(a authority) bool {
	if r.byName != "" {
		return r.byName == a.name
	}
	return a.keyed(r.byKey)
}

// answered is the time at which whoever signed r must have been entitled to.
func (c *ocspCheck) answered(r *ocspResponse) time.Time {
	if c.inside {
		return r.producedAt
	}
	return c.now()
}

// delegate tells whether cert may answer for the issuer at that time. Without id-pkix-ocsp-nocheck its
// own revocation is looked for in the CRLs at hand.
func (c *ocspCheck) delegate(cert *x509.Certificate, now time.Time) bool {
	if distinguishedName(cert.RawIssuer).key() != c.issuer.name || !signedBy(cert, c.issuer.key) || weaklySigned(cert) || weakRSA(cert.PublicKey) > 0 ||
		!slices.Contains(cert.ExtKeyUsage, x509.ExtKeyUsageOCSPSigning) || len(cert.UnhandledCriticalExtensions) > 0 ||
		now.Before(cert.NotBefore.Add(-skew)) || now.After(cert.NotAfter) ||
		extensionValue(cert, oidKeyUsage) != nil && cert.KeyUsage&(x509.KeyUsageDigitalSignature|x509.KeyUsageContentCommitment) == 0 {
		return false
	}
	return extensionValue(cert, oidOCSPNoCheck) != nil || c.byCRL(cert, c.issuer).State != sign.RevocationRevoked
}

// stale returns what speaks against using s now: it answers another question, or is of
// another time.
func (c *ocspCheck) stale(r *ocspResponse, s *singleResponse) *sign.Finding {
	now := c.now()
	needed := now // a later time can be asked about, an earlier one needs no older answer
	if c.at.After(now) || c.inside {
		needed = c.at
	}
	until := s.nextUpdate
	if until.IsZero() {
		until = s.thisUpdate.Add(endlessLife)
	}
	f, end := about(OCSPExpired, c.source), c.cert.NotAfter
	switch {
	case r.nonce != nil && !c.inside && !bytes.Equal(r.nonce, c.nonce):
		f.Code = OCSPNonceMismatch
	case s.thisUpdate.After(now.Add(skew)):
		f.Code, f.Time = OCSPNotYetValid, s.thisUpdate
	case r.producedAt.After(now.Add(skew)):
		f.Code, f.Time = OCSPNotYetValid, r.producedAt
	case until.Before(needed.Add(-skew)):
		f.Time = until
	case s.state == 0 && s.thisUpdate.After(end) && (s.cutoff.IsZero() || s.cutoff.After(end)):
		f.Code, f.Time = RevocationAfterExpiry, end
	default:
		return nil
	}
	return f
}

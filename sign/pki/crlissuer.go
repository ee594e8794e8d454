package pki

import (
	"bytes"
	"crypto"
	"crypto/x509"
	"slices"
	"time"

	"github.com/jpki-desktop/jpki/sign"
)

// Limits of the search for who issued a CRL: certificates tried for each, and CRLs whose
// issuers are needed to check the issuer of another.
const (
	maxCRLIssuers = 8
	maxCRLDepth   = 4
)

// maxCRLSearches bounds the paths that are looked for to the issuers of CRLs, for all
// signatures of a file together: a hostile file may bring any number of CRLs, and each
// search may check hundreds of signatures.
const maxCRLSearches = 32

// vouched is who issued a CRL: its key, or the code of why it is not to be relied on.
type vouched struct {
	key  crypto.PublicKey
	code string
}

// vouch looks for the key that signed l, and for its right to (RFC 5280 section 6.3.3
// (f) and (g)): it is that of the certificate's issuer, or of the anchor, or a path leads
// from the same anchor to its certificate, which is not revoked either. That a CRL speaks
// of its own issuer's certificate is allowed.
func (q *inquiry) vouch(l *crl, issuer authority) vouched {
	for _, a := range []authority{issuer, {q.anchor.name, q.anchor.Key, q.anchor.Cert}} {
		if a.name == l.issuer && l.by(a.key) {
			if a.cert != nil && !maySignCRLs(a.cert) {
				return vouched{code: CRLIssuerUnauthorized}
			}
			return vouched{key: a.key}
		}
	}
	v, known := q.known[l]
	if !known {
		v = q.delegated(l, issuer)
		if q.depth == 0 {
			q.known[l] = v
		}
	}
	return v
}

// delegated looks for the issuer of l among the certificates at hand.
func (q *inquiry) delegated(l *crl, issuer authority) vouched {
	code := CRLIssuerUnauthorized
	if l.issuer == issuer.name {
		code = CRLSignatureInvalid
	}
	for _, cert := range q.named(l) {
		if !l.by(cert.PublicKey) {
			continue
		}
		if maySignCRLs(cert) && (q.trying[l] || q.entitled(l, cert)) {
			return vouched{key: cert.PublicKey}
		}
		code = CRLIssuerUnauthorized
	}
	return vouched{code: code}
}

// named returns the certificates that bear the name of the issuer of l, likely ones first.
func (q *inquiry) named(l *crl) []*x509.Certificate {
	var all []*x509.Certificate
	for _, cert := range q.others {
		if cert != nil && distinguishedName(cert.RawSubject).key() == l.issuer {
			all = append(all, cert)
		}
	}
	slices.SortStableFunc(all, func(a, b *x509.Certificate) int { return l.distance(a) - l.distance(b) })
	return all[:min(len(all), maxCRLIssuers)]
}

func (l *crl) distance(cert *x509.Certificate) int {
	if bytes.Equal(l.keyID, cert.SubjectKeyId) {
		return 0
	}
	return 1
}

// entitled tells whether a valid path without a revoked certificate leads from the anchor
// to cert, by CRLs alone.
func (q *inquiry) entitled(l *crl, cert *x509.Certificate) bool {
	if q.depth == maxCRLDepth || q.searches.Add(1) > maxCRLSearches {
		return false
	}
	q.depth, q.trying[l] = q.depth+1, true
	defer func() { q.depth--; delete(q.trying, l) }()
	only := &Store{anchors: []*Anchor{q.anchor}, use: UseAny, issued: q.store.issued}
	good := false
	b := newBuilder(q.ctx, only, q.others, func(p path) bool {
		good = len(validate(p, only.initial, q.at)) == 0 && q.unrevoked(p)
		return good
	})
	b.search([]*x509.Certificate{cert})
	return good
}

func (q *inquiry) unrevoked(p path) bool {
	for i, cert := range p.certs {
		a := q.byCRL(cert, p.above(i))
		if a.Source == "" || a.State != sign.RevocationGood && !since(a).After(q.at) {
			return false
		}
	}
	return true
}

// since is when a revocation began to count: when it was made, or when the key ceased to
// be trusted if that was earlier.
func since(a answer) time.Time {
	if !a.InvalidAt.IsZero() && a.InvalidAt.Before(a.RevokedAt) {
		return a.InvalidAt
	}
	return a.RevokedAt
}

// maySignCRLs tells whether the key usage of cert allows the signing of CRLs (RFC 5280
// section 4.2.1.3).
func maySignCRLs(cert *x509.Certificate) bool {
	return extensionValue(cert, oidKeyUsage) == nil || cert.KeyUsage&x509.KeyUsageCRLSign != 0
}

package pki

import (
	"bytes"
	"context"
	"crypto/x509"
	"slices"
)

// Limits of the search, so that a hostile bundle cannot make it long: certificates in a
// path, signatures checked, and certificates visited. JPKI needs 1 of each.
const (
	maxDepth  = 8
	maxChecks = 512
	maxVisits = 2048
)

// path is a certification path: the certificate in question first, then its issuers. It
// ends at anchor, or where no issuer was found if that is nil.
type path struct {
	certs  []*x509.Certificate
	anchor *Anchor
}

// itself tells whether the certificate in question is the anchor.
func (p path) itself() bool {
	return len(p.certs) == 1 && p.anchor != nil && p.anchor.Cert != nil && p.anchor.Cert.Equal(p.certs[0])
}

// builder searches for paths depth first. A link is made of a name that matches and a
// signature that verifies; key identifiers only say what to try first.
type builder struct {
	ctx     context.Context
	store   *Store
	pool    []candidate
	found   func(path) (enough bool)
	links   map[[2]any]bool // signatures checked: certificate, and certificate or anchor
	visits  int
	longest []*x509.Certificate
	forged  *Anchor // an anchor whose key a certificate claims without its signature
	limited bool    // the search ended at a limit
}

// candidate is a certificate that may be an issuer.
type candidate struct {
	cert *x509.Certificate
	name string
}

func newBuilder(ctx context.Context, s *Store, others []*x509.Certificate, found func(path) bool) *builder {
	b := &builder{ctx: ctx, store: s, found: found, links: map[[2]any]bool{}}
	if len(others) > maxCertificates {
		others, b.limited = others[:maxCertificates], true
	}
	for _, c := range others {
		if c == nil || slices.ContainsFunc(b.pool, func(k candidate) bool { return k.cert.Equal(c) }) {
			continue
		}
		name := s.issued.key(c.RawSubject)
		if s.byKey(name, c.PublicKey) == nil { // an anchor is tried as such
			b.pool = append(b.pool, candidate{c, name})
		}
	}
	return b
}

// search extends a path upwards from its last certificate, and tells whether to stop.
func (b *builder) search(certs []*x509.Certificate) bool {
	if len(certs) > len(b.longest) {
		b.longest = slices.Clone(certs)
	}
	if b.visits++; b.visits > maxVisits || b.ctx.Err() != nil {
		b.limited = true
		return true
	}
	tip := certs[len(certs)-1]
	issuer := b.store.issued.key(tip.RawIssuer)
	return b.anchored(certs, tip, issuer) || b.issued(certs, tip, issuer)
}

// anchored offers the paths that end at an anchor right here.
func (b *builder) anchored(certs []*x509.Certificate, tip *x509.Certificate, issuer string) bool {
	for _, a := range b.store.anchors {
		p := path{slices.Clone(certs), a}
		if p.itself() {
			if b.found(p) {
				return true
			}
			continue
		}
		if a.name != issuer {
			continue
		}
		if b.linked(tip, a, a.Key) {
			if b.found(p) {
				return true
			}
		} else if !b.limited && !unverifiable(tip) && a.claimed(tip.AuthorityKeyId, authoritySerial(tip)) {
			b.forged = a
		}
	}
	return false
}

// issued goes on to the certificates that may have issued tip, likely ones first. What
// its own key signed, no other did.
func (b *builder) issued(certs []*x509.Certificate, tip *x509.Certificate, issuer string) bool {
	if selfIssued(tip) && b.linked(tip, tip, tip.PublicKey) {
		return false
	}
	var next []*x509.Certificate
	for _, c := range b.pool {
		if c.name == issuer && !slices.ContainsFunc(certs, c.cert.Equal) {
			next = append(next, c.cert)
		}
	}
	if len(certs) >= maxDepth {
		b.limited = b.limited || len(next) > 0
		return false
	}
	slices.SortStableFunc(next, func(x, y *x509.Certificate) int {
		return distance(tip, x) - distance(tip, y)
	})
	for _, c := range next {
		if !b.linked(tip, c, c.PublicKey) {
			continue
		}
		b.expose(c, issuer)
		if b.search(append(slices.Clone(certs), c)) {
			return true
		}
	}
	return false
}

// expose looks whether an issuer poses as an anchor with another key than the anchor's.
func (b *builder) expose(issuer *x509.Certificate, name string) {
	for _, a := range b.store.anchors {
		if a.name == name && a.claimed(issuer.SubjectKeyId, issuer.SerialNumber) {
			b.forged = a
		}
	}
}

// distance is 0 where the key identifiers of issuer and issued are the same.
func distance(issued, issuer *x509.Certificate) int {
	if bytes.Equal(issued.AuthorityKeyId, issuer.SubjectKeyId) {
		return 0
	}
	return 1
}

// linked tells whether key, which issuer holds, signed cert. Each pair is checked once.
func (b *builder) linked(cert *x509.Certificate, issuer, key any) bool {
	pair := [2]any{cert, issuer}
	known, ok := b.links[pair]
	if ok {
		return known
	}
	if len(b.links) >= maxChecks {
		b.limited = true
		return false
	}
	if a, ok := issuer.(*Anchor); ok {
		b.links[pair] = b.store.issued.by(a, cert)
	} else {
		b.links[pair] = signedBy(cert, key)
	}
	return b.links[pair]
}

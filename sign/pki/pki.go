// Package pki decides whether a certificate can be relied on: it builds paths to the
// pinned keys of JPKI's authorities, or to anchors that the user names, validates them
// (RFC 5280 section 6.1), and reads from JPKI's certificates whose they are and what
// they are for. A [Store] is the [sign.Judge] that the formats ask.
//
// Whether a certificate was revoked it asks only where [Store.With] names a source: the
// user's CRL files (RFC 5280 section 6.3), or an OCSP responder (RFC 6960), which is the
// one thing that it opens a connection for. Whether a signature over a document holds is
// the business of the formats, such as package cms.
package pki

import (
	"crypto"
	"crypto/x509"
	"slices"

	"github.com/jpki-desktop/jpki/sign"
)

// Store is a set of anchors and the purpose that certificates are judged for. It may be
// used by several goroutines at once.
type Store struct {
	anchors  []*Anchor
	use      Use
	issued   *issued
	initial  policyInput
	evidence *evidence // of revocation; nil = not asked for
}

// NewStore makes a store that judges the certificates of signers of documents. Of
// several anchors with one name and key the strictest kind counts: pinned, then
// practice and test, then user, so that naming JPKI's own authority with a user's anchor
// does not waive JPKI's rules.
func NewStore(anchors ...Anchor) *Store {
	order := []sign.AnchorKind{sign.AnchorPinned, sign.AnchorPractice, sign.AnchorTest, sign.AnchorUser}
	sorted := slices.Clone(anchors)
	slices.SortStableFunc(sorted, func(a, b Anchor) int {
		return slices.Index(order, a.Kind) - slices.Index(order, b.Kind)
	})
	s := &Store{use: UseSign, issued: &issued{good: map[issuance]bool{}, keys: map[string]string{}}}
	for i := range sorted {
		a := &sorted[i]
		a.name = distinguishedName(a.Subject).key()
		if s.byKey(a.name, a.Key) == nil {
			s.anchors = append(s.anchors, a)
		}
	}
	return s
}

// For returns a store with the same anchors that judges for another purpose: [UseAuth],
// [UseTimestamp], or [UseAny], which asks for a valid path alone.
func (s *Store) For(u Use) *Store {
	other := *s
	other.use = u
	return &other
}

// AnchorOf tells which anchor has the key of an authority's certificate, or else which
// one issued cert. The times of both are not looked at.
func (s *Store) AnchorOf(cert *x509.Certificate) (sign.Anchor, bool) {
	if cert == nil {
		return sign.Anchor{Kind: sign.AnchorUnknown}, false
	}
	if a := s.byKey(distinguishedName(cert.RawSubject).key(), cert.PublicKey); a != nil {
		return a.Anchor, true
	}
	issuer := distinguishedName(cert.RawIssuer).key()
	for _, a := range s.anchors {
		if a.name == issuer && signedBy(cert, a.Key) {
			return a.Anchor, true
		}
	}
	return sign.Anchor{Kind: sign.AnchorUnknown}, false
}

// byKey returns the anchor with that name and key, nil if there is none.
func (s *Store) byKey(name string, key crypto.PublicKey) *Anchor {
	for _, a := range s.anchors {
		if a.name == name && equalKeys(a.Key, key) {
			return a
		}
	}
	return nil
}

func equalKeys(a, b crypto.PublicKey) bool {
	k, ok := a.(interface{ Equal(crypto.PublicKey) bool })
	return ok && k.Equal(b)
}

package pki

import (
	"bytes"
	"crypto/x509"
	"encoding/asn1"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/crypto/cryptobyte"
	casn1 "golang.org/x/crypto/cryptobyte/asn1"
)

var (
	oidNameConstraints = asn1.ObjectIdentifier{2, 5, 29, 30}
	oidEmailAddress    = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 1}
)

// Kinds of GeneralName (RFC 5280 section 4.2.1.6) that can be held against constraints.
const (
	emailName     = casn1.Tag(1 | 0x80)
	dnsName       = casn1.Tag(2 | 0x80)
	directoryName = casn1.Tag(4 | 0x80 | 0x20)
	uriName       = casn1.Tag(6 | 0x80)
	addressName   = casn1.Tag(7 | 0x80)
)

// maxComparisons limits the names of a certificate times the constraints upon them.
const maxComparisons = 1 << 16

// generalName is a name, or the base of a subtree of names.
type generalName struct {
	kind  casn1.Tag
	value []byte
}

// nameState is the permitted and excluded subtrees so far (RFC 5280 section 6.1.1 (h),
// (i)): a name must lie in one subtree of its kind in each set of permitted ones.
type nameState struct {
	permitted [][]generalName
	excluded  []generalName
	count     int
	broken    bool // constraints that cannot be read: no name is permitted
}

// add adds the constraints of an authority.
func (s *nameState) add(cert *x509.Certificate) {
	der := cryptobyte.String(extensionValue(cert, oidNameConstraints))
	if der == nil {
		return
	}
	var permitted, excluded cryptobyte.String
	var havePermitted, haveExcluded bool
	ok := der.ReadASN1(&der, casn1.SEQUENCE) &&
		der.ReadOptionalASN1(&permitted, &havePermitted, casn1.Tag(0).ContextSpecific().Constructed()) &&
		der.ReadOptionalASN1(&excluded, &haveExcluded, casn1.Tag(1).ContextSpecific().Constructed()) &&
		der.Empty()
	p, ok1 := subtrees(permitted)
	e, ok2 := subtrees(excluded)
	s.broken = s.broken || !ok || !ok1 || !ok2
	s.permitted = append(s.permitted, p)
	s.excluded = append(s.excluded, e...)
	s.count += len(p) + len(e)
}

// subtrees reads GeneralSubtrees; minimum and maximum must be absent, as RFC 5280 has it.
func subtrees(der cryptobyte.String) (bases []generalName, ok bool) {
	for !der.Empty() {
		var subtree, value cryptobyte.String
		var kind casn1.Tag
		if !der.ReadASN1(&subtree, casn1.SEQUENCE) || !subtree.ReadAnyASN1(&value, &kind) || !subtree.Empty() {
			return nil, false
		}
		bases = append(bases, generalName{kind, value})
	}
	return bases, true
}

// permit tells whether all names of cert are allowed.
func (s *nameState) permit(cert *x509.Certificate) bool {
	if s.count == 0 && !s.broken {
		return true
	}
	names, ok := namesOf(cert)
	if !ok || s.broken || len(names)*s.count > maxComparisons {
		return false
	}
	return !slices.ContainsFunc(names, func(n generalName) bool { return !s.allow(n) })
}

// allow tells whether a name is allowed. One whose kind has constraints that cannot be
// applied to it is not (RFC 5280 section 4.2.1.10).
func (s *nameState) allow(name generalName) bool {
	for _, base := range s.excluded {
		if within, known := name.within(base); base.kind == name.kind && (within || !known) {
			return false
		}
	}
	for _, set := range s.permitted {
		constrained, allowed := false, false
		for _, base := range set {
			if base.kind == name.kind {
				within, known := name.within(base)
				constrained, allowed = true, allowed || within && known
			}
		}
		if constrained && !allowed {
			return false
		}
	}
	return true
}

// namesOf returns the names of cert that constraints may apply to: its subject, the mail
// addresses in it, and its alternative names.
func namesOf(cert *x509.Certificate) (names []generalName, ok bool) {
	if len(cert.RawSubject) > 0 && len(distinguishedName(cert.RawSubject)) > 0 {
		names = append(names, generalName{directoryName, cert.RawSubject})
	}
	for _, a := range cert.Subject.Names {
		if text, ok := a.Value.(string); ok && a.Type.Equal(oidEmailAddress) {
			names = append(names, generalName{emailName, []byte(text)})
		}
	}
	san := cryptobyte.String(extensionValue(cert, oidSubjectAltName))
	if san == nil {
		return names, true
	}
	if !san.ReadASN1(&san, casn1.SEQUENCE) {
		return nil, false
	}
	for !san.Empty() {
		var value cryptobyte.String
		var kind casn1.Tag
		if !san.ReadAnyASN1(&value, &kind) {
			return nil, false
		}
		names = append(names, generalName{kind, value})
	}
	return names, true
}

// within tells whether n lies in the subtree of base, a name of its kind, and whether
// that can be known.
func (n generalName) within(base generalName) (within, known bool) {
	name, limit := strings.ToLower(string(n.value)), strings.ToLower(string(base.value))
	switch n.kind {
	case directoryName:
		return distinguishedName(n.value).within(distinguishedName(base.value)), true
	case dnsName:
		return name == limit || limit == "" || hostWithin(name, limit) || strings.HasSuffix(name, "."+limit), true
	case emailName:
		return mailWithin(string(n.value), string(base.value)), strings.Contains(name, "@")
	case uriName:
		u, err := url.Parse(name)
		return err == nil && (u.Hostname() == limit || hostWithin(u.Hostname(), limit)), err == nil && u.Hostname() != ""
	case addressName:
		return addressWithin(n.value, base.value), len(base.value) == 8 || len(base.value) == 32
	}
	return false, false
}

// hostWithin tells whether a host is below a domain that begins with a period.
func hostWithin(host, domain string) bool {
	return strings.HasPrefix(domain, ".") && strings.HasSuffix(host, domain)
}

// mailWithin compares with a mailbox (whose local part has cases), a host, or a domain.
func mailWithin(mail, limit string) bool {
	i := strings.LastIndexByte(mail, '@')
	local, host := mail[:max(0, i)], strings.ToLower(mail[i+1:])
	if j := strings.LastIndexByte(limit, '@'); j >= 0 {
		return local == limit[:j] && host == strings.ToLower(limit[j+1:])
	}
	limit = strings.ToLower(limit)
	return limit == "" || host == limit || hostWithin(host, limit)
}

// addressWithin compares an IP address with an address and a mask.
func addressWithin(ip, limit []byte) bool {
	if len(limit) != 2*len(ip) {
		return false
	}
	address, mask := limit[:len(ip)], limit[len(ip):]
	masked := make([]byte, len(ip))
	for i := range ip {
		masked[i] = ip[i] & mask[i]
	}
	return bytes.Equal(masked, address)
}

package pki

import (
	"bytes"
	"crypto/x509"
	"encoding/asn1"
	"math/bits"
	"slices"

	"golang.org/x/crypto/cryptobyte"
	casn1 "golang.org/x/crypto/cryptobyte/asn1"
)

var (
	oidDistributionPoints = asn1.ObjectIdentifier{2, 5, 29, 31}
	context0              = casn1.Tag(0).ContextSpecific().Constructed()
	context1              = casn1.Tag(1).ContextSpecific().Constructed()
)

// maxPoints limits the distribution points of a certificate, and the names of each.
const maxPoints = 64

// reasons is a set of reasons for revocation: bit n is that of ReasonFlags (RFC 5280
// section 4.2.1.13), of which 0 is unused.
type reasons uint16

const allReasons reasons = 0b1_1111_1110

// point is a distribution point: where a certificate says that its CRL is to be found.
type point struct {
	names   []string // canonical general names; nil = left out
	reasons reasons
	issuers []string // keys of directory names: cRLIssuer; nil = the certificate's issuer
}

// points reads the distribution points of cert, and adds the one that RFC 5280 section
// 6.3.3 has every certificate end with: its issuer's name, any reason.
func points(cert *x509.Certificate) (all []point, ok bool) {
	issuer := distinguishedName(cert.RawIssuer)
	implicit := point{names: []string{directoryKey(issuer.key())}, reasons: allReasons}
	value := extensionValue(cert, oidDistributionPoints)
	if value == nil {
		return []point{implicit}, true
	}
	list := cryptobyte.String(value)
	if !list.ReadASN1(&list, casn1.SEQUENCE) {
		return nil, false
	}
	for !list.Empty() {
		var der cryptobyte.String
		if !list.ReadASN1(&der, casn1.SEQUENCE) || len(all) == maxPoints {
			return nil, false
		}
		p, ok := readPoint(der, issuer)
		if !ok {
			return nil, false
		}
		all = append(all, p)
	}
	return append(all, implicit), true
}

func readPoint(der cryptobyte.String, issuer directory) (p point, ok bool) {
	var name, flags, issuers cryptobyte.String
	var haveName, haveFlags, haveIssuers bool
	if !der.ReadOptionalASN1(&name, &haveName, context0) ||
		!der.ReadOptionalASN1(&flags, &haveFlags, casn1.Tag(1).ContextSpecific()) ||
		!der.ReadOptionalASN1(&issuers, &haveIssuers, casn1.Tag(2).ContextSpecific().Constructed()) || !der.Empty() {
		return p, false
	}
	p.reasons, ok = readReasons(flags, haveFlags)
	if ok && haveIssuers {
		var bases []directory
		p.issuers, bases, ok = directories(issuers)
		if len(bases) > 0 {
			issuer = bases[0]
		}
	}
	if ok && haveName {
		p.names, ok = pointNames(name, issuer)
	}
	return p, ok
}

// pointNames reads a DistributionPointName: full names, or what is to be added to the
// name of the CRL's issuer.
func pointNames(der cryptobyte.String, issuer directory) ([]string, bool) {
	var names cryptobyte.String
	if der.PeekASN1Tag(context1) {
		if !der.ReadASN1(&names, context1) || !der.Empty() {
			return nil, false
		}
		rdn, ok := relativeName(names)
		full := append(issuer[:len(issuer):len(issuer)], rdn)
		return []string{directoryKey(full.key())}, ok
	}
	if !der.ReadASN1(&names, context0) || !der.Empty() {
		return nil, false
	}
	return generalNames(names)
}

// generalNames reads the contents of a GeneralNames into a form that can be compared.
func generalNames(der cryptobyte.String) (names []string, ok bool) {
	for !der.Empty() {
		var name cryptobyte.String
		var tag casn1.Tag
		if !der.ReadAnyASN1(&name, &tag) || len(names) == maxPoints {
			return nil, false
		}
		if tag == directoryName {
			names = append(names, directoryKey(distinguishedName(name).key()))
		} else {
			names = append(names, string(rune(tag))+string(name))
		}
	}
	return names, len(names) > 0
}

// directories reads the directory names of a GeneralNames; other kinds name no issuer.
func directories(der cryptobyte.String) (keys []string, names []directory, ok bool) {
	for !der.Empty() {
		var name cryptobyte.String
		var tag casn1.Tag
		if !der.ReadAnyASN1(&name, &tag) || len(keys) == maxPoints {
			return nil, nil, false
		}
		if tag == directoryName {
			d := distinguishedName(name)
			keys, names = append(keys, d.key()), append(names, d)
		}
	}
	return keys, names, len(keys) > 0
}

func directoryKey(key string) string { return string(rune(directoryName)) + key }

// readReasons reads the contents of a ReasonFlags; one that is left out means all.
func readReasons(contents cryptobyte.String, present bool) (reasons, bool) {
	if !present {
		return allReasons, true
	}
	if len(contents) < 1 || len(contents) > 3 || contents[0] > 7 || len(contents) == 1 && contents[0] != 0 {
		return 0, false
	}
	var r reasons
	for i, c := range contents[1:] {
		r |= reasons(bits.Reverse8(c)) << (8 * i)
	}
	return r & allReasons, true
}

// scope is what an issuing distribution point says (RFC 5280 section 5.2.5): which
// certificates of the issuer a CRL is about.
type scope struct {
	names                         []string // nil = left out
	users, authorities, attribute bool     // only those
	reasons                       reasons
	indirect                      bool
}

func readScope(value []byte, issuer directory) (*scope, bool) {
	var name, flags cryptobyte.String
	var haveName, haveFlags bool
	s := &scope{}
	der := cryptobyte.String(value)
	whole := der.ReadASN1(&der, casn1.SEQUENCE) && len(value) > 0 &&
		der.ReadOptionalASN1(&name, &haveName, context0) &&
		readFlag(&der, 1, &s.users) && readFlag(&der, 2, &s.authorities) &&
		der.ReadOptionalASN1(&flags, &haveFlags, casn1.Tag(3).ContextSpecific()) &&
		readFlag(&der, 4, &s.indirect) && readFlag(&der, 5, &s.attribute) && der.Empty()
	if !whole {
		return nil, false
	}
	var ok bool
	s.reasons, ok = readReasons(flags, haveFlags)
	if ok && haveName {
		s.names, ok = pointNames(name, issuer)
	}
	return s, ok
}

func readFlag(der *cryptobyte.String, tag uint8, flag *bool) bool {
	var contents cryptobyte.String
	var present bool
	if !der.ReadOptionalASN1(&contents, &present, casn1.Tag(tag).ContextSpecific()) {
		return false
	}
	*flag = present && !bytes.Equal(contents, []byte{0})
	return !present || len(contents) == 1
}

// covers returns the reasons for which l tells of cert's revocation, by way of p (RFC
// 5280 section 6.3.3 (b) and (d)); none if l is about other certificates.
func (l *crl) covers(cert *x509.Certificate, issuer string, p point) reasons {
	s := l.scope
	switch {
	case p.issuers == nil && l.issuer != issuer:
		return 0
	case p.issuers != nil && (!slices.Contains(p.issuers, l.issuer) || s == nil || !s.indirect):
		return 0
	case s == nil:
		return p.reasons
	case s.attribute || s.users && isCA(cert) || s.authorities && !isCA(cert):
		return 0
	case s.names != nil && !overlap(s.names, p):
		return 0
	}
	return p.reasons & s.reasons
}

// overlap tells whether p, or its issuer where it has no name, is one of names.
func overlap(names []string, p point) bool {
	own := p.names
	if own == nil {
		for _, key := range p.issuers {
			own = append(own, directoryKey(key))
		}
	}
	return slices.ContainsFunc(own, func(n string) bool { return slices.Contains(names, n) })
}

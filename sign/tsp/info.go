package tsp

import (
	"crypto"
	"encoding/asn1"
	"math/big"
	"strings"
	"time"

	"golang.org/x/crypto/cryptobyte"
	casn1 "golang.org/x/crypto/cryptobyte/asn1"
)

// Info is a TSTInfo (RFC 3161 section 2.4.2): what a token says.
type Info struct {
	Policy   string      // dotted text of the policy that the authority follows
	Hash     crypto.Hash // of Imprint; 0 = none that is known here
	Imprint  []byte      // digest of what was time-stamped
	Serial   *big.Int
	Time     time.Time     // genTime
	Accuracy time.Duration // how far Time may be off, either way; 0 = not told
	Nonce    *big.Int      // nil = none
}

// ParseInfo reads a TSTInfo. One with a critical extension is refused: no such extension
// is known here.
func ParseInfo(der []byte) (*Info, error) {
	whole := cryptobyte.String(der)
	var s cryptobyte.String
	var version int
	var policy asn1.ObjectIdentifier
	i := &Info{Serial: new(big.Int)}
	if !whole.ReadASN1(&s, casn1.SEQUENCE) || !whole.Empty() || !s.ReadASN1Integer(&version) || version != 1 ||
		!s.ReadASN1ObjectIdentifier(&policy) || !i.readImprint(&s) || !s.ReadASN1Integer(i.Serial) ||
		!i.readTime(&s) || !i.readAccuracy(&s) || !i.readRest(&s) {
		return nil, errMalformed
	}
	i.Policy = policy.String()
	return i, nil
}

func (i *Info) readImprint(s *cryptobyte.String) bool {
	var imprint, algorithm, digest cryptobyte.String
	var id asn1.ObjectIdentifier
	if !s.ReadASN1(&imprint, casn1.SEQUENCE) || !imprint.ReadASN1(&algorithm, casn1.SEQUENCE) ||
		!algorithm.ReadASN1ObjectIdentifier(&id) || !imprint.ReadASN1(&digest, casn1.OCTET_STRING) || !imprint.Empty() {
		return false
	}
	for h, known := range hashes {
		if known.Equal(id) && len(digest) == h.Size() {
			i.Hash = h
		}
	}
	i.Imprint = digest
	return true
}

// readTime reads genTime, which may have a fraction of a second and is always in UTC.
func (i *Info) readTime(s *cryptobyte.String) bool {
	var text cryptobyte.String
	if !s.ReadASN1(&text, casn1.GeneralizedTime) {
		return false
	}
	whole, fraction, found := strings.Cut(strings.TrimSuffix(string(text), "Z"), ".")
	layout := "20060102150405"
	if found {
		layout += "." + strings.Repeat("0", len(fraction))
	}
	t, err := time.Parse(layout+"Z", string(text))
	if err != nil || len(whole) != 14 || found && (len(fraction) == 0 || len(fraction) > 9) {
		return false
	}
	i.Time = t
	return true
}

func (i *Info) readAccuracy(s *cryptobyte.String) bool {
	if !s.PeekASN1Tag(casn1.SEQUENCE) {
		return true
	}
	var accuracy cryptobyte.String
	var seconds int64
	if !s.ReadASN1(&accuracy, casn1.SEQUENCE) ||
		accuracy.PeekASN1Tag(casn1.INTEGER) && !accuracy.ReadASN1Integer(&seconds) || seconds < 0 || seconds > 1<<31 {
		return false
	}
	i.Accuracy = time.Duration(seconds) * time.Second
	for tag, unit := range []time.Duration{time.Millisecond, time.Microsecond} {
		t := casn1.Tag(tag).ContextSpecific()
		if !accuracy.PeekASN1Tag(t) {
			continue
		}
		var n int64
		if !accuracy.ReadASN1Int64WithTag(&n, t) || n < 1 || n > 999 {
			return false
		}
		i.Accuracy += time.Duration(n) * unit
	}
	return accuracy.Empty()
}

// readRest reads ordering, nonce, the authority's name and extensions.
func (i *Info) readRest(s *cryptobyte.String) bool {
	var ordering bool
	if s.PeekASN1Tag(casn1.BOOLEAN) && !s.ReadASN1Boolean(&ordering) {
		return false
	}
	if s.PeekASN1Tag(casn1.INTEGER) {
		i.Nonce = new(big.Int)
		if !s.ReadASN1Integer(i.Nonce) {
			return false
		}
	}
	var extensions cryptobyte.String
	return s.SkipOptionalASN1(casn1.Tag(0).ContextSpecific().Constructed()) &&
		s.ReadOptionalASN1(&extensions, nil, casn1.Tag(1).ContextSpecific().Constructed()) && s.Empty() && noneCritical(extensions)
}

func noneCritical(extensions cryptobyte.String) bool {
	for !extensions.Empty() {
		var one, value cryptobyte.String
		critical := false
		if !extensions.ReadASN1(&one, casn1.SEQUENCE) || !one.SkipASN1(casn1.OBJECT_IDENTIFIER) ||
			one.PeekASN1Tag(casn1.BOOLEAN) && !one.ReadASN1Boolean(&critical) ||
			!one.ReadASN1(&value, casn1.OCTET_STRING) || !one.Empty() || critical {
			return false
		}
	}
	return true
}

var (
	oidSignedData = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2}
	oidTSTInfo    = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 1, 4}
)

// InfoOf reads the TSTInfo of a token in DER, which is a SignedData around it (RFC 3161
// section 2.4.2). The signature is not looked at.
func InfoOf(token []byte) (*Info, error) {
	s := cryptobyte.String(token)
	var outer, wrapped, data, content, octets cryptobyte.String
	var id asn1.ObjectIdentifier
	explicit0 := casn1.Tag(0).ContextSpecific().Constructed()
	if !s.ReadASN1(&outer, casn1.SEQUENCE) || !s.Empty() || !outer.ReadASN1ObjectIdentifier(&id) || !id.Equal(oidSignedData) ||
		!outer.ReadASN1(&wrapped, explicit0) || !wrapped.ReadASN1(&data, casn1.SEQUENCE) ||
		!data.SkipASN1(casn1.INTEGER) || !data.SkipASN1(casn1.SET) || !data.ReadASN1(&content, casn1.SEQUENCE) ||
		!content.ReadASN1ObjectIdentifier(&id) || !id.Equal(oidTSTInfo) || !content.ReadASN1(&content, explicit0) ||
		!content.ReadASN1(&octets, casn1.OCTET_STRING) || !content.Empty() {
		return nil, errMalformed
	}
	return ParseInfo(octets)
}

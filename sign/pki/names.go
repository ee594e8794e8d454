package pki

import (
	"encoding/asn1"
	"encoding/binary"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/crypto/cryptobyte"
	casn1 "golang.org/x/crypto/cryptobyte/asn1"
	"golang.org/x/text/unicode/norm"
)

// directory is a distinguished name in the form in which names are compared (RFC 5280
// section 7.1): a string per relative name, whatever the string type, case and spaces.
type directory []string

// distinguishedName reads the DER of a Name. One that cannot be read equals itself alone.
func distinguishedName(der []byte) directory {
	var d directory
	s := cryptobyte.String(der)
	ok := s.ReadASN1(&s, casn1.SEQUENCE)
	for ok && !s.Empty() {
		var set cryptobyte.String
		var rdn string
		if ok = s.ReadASN1(&set, casn1.SET); ok {
			rdn, ok = relativeName(set)
			d = append(d, rdn)
		}
	}
	if !ok {
		return directory{"malformed " + string(der)}
	}
	return d
}

func relativeName(set cryptobyte.String) (string, bool) {
	var parts []string
	for !set.Empty() {
		var pair, value cryptobyte.String
		var kind asn1.ObjectIdentifier
		var tag casn1.Tag
		if !set.ReadASN1(&pair, casn1.SEQUENCE) || !pair.ReadASN1ObjectIdentifier(&kind) ||
			!pair.ReadAnyASN1(&value, &tag) || !pair.Empty() {
			return "", false
		}
		parts = append(parts, kind.String()+"="+canonicalValue(value, tag))
	}
	slices.Sort(parts)
	return joined(parts), true
}

// key returns a string that is equal for equal names only.
func (d directory) key() string { return joined(d) }

// joined joins parts so that no two lists have the same result.
func joined(parts []string) string {
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(strconv.Itoa(len(p)))
		b.WriteByte(':')
		b.WriteString(p)
	}
	return b.String()
}

// within tells whether d lies in the subtree of base (RFC 5280 section 4.2.1.10).
func (d directory) within(base directory) bool {
	return len(d) >= len(base) && slices.Equal(d[:len(base)], base)
}

// Tags of string types that package cryptobyte has no name for.
const (
	tagNumeric = casn1.Tag(18)
	tagTeletex = casn1.Tag(20)
	tagBMP     = casn1.Tag(30)
)

func canonicalValue(value []byte, tag casn1.Tag) string {
	switch {
	case tag == tagTeletex:
		return "text " + canonicalText(latin1(value))
	case tag == tagBMP:
		return "text " + canonicalText(utf16BE(value))
	case slices.Contains([]casn1.Tag{casn1.UTF8String, casn1.PrintableString, casn1.IA5String, tagNumeric}, tag) && utf8.Valid(value):
		return "text " + canonicalText(string(value))
	}
	return strconv.Itoa(int(tag)) + " " + string(value)
}

func utf16BE(value []byte) string {
	units := make([]uint16, len(value)/2)
	for i := range units {
		units[i] = binary.BigEndian.Uint16(value[2*i:])
	}
	return string(utf16.Decode(units))
}

// latin1 is how TeletexString is written in practice, whatever T.61 says.
func latin1(value []byte) string {
	runes := make([]rune, len(value))
	for i, c := range value {
		runes[i] = rune(c)
	}
	return string(runes)
}

// canonicalText folds what RFC 4518 tells to fold when names are compared: forms of a
// character, case, and runs of spaces.
func canonicalText(s string) string {
	return strings.Join(strings.Fields(strings.ToLower(norm.NFKC.String(s))), " ")
}

// printable replaces what is not UTF-8, and characters that control a display, such as
// escapes and overrides of direction, by U+FFFD: a certificate may say anything.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r) {
			return unicode.ReplacementChar
		}
		return r
	}, s)
}

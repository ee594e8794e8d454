package pki

import (
	"crypto/x509"
	"encoding/asn1"
	"errors"
	"strings"
	"time"
	"unicode/utf8"
)

// Owner is the person whom a signing certificate belongs to, as it says itself.
type Owner struct {
	Name               string // 氏名: surname, U+3000, given name
	NameSubstitutes    string // a digit per character of Name, not 0 = a substitute; see [Substituted]
	Sex                Sex    // 性別
	Birth              Birth  // 生年月日
	Address            string // 住所, up to 200 characters
	AddressSubstitutes string // as NameSubstitutes, for Address

	// Problems tell what could not be read: a field (name, name_substitutes, sex,
	// birth_date, address, address_substitutes) followed by _missing, _malformed or
	// _repeated. Of a repeated field the first one counts.
	Problems []string
}

// Sex is 性別 as the certificate codes it; empty if it cannot be read.
type Sex string

// The codes of a sex.
const (
	Male       Sex = "1"
	Female     Sex = "2"
	SexUnknown Sex = "3"
)

// Era is the 元号 that a date of birth is to be shown in, as the certificate codes it.
type Era byte

// The codes of an era.
const (
	EraUnknown Era = '0'
	Meiji      Era = '1'
	Taisho     Era = '2'
	Showa      Era = '3'
	Heisei     Era = '4'
	Reiwa      Era = '5'
)

// Birth is a date of birth. A part that the registry does not know is 0.
type Birth struct {
	Text  string // EYYYYMMDD as the certificate has it
	Era   Era    // EraUnknown if Text cannot be read
	Year  int    // western
	Month time.Month
	Day   int
}

// ErrNoOwner says that a certificate does not say whose it is: an authentication
// certificate never does.
var ErrNoOwner = errors.New("the certificate has no owner's name")

var (
	oidSubjectAltName = asn1.ObjectIdentifier{2, 5, 29, 17}
	ownerArc          = asn1.ObjectIdentifier{1, 2, 392, 200149, 8, 5, 5}
)

// ownerFields are the arcs below ownerArc, 1 to 6.
var ownerFields = []string{"name", "name_substitutes", "sex", "birth_date", "address", "address_substitutes"}

// ParseOwner reads the owner from the otherNames of the subject's alternative names,
// which crypto/x509 leaves alone. What can be read is returned, whatever is wrong with
// the rest: see Owner.Problems. Characters that control a display come out as U+FFFD.
func ParseOwner(cert *x509.Certificate) (*Owner, error) {
	texts, problems := otherNames(extensionValue(cert, oidSubjectAltName))
	if len(texts) == 0 && len(problems) == 0 {
		return nil, ErrNoOwner
	}
	o := &Owner{
		Name: texts["name"], NameSubstitutes: texts["name_substitutes"], Sex: Sex(texts["sex"]),
		Address: texts["address"], AddressSubstitutes: texts["address_substitutes"],
		Problems: problems,
	}
	for _, field := range ownerFields {
		if _, ok := texts[field]; !ok {
			o.problem(field, "_missing")
		}
	}
	o.check(texts["birth_date"])
	return o, nil
}

// check looks at the form of what was read.
func (o *Owner) check(birth string) {
	var ok bool
	if o.Birth, ok = parseBirth(birth); !ok && birth != "" {
		o.problem("birth_date", "_malformed")
	}
	if o.Sex != "" && o.Sex != Male && o.Sex != Female && o.Sex != SexUnknown {
		o.Sex = ""
		o.problem("sex", "_malformed")
	}
	if !fit(o.Name, o.NameSubstitutes) {
		o.problem("name_substitutes", "_malformed")
	}
	if !fit(o.Address, o.AddressSubstitutes) {
		o.problem("address_substitutes", "_malformed")
	}
}

// problem notes one thing; a field that was malformed is not missing, too.
func (o *Owner) problem(field, what string) {
	for _, p := range o.Problems {
		if p == field+what || p == field+"_malformed" {
			return
		}
	}
	o.Problems = append(o.Problems, field+what)
}

// Substituted returns the indexes, in characters, of text whose mark is not 0: letters
// that the registry writes otherwise, and the certificate replaces.
func Substituted(text, marks string) []int {
	var at []int
	n := utf8.RuneCountInString(text)
	for i, mark := range []rune(marks) {
		if i < n && mark != '0' {
			at = append(at, i)
		}
	}
	return at
}

// fit tells whether m has a digit for each character of text. That one of them is
// missing is another problem.
func fit(text, m string) bool {
	return text == "" || m == "" || len(m) == utf8.RuneCountInString(text) && digits(m)
}

func digits(s string) bool { return strings.Trim(s, "0123456789") == "" }

func parseBirth(text string) (Birth, bool) {
	b := Birth{Text: text, Era: EraUnknown}
	if len(text) != 9 || !digits(text) || text[0] > byte(Reiwa) {
		return b, false
	}
	number := func(s string) (n int) {
		for _, c := range s {
			n = 10*n + int(c-'0')
		}
		return n
	}
	year, month, day := number(text[1:5]), number(text[5:7]), number(text[7:])
	if month > 12 || day > 31 {
		return b, false
	}
	known := year != 0 && month != 0 && day != 0
	if known && time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Day() != day {
		return b, false
	}
	return Birth{Text: text, Era: Era(text[0]), Year: year, Month: time.Month(month), Day: day}, true
}

package testca

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/crypto/cryptobyte"
	casn1 "golang.org/x/crypto/cryptobyte/asn1"
)

// Owner is what a signing certificate says of the person it belongs to. Its text goes
// into the certificate as it is, malformed too.
type Owner struct {
	Name               string `json:"name"`                          // 氏名: surname, U+3000, given name
	NameSubstitutes    string `json:"name_substitutes,omitempty"`    // a digit per character of Name, not 0 = a substitute; empty = zeros
	Sex                int    `json:"sex"`                           // 性別: 1 male, 2 female, 3 unknown
	Birth              string `json:"birth_date"`                    // 生年月日: EYYYYMMDD, E 1明治 2大正 3昭和 4平成 5令和 0不明, a western year
	Address            string `json:"address"`                       // 住所: up to 200 characters
	AddressSubstitutes string `json:"address_substitutes,omitempty"` // as NameSubstitutes
	Locality           string `json:"municipality"`                  // municipality, in the certificate's subject
}

// SampleOwner is a fictional owner: 見本 花子, born on 23 April 1989 (平成元年), of a
// town that does not exist.
func SampleOwner() Owner {
	return Owner{
		Name:     "見本　花子",
		Sex:      2,
		Birth:    "419890423",
		Address:  "練習県見本市仮町一丁目２番３号",
		Locality: "Mihon-shi",
	}
}

// generalNames returns the value of the subjectAltName extension: six otherNames with a
// UTF8String each (RFC 5280 section 4.2.1.6).
func (o Owner) generalNames() ([]byte, error) {
	var b cryptobyte.Builder
	b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
		for i, text := range []string{
			o.Name, substitutes(o.Name, o.NameSubstitutes), strconv.Itoa(o.Sex),
			o.Birth, o.Address, substitutes(o.Address, o.AddressSubstitutes),
		} {
			addOtherName(b, i+1, text)
		}
	})
	return b.Bytes()
}

func addOtherName(b *cryptobyte.Builder, arc int, text string) {
	context0 := casn1.Tag(0).ContextSpecific().Constructed()
	b.AddASN1(context0, func(b *cryptobyte.Builder) {
		b.AddASN1ObjectIdentifier(append(ownerArc[:len(ownerArc):len(ownerArc)], arc))
		b.AddASN1(context0, func(b *cryptobyte.Builder) {
			b.AddASN1(casn1.UTF8String, func(b *cryptobyte.Builder) { b.AddBytes([]byte(text)) })
		})
	})
}

func substitutes(text, marks string) string {
	if marks != "" {
		return marks
	}
	return strings.Repeat("0", utf8.RuneCountInString(text))
}

// tokyo is Japan's time, without the summer time that it has not had since 1951.
var tokyo = time.FixedZone("JST", 9*60*60)

// lifeEnd returns the last second of a certificate issued at that time: the fifth
// birthday after the day of issue, 23:59:59 in Japan. Without a readable date of birth
// it is five years after the issue. A birthday on 29 February ends on the 28th in a
// common year; whether JPKI does so too is not known.
func lifeEnd(issue time.Time, birth string) time.Time {
	issue = issue.In(tokyo)
	born, err := time.Parse("20060102", birth[min(1, len(birth)):])
	if err != nil {
		born = issue
	}
	year := issue.Year() + 5
	if endOfDay(issue.Year(), born).After(endOfDay(issue.Year(), issue)) {
		year-- // this year's birthday is still to come, and is the first of the five
	}
	return endOfDay(year, born)
}

func endOfDay(year int, day time.Time) time.Time {
	d := day.Day()
	if day.Month() == time.February && d == 29 && !leap(year) {
		d = 28
	}
	return time.Date(year, day.Month(), d, 23, 59, 59, 0, tokyo)
}

func leap(year int) bool {
	return time.Date(year, time.December, 31, 0, 0, 0, 0, time.UTC).YearDay() == 366
}

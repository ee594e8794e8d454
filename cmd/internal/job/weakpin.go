package job

import (
	"bytes"
	"fmt"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/sign/pki"
)

// Known is what is known of the holder and the card in this session, from which a PIN
// could be guessed. The zero value is nothing.
type Known struct {
	Birth pki.Birth // from the signing certificate, if it was read
	Other card.PIN  // the PIN of the other key, if it was entered
}

// WeakPIN returns an [*Error] that says why new, which keeps the rule of k and is folded
// (card.CheckPIN, card.FoldPIN), is too easy to guess, or nil. Its code is pin_same (as
// old), pin_weak_other, pin_weak_repeat, pin_weak_run or pin_weak_birth.
func WeakPIN(k card.Key, new, old card.PIN, known Known) error {
	code := ""
	switch {
	case bytes.Equal(new, old):
		code = "pin_same"
	case len(known.Other) > 0 && (bytes.Contains(new, known.Other) || bytes.Contains(known.Other, new)):
		code = "pin_weak_other"
	case repeats(new):
		code = "pin_weak_repeat"
	case runs(new):
		code = "pin_weak_run"
	case tellsBirth(new, known.Birth):
		code = "pin_weak_birth"
	default:
		return nil
	}
	return fail(code, nil, k)
}

// mostly reports whether part is three quarters of whole: all of a PIN of 4, all but one
// character of a password of 6.
func mostly(part, whole int) bool { return whole > 0 && 4*part >= 3*whole }

// repeats reports whether pin is mostly one character, or one short piece, over and over.
func repeats(pin card.PIN) bool {
	for period := 1; period <= len(pin)/2; period++ {
		same := 0
		for i := period; i < len(pin); i++ {
			if pin[i] == pin[i-period] {
				same++
			}
		}
		if mostly(same, len(pin)-period) {
			return true
		}
	}
	return false
}

// runs reports whether pin is mostly made of runs of three characters or more, upwards,
// downwards or on the spot: 1234, 890123, CBA321, AAA123.
func runs(pin card.PIN) bool {
	inRuns, length, last := 0, 0, noStep
	for i := 1; i < len(pin); i++ {
		s := stepOf(pin[i-1], pin[i])
		switch {
		case s == noStep:
			length = 0
		case s == last:
			length++
		default:
			length = 1
		}
		last = s
		if length == 2 {
			inRuns++ // the step before, which made no run by itself
		}
		if length >= 2 {
			inRuns++
		}
	}
	return mostly(inRuns, len(pin)-1)
}

const noStep = 2

// stepOf returns the step from a to its neighbour b, -1, 0 or 1, or noStep. 0 follows 9.
func stepOf(a, b byte) int {
	step := int(b) - int(a)
	switch {
	case isDigit(a) != isDigit(b):
		return noStep
	case isDigit(a) && (step == 9 || step == -9):
		return -step / 9
	case step < -1 || step > 1:
		return noStep
	}
	return step
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// wholeDate is the number of digits from which on a form of the birth date is found
// anywhere in a PIN; a shorter one must be all the digits that stand together.
const wholeDate = 6

// tellsBirth reports whether the digits of pin are the birth date in a usual form,
// whatever letters stand around or between.
func tellsBirth(pin card.PIN, b pki.Birth) bool {
	groups := bytes.FieldsFunc(pin, func(r rune) bool { return r < '0' || r > '9' })
	digits := card.PIN(bytes.Join(groups, nil))
	defer digits.Wipe()
	for _, form := range birthForms(b) {
		if len(form) >= wholeDate && bytes.Contains(digits, form) {
			return true
		}
		for _, group := range groups {
			if bytes.Equal(group, form) {
				return true
			}
		}
	}
	return false
}

// birthForms returns the ways to write a birth date in four digits or more: the year
// (western, in two digits, of the era), month and day in either order, or some of these.
func birthForms(b pki.Birth) [][]byte {
	var years, days []string
	if b.Year > 0 {
		years = append(eraYears(b.Year), fmt.Sprintf("%04d", b.Year), fmt.Sprintf("%02d", b.Year%100))
	}
	if b.Month > 0 {
		days = append(days, fmt.Sprintf("%02d", b.Month))
	}
	if b.Month > 0 && b.Day > 0 {
		days = append(days, fmt.Sprintf("%02d%02d", b.Month, b.Day), fmt.Sprintf("%d%d", b.Month, b.Day),
			fmt.Sprintf("%02d%02d", b.Day, b.Month))
	}
	var forms [][]byte
	add := func(form string) {
		if len(form) >= 4 {
			forms = append(forms, []byte(form))
		}
	}
	for _, day := range days {
		add(day)
		for _, year := range years {
			add(year + day)
			add(day + year)
		}
	}
	for _, year := range years {
		add(year)
	}
	return forms
}

// eraStarts are the first years of 明治, 大正, 昭和, 平成 and 令和.
var eraStarts = []int{1868, 1912, 1926, 1989, 2019}

// eraYears returns a year as that of its era, or of both in the year in which one ended,
// with and without a leading zero.
func eraYears(year int) []string {
	var years []string
	for i, start := range eraStarts {
		if year < start || i+1 < len(eraStarts) && year > eraStarts[i+1] {
			continue
		}
		n := year - start + 1
		years = append(years, fmt.Sprintf("%02d", n), fmt.Sprint(n))
	}
	return years
}

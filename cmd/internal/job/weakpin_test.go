package job

import (
	"bytes"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/sign/pki"
)

// Births: 昭和, the year in which an era ended, 令和, and one of which only the year is known.
var (
	showa    = pki.Birth{Year: 1980, Month: time.January, Day: 2}
	heisei   = pki.Birth{Year: 1989, Month: time.November, Day: 23}
	reiwa    = pki.Birth{Year: 2021, Month: time.May, Day: 6}
	yearOnly = pki.Birth{Year: 1950}
)

func TestWeakPIN(t *testing.T) {
	for _, c := range []struct {
		key   card.Key
		birth pki.Birth
		code  string
		pins  []string
	}{
		{card.AuthKey, pki.Birth{}, "pin_same", []string{"3719"}},
		{card.AuthKey, pki.Birth{}, "pin_weak_other", []string{"4826"}},
		{card.AuthKey, pki.Birth{}, "pin_weak_repeat", []string{"0000", "1111", "9999", "1212", "9090"}},
		{card.AuthKey, pki.Birth{}, "pin_weak_run", []string{"1234", "9876", "0123", "7890", "8901", "0987", "2109"}},
		{card.AuthKey, pki.Birth{}, "", []string{"1112", "1235", "1243", "2468", "1980", "0102", "1232", "8259", "1221", "4682"}},
		{card.AuthKey, showa, "pin_weak_birth", []string{"1980", "0102", "0201", "8001", "5501", "0180", "0155", "8012", "5512"}},
		{card.AuthKey, heisei, "pin_weak_birth", []string{"1989", "1123", "2311", "8911", "6411", "0111", "1101", "1189", "1164"}},
		{card.AuthKey, reiwa, "pin_weak_birth", []string{"2021", "0506", "0605", "2105", "0305", "0503", "2156", "0356"}},
		{card.AuthKey, yearOnly, "pin_weak_birth", []string{"1950"}},
		{card.AuthKey, showa, "", []string{"1981", "0103", "8259", "8002", "2080"}},
		{card.AuthKey, yearOnly, "", []string{"5000", "2550", "0050"}},

		{card.SignKey, pki.Birth{}, "pin_weak_other", []string{"A4826Z", "4826KX"}},
		{card.SignKey, pki.Birth{}, "pin_weak_repeat", []string{"AAAAAA", "ABABAB", "A1A1A1", "AAAAA1", "1AAAAA", "AAA111", "ABABAB1", "KX7KX7KX7", "KX7QKX7Q", "111111A"}},
		{card.SignKey, pki.Birth{}, "pin_weak_run", []string{"ABCDEF", "890123", "ABC123", "123ABC", "CBA321", "A12345", "ABCDEF1", "AAA123", "ABCD1234", "ABC123XYZ", "FEDCBA9", "XYZ0987"}},
		{card.SignKey, pki.Birth{}, "", []string{"KZ8WQ3", "XK1234", "ABC7Q1", "AB12CD", "Z9A0B8", "1Q2W3E", "19800102X", "S550102"}},
		{card.SignKey, showa, "pin_weak_birth", []string{
			"19800102X", "X19800102", "A1980B0102C", "KX800102", "S550102", "550102S", "3550102K", "SHOWA550102", "S55M01D02",
			"TARO0102", "0102TARO", "TARO1980", "1980TARO7", "KX5501Q", "X02011980", "020180X", "01021980Q", "198001QX", "Q1980Z12", "319800102X",
		}},
		{card.SignKey, heisei, "pin_weak_birth", []string{"H011123", "H11123X", "S641123", "891123XQ"}},
		{card.SignKey, reiwa, "pin_weak_birth", []string{"R030506", "R30506X", "210506R"}},
		{card.SignKey, showa, "", []string{"KZ8WQ3", "TARO0103X", "X1Q0Z2W0", "KX91980Q"}},
	} {
		known := Known{Birth: c.birth, Other: card.PIN("4826")}
		for _, pin := range c.pins {
			if got := code(WeakPIN(c.key, card.PIN(pin), card.PIN("3719"), known)); got != c.code {
				t.Errorf("%v %s, born %d: %q, not %q", c.key, pin, c.birth.Year, got, c.code)
			}
		}
	}
}

func TestWeakPINWithoutKnowledge(t *testing.T) {
	if err := WeakPIN(card.SignKey, card.PIN("KZ8WQ3"), nil, Known{}); err != nil {
		t.Error(err)
	}
}

// TestFewPINsAreRefused counts how many of all PINs of 4 digits are left: a check that
// refuses many makes guessing easier.
func TestFewPINsAreRefused(t *testing.T) {
	refused := map[string]int{}
	for n := range 10000 {
		pin := card.PIN(fmt.Sprintf("%04d", n))
		refused[code(WeakPIN(card.AuthKey, pin, card.PIN("3719"), Known{Birth: heisei, Other: card.PIN("4826")}))]++
	}
	want := map[string]int{"pin_same": 1, "pin_weak_other": 1, "pin_weak_repeat": 100, "pin_weak_run": 20}
	for code, n := range want {
		if refused[code] != n {
			t.Errorf("%s: %d, not %d", code, refused[code], n)
		}
	}
	if n := refused["pin_weak_birth"]; n < 8 || n > 20 {
		t.Errorf("%d are forms of a birth date", n)
	}
}

func FuzzWeakPIN(f *testing.F) {
	for _, seed := range []string{"", "1", "12", "1234", "1111", "1212", "ABC123", "KZ8WQ3", "S550102", "19800102X", "暗証番号", "A\x00\xff9", "KX7KX7KX7KX7KX7K"} {
		f.Add(seed, "3719", "4826", 1980, 1, 2)
	}
	f.Add("H010108", "", "", 1989, 1, 8)
	f.Add("9999", "9999", "9999", -1, 99, -99)
	codes := []string{"", "pin_same", "pin_weak_other", "pin_weak_repeat", "pin_weak_run", "pin_weak_birth"}
	f.Fuzz(func(t *testing.T, new, old, other string, year, month, day int) {
		known := Known{Birth: pki.Birth{Year: year, Month: time.Month(month), Day: day}, Other: card.PIN(other)}
		pin := card.PIN(new)
		got := code(WeakPIN(card.SignKey, pin, card.PIN(old), known))
		if !slices.Contains(codes, got) {
			t.Errorf("%q", got)
		}
		if !bytes.Equal(pin, []byte(new)) {
			t.Errorf("%q became %q", new, []byte(pin))
		}
		if code(WeakPIN(card.AuthKey, pin, pin, known)) != "pin_same" {
			t.Errorf("%q is not the same as itself", new)
		}
		slices.Reverse(pin)
		if backwards := code(WeakPIN(card.SignKey, pin, nil, Known{})); (backwards == "") != (code(WeakPIN(card.SignKey, card.PIN(new), nil, Known{})) == "") && new != "" {
			t.Errorf("%q is judged otherwise backwards: %s", new, backwards)
		}
		if 1 <= year && year <= 9999 && 1 <= month && month <= 12 && 1 <= day && day <= 31 {
			dated := card.PIN(fmt.Sprintf("K%04d%02d%02dX", year, month, day))
			if WeakPIN(card.SignKey, dated, nil, known) == nil {
				t.Errorf("a birth date is let through: %d-%d-%d", year, month, day)
			}
		}
	})
}

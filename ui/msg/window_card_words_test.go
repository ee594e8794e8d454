package msg

import (
	"strings"
	"testing"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/card/emu"
)

func TestThePracticeCardsPINsAreTheOnesItHas(t *testing.T) {
	for _, l := range []Lang{Ja, En} {
		for _, text := range []Text{PracticePINs, PracticeMade} {
			if s := text.In(l); !strings.Contains(s, emu.SignPIN) || !strings.Contains(s, emu.AuthPIN) {
				t.Errorf("%q", s)
			}
		}
	}
}

func TestHintsAtTheWindowNameNoCommand(t *testing.T) {
	for code, hint := range windowErrorHints {
		if _, ok := errorEntries[code]; !ok {
			t.Errorf("%s is no error", code)
		}
		for _, l := range []Lang{Ja, En} {
			for _, command := range []string{"--", " -", "「-", "“-", "jpki ", "%"} {
				if strings.Contains(hint.In(l), command) {
					t.Errorf("%s: %q", code, hint.In(l))
				}
			}
		}
	}
}

func TestEveryStateOfTheCardHasItsOwnTitle(t *testing.T) {
	for _, s := range states {
		if s.code == "interrupted" || s.code == "no_certificate" || s.code == "card_bad_signature" || s.code == "input_changed" {
			continue // not of the way to the card
		}
		for _, l := range []Lang{Ja, En} {
			state := CardTrouble(l, s.err)
			if _, own := cardTroubles[s.code]; !own || state.Title == "" || state.Message == "" || state.Hint == "" {
				t.Errorf("%s: %+v", s.code, state)
			}
		}
	}
}

func TestTriesAreSaidInWords(t *testing.T) {
	for left, want := range map[int]string{0: "locked", 1: "1 of 5 tries left: one more wrong try locks it", 5: "5 of 5 tries left"} {
		if got := Tries(En, card.SignKey, left); got != want {
			t.Errorf("%d: %q, want %q", left, got, want)
		}
	}
}

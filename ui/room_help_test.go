package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// openAll opens every topic of the help with the keyboard.
func openAll(w *testWindow) {
	w.t.Helper()
	w.enter(helpRoom)
	for range 20 {
		closed := ""
		walk(w.top(), func(o fyne.CanvasObject) {
			if b, ok := o.(*button); ok && strings.HasPrefix(b.label, "▶ ") && closed == "" {
				closed = b.label
			}
		})
		if closed == "" {
			return
		}
		w.tabTo(closed)
	}
	w.t.Fatalf("some topics do not open:\n%s", w.texts())
}

func TestTheHelpTellsWhatOneNeedsInTrouble(t *testing.T) {
	for l, wants := range map[msg.Lang][]string{
		msg.Ja: {"0120-95-0178", "必ず公式サイト", "市区町村の窓口", "続けて 5 回間違えるとロック", "続けて 3 回間違えるとロック", "住民基本台帳用", "券面事項入力補助用", "氏名・住所・生年月日・性別", "失効します", "MIT License", "SIL Open Font License", "[診断を開く]", "[暗証番号の画面へ]"},
		msg.En: {"0120-95-0178", "official site", "municipal office", "Locks after 5 wrong tries", "Locks after 3 wrong tries", "Resident-register PIN", "Card-face input PIN", "name, address, birth date and sex", "is revoked", "MIT License", "SIL Open Font License", "[Open the check-up]", "[To the PINs]"},
	} {
		w := newTestWindow(t, Backend{}, Settings{Lang: l})
		openAll(w)
		for _, want := range wants {
			if !strings.Contains(w.texts(), want) {
				t.Errorf("%v: %q is missing", l, want)
			}
		}
		if strings.Contains(w.texts(), "%!") || strings.Contains(w.texts(), "jpki pin") {
			t.Errorf("%v: not for people:\n%s", l, w.texts())
		}
	}
}

func TestWhatConcernsTheCardIsOpenAndOnTop(t *testing.T) {
	w := newTestWindow(t, Backend{}, Settings{Lang: msg.En})
	w.enter(helpRoom)
	for _, test := range []struct {
		card Card
		open []string
	}{
		{goodCard(), nil},
		{withStanding(Expired), []string{"The certificate has expired, or will soon"}},
		{withStanding(EndsSoon), []string{"The certificate has expired, or will soon"}},
		{withTries(0, 3), []string{"A PIN is locked or forgotten"}},
		{with(withStanding(Expired), func(c *Card) { c.Tries = map[card.Key]int{card.AuthKey: 0} }),
			[]string{"The certificate has expired, or will soon", "A PIN is locked or forgotten"}},
		{Card{Err: card.ErrMuteCard}, []string{"The card cannot be read"}},
	} {
		w.show(test.card)
		var topics []string
		walk(w.top(), func(o fyne.CanvasObject) {
			if b, ok := o.(*button); ok && strings.ContainsAny(b.label, "▶▼") {
				topics = append(topics, b.label)
			}
		})
		for i, label := range topics {
			heading, open := strings.CutPrefix(label, "▼ ")
			if open != (i < len(test.open)) || open && heading != test.open[i] {
				t.Errorf("%+v: topic %d is %q, want %q open", test.card, i, label, test.open)
			}
		}
	}
}

func TestTheHelpStaysAsItIsReadUntilTheCardIsAnotherConcern(t *testing.T) {
	w := newTestWindow(t, Backend{}, Settings{Lang: msg.En})
	w.show(goodCard())
	w.enter(helpRoom)
	w.tap("▶ The card is lost or stolen")
	before := w.button("▼ The card is lost or stolen")
	w.show(with(goodCard(), func(c *Card) { c.ID = "B" }))
	if w.button("▼ The card is lost or stolen") != before {
		t.Error("the page was drawn anew for a card that is no other concern")
	}
	w.show(withTries(0, 3))
	w.choose(func(s *Settings) { s.Lang = msg.Ja })
	if said := w.texts(); !strings.Contains(said, "[▼ カードをなくした・盗まれた]") || !strings.Contains(said, "[▼ 暗証番号がロックされた・忘れた]") {
		t.Errorf("what was open is closed:\n%s", said)
	}
}

func TestTheWayToAnotherPINIsThatOfThePresentCard(t *testing.T) {
	for _, test := range []struct {
		source string
		card   Card
		want   msg.Text
	}{
		{"", Card{Err: card.ErrNoCard}, msg.PINRemedy(card.KindMynumber, true)},
		{"", withTries(0, 0), msg.PINRemedy(card.KindMynumber, false)},
		{"", with(withTries(3, 0), func(c *Card) { c.Info.Kind = card.KindAndroid }), msg.PINRemedy(card.KindAndroid, true)},
		{Practice, withTries(0, 0), msg.PracticeBlocked},
	} {
		w := newTestWindow(t, Backend{}, Settings{})
		w.source = test.source
		w.show(test.card)
		openAll(w)
		if !strings.Contains(w.texts(), "→ "+w.say(test.want)) {
			t.Errorf("%+v: %q is missing", test.card, w.say(test.want))
		}
	}
}

func TestTheHelpNamesEveryShortcut(t *testing.T) {
	w := newTestWindow(t, Backend{}, Settings{Lang: msg.En})
	said := map[string]string{}
	for _, row := range w.keyRows() {
		said[row.Label] = row.Value
	}
	for key, want := range map[string]string{"F2": "Large", "F4": "Small", "F5": "Standard", "F8": "Yellow on black", "F9": "日本語", "F10": "English", "Alt+1": "Home", "Alt+7": "Help", "F1": "Help", "Ctrl+Enter": "main button"} {
		if !strings.Contains(said[key], want) {
			t.Errorf("%s: %q, want %q", key, said[key], want)
		}
	}
}

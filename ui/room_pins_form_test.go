package ui

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/ui/msg"
)

func TestWhatIsTypedIsJudgedWhileItIsTyped(t *testing.T) {
	for _, c := range []struct {
		key             card.Key
		old, new, again string
		want            string
		ready           bool
	}{
		{card.AuthKey, "12", "", "", "あと 2 文字以上", false},
		{card.AuthKey, "1234", "82", "", "あと 2 文字以上", false},
		{card.AuthKey, "1234", "8259", "", "✓ 決まりに合っています", false},
		{card.AuthKey, "1234", "8259", "825", "✓ 決まりに合っています", false},
		{card.AuthKey, "1234", "8259", "826", "1 回目と 2 回目で違います", false},
		{card.AuthKey, "1234", "8259", "8259", "✓ 2 回とも同じです", true},
		{card.AuthKey, "123", "8259", "8259", "あと 1 文字以上", false},
		{card.AuthKey, "1234", "1111", "1111", "繰り返し", false},
		{card.AuthKey, "1234", "1234", "1234", "いまのものと同じです", false},
		{card.AuthKey, "1234", "8a", "", "使うのは、数字だけです", false},
		{card.AuthKey, "12345", "", "", "4 文字までです", false},
		{card.SignKey, "abc123", "QXWPZK", "QXWPZK", "英字と数字をどちらも", false},
		{card.SignKey, "abc123", "aaaaa1", "aaaaa1", "繰り返し", false},
		{card.SignKey, "abc123", "abc-123", "", "半角の英字と数字で 6 文字から 16 文字", false},
		{card.SignKey, "abc123", "ab あ", "", "使うのは、英字と数字だけです", false},
		{card.SignKey, "abc123", "xk4w9q", "xk4w9q", "✓ 2 回とも同じです", true},
		{card.SignKey, "abc-123", "xk4w9q", "xk4w9q", "半角の英字と数字で 6 文字", false},
	} {
		ch := &changer{}
		w, r := pinWindow(t, goodCard(), ch, msg.Ja)
		r.change(c.key)
		typePINs(w, c.old, c.new, c.again)
		if texts := w.texts(); !strings.Contains(texts, c.want) || r.form.do.Disabled() == c.ready {
			t.Errorf("%v %q %q %q: ready %v, want %q, %v:\n%s", c.key, c.old, c.new, c.again, !r.form.do.Disabled(), c.want, c.ready, texts)
		}
		if r.form.submit(); !c.ready && r.form == nil {
			t.Errorf("%q is sent", c.new)
		}
	}
}

func TestWhatIsTypedCanBeSeenAndHidden(t *testing.T) {
	w, r := pinWindow(t, goodCard(), &changer{}, msg.En)
	r.change(card.SignKey)
	typePINs(w, "abc123")
	w.tap("Show what I type")
	if !r.form.old.entry.shown || !r.form.again.entry.shown {
		t.Error("still hidden")
	}
	w.tap("Hide what I type")
	if r.form.old.entry.shown {
		t.Error("still shown")
	}
}

func TestWhatWasTypedIsErased(t *testing.T) {
	for name, do := range map[string]func(*testWindow, *pins){
		"leaving the room":  func(w *testWindow, _ *pins) { w.enter(homeRoom) },
		"another card":      func(w *testWindow, _ *pins) { w.show(with(goodCard(), func(c *Card) { c.ID = "B" })) },
		"the card is gone":  func(w *testWindow, _ *pins) { w.show(Card{Err: card.ErrNoCard}) },
		"it is locked":      func(w *testWindow, _ *pins) { w.show(withTries(5, 0)) },
		"the button":        func(w *testWindow, _ *pins) { w.tap("やめる") },
		"closing":           func(w *testWindow, _ *pins) { w.end() },
		"the change itself": func(_ *testWindow, r *pins) { r.form.submit() },
	} {
		w, r := pinWindow(t, goodCard(), &changer{}, msg.Ja)
		r.change(card.AuthKey)
		form := r.form
		typePINs(w, "1234", "8259", "8259")
		buffer := form.old.entry.letters[:4]
		do(w, r)
		if form.typed() || r.form != nil || slices.ContainsFunc(buffer, func(b byte) bool { return b != 0 }) {
			t.Errorf("%s: it is still there", name)
		}
		for len(w.sheets) > 0 {
			(<-w.queue)()
		}
	}
}

func TestThatSomethingWasErasedIsSaid(t *testing.T) {
	w, r := pinWindow(t, goodCard(), &changer{}, msg.Ja)
	r.change(card.AuthKey)
	typePINs(w, "12")
	w.show(Card{Err: card.ErrNoCard})
	if !strings.Contains(w.texts(), "入力を消しました") || !strings.Contains(w.texts(), "カードが置かれていません") {
		t.Error(w.texts())
	}
}

func TestWhatWasTypedOutlastsLanguageLooksAndAGlanceAtTheCard(t *testing.T) {
	w, r := pinWindow(t, goodCard(), &changer{}, msg.Ja)
	r.change(card.AuthKey)
	typePINs(w, "1234", "82")
	w.press(fyne.KeyF10)
	w.press(fyne.KeyF6)
	w.show(Card{Reading: true})
	w.show(goodCard())
	if w.win.Canvas().Focused() != r.form.new.entry {
		t.Errorf("the focus is at %v", w.win.Canvas().Focused())
	}
	typePINs(w, "59", "8259")
	if r.form.do.Disabled() || !strings.Contains(w.texts(), "✓ The same both times") {
		t.Errorf("%v", w.texts())
	}
}

func TestEveryFieldAndButtonOfAChangeIsReachedByTab(t *testing.T) {
	w, r := pinWindow(t, goodCard(), &changer{}, msg.Ja)
	r.change(card.AuthKey)
	var stops []fyne.Focusable
	for range 4 {
		stops = append(stops, w.win.Canvas().Focused())
		w.win.Canvas().FocusNext()
	}
	f := r.form
	if want := []fyne.Focusable{f.old.entry, f.new.entry, f.again.entry, f.show}; !slices.Equal(stops, want) {
		t.Errorf("Tab goes to %v", stops)
	}
}

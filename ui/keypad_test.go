package ui

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// padKeys are the keys on the screen that can be seen.
func (w *testWindow) padKeys() map[string]*padKey {
	found := map[string]*padKey{}
	walk(w.top(), func(o fyne.CanvasObject) {
		if k, ok := o.(*padKey); ok {
			found[k.label] = k
		}
	})
	return found
}

// click clicks a key on the screen, as a mouse does: what has the focus loses it first.
func (w *testWindow) click(label string) {
	w.t.Helper()
	k := w.padKeys()[label]
	if k == nil {
		w.t.Fatalf("no key %q; there are %v", label, w.padKeys())
	}
	w.win.Canvas().Unfocus()
	test.Tap(k)
}

func (w *testWindow) clicks(letters string) {
	w.t.Helper()
	for _, r := range letters {
		w.click(string(r))
	}
}

// staysWhileClicked clicks a key so often, and checks that it does not move.
func (w *testWindow) staysWhileClicked(label string, times int) {
	w.t.Helper()
	place := func() fyne.Position {
		return fyne.CurrentApp().Driver().AbsolutePositionForObject(w.padKeys()[label])
	}
	before := place()
	for range times {
		w.click(label)
		if now := place(); now != before {
			w.t.Fatalf("window of %v: the key %s moved from %v to %v", w.win.Canvas().Size(), label, before, now)
		}
	}
}

func TestPINIsEnteredWithTheMouseAlone(t *testing.T) {
	for _, c := range []struct {
		key       card.Key
		keys      int
		pin, last string
	}{{card.SignKey, 37, "ABC12", "3"}, {card.AuthKey, 11, "123", "4"}} {
		a := askPIN(t, msg.Ja, c.key, 3)
		if n := len(a.padKeys()); n != 0 {
			t.Errorf("%d keys are there before they are wanted", n)
		}
		a.tap(msg.KeypadShow.Ja)
		if n := len(a.padKeys()); n != c.keys {
			t.Errorf("%d keys, want %d", n, c.keys)
		}
		a.clicks(c.pin + "0")
		a.click(msg.KeypadErase.Ja)
		a.clicks(c.last)
		field := a.field()
		if a.win.Canvas().Focused() != fyne.Focusable(field) {
			t.Error("the keyboard no longer reaches the field")
		}
		a.tap(msg.PINSheetSend.Ja)
		if err := a.answered(); err != nil || string(a.pin) != c.pin+c.last {
			t.Errorf("error %v, or another PIN", err)
		}
		wiped(t, field)
	}
}

// TestKeysOnTheScreenStayInTheirPlace types until no letter more is taken: the next click
// must not hit another key.
func TestKeysOnTheScreenStayInTheirPlace(t *testing.T) {
	for _, space := range []fyne.Size{{Width: 1000, Height: 700}, {Width: 450, Height: 300}} {
		a := askPIN(t, msg.Ja, card.SignKey, 3)
		a.win.Resize(space)
		a.tap(msg.KeypadShow.Ja)
		a.fits(t, "the dialog with keys")
		a.staysWhileClicked("Z", 16)
		a.press(fyne.KeyEscape)
		a.answered()

		w, r := pinWindow(t, goodCard(), &changer{}, msg.Ja)
		w.win.Resize(space)
		r.change(card.AuthKey)
		w.tap(msg.KeypadShow.Ja)
		w.fits(t, "the form with keys")
		w.staysWhileClicked("1", 5)
	}
}

func TestPINIsChangedWithTheMouseAlone(t *testing.T) {
	ch := &changer{}
	w, r := pinWindow(t, goodCard(), ch, msg.Ja)
	r.change(card.AuthKey)
	w.tap(msg.KeypadShow.Ja)
	w.clicks("1234")
	for _, p := range []*pinField{r.form.new, r.form.again} {
		test.Tap(p.entry)
		w.clicks("8259")
	}
	w.tap(msg.PINsDo.Ja)
	w.untilText(msg.PINChanged.In(msg.Ja, msg.AuthPIN.Ja))
}

func TestKeysOnTheScreenStayForTheNextPIN(t *testing.T) {
	w, r := pinWindow(t, goodCard(), &changer{}, msg.Ja)
	r.change(card.AuthKey)
	w.tap(msg.KeypadShow.Ja)
	r.change(card.SignKey)
	if n := len(w.padKeys()); n != 37 {
		t.Errorf("%d keys", n)
	}
	w.tap(msg.KeypadHide.Ja)
	if n := len(w.padKeys()); n != 0 {
		t.Errorf("%d keys after they were put away", n)
	}
}

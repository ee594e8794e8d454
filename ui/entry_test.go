package ui

import (
	"testing"

	"fyne.io/fyne/v2"

	"github.com/jpki-desktop/jpki/ui/msg"
)

func TestAFieldLeavesTheWindowsKeysToTheWindow(t *testing.T) {
	w := newTestWindow(t, Backend{}, Settings{})
	e := newEntry("場所", nil)
	left := false
	var s *sheet
	s = w.openSheet("題", []fyne.CanvasObject{e}, e, func() { left = true; s.close() })
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF2})
	if w.settings.Size != "large" {
		t.Errorf("F2 in a field makes the letters %q", w.settings.Size)
	}
	if e.AcceptsTab() {
		t.Error("Tab stays in the field")
	}
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if !left {
		t.Error("Esc in a field does not leave the dialog")
	}
}

func TestAFieldIsEditedAndSubmitted(t *testing.T) {
	newTestWindow(t, Backend{}, Settings{})
	var submitted string
	e := newEntry("場所", func(s string) { submitted = s })
	e.setText("書類")
	e.TypedRune('2')
	for _, k := range []fyne.KeyName{fyne.KeyHome, fyne.KeyDelete, fyne.KeyEnd, fyne.KeyLeft, fyne.KeyBackspace, fyne.KeyReturn} {
		e.TypedKey(&fyne.KeyEvent{Name: k})
	}
	if submitted != "2" {
		t.Errorf("submitted %q", submitted)
	}
	if e.AccessibilityLabel() != "場所" || newEntry("", nil).labelled("名前").AccessibilityLabel() != "名前" {
		t.Error("a screen reader is not told what the field is for")
	}
}

func TestAFieldThatGetsTheFocusIsScrolledTo(t *testing.T) {
	w := newTestWindow(t, Backend{}, Settings{})
	w.win.Resize(fyne.NewSize(450, 300))
	e := newEntry("場所", nil)
	body := []fyne.CanvasObject{newText(msg.PINLong.Ja + msg.PINLong.Ja), e}
	s := w.openSheet("題", body, nil, func() {}, newButton("戻る", nil))
	before := s.scroll.Offset.Y
	w.win.Canvas().Focus(e)
	if s.scroll.Offset.Y <= before {
		t.Errorf("scrolled from %v to %v", before, s.scroll.Offset.Y)
	}
}

func TestDownLeadsFromTheFieldIntoTheList(t *testing.T) {
	ch := newChoosing(t, oneFile, folderOf(t, "a", "b"), "")
	ch.typeText("a")
	ch.typeKeys(fyne.KeyDown)
	if ch.win.Canvas().Focused() != ch.c.list {
		t.Errorf("the focus is at %v", ch.win.Canvas().Focused())
	}
}

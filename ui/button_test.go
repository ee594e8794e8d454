package ui

import (
	"image/color"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"

	"github.com/jpki-desktop/jpki/ui/theme"
)

func face(b *button) *buttonFace { return test.WidgetRenderer(b).(*buttonFace) }

func TestAButtonIsPressedByMouseEnterAndSpace(t *testing.T) {
	dressed(t)
	pressed := 0
	b := newButton("署名する", func() { pressed++ })
	test.NewTempWindow(t, b)
	test.Tap(b)
	for _, key := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace} {
		b.TypedKey(&fyne.KeyEvent{Name: key})
	}
	b.TypedRune(' ') // comes along with the key
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyA})
	if pressed != 4 {
		t.Errorf("pressed %d times, want 4", pressed)
	}
}

func TestADisabledButtonDoesNothingAndStaysReadable(t *testing.T) {
	dressed(t)
	b := newButton("署名する", func() { t.Error("pressed") }).primary()
	test.NewTempWindow(t, b)
	b.Disable()
	test.Tap(b)
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if ink, fill, _ := b.colours(); ink != fynetheme.ColorNameDisabled || fill != fynetheme.ColorNameDisabledButton {
		t.Errorf("drawn in %s on %s", ink, fill)
	}
}

func TestTheFocusOfAButtonIsARingAroundIt(t *testing.T) {
	dressed(t)
	b := newButton("署名する", nil)
	w := test.NewTempWindow(t, b)
	b.Resize(b.MinSize())
	before := b.MinSize()
	if face(b).ring.Visible() {
		t.Error("a ring without the focus")
	}
	w.Canvas().Focus(b)
	f := face(b)
	if !f.ring.Visible() || f.ring.StrokeWidth < 3 {
		t.Errorf("ring visible %v, %v thick", f.ring.Visible(), f.ring.StrokeWidth)
	}
	if gap := f.fill.Position().X - f.ring.StrokeWidth; gap < 2 {
		t.Errorf("the ring is %v from the fill", gap)
	}
	if b.MinSize() != before {
		t.Error("the focus moves things")
	}
}

func TestButtonsAreLargeEnoughToTouch(t *testing.T) {
	dressed(t)
	for _, b := range []*button{newButton("次", nil), newButton("次", nil).primary(), newButton("次", nil).nav(false), newButton("次", nil).compact()} {
		b.Resize(b.MinSize())
		if h := b.MinSize().Height; h < 44 {
			t.Errorf("kind %d: %v high", b.kind, h)
		}
	}
	if h := newButton("署名する", nil).big().MinSize().Height; h < 88 {
		t.Errorf("the big button is %v high", h)
	}
}

func TestAButtonTooNarrowForItsLabelBreaksItAndGrows(t *testing.T) {
	dressed(t)
	b := newButton(strings.Repeat("署名の検証結果を保存する", 3), nil)
	b.Resize(fyne.NewSize(900, 44))
	wide := b.MinSize().Height
	b.Resize(fyne.NewSize(b.MinSize().Width, 44))
	if b.MinSize().Height <= wide {
		t.Errorf("%v high at 900, %v at %v", wide, b.MinSize().Height, b.Size().Width)
	}
	f := face(b)
	for _, d := range drawnTexts(f.label) {
		if right := f.label.Position().X + d.Position().X + d.Size().Width; right > b.Size().Width {
			t.Errorf("%q reaches to %v of %v", d.Text, right, b.Size().Width)
		}
	}
}

func TestAShortLabelIsNotBroken(t *testing.T) {
	dressed(t)
	for _, label := range []string{"署名する", "Sign", "AVAVA To You", "Verify a signature"} {
		for _, kind := range []*button{newButton(label, nil), newButton(label, nil).big(), newButton(label, nil).nav(true).hint("Alt+3")} {
			kind.Resize(kind.MinSize())
			if n := len(drawnTexts(face(kind).label)); n != 1 {
				t.Errorf("%q, kind %d: %d lines", label, kind.kind, n)
			}
		}
	}
}

func TestTheChosenRoomIsMarkedWithoutColour(t *testing.T) {
	dressed(t)
	b := newButton("署名", nil).nav(false).hint("Alt+3")
	b.Resize(b.MinSize())
	if face(b).bar.Visible() || drawnTexts(face(b).label)[0].FontSource != theme.Regular {
		t.Error("marked although it is not chosen")
	}
	b.setSelected(true)
	f := face(b)
	if !f.bar.Visible() || f.bar.Size().Width < 3 || drawnTexts(f.label)[0].FontSource != theme.Bold {
		t.Error("not marked by a bar and bold letters")
	}
	if drawnString(f.caption) != "Alt+3" {
		t.Errorf("the shortcut is shown as %q", drawnString(f.caption))
	}
}

func TestTheIconHasTheColourOfTheLabel(t *testing.T) {
	dressed(t)
	b := newButton("署名する", nil).primary()
	b.setIcon(fynetheme.DocumentCreateIcon())
	b.Resize(b.MinSize())
	icon, ok := face(b).icon.Resource.(fyne.ThemedResource)
	if !ok || icon.ThemeColorName() != fynetheme.ColorNameForegroundOnPrimary {
		t.Errorf("the icon is %v", face(b).icon.Resource)
	}
}

func TestPressingAButtonLeavesNothingMoving(t *testing.T) {
	dressed(t)
	b := newButton("署名する", nil)
	test.NewTempWindow(t, b)
	b.Resize(b.MinSize())
	fill := face(b).fill.FillColor
	test.Tap(b)
	if got := face(b).fill.FillColor; got != fill {
		t.Errorf("the fill goes from %v to %v", fill, got)
	}
}

func TestAButtonUnderTheMouseShowsItByItsEdge(t *testing.T) {
	dressed(t)
	b := newButton("署名する", nil)
	b.Resize(b.MinSize())
	edge := func() (color.Color, float32) { r := face(b).fill; return r.StrokeColor, r.StrokeWidth }
	before, thin := edge()
	b.MouseIn(nil)
	if c, width := edge(); c == before || width <= thin {
		t.Errorf("edge %v, %v thick", c, width)
	}
	b.MouseOut()
	if c, _ := edge(); c != before {
		t.Error("the edge stays after the mouse has left")
	}
}

func TestAButtonTellsItsLabel(t *testing.T) {
	var a fyne.Accessible = newButton("署名する", nil).hint("Alt+3")
	if a.AccessibilityLabel() != "署名する" || a.AccessibilityRole() != fyne.AccessibleRoleButton {
		t.Errorf("%s: %s", a.AccessibilityRole(), a.AccessibilityLabel())
	}
}

package ui

import (
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/jpki-desktop/jpki/ui/theme"
)

// The keys of the looks and languages, one each, in the order of package theme.
var (
	sizeKeys     = []string{"F4", "F3", "F2"} // small, normal, large
	schemeKeys   = []string{"F5", "F6", "F7", "F8"}
	languageKeys = []string{"F9", "F10"}
)

// roomHint is the shortcut of a room as it is shown.
func roomHint(number int) string { return "Alt+" + strconv.Itoa(number+1) }

// bindKeys binds the keys that work everywhere.
func (w *Window) bindKeys() {
	c := w.win.Canvas()
	c.SetOnTypedKey(w.key)
	for i := range w.rooms {
		name := fyne.KeyName(strconv.Itoa(i + 1))
		c.AddShortcut(&desktop.CustomShortcut{KeyName: name, Modifier: fyne.KeyModifierAlt}, func(fyne.Shortcut) {
			if len(w.sheets) == 0 {
				w.enter(i)
			}
		})
	}
	for _, enter := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyEnter} {
		c.AddShortcut(&desktop.CustomShortcut{KeyName: enter, Modifier: fyne.KeyModifierControl}, func(fyne.Shortcut) { w.pressPrimary() })
	}
}

// primaryHint is the shortcut of the primary button as it is shown.
const primaryHint = "Ctrl+Enter"

// pressPrimary presses the button of what most people want next.
func (w *Window) pressPrimary() {
	for _, f := range w.focusables(w.top()) {
		if b, ok := f.(*button); ok && b.kind == primaryButton && !b.Disabled() {
			b.press()
			return
		}
	}
}

// key handles a key that the focused widget has no use for.
func (w *Window) key(e *fyne.KeyEvent) {
	switch {
	case e.Name == fyne.KeyEscape && len(w.sheets) > 0:
		w.sheets[len(w.sheets)-1].cancel()
	case w.lookKey(string(e.Name)):
	case e.Name == fyne.KeyF1 && len(w.sheets) == 0:
		w.enter(helpRoom)
	default:
		w.scrollKey(e.Name)
	}
}

func (w *Window) lookKey(key string) bool {
	if i := slices.Index(sizeKeys, key); i >= 0 {
		w.choose(func(s *Settings) { s.Size = string(theme.Sizes()[i]) })
		return true
	}
	if i := slices.Index(schemeKeys, key); i >= 0 {
		w.choose(func(s *Settings) { s.Scheme = string(theme.Schemes()[i]) })
		return true
	}
	if i := slices.Index(languageKeys, key); i >= 0 {
		w.choose(func(s *Settings) { s.Lang = languages[i] })
		return true
	}
	return false
}

func (w *Window) scrollKey(key fyne.KeyName) {
	scroll := w.frame.scroll
	if n := len(w.sheets); n > 0 {
		scroll = w.sheets[n-1].scroll
	}
	page := scroll.Size().Height * 0.85
	steps := map[fyne.KeyName]float32{
		fyne.KeyUp: -40, fyne.KeyDown: 40, fyne.KeyPageUp: -page, fyne.KeyPageDown: page,
		fyne.KeyHome: -scroll.Content.Size().Height, fyne.KeyEnd: scroll.Content.Size().Height,
	}
	if step, ok := steps[key]; ok {
		scrollTo(scroll, scroll.Offset.Y+step)
	}
}

func scrollTo(s *container.Scroll, y float32) {
	s.Offset.Y = max(0, min(y, s.Content.Size().Height-s.Size().Height))
	s.Refresh()
}

package ui

import (
	"cmp"
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/jpki-desktop/jpki/ui/theme"
)

// A buttonKind is what a button is for, which decides its look.
type buttonKind uint8

const (
	normalButton  buttonKind = iota
	primaryButton            // what most people want next; at most one in a room
	dangerButton             // what cannot be taken back
	navButton                // a room in the list of rooms
	bigButton                // the four works of the first room
)

// button is a button whose label breaks as [text] does, which Enter and Space press,
// and around which a ring shows the focus. It does not animate: a window at rest draws
// nothing.
type button struct {
	widget.DisableableWidget
	label    string
	name     string // what screen readers say, if that is not the label
	kind     buttonKind
	icon     fyne.Resource
	shortcut string
	onTapped func()

	low     bool // less high than others
	chosen  bool // what it stands for is what is shown or set
	hovered bool
	focused bool
}

// newButton returns a normal button. tapped may be nil.
func newButton(label string, tapped func()) *button {
	b := &button{label: label, onTapped: tapped}
	b.ExtendBaseWidget(b)
	return b
}

// primary makes it the button of what most people want next.
func (b *button) primary() *button { b.kind = primaryButton; return b.hint(primaryHint) }

// danger makes it the button of what cannot be taken back.
func (b *button) danger() *button { b.kind = dangerButton; return b }

// big makes it one of the large buttons of the first room.
func (b *button) big() *button { b.kind = bigButton; return b }

// nav makes it an entry of the list of rooms, and shows whether it is the room in use.
func (b *button) nav(chosen bool) *button { b.kind = navButton; return b.selected(chosen) }

// compact makes it less high, for rows of small choices.
func (b *button) compact() *button { b.low = true; return b }

// selected shows that what the button stands for is chosen: by a bar and bold letters.
func (b *button) selected(chosen bool) *button { b.chosen = chosen; return b }

// hint sets the name of the shortcut, such as "Alt+3", shown small. The shortcut itself
// is the window's.
func (b *button) hint(shortcut string) *button { b.shortcut = shortcut; return b }

// setIcon sets the icon before the label, drawn in the colour of the label.
func (b *button) setIcon(icon fyne.Resource) {
	b.icon = icon
	b.Refresh()
}

// named sets what screen readers say, where several buttons have the same label.
func (b *button) named(name string) *button { b.name = name; return b }

// SetText shows another label.
func (b *button) SetText(label string) {
	if label != b.label {
		b.label = label
		b.Refresh()
	}
}

// setSelected shows whether what the button stands for is chosen.
func (b *button) setSelected(chosen bool) {
	if chosen != b.chosen {
		b.chosen = chosen
		b.Refresh()
	}
}

// Tapped implements [fyne.Tappable].
func (b *button) Tapped(*fyne.PointEvent) {
	if b.Disabled() {
		return
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(b); c != nil {
		c.Focus(b) // so that Tab goes on from here
	}
	b.press()
}

func (b *button) press() {
	if !b.Disabled() && b.onTapped != nil {
		b.onTapped()
	}
}

// TypedKey implements [fyne.Focusable]: Enter and Space press the button,
// other keys are the window's.
func (b *button) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		b.press()
	default:
		forwardKey(b, e)
	}
}

// TypedRune implements [fyne.Focusable].
func (b *button) TypedRune(rune) {}

// FocusGained implements [fyne.Focusable].
func (b *button) FocusGained() {
	b.focused = true
	b.Refresh()
	reveal(b)
}

// FocusLost implements [fyne.Focusable].
func (b *button) FocusLost() { b.focused = false; b.Refresh() }

// MouseIn implements [desktop.Hoverable].
func (b *button) MouseIn(*desktop.MouseEvent) { b.hovered = true; b.Refresh() }

// MouseMoved implements [desktop.Hoverable].
func (b *button) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements [desktop.Hoverable].
func (b *button) MouseOut() { b.hovered = false; b.Refresh() }

// Cursor implements [desktop.Cursorable].
func (b *button) Cursor() desktop.Cursor {
	if b.Disabled() {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// AccessibilityLabel implements [fyne.Accessible].
func (b *button) AccessibilityLabel() string { return cmp.Or(b.name, b.label) }

// AccessibilityRole implements [fyne.Accessible].
func (b *button) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer implements [fyne.Widget].
func (b *button) CreateRenderer() fyne.WidgetRenderer {
	b.ExtendBaseWidget(b)
	f := newButtonFace(b)
	f.dress()
	return f
}

// colours returns those of the letters, of the fill, and of a layer over the fill.
func (b *button) colours() (ink, fill, layer fyne.ThemeColorName) {
	if b.Disabled() {
		return fynetheme.ColorNameDisabled, fynetheme.ColorNameDisabledButton, ""
	}
	if b.hovered {
		layer = fynetheme.ColorNameHover
	}
	switch {
	case b.kind == primaryButton:
		return fynetheme.ColorNameForegroundOnPrimary, fynetheme.ColorNamePrimary, layer
	case b.kind == dangerButton:
		return fynetheme.ColorNameForegroundOnError, fynetheme.ColorNameError, layer
	case b.chosen:
		return fynetheme.ColorNameForeground, theme.ColorNameSelected, layer
	case b.kind == navButton:
		return fynetheme.ColorNameForeground, theme.ColorNameNavigation, layer
	}
	return fynetheme.ColorNameForeground, fynetheme.ColorNameButton, layer
}

package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// entry is a field for one line of text, such as a path. The keys that it has no use for
// go on to the window, so that Tab, Esc, the function keys and Alt+1 work in it too. For
// PINs use pinEntry.
type entry struct {
	widget.Entry
	label string

	// first is asked about each key before the field is; it tells whether it used the key.
	first func(fyne.KeyName) bool
}

// newEntry returns a field which shows placeholder while it is empty. submitted is called
// with the text upon Enter, and may be nil.
func newEntry(placeholder string, submitted func(string)) *entry {
	e := &entry{label: placeholder}
	e.PlaceHolder = placeholder
	e.OnSubmitted = submitted
	e.Wrapping = fyne.TextWrap(fyne.TextTruncateClip) // as widget.NewEntry: the line scrolls
	e.ExtendBaseWidget(e)
	return e
}

// labelled sets what screen readers call the field, if that is not its placeholder.
func (e *entry) labelled(label string) *entry { e.label = label; return e }

// changed has a function called with the text after each change by the user or SetText.
func (e *entry) changed(f func(string)) *entry { e.OnChanged = f; return e }

// AccessibilityLabel implements [fyne.Accessible].
func (e *entry) AccessibilityLabel() string { return e.label }

// AccessibilityRole implements [fyne.Accessible]. There is none for fields.
func (e *entry) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// AcceptsTab implements [fyne.Tabbable]: Tab leads to the next control.
func (e *entry) AcceptsTab() bool { return false }

// FocusGained implements [fyne.Focusable].
func (e *entry) FocusGained() {
	e.Entry.FocusGained()
	reveal(e)
}

// TypedKey implements [fyne.Focusable].
func (e *entry) TypedKey(k *fyne.KeyEvent) {
	switch {
	case e.first != nil && e.first(k.Name):
	case e.Disabled() || !editing[k.Name]:
		forwardKey(e, k)
	default:
		e.Entry.TypedKey(k)
	}
}

// editing are the keys that edit a line. Up and down are not among them.
var editing = map[fyne.KeyName]bool{
	fyne.KeyBackspace: true, fyne.KeyDelete: true, fyne.KeyLeft: true, fyne.KeyRight: true,
	fyne.KeyHome: true, fyne.KeyEnd: true, fyne.KeyReturn: true, fyne.KeyEnter: true,
}

// TypedShortcut implements [fyne.Shortcutable].
func (e *entry) TypedShortcut(s fyne.Shortcut) {
	e.Entry.TypedShortcut(s)
	forwardShortcut(e, s)
}

// setText replaces the text and puts the caret behind it.
func (e *entry) setText(s string) {
	e.SetText(s)
	e.CursorColumn = len([]rune(e.Text))
	e.Refresh()
}

package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/jpki-desktop/jpki/ui/msg"
	looks "github.com/jpki-desktop/jpki/ui/theme"
)

// keypad is a keyboard on the screen for PINs, so that a mouse alone is enough. It is
// folded away until it is wanted, and stays as it was left for the window's next PIN. What
// holds it must keep it in its place while somebody types, or the next click hits another
// key: nothing above it may change its height then.
type keypad struct {
	w      *Window
	target func() *pinEntry // where the letters go
	fit    func()           // lays out what holds the keypad
	toggle *button
	keys   *fyne.Container
}

// padRows are the keys: digits, then letters in the order of the alphabet, which those know,
// too, who seldom type.
var padRows = []string{"1234567890", "ABCDEFGHIJ", "KLMNOPQRST", "UVWXYZ"}

func newKeypad(w *Window, target func() *pinEntry, fit func()) *keypad {
	k := &keypad{w: w, target: target, fit: fit, keys: container.NewVBox()}
	rows := padRows
	if target().digits {
		rows = rows[:1]
	}
	for i, letters := range rows {
		row := container.New(newFlow())
		for _, r := range letters {
			row.Add(newPadKey(string(r), func() { k.press(func(p *pinEntry) { p.TypedRune(r) }) }))
		}
		if i == len(rows)-1 {
			row.Add(newPadKey(w.say(msg.KeypadErase), func() { k.press((*pinEntry).drop) }))
		}
		k.keys.Add(row)
	}
	k.toggle = newButton("", func() {
		w.keypad = !w.keypad
		k.show()
		k.fit()
	}).compact()
	k.show()
	return k
}

func (k *keypad) show() {
	showIf(k.keys, k.w.keypad)
	label := msg.KeypadShow
	if k.w.keypad {
		label = msg.KeypadHide
	}
	k.toggle.SetText(k.w.say(label))
}

// press gives the entry the focus, so that one sees where the letters go and the keyboard
// works on; but does not scroll to it, for the keys have to stay where they are.
func (k *keypad) press(act func(*pinEntry)) {
	p := k.target()
	p.still = true
	k.w.win.Canvas().Focus(p)
	p.still = false
	act(p)
}

// padKey is a key of a keypad. It takes no focus: that stays with the entry.
type padKey struct {
	widget.BaseWidget
	label  string
	tapped func()
	back   *ground
}

func newPadKey(label string, tapped func()) *padKey {
	k := &padKey{label: label, tapped: tapped, back: newGround(theme.ColorNameButton, looks.ColorNameEdge, 1, 6)}
	k.ExtendBaseWidget(k)
	return k
}

// Tapped implements [fyne.Tappable].
func (k *padKey) Tapped(*fyne.PointEvent) { k.tapped() }

// MinSize implements [fyne.CanvasObject].
func (k *padKey) MinSize() fyne.Size {
	return k.BaseWidget.MinSize().Max(fyne.NewSquareSize(2.2 * em()))
}

// MouseIn implements [desktop.Hoverable].
func (k *padKey) MouseIn(*desktop.MouseEvent) { k.edge(theme.ColorNameForeground, 2) }

// MouseMoved implements [desktop.Hoverable].
func (k *padKey) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements [desktop.Hoverable].
func (k *padKey) MouseOut() { k.edge(looks.ColorNameEdge, 1) }

func (k *padKey) edge(stroke fyne.ThemeColorName, width float32) {
	k.back.stroke, k.back.width = stroke, width
	k.back.Refresh()
}

// Cursor implements [desktop.Cursorable].
func (k *padKey) Cursor() desktop.Cursor { return desktop.PointerCursor }

// AccessibilityLabel implements [fyne.Accessible].
func (k *padKey) AccessibilityLabel() string { return k.label }

// AccessibilityRole implements [fyne.Accessible].
func (k *padKey) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer implements [fyne.Widget].
func (k *padKey) CreateRenderer() fyne.WidgetRenderer {
	k.ExtendBaseWidget(k)
	return widget.NewSimpleRenderer(container.NewStack(k.back, container.NewPadded(container.NewCenter(newText(k.label).inline()))))
}

package ui

import (
	"fmt"
	"io"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"github.com/jpki-desktop/jpki/card"
)

// maxPIN is how many letters a pinEntry can hold; cards take 16 at most.
const maxPIN = 64

// pinEntry is where a PIN is typed. It keeps the letters in one buffer that Wipe clears,
// and draws a ● for each: while hidden they are never a string. Letters are added and
// taken away at the end only. Full-width letters and digits, as an input method left
// switched on writes them, are taken as ASCII; anything else is refused. Use it for PINs
// and passwords of the card, and an entry of Fyne for everything else.
type pinEntry struct {
	widget.BaseWidget
	label   string // what is to be typed, for screen readers
	letters card.PIN
	limit   int
	upper   bool // lower-case letters become upper case, as the signing password has
	digits  bool // takes digits only
	shown   bool
	focused bool
	still   bool // is not scrolled into sight when it gets the focus

	onFocus   func()
	onChanged func()
	onSubmit  func()     // Enter
	onRefused func(rune) // a letter that no PIN has was typed or pasted
	onFull    func()     // more letters than limit were typed or pasted
}

// newPINEntry returns an entry for up to limit letters, [maxPIN] at most. The label names
// it to screen readers.
func newPINEntry(label string, limit int) *pinEntry {
	p := &pinEntry{label: label, limit: min(limit, maxPIN), letters: make(card.PIN, 0, maxPIN)}
	p.ExtendBaseWidget(p)
	return p
}

// PIN returns a copy of what was typed, which the caller wipes.
func (p *pinEntry) PIN() card.PIN { return append(make(card.PIN, 0, maxPIN), p.letters...) }

// Len is how many letters there are.
func (p *pinEntry) Len() int { return len(p.letters) }

// Wipe overwrites the letters and empties the entry.
func (p *pinEntry) Wipe() {
	p.letters[:maxPIN].Wipe()
	p.letters = p.letters[:0]
	p.Refresh()
}

// Reveal shows the letters or hides them again.
func (p *pinEntry) Reveal(shown bool) {
	p.shown = shown
	p.Refresh()
}

// Format implements [fmt.Formatter]: every verb prints the label, none the letters.
func (p *pinEntry) Format(f fmt.State, _ rune) { io.WriteString(f, "["+p.label+"]") }

// TypedRune implements [fyne.Focusable].
func (p *pinEntry) TypedRune(r rune) {
	if p.add([]rune{r}) {
		p.changed()
	}
}

// add adds all letters or none, and tells why not.
func (p *pinEntry) add(typed []rune) bool {
	before := len(p.letters)
	for _, r := range typed {
		c, ok := p.accepted(r)
		if ok && len(p.letters) < p.limit {
			p.letters = append(p.letters, c)
			continue
		}
		p.letters[before:].Wipe()
		p.letters = p.letters[:before]
		if !ok && p.onRefused != nil {
			p.onRefused(r)
		} else if ok && p.onFull != nil {
			p.onFull()
		}
		return false
	}
	return true
}

// accepted returns the letter that r stands for in this entry.
func (p *pinEntry) accepted(r rune) (byte, bool) {
	if r >= '！' && r <= '～' {
		r -= '！' - '!'
	}
	if p.upper && r >= 'a' && r <= 'z' {
		r -= 'a' - 'A'
	}
	if p.digits && (r < '0' || r > '9') || r <= ' ' || r > '~' {
		return 0, false
	}
	return byte(r), true
}

func (p *pinEntry) changed() {
	p.Refresh()
	if p.onChanged != nil {
		p.onChanged()
	}
}

// TypedKey implements [fyne.Focusable]: Backspace and Delete take the last letter away,
// Enter submits, other keys are the window's.
func (p *pinEntry) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyBackspace, fyne.KeyDelete:
		p.drop()
	case fyne.KeyReturn, fyne.KeyEnter:
		if p.onSubmit != nil {
			p.onSubmit()
		}
	default:
		// The keys of letters have one-letter names: those are the PIN, and stay here.
		if len(e.Name) > 1 {
			forwardKey(p, e)
		}
	}
}

func (p *pinEntry) drop() {
	last := len(p.letters) - 1
	if last < 0 {
		return
	}
	p.letters[last:].Wipe()
	p.letters = p.letters[:last]
	p.changed()
}

// TypedShortcut implements [fyne.Shortcutable]: it pastes, and never copies or cuts, so
// that no PIN gets to the clipboard from here. Other shortcuts are the window's.
func (p *pinEntry) TypedShortcut(s fyne.Shortcut) {
	switch s := s.(type) {
	case *fyne.ShortcutPaste:
		p.paste(s.Clipboard)
	case *fyne.ShortcutCopy, *fyne.ShortcutCut:
	default:
		forwardShortcut(p, s)
	}
}

// paste adds what the clipboard holds, without the line break or spaces around it that
// come along when a line is copied. The clipboard has it as a string; that is not ours to
// clear.
func (p *pinEntry) paste(clipboard fyne.Clipboard) {
	if clipboard == nil {
		return
	}
	pasted := []rune(strings.TrimSpace(clipboard.Content()))
	if len(pasted) > 0 && p.add(pasted) {
		p.changed()
	}
	clear(pasted)
}

// FocusGained implements [fyne.Focusable].
func (p *pinEntry) FocusGained() {
	p.focused = true
	p.Refresh()
	if p.onFocus != nil {
		p.onFocus()
	}
	if !p.still {
		reveal(p)
	}
}

// FocusLost implements [fyne.Focusable].
func (p *pinEntry) FocusLost() {
	p.focused = false
	p.Refresh()
}

// Tapped implements [fyne.Tappable].
func (p *pinEntry) Tapped(*fyne.PointEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(p); c != nil {
		c.Focus(p)
	}
}

// Cursor implements [desktop.Cursorable].
func (p *pinEntry) Cursor() desktop.Cursor { return desktop.TextCursor }

// AccessibilityLabel implements [fyne.Accessible] with what is to be typed.
func (p *pinEntry) AccessibilityLabel() string { return p.label }

// AccessibilityRole implements [fyne.Accessible].
func (p *pinEntry) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer implements [fyne.Widget].
func (p *pinEntry) CreateRenderer() fyne.WidgetRenderer {
	p.ExtendBaseWidget(p)
	f := newPINFace(p)
	f.dress()
	return f
}

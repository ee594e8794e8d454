package ui

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"github.com/jpki-desktop/jpki/ui/msg"
)

// sheet is a dialog over the window. What does not fit scrolls; the buttons stay in sight.
type sheet struct {
	w       *Window
	cancel  func() // what Esc does
	scroll  *container.Scroll
	buttons *fyne.Container
	over    *fyne.Container
	before  fyne.Focusable // had the focus
	said    string         // was announced before
	tall    bool           // takes all of the height, so that nothing moves when its content grows
}

// openSheet shows a dialog. Focus is what has the focus at first, nil = the first button.
// cancel is called upon Esc and must close the sheet, or do nothing if it may not be left.
// The title is announced; what was announced before is again when the dialog is closed.
func (w *Window) openSheet(title string, body []fyne.CanvasObject, focus fyne.Focusable, cancel func(), buttons ...*button) *sheet {
	s := &sheet{w: w, cancel: cancel, buttons: container.New(newFlow()), before: w.win.Canvas().Focused(), said: w.said}
	w.announce(title)
	for _, b := range buttons {
		s.buttons.Add(b)
	}
	inside := container.NewVBox(append([]fyne.CanvasObject{newText(title).heading()}, body...)...)
	s.scroll = container.NewVScroll(container.NewPadded(container.NewPadded(inside))) // padded, for the scroll bar and the rings of the focus
	back := newGround(theme.ColorNameOverlayBackground, theme.ColorNameForeground, 2, 8)
	panel := container.NewStack(back, container.NewPadded(container.NewBorder(nil, container.NewPadded(container.NewPadded(s.buttons)), nil, nil, s.scroll)))
	s.over = container.New(&sheetLayout{s}, newGround(theme.ColorNameShadow, "", 0, 0), panel)
	w.sheets = append(w.sheets, s)
	c := w.win.Canvas()
	c.Overlays().Add(s.over)
	s.over.Resize(c.Size())
	if focus == nil && len(buttons) > 0 {
		focus = buttons[0]
	}
	if focus != nil {
		c.Focus(focus)
	}
	return s
}

// close closes the dialog. It does nothing the second time.
func (s *sheet) close() {
	i := slices.Index(s.w.sheets, s)
	if i < 0 {
		return
	}
	s.w.sheets = slices.Delete(s.w.sheets, i, i+1)
	c := s.w.win.Canvas()
	focused := c.Focused()
	c.Overlays().Remove(s.over) // and, as the toolkit has it, all that is above
	for _, above := range s.w.sheets[i:] {
		c.Overlays().Add(above.over)
		c.Focus(focused)
	}
	if i == len(s.w.sheets) { // else the dialog above has the title
		s.w.announce(s.said)
	}
	if s.before != nil && c.Overlays().Top() == nil {
		s.w.focusAgain(s.before)
	}
}

// onTop tells whether no other dialog covers this one.
func (s *sheet) onTop() bool {
	n := len(s.w.sheets)
	return n > 0 && s.w.sheets[n-1] == s
}

// fit lays the dialog out again after its content has changed.
func (s *sheet) fit() { s.over.Refresh() }

// sheetLayout puts the panel into the middle of the window, as high as its content.
type sheetLayout struct{ s *sheet }

// Layout implements fyne.Layout.
func (l *sheetLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	shade, panel := objects[0], objects[1]
	shade.Resize(size)
	margin := 2 * gap()
	width := min(size.Width-2*margin, 38*em())
	l.s.buttons.Resize(fyne.NewSize(width-6*gap(), 0))      // tells the buttons theirs first, which makes their rows
	panel.Resize(fyne.NewSize(width, size.Height-2*margin)) // tells the texts their width
	content := l.s.scroll.Content.MinSize().Height
	around := panel.MinSize().Height - l.s.scroll.MinSize().Height
	height := size.Height - 2*margin
	if !l.s.tall {
		height = min(height, content+around+1) // 1 against rounding, which would show a scroll bar
	}
	panel.Resize(fyne.NewSize(width, height))
	panel.Move(fyne.NewPos((size.Width-width)/2, (size.Height-height)/2))
}

// MinSize implements fyne.Layout.
func (l *sheetLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(240, 160) }

// tell shows a message that is closed with one button.
func (w *Window) tell(title string, body ...fyne.CanvasObject) *sheet {
	var s *sheet
	shut := func() { s.close() }
	s = w.openSheet(title, body, nil, shut, newButton(w.say(msg.Close), shut).primary().hint("Esc"))
	return s
}

// confirm asks whether to do something that cannot be undone. The safe answer has the focus.
func (w *Window) confirm(question, do msg.Text, yes, no func()) {
	var s *sheet
	leave := func() { s.close(); no() }
	back := newButton(w.say(msg.Back), leave).hint("Esc")
	act := newButton(w.say(do), func() { s.close(); yes() }).danger()
	s = w.openSheet(w.say(question), nil, back, leave, back, act)
}

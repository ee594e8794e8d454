package ui

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// walk calls f with o and all visible objects in it, in the order of the focus.
func walk(o fyne.CanvasObject, f func(fyne.CanvasObject)) {
	if !o.Visible() {
		return
	}
	f(o)
	for _, child := range children(o) {
		walk(child, f)
	}
}

func children(o fyne.CanvasObject) []fyne.CanvasObject {
	switch o := o.(type) {
	case *fyne.Container:
		return o.Objects
	case *container.Scroll:
		return []fyne.CanvasObject{o.Content}
	case *frame:
		return []fyne.CanvasObject{o.body}
	}
	return nil
}

// top is what the keyboard reaches: the dialog on top, or the frame.
func (w *Window) top() fyne.CanvasObject {
	if top := w.win.Canvas().Overlays().Top(); top != nil {
		return top
	}
	return w.win.Canvas().Content()
}

// focusables are what Tab stops at below root, in its order.
func (w *Window) focusables(root fyne.CanvasObject) []fyne.Focusable {
	var all []fyne.Focusable
	walk(root, func(o fyne.CanvasObject) {
		if f, ok := o.(fyne.Focusable); ok {
			if d, ok := o.(fyne.Disableable); !ok || !d.Disabled() {
				all = append(all, f)
			}
		}
	})
	return all
}

// keepFocus draws anew, and then puts the focus back to where it was: to what has the same
// name, or else the same place in the order. Without that, Tab would begin at the top of
// the page after everything that happens.
func (w *Window) keepFocus(draw func()) {
	focused := w.win.Canvas().Focused()
	place := slices.Index(w.focusables(w.top()), focused)
	offset, seen := w.frame.scroll.Offset.Y, w.inSight(focused)
	draw()
	scrollTo(w.frame.scroll, offset)
	if focused == nil || place < 0 || len(w.sheets) > 0 {
		return
	}
	now := w.focusables(w.top())
	same := func(f fyne.Focusable) bool { return f == focused || alike(f, focused) }
	if place >= len(now) || !same(now[place]) { // in a list, every row has the same names
		if i := slices.IndexFunc(now, same); i >= 0 {
			place = i
		}
	}
	if len(now) > 0 {
		w.win.Canvas().Focus(now[min(place, len(now)-1)])
	}
	if !seen { // the user reads elsewhere
		scrollTo(w.frame.scroll, offset)
	}
}

// inSight tells whether some of f is seen, or it does not scroll.
func (w *Window) inSight(f fyne.Focusable) bool {
	scroll := w.frame.scroll
	o, _ := f.(fyne.CanvasObject)
	top, in := below(scroll.Content, o)
	top -= scroll.Offset.Y
	return !in || top+o.Size().Height > 0 && top < scroll.Size().Height
}

func alike(a, b fyne.Focusable) bool {
	one, ok1 := a.(fyne.Accessible)
	two, ok2 := b.(fyne.Accessible)
	return ok1 && ok2 && one.AccessibilityLabel() == two.AccessibilityLabel()
}

// focusAgain gives the focus back to before, which had it before a dialog: where the page
// was drawn anew meanwhile, to what has the same name, or else to the first control.
func (w *Window) focusAgain(before fyne.Focusable) {
	now := w.focusables(w.top())
	place := slices.Index(now, before)
	if place < 0 {
		place = slices.IndexFunc(now, func(f fyne.Focusable) bool { return alike(f, before) })
	}
	if place < 0 {
		w.focusRoom()
		return
	}
	w.win.Canvas().Focus(now[place])
}

// focusRoom puts the focus to the first control of the room.
func (w *Window) focusRoom() {
	if all := w.focusables(w.frame.room); len(all) > 0 {
		w.win.Canvas().Focus(all[0])
	} else {
		w.win.Canvas().Unfocus()
	}
}

// begin focuses a control of room r, nil = its first one, and shows the room from its
// title, or from below that if the control would not be seen, if r is the room shown.
func (w *Window) begin(r room, first fyne.Focusable) {
	if w.rooms[w.current] != r || len(w.sheets) > 0 {
		return
	}
	if first == nil {
		w.focusRoom()
	} else {
		w.win.Canvas().Focus(first)
	}
	title, _ := below(w.frame.scroll.Content, w.frame.room)
	scrollTo(w.frame.scroll, title)
	if o, ok := w.win.Canvas().Focused().(fyne.CanvasObject); ok {
		reveal(o)
	}
}

// canvasOf is the canvas that o is on, nil if none. An object that was drawn anew belongs
// to one for the toolkit only once it is painted, and keys may come before.
func canvasOf(o fyne.CanvasObject) fyne.Canvas {
	d := fyne.CurrentApp().Driver()
	if c := d.CanvasForObject(o); c != nil {
		return c
	}
	for _, w := range d.AllWindows() {
		if focused, ok := w.Canvas().Focused().(fyne.CanvasObject); ok && focused == o {
			return w.Canvas()
		}
	}
	return nil
}

// forwardKey hands a key that the focused object has no use for to the window.
func forwardKey(o fyne.CanvasObject, e *fyne.KeyEvent) {
	if c := canvasOf(o); c != nil && c.OnTypedKey() != nil {
		c.OnTypedKey()(e)
	}
}

// forwardShortcut hands a shortcut to the window: the toolkit gives those of the whole
// window to the focused field alone.
func forwardShortcut(o fyne.CanvasObject, s fyne.Shortcut) {
	if c, ok := canvasOf(o).(fyne.Shortcutable); ok {
		c.TypedShortcut(s)
	}
}

// reveal scrolls to o, which has got the focus.
func reveal(o fyne.CanvasObject) {
	c := canvasOf(o)
	if c == nil {
		return
	}
	root := c.Content()
	if top := c.Overlays().Top(); top != nil {
		root = top
	}
	revealIn(root, o)
}

// revealIn scrolls what lies between root and o, and tells whether o is in root.
func revealIn(root, o fyne.CanvasObject) bool {
	if root == o {
		return true
	}
	within := slices.ContainsFunc(children(root), func(child fyne.CanvasObject) bool { return revealIn(child, o) })
	if scroll, ok := root.(*container.Scroll); ok && within {
		bring(scroll, o)
	}
	return within
}

// below is how far the upper edge of o is below that of root, if o is in it. The toolkit
// knows that only of what was painted already.
func below(root, o fyne.CanvasObject) (y float32, in bool) {
	if root == o {
		return 0, true
	}
	for _, child := range children(root) {
		if y, in := below(child, o); in {
			return child.Position().Y + y, true
		}
	}
	return 0, false
}

// bring scrolls s as little as needed to show all of o.
func bring(s *container.Scroll, o fyne.CanvasObject) {
	top, _ := below(s.Content, o)
	bottom := top + o.Size().Height
	const margin = 8
	switch {
	case top < s.Offset.Y+margin:
		scrollTo(s, top-margin)
	case bottom > s.Offset.Y+s.Size().Height-margin:
		scrollTo(s, bottom+margin-s.Size().Height)
	}
}

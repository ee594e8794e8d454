package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/jpki-desktop/jpki/ui/msg"
	"github.com/jpki-desktop/jpki/ui/theme"
)

// fileList is a list of files and folders, of which only what is in sight is drawn. It is
// one stop of Tab; the arrows move in it.
type fileList struct {
	widget.BaseWidget
	lang    msg.Lang
	rows    []item
	cursor  int
	focused bool
	scroll  *container.Scroll

	boxes  bool            // files have a box, since several may be chosen
	chosen func(item) bool // tells whether a file is chosen
	open   func(item)      // Enter, or a folder is tapped
	pick   func(item)      // Space, or a file is tapped
	up     func()          // Backspace
	typed  func(rune)
}

// newFileList returns an empty list in which height rows are in sight. What it calls is
// to be set before it is shown.
func newFileList(l msg.Lang, height int) *fileList {
	f := &fileList{lang: l}
	f.ExtendBaseWidget(f)
	f.scroll = container.NewVScroll(f)
	f.scroll.OnScrolled = func(fyne.Position) { f.Refresh() }
	f.scroll.SetMinSize(fyne.NewSize(0, float32(height)*rowHeight()))
	return f
}

func rowHeight() float32 { return 2.3 * em() }

// show shows other rows, from the first on.
func (f *fileList) show(rows []item) {
	f.rows, f.cursor = rows, 0
	f.scroll.Offset = fyne.Position{}
	f.scroll.Refresh()
	f.Refresh()
}

// move puts the cursor on a row, and the row in sight.
func (f *fileList) move(to int) {
	f.cursor = max(0, min(to, len(f.rows)-1))
	top, height := float32(f.cursor)*rowHeight(), f.scroll.Size().Height
	switch {
	case top < f.scroll.Offset.Y:
		scrollTo(f.scroll, top)
	case top+rowHeight() > f.scroll.Offset.Y+height:
		scrollTo(f.scroll, top+rowHeight()-height)
	}
	f.Refresh()
}

// Tapped implements [fyne.Tappable].
func (f *fileList) Tapped(e *fyne.PointEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(f); c != nil {
		c.Focus(f)
	}
	row := int(e.Position.Y / rowHeight())
	if row < 0 || row >= len(f.rows) {
		return
	}
	f.move(row)
	f.press(f.pick)
}

// press does something with the row of the cursor. A folder can only be opened.
func (f *fileList) press(do func(item)) {
	if f.cursor >= len(f.rows) {
		return
	}
	if row := f.rows[f.cursor]; row.folder {
		f.open(row)
	} else {
		do(row)
		f.Refresh()
	}
}

// TypedKey implements [fyne.Focusable].
func (f *fileList) TypedKey(e *fyne.KeyEvent) {
	page := max(1, int(f.scroll.Size().Height/rowHeight())-1)
	steps := map[fyne.KeyName]int{
		fyne.KeyUp: -1, fyne.KeyDown: 1, fyne.KeyPageUp: -page, fyne.KeyPageDown: page,
		fyne.KeyHome: -len(f.rows), fyne.KeyEnd: len(f.rows),
	}
	step, moves := steps[e.Name]
	switch {
	case moves:
		f.move(f.cursor + step)
	case e.Name == fyne.KeyReturn, e.Name == fyne.KeyEnter:
		f.press(f.open)
	case e.Name == fyne.KeySpace:
		f.press(f.pick)
	case e.Name == fyne.KeyBackspace:
		f.up()
	default:
		forwardKey(f, e)
	}
}

// TypedRune implements [fyne.Focusable].
func (f *fileList) TypedRune(r rune) {
	if r != ' ' && r != '　' {
		f.typed(r)
	}
}

// FocusGained implements [fyne.Focusable].
func (f *fileList) FocusGained() {
	f.focused = true
	reveal(f.scroll)
	f.Refresh()
}

// FocusLost implements [fyne.Focusable].
func (f *fileList) FocusLost() { f.focused = false; f.Refresh() }

// Cursor implements [desktop.Cursorable].
func (f *fileList) Cursor() desktop.Cursor { return desktop.PointerCursor }

// AccessibilityLabel implements [fyne.Accessible] with the row of the cursor.
func (f *fileList) AccessibilityLabel() string {
	if f.cursor >= len(f.rows) {
		return msg.ChooserEmpty.In(f.lang)
	}
	row, words := f.rows[f.cursor], msg.RowFile
	switch {
	case row.folder:
		words = msg.RowFolder
	case f.chosen(row):
		words = msg.RowChosen
	}
	return words.In(f.lang, row.shown)
}

// AccessibilityRole implements [fyne.Accessible].
func (f *fileList) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// CreateRenderer implements [fyne.Widget].
func (f *fileList) CreateRenderer() fyne.WidgetRenderer { return &fileRows{list: f} }

// fileRows draws the rows in sight.
type fileRows struct {
	list    *fileList
	objects []fyne.CanvasObject
}

// Layout implements [fyne.WidgetRenderer].
func (r *fileRows) Layout(fyne.Size) { r.draw() }

// MinSize implements [fyne.WidgetRenderer].
func (r *fileRows) MinSize() fyne.Size {
	return fyne.NewSize(8*em(), float32(len(r.list.rows))*rowHeight())
}

// Refresh implements [fyne.WidgetRenderer].
func (r *fileRows) Refresh() {
	r.draw()
	canvas.Refresh(r.list)
}

// Objects implements [fyne.WidgetRenderer].
func (r *fileRows) Objects() []fyne.CanvasObject { return r.objects }

// Destroy implements [fyne.WidgetRenderer].
func (r *fileRows) Destroy() {}

// draw makes the rows in sight, and a page before and after them, since the height in
// sight may change without notice.
func (r *fileRows) draw() {
	l := r.list
	height := max(l.scroll.Size().Height, rowHeight())
	first := max(0, int((l.scroll.Offset.Y-height)/rowHeight()))
	last := min(len(l.rows), int((l.scroll.Offset.Y+2*height)/rowHeight())+1)
	r.objects = r.objects[:0:0]
	for i := first; i < last; i++ {
		r.drawRow(i)
	}
}

func (r *fileRows) drawRow(i int) {
	l, row := r.list, r.list.rows[i]
	y, inset := float32(i)*rowHeight(), l.Theme().Size(theme.SizeNameRing)
	width := l.Size().Width - l.Theme().Size(fynetheme.SizeNameScrollBar)
	chosen := !row.folder && l.chosen(row)
	if chosen {
		r.box(y, width, inset, theme.ColorNameSelected, "")
	}
	if l.focused && i == l.cursor {
		r.box(y, width, inset/2, "", theme.ColorNameRing)
	}
	icon := canvas.NewImageFromResource(fynetheme.NewColoredResource(rowIcon(row, l.boxes, chosen), fynetheme.ColorNameForeground))
	icon.FillMode = canvas.ImageFillContain
	icon.Resize(fyne.NewSquareSize(1.4 * em()))
	icon.Move(fyne.NewPos(3*inset, y+(rowHeight()-1.4*em())/2))
	left := 3*inset + 1.4*em() + gap()
	name := newText(row.shown).inline()
	fitted(name, width-left-2*inset)
	if chosen {
		name.bold()
	}
	size := name.MinSize()
	name.Resize(size)
	name.Move(fyne.NewPos(left, y+(rowHeight()-size.Height)/2))
	r.objects = append(r.objects, icon, name)
}

// box draws a rectangle over a row.
func (r *fileRows) box(y, width, inset float32, fill, stroke fyne.ThemeColorName) {
	th, variant := r.list.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	b := canvas.NewRectangle(color.Transparent)
	if fill != "" {
		b.FillColor = th.Color(fill, variant)
	}
	if stroke != "" {
		b.StrokeColor, b.StrokeWidth = th.Color(stroke, variant), th.Size(theme.SizeNameRing)
	}
	b.CornerRadius = th.Size(fynetheme.SizeNameSelectionRadius)
	b.Move(fyne.NewPos(inset, y+inset))
	b.Resize(fyne.NewSize(width-2*inset, rowHeight()-2*inset))
	r.objects = append(r.objects, b)
}

func rowIcon(row item, boxes, chosen bool) fyne.Resource {
	switch {
	case row.folder:
		return fynetheme.FolderIcon()
	case boxes && chosen:
		return fynetheme.CheckButtonCheckedIcon()
	case boxes:
		return fynetheme.CheckButtonIcon()
	case chosen:
		return fynetheme.ConfirmIcon()
	}
	return fynetheme.FileIcon()
}

// fitted shortens a text in its middle, so that the ending of a file's name stays in sight.
func fitted(t *text, width float32) {
	letters := []rune(t.content)
	for natural := t.natural(); natural > width && len(letters) > 3; natural = t.natural() {
		keep := max(2, min(len(letters)-1, int(float32(len(letters))*width/natural)-1))
		head := keep * 2 / 3
		letters = append(letters[:head:head], letters[len(letters)-(keep-head):]...)
		t.content = string(letters[:head]) + "…" + string(letters[head:])
		t.Refresh()
	}
}

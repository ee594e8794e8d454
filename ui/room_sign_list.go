package ui

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/jpki-desktop/jpki/ui/msg"
)

// signPage is how many files are shown at once: the way past them by Tab has to stay short.
const signPage = 20

// list are the files to be signed.
func (r *signing) list() []fyne.CanvasObject {
	w := r.w
	for _, f := range r.files {
		f.about = nil
	}
	parts := []fyne.CanvasObject{newText(w.say(msg.SignList, msg.Number(len(r.files)))).heading()}
	from, to := r.pages.bounds(len(r.files), signPage)
	for _, f := range r.files[from:to] {
		parts = append(parts, r.row(f)...)
	}
	parts = append(parts, w.turn(&r.pages, len(r.files), signPage, func() { w.redraw(r) })...)
	if len(r.files) > 1 { // not first, where the focus is: it cannot be taken back
		parts = append(parts, buttonRow(newButton(w.say(msg.SignClear), r.clear).compact()))
	}
	return parts
}

// row is one file of the list.
func (r *signing) row(f *signFile) []fyne.CanvasObject {
	w := r.w
	f.about = newText(r.describe(f)).small()
	label := msg.SignLook
	if r.looked == f {
		label = msg.SignLooked
	}
	f.look = r.ofFile(f.path, label, func() { r.lookInto(f) }).compact()
	parts := []fyne.CanvasObject{
		newText(filepath.Base(f.path)).bold(), f.about,
		newText(w.say(msg.SignGoesTo, filepath.Base(r.output(f.path)))).small(),
		buttonRow(f.look, r.ofFile(f.path, msg.SignRemove, func() { r.remove(f) }).compact()),
	}
	if r.looked == f {
		parts = append(parts, r.inside(f))
	}
	return append(parts, widget.NewSeparator())
}

// ofFile is a button whose name tells the file as well: each row has the same labels.
func (r *signing) ofFile(path string, label msg.Text, tapped func()) *button {
	name := r.w.say(label)
	return newButton(name, tapped).named(r.w.say(msg.SignRow, name, filepath.Base(path)))
}

// describe says what f is, in a line.
func (r *signing) describe(f *signFile) string {
	w := r.w
	switch {
	case f.doc == nil:
		return w.say(msg.SignLooking)
	case f.doc.Err != nil:
		return msg.WindowError(w.settings.Lang, f.doc.Err).Message
	}
	parts := []string{w.say(msg.DocumentKind(string(f.doc.Kind)))}
	if f.doc.Pages > 0 {
		parts = append(parts, w.say(msg.Pages(f.doc.Pages)))
	}
	return strings.Join(append(parts, w.say(msg.FileSize(f.doc.Size))), " / ")
}

// output is where the signature of the file at path goes.
func (r *signing) output(path string) string {
	suffix := ".p7s"
	if r.attached {
		suffix = ".p7m"
	}
	if r.folder != "" {
		path = filepath.Join(r.folder, filepath.Base(path))
	}
	return path + suffix
}

// lookInto shows the content of f, or hides it if it is shown.
func (r *signing) lookInto(f *signFile) {
	w, shut := r.w, r.looked == f
	r.looked, r.content = f, nil
	if shut {
		r.looked = nil
	}
	w.redraw(r)
	w.win.Canvas().Focus(f.look) // whose label is another one now
	if shut {
		return
	}
	start(w.runner, func(ctx context.Context) (Document, error) {
		return w.backend.Describe(ctx, f.path), nil
	}, func(d Document, _ error) {
		if r.looked == f {
			r.content = &d
			w.redraw(r)
		}
	})
}

// inside is what can be shown of f's content.
func (r *signing) inside(f *signFile) fyne.CanvasObject {
	w, d := r.w, r.content
	if d == nil {
		return newText(w.say(msg.SignLooking))
	}
	if d.Err != nil {
		return w.problem(d.Err)
	}
	body := []fyne.CanvasObject{newText(f.path).small()}
	body = append(body, r.excerpt(d)...)
	open := newButton(w.say(msg.SignOpen), func() { w.openOutside(f.path) })
	if !opens(f.path) {
		open = newButton(w.say(msg.SignedShow), func() { w.openOutside(filepath.Dir(f.path)) })
	}
	return newPanel(plainTone, filepath.Base(f.path), append(body, buttonRow(open))...)
}

// The parts of a text that are shown at most: a window full, so that drawing stays quick.
const (
	shownLetters = 1500
	shownLines   = 40
)

func (r *signing) excerpt(d *Document) []fyne.CanvasObject {
	w := r.w
	rest := func(t msg.Text, args ...any) *text { // how to see what is not shown
		if !opens(d.Path) {
			return newText(w.say(msg.SignNotOpened))
		}
		return newText(w.say(t, args...))
	}
	switch {
	case d.Size == 0:
		return []fyne.CanvasObject{newText(w.say(msg.SignEmpty))}
	case d.Image != nil:
		picture := canvas.NewImageFromImage(d.Image)
		picture.FillMode = canvas.ImageFillContain
		picture.SetMinSize(fyne.NewSize(0, 14*em()))
		return []fyne.CanvasObject{picture}
	case d.Text != "":
		text, cut := beginning(d.Text)
		back := newGround(theme.ColorNameBackground, theme.ColorNameInputBorder, 1, 0)
		parts := []fyne.CanvasObject{container.NewStack(back, container.NewPadded(newText(text)))}
		if cut || d.More {
			parts = append(parts, rest(msg.SignBeginning).small())
		}
		return parts
	case d.Pages > 0:
		return []fyne.CanvasObject{rest(msg.SignPages, msg.Number(d.Pages))}
	case d.Kind == PDFDocument:
		return []fyne.CanvasObject{rest(msg.SignPDF)}
	}
	return []fyne.CanvasObject{rest(msg.SignUnseen)}
}

// beginning is as much of s as is shown, and whether that is not all.
func beginning(s string) (string, bool) {
	short := s
	if lines := strings.SplitAfterN(s, "\n", shownLines+1); len(lines) > shownLines {
		short = strings.Join(lines[:shownLines], "")
	}
	if letters := []rune(short); len(letters) > shownLetters {
		short = string(letters[:shownLetters])
	}
	return strings.TrimRight(short, "\n"), len(short) < len(s)
}

// kinds are the kinds among the files that are known, each once.
func (r *signing) kinds() []DocumentKind {
	var list []DocumentKind
	for _, f := range r.files {
		if f.doc != nil && !slices.Contains(list, f.doc.Kind) {
			list = append(list, f.doc.Kind)
		}
	}
	slices.Sort(list)
	return list
}

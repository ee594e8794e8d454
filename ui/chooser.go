package ui

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"github.com/adrg/xdg"

	"github.com/jpki-desktop/jpki/ui/msg"
)

// chooseFiles lets the user choose a file, or several if many. done is not called if the
// user changes their mind.
func (w *Window) chooseFiles(title string, many bool, done func(paths []string)) {
	kind := oneFile
	if many {
		kind = manyFiles
	}
	newChooser(w, kind, func(paths []string, _ bool) { done(paths) }).open(title, "")
}

// chooseFolder lets the user choose a folder.
func (w *Window) chooseFolder(title string, done func(path string)) {
	newChooser(w, oneFolder, func(paths []string, _ bool) { done(paths[0]) }).open(title, "")
}

// saveAs lets the user choose where to save a file that would be called name. Replace
// says that the user agreed to overwrite one that is there.
func (w *Window) saveAs(title, name string, done func(path string, replace bool)) {
	newChooser(w, newFile, func(paths []string, replace bool) { done(paths[0], replace) }).open(title, name)
}

// choice is what a chooser is for.
type choice uint8

const (
	oneFile choice = iota
	manyFiles
	oneFolder
	newFile
)

// mostShown is how many items are listed; typing a part of a name brings up others.
const mostShown = 500

// chooser is the dialog in which files and folders are chosen. The toolkit's own takes
// one file, cannot be used by keyboard, and is cut off in a small window.
type chooser struct {
	w     *Window
	kind  choice
	done  func(paths []string, replace bool)
	sheet *sheet

	now    listing
	marked map[string]bool // names in the folder that are chosen
	hidden bool            // hidden items are listed too
	stop   context.CancelFunc
	visits int // counts, so that what comes late is told from what is wanted now

	place, note, chosen *text
	places              *fyne.Container
	field, name         *entry
	list                *fileList
	ok, all, dots       *button
}

func newChooser(w *Window, kind choice, done func(paths []string, replace bool)) *chooser {
	return &chooser{w: w, kind: kind, done: done, marked: map[string]bool{}, stop: func() {}}
}

// open shows the dialog with the folder that was used last.
func (c *chooser) open(title, name string) {
	c.makeParts(name)
	body := []fyne.CanvasObject{
		c.place, c.places, newText(c.w.say(msg.ChooserField)).small(), c.field, c.note, c.list.scroll, c.chosen,
	}
	focus := fyne.Focusable(c.list)
	switch c.kind {
	case manyFiles:
		body = append(body, buttonRow(c.all, c.dots), c.keys(msg.ChooserKeysMany))
	case newFile:
		body = append([]fyne.CanvasObject{newText(c.w.say(msg.SaveName)).bold(), c.name}, append(body, buttonRow(c.dots))...)
		focus = c.name
	default:
		body = append(body, buttonRow(c.dots), c.keys(msg.ChooserKeys))
	}
	c.sheet = c.w.openSheet(title, body, focus, c.leave, c.ok, newButton(c.w.say(msg.Cancel), c.leave).hint("Esc"))
	c.refresh()
	start(c.w.runner, func(context.Context) ([]place, error) { return places(), nil }, c.showPlaces)
	first := c.w.folder
	if first == "" {
		first = xdg.Home
	}
	c.visit(first)
}

func (c *chooser) keys(t msg.Text) fyne.CanvasObject {
	return newText(c.w.say(t)).small().coloured(theme.ColorNamePlaceHolder)
}

func (c *chooser) makeParts(name string) {
	c.place, c.note, c.chosen = newText(""), newText(""), newText("")
	c.places = container.New(newFlow())
	c.field = newEntry("", c.enter).labelled(c.w.say(msg.ChooserField)).changed(func(string) { c.filter() })
	c.field.first = func(k fyne.KeyName) bool {
		if k == fyne.KeyDown {
			c.focus(c.list)
		}
		return k == fyne.KeyDown
	}
	c.name = newEntry("", func(string) { c.accept() }).labelled(c.w.say(msg.SaveName))
	c.name.setText(name)
	c.ok = newButton("", c.accept).primary()
	c.all = newButton(c.w.say(msg.ChooserAll), c.markAll).compact()
	c.dots = newButton(c.w.say(msg.ChooserHidden), c.toggleHidden).compact()

	c.list = newFileList(c.w.settings.Lang, c.listHeight())
	c.list.boxes = c.kind == manyFiles
	c.list.chosen = func(i item) bool { return c.marked[i.name] }
	c.list.open, c.list.pick, c.list.up, c.list.typed = c.activate, c.pick, c.up, c.redirect
}

// listHeight is how many rows leave space for the rest of the dialog.
func (c *chooser) listHeight() int {
	return max(4, min(9, int((c.w.win.Canvas().Size().Height-28*em())/rowHeight())))
}

func (c *chooser) focus(f fyne.Focusable) { c.w.win.Canvas().Focus(f) }

// redirect takes letters typed in the list to the field that narrows it.
func (c *chooser) redirect(r rune) {
	c.focus(c.field)
	c.field.TypedRune(r)
}

func (c *chooser) showPlaces(all []place, _ error) {
	up := newButton(c.w.say(msg.ChooserUp), c.up).compact()
	up.setIcon(theme.MoveUpIcon())
	c.places.Add(up)
	for _, p := range all {
		c.places.Add(newButton(c.w.say(p.name, p.drive), func() { c.visit(p.path) }).compact())
	}
	c.settle()
}

// settle lays the dialog out anew, and keeps in sight what has the focus.
func (c *chooser) settle() {
	c.sheet.fit()
	switch focused := c.w.win.Canvas().Focused().(type) {
	case *fileList:
		reveal(focused.scroll)
	case *entry:
		reveal(focused)
	}
}

// leave closes the dialog, and whatever is under way for it comes too late.
func (c *chooser) leave() {
	c.stop()
	c.visits++
	c.sheet.close()
}

func (c *chooser) finish(replace bool, paths ...string) {
	c.w.folder = filepath.Dir(paths[0])
	if c.kind == oneFolder {
		c.w.folder = paths[0]
	}
	c.leave()
	c.done(paths, replace)
}

// visit looks at a path: a folder is shown, a file chosen.
func (c *chooser) visit(path string) {
	c.do(func(ctx context.Context) (listing, error) { return look(ctx, path) }, func(l listing, err error) {
		switch {
		case err != nil:
			c.complain(path, err)
		case l.folder == "":
			c.chooseFile(path)
		default:
			c.show(l)
		}
	})
}

// do works off the drawing thread, in place of what was under way.
func (c *chooser) do(work func(context.Context) (listing, error), then func(listing, error)) {
	c.stop()
	c.visits++
	visit := c.visits
	c.say(c.w.say(msg.ChooserReading))
	c.stop = start(c.w.runner, work, func(l listing, err error) {
		if visit == c.visits {
			then(l, err)
		}
	})
}

// complain says why a path cannot be had, and leaves everything else as it is.
func (c *chooser) complain(path string, err error) {
	words := msg.ChooserUnreadable
	switch {
	case errors.Is(err, fs.ErrNotExist):
		words = msg.ChooserMissing
	case errors.Is(err, errNotOrdinary):
		words = msg.ChooserSpecial
	}
	if c.now.folder == "" && path != xdg.Home {
		c.visit(xdg.Home) // the last folder is gone
		return
	}
	c.say(c.w.say(words, readable(path)))
}

// show shows a folder.
func (c *chooser) show(l listing) {
	c.now = l
	clear(c.marked)
	c.field.SetText("")
	c.filter()
	c.settle()
}

func (c *chooser) chooseFile(path string) {
	switch c.kind {
	case oneFolder:
		c.say(c.w.say(msg.ChooserNotFolder, readable(path)))
	case newFile:
		c.save(path)
	case manyFiles:
		others := slices.DeleteFunc(c.paths(), func(other string) bool { return other == path })
		c.finish(false, append(others, path)...)
	default:
		c.finish(false, path)
	}
}

// up shows the folder that the present one is in.
func (c *chooser) up() {
	if c.now.folder != "" {
		c.visit(filepath.Dir(c.now.folder))
	}
}

// accept is the button for what is chosen.
func (c *chooser) accept() {
	switch c.kind {
	case oneFolder:
		c.finish(false, c.now.folder)
	case newFile:
		if unquoted(c.name.Text) == "" {
			c.say(c.w.say(msg.SaveNameMissing))
			return
		}
		c.save(resolve(c.now.folder, c.name.Text))
	default:
		c.finish(false, c.paths()...)
	}
}

// save ends the dialog with a path to write to, after asking if there is a file.
func (c *chooser) save(path string) {
	c.do(func(ctx context.Context) (listing, error) { return look(ctx, path) }, func(l listing, err error) {
		switch {
		case l.folder != "":
			c.say(c.w.say(msg.SaveOnFolder, readable(path)))
		case err == nil:
			c.say("")
			c.askToReplace(path)
		case errors.Is(err, fs.ErrNotExist):
			c.saveNew(path)
		default:
			c.complain(path, err)
		}
	})
}

func (c *chooser) saveNew(path string) {
	folder := filepath.Dir(path)
	c.do(func(context.Context) (listing, error) {
		info, err := os.Stat(folder)
		if err == nil && !info.IsDir() {
			err = fs.ErrNotExist
		}
		return listing{}, err
	}, func(_ listing, err error) {
		if err != nil {
			c.complain(folder, err)
			return
		}
		c.finish(false, path)
	})
}

func (c *chooser) askToReplace(path string) {
	var s *sheet
	leave := func() { s.close() }
	back := newButton(c.w.say(msg.Back), leave).hint("Esc")
	act := newButton(c.w.say(msg.Replace), func() { s.close(); c.finish(true, path) }).danger()
	body := []fyne.CanvasObject{newText(c.w.say(msg.ReplaceMeaning, readable(filepath.Base(path))))}
	s = c.w.openSheet(c.w.say(msg.ReplaceQuestion), body, back, leave, back, act)
}

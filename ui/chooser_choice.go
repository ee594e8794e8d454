package ui

import (
	"path/filepath"
	"strings"

	"github.com/jpki-desktop/jpki/ui/msg"
)

// typed is the part of a name that narrows the list, if it is no path.
func (c *chooser) typed() string {
	if isPath(c.field.Text) {
		return ""
	}
	return searchKey(unquoted(c.field.Text))
}

// fits tells whether an item is listed while this part of a name is typed.
func (c *chooser) fits(i item, typed string) bool {
	return (c.hidden || !i.hidden) && (c.kind != oneFolder || i.folder) && strings.Contains(i.key, typed)
}

// filter lists what fits, and says what does not appear.
func (c *chooser) filter() {
	typed, more := c.typed(), 0
	var rows []item
	for _, i := range c.now.items {
		switch {
		case !c.fits(i, typed):
		case len(rows) == mostShown:
			more++
		default:
			rows = append(rows, i)
		}
	}
	c.list.show(rows)
	switch {
	case more > 0:
		c.note.SetText(c.w.say(msg.ChooserMore, len(rows), more))
	case c.now.cut:
		c.note.SetText(c.w.say(msg.ChooserCut, mostItems))
	case len(rows) == 0 && typed != "":
		c.note.SetText(c.w.say(msg.ChooserNoMatch, strings.TrimSpace(c.field.Text)))
	case len(rows) == 0:
		c.note.SetText(c.w.say(msg.ChooserEmpty))
	default:
		c.note.SetText("")
	}
	c.refresh()
}

// say says how it stands.
func (c *chooser) say(words string) {
	c.note.SetText(words)
	c.refresh()
}

// refresh shows what is chosen.
func (c *chooser) refresh() {
	if c.sheet == nil {
		return // still being made
	}
	c.place.SetText(c.w.say(msg.ChooserPlace, readable(c.now.folder)))
	n, words := len(c.marked), c.w.say(msg.ChooserNone)
	if n == 1 {
		words = c.w.say(msg.ChooserOne, readable(filepath.Base(c.paths()[0])))
	} else if n > 1 {
		words = c.w.say(msg.ChooserSeveral, n)
	}
	c.chosen.SetText(words)
	c.refreshOK(n)
	showIf(c.note, c.note.content != "")
	showIf(c.chosen, c.kind == oneFile || c.kind == manyFiles) // always, so that nothing moves under the mouse
	c.sheet.fit()
}

func (c *chooser) refreshOK(n int) {
	ready := n > 0
	switch c.kind {
	case oneFolder:
		c.ok.SetText(c.w.say(msg.ChooseThisFolder))
		ready = c.now.folder != ""
	case newFile:
		c.ok.SetText(c.w.say(msg.SaveHere))
		ready = c.now.folder != ""
	default:
		c.ok.SetText(c.w.say(msg.ChooseFile))
		if n > 1 {
			c.ok.SetText(c.w.say(msg.ChooseFiles, n))
		}
	}
	enableIf(c.ok, ready)
}

func enableIf(b *button, ready bool) {
	if ready {
		b.Enable()
	} else {
		b.Disable()
	}
}

// paths are the chosen files in the order of the folder.
func (c *chooser) paths() []string {
	var all []string
	for _, i := range c.now.items {
		if c.marked[i.name] {
			all = append(all, filepath.Join(c.now.folder, i.name))
		}
	}
	return all
}

// activate is Enter on an item of the list.
func (c *chooser) activate(i item) {
	path := filepath.Join(c.now.folder, i.name)
	switch {
	case i.folder:
		c.visit(path)
	case c.kind == manyFiles && len(c.marked) > 0:
		c.accept()
	case c.kind == newFile:
		c.pick(i)
	default:
		c.finish(false, path)
	}
}

// pick is a tap or Space on a file of the list.
func (c *chooser) pick(i item) {
	switch {
	case c.kind == newFile:
		c.name.setText(i.name)
		c.focus(c.name)
	case c.kind == manyFiles && c.marked[i.name]:
		delete(c.marked, i.name)
	case c.kind == manyFiles:
		c.marked[i.name] = true
	default:
		clear(c.marked)
		c.marked[i.name] = true
	}
	c.refresh()
}

// markAll chooses all files listed, or none if all are chosen.
func (c *chooser) markAll() {
	added := false
	for _, i := range c.list.rows {
		if !i.folder && !c.marked[i.name] {
			c.marked[i.name], added = true, true
		}
	}
	if !added {
		clear(c.marked)
	}
	c.list.Refresh()
	c.refresh()
}

func (c *chooser) toggleHidden() {
	c.hidden = !c.hidden
	c.dots.setSelected(c.hidden)
	c.filter()
}

// enter is Enter in the field: a path is looked at, a part of a name opens what it is
// about if that is clear.
func (c *chooser) enter(typed string) {
	name := unquoted(typed)
	switch {
	case name == "":
		c.focus(c.list)
		return
	case isPath(typed):
		c.visit(resolve(c.now.folder, typed))
		return
	}
	for _, i := range c.list.rows {
		if i.name == name {
			c.activateFound(i)
			return
		}
	}
	switch len(c.list.rows) {
	case 0:
		c.visit(resolve(c.now.folder, typed))
	case 1:
		c.activateFound(c.list.rows[0])
	default:
		c.focus(c.list)
	}
}

// activateFound is for what was typed by name. Beside files that are chosen already, it is
// one more.
func (c *chooser) activateFound(i item) {
	path := filepath.Join(c.now.folder, i.name)
	switch {
	case i.folder:
		c.visit(path)
	case len(c.marked) > 0 && c.kind == manyFiles:
		c.marked[i.name] = true
		c.field.SetText("")
		c.focus(c.list)
	default:
		c.chooseFile(path)
	}
}

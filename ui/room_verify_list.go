package ui

import (
	"path/filepath"

	"fyne.io/fyne/v2"

	"github.com/jpki-desktop/jpki/ui/msg"
)

// verifyPage is how many results are shown at once.
const verifyPage = 50

// list are the parts of the page about many files.
func (r *verifying) list() []fyne.CanvasObject {
	parts := []fyne.CanvasObject{r.summary(), newText(r.w.say(msg.VerifyWorstFirst))}
	from, to := r.pages.bounds(len(r.checked), verifyPage)
	for i := from; i < to; i++ {
		parts = append(parts, r.line(i))
	}
	return append(parts, r.w.turn(&r.pages, len(r.checked), verifyPage, r.fromTop)...)
}

// summary counts the outcomes.
func (r *verifying) summary() fyne.CanvasObject {
	var body []fyne.CanvasObject
	if len(r.checked) < r.asked {
		body = append(body, newText(r.w.say(msg.VerifyStopped, msg.Number(r.asked), msg.Number(len(r.checked)))))
	}
	count := func(label string, counts func(*checked) bool) {
		n := 0
		for _, c := range r.checked {
			if counts(c) {
				n++
			}
		}
		if n > 0 {
			body = append(body, newText(r.w.say(msg.VerifyCount, label, msg.Number(n))))
		}
	}
	count(r.w.say(msg.VerifyUnreadable), func(c *checked) bool { return c.err != nil })
	for _, v := range verdicts {
		count(msg.Verdict(r.w.settings.Lang, v).Message, func(c *checked) bool { return c.err == nil && c.result.Verdict == v })
	}
	worst := r.checked[0] // by their order
	return newHeadline(worst.tone(), r.w.say(msg.VerifyResults, msg.Number(len(r.checked))), body...)
}

// line is one file of the list.
func (r *verifying) line(i int) fyne.CanvasObject {
	c := r.checked[i]
	name := filepath.Base(c.request.File)
	show := newButton(r.w.say(msg.VerifyShow), func() { r.shown = i; r.tell() })
	body := []fyne.CanvasObject{newText(c.headline(r.w.settings.Lang)), buttonRow(show)}
	if c.err == nil && c.result.Practice {
		body = append([]fyne.CanvasObject{newText(r.w.say(msg.PracticeBand)).bold()}, body...)
	}
	return newPanel(c.tone(), name, body...)
}

// pages is the place in a list that is too long to be shown at once.
type pages struct{ from int }

// bounds are the first entry that is shown, and the one after the last, of total.
func (p *pages) bounds(total, size int) (from, to int) {
	if p.from >= total {
		p.from = 0
	}
	return p.from, min(p.from+size, total)
}

// turn says which part of a list is shown and has buttons for the others; it is nothing
// if all of it is.
func (w *Window) turn(p *pages, total, size int, redraw func()) []fyne.CanvasObject {
	if total <= size {
		return nil
	}
	from, to := p.bounds(total, size)
	var buttons []*button
	move := func(by int) func() {
		return func() { p.from += by; redraw() }
	}
	if from > 0 {
		buttons = append(buttons, newButton(w.say(msg.PagePrevious, msg.Number(size)), move(-size)))
	}
	if to < total {
		buttons = append(buttons, newButton(w.say(msg.PageNext, msg.Number(min(size, total-to)), msg.Number(total-to)), move(size)))
	}
	return []fyne.CanvasObject{newText(w.say(msg.PageOf, msg.Number(from+1), msg.Number(to), msg.Number(total))), buttonRow(buttons...)}
}

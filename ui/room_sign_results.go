package ui

import (
	"path/filepath"

	"fyne.io/fyne/v2"

	"github.com/jpki-desktop/jpki/ui/msg"
)

// outcome is what became of the files, in place of the list.
func (r *signing) outcome() []fyne.CanvasObject {
	w, o := r.w, r.results
	r.do, r.again = nil, nil
	parts := []fyne.CanvasObject{r.summary(o), r.afterwards(o)}
	from, to := r.pages.bounds(len(o.list), signPage)
	for i, s := range o.list[from:to] {
		if at := from + i; o.mixed() && at == 0 {
			parts = append(parts, newText(w.say(msg.SignedFailed, msg.Number(len(o.list)-o.done))).heading())
		} else if o.mixed() && at == len(o.list)-o.done {
			parts = append(parts, newText(w.say(msg.SignedDone, msg.Number(o.done))).heading())
		}
		parts = append(parts, r.result(s))
	}
	return append(parts, w.turn(&r.pages, len(o.list), signPage, func() { w.redraw(r); r.w.begin(r, nil) })...)
}

// mixed tells whether some files are signed and others not.
func (o *outcome) mixed() bool { return 0 < o.done && o.done < len(o.list) }

func (r *signing) summary(o *outcome) fyne.CanvasObject {
	w, t := r.w, goodTone
	var body []fyne.CanvasObject
	add := func(s string) { body = append(body, newText(s)) }
	switch {
	case o.mixed():
		t = noteTone
		add(w.say(msg.SignedRest, msg.Number(len(o.list)-o.done)))
	case o.done == 0:
		t = problemTone
	}
	if o.err != nil {
		add(r.stop(o.err))
	}
	if o.done > 0 && !r.attached {
		add(w.say(msg.SignedKeep))
		add(w.say(msg.SignedUnlike))
	}
	return newPanel(t, o.headline(w), body...)
}

// stop says what ended the work before its time.
func (r *signing) stop(err error) string {
	if gaveUp(err) {
		return r.w.say(msg.SignedStopped)
	}
	return msg.WindowError(r.w.settings.Lang, err).Message
}

// afterwards are the buttons for what comes next.
func (r *signing) afterwards(o *outcome) fyne.CanvasObject {
	others := newButton(r.w.say(msg.SignedOthers), func() { r.restart(nil) })
	if o.done == len(o.list) {
		return buttonRow(others.primary())
	}
	again := newButton(r.w.say(msg.SignedAgain), func() { r.restart(o.unsigned()) })
	return buttonRow(again.primary(), others)
}

// unsigned are the files that are not signed.
func (o *outcome) unsigned() []string {
	var list []string
	for _, s := range o.list[:len(o.list)-o.done] {
		list = append(list, s.Input)
	}
	return list
}

// restart shows the list again, with files in it.
func (r *signing) restart(files []string) {
	r.files, r.results, r.pages = nil, nil, pages{}
	r.looked, r.content = nil, nil
	r.dropped(files)
	r.w.begin(r, nil)
}

// result is what became of one file.
func (r *signing) result(s Signed) fyne.CanvasObject {
	w := r.w
	name := filepath.Base(s.Input)
	if gaveUp(s.Err) {
		return newPanel(plainTone, name, newText(w.say(msg.SignedNotYet)))
	}
	if s.Err != nil {
		words := msg.WindowError(w.settings.Lang, s.Err)
		if words.Code == "output_exists" {
			words.Hint = w.say(msg.SignReplaceIt)
		}
		return newPanel(problemTone, name, append([]fyne.CanvasObject{newText(words.Message)}, w.hints(words.Hint)...)...)
	}
	return newPanel(goodTone, name, newText(w.say(msg.SignGoesTo, s.Output)), buttonRow(
		r.ofFile(s.Output, msg.SignedCheck, func() { r.check(s.Output) }),
		r.ofFile(s.Output, msg.SignedShow, func() { w.openOutside(filepath.Dir(s.Output)) }),
	))
}

// check has a signature verified.
func (r *signing) check(file string) {
	r.w.enter(verifyRoom)
	r.w.rooms[verifyRoom].dropped([]string{file})
}

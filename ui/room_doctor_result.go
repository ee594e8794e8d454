package ui

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/jpki-desktop/jpki/ui/msg"
)

// The levels of a Check.
const (
	fineLevel    = "ok"
	noteLevel    = "note"
	problemLevel = "problem"
	skippedLevel = "skipped"
)

var levelMarks = map[string]msg.Text{
	fineLevel: msg.DoctorOK, noteLevel: msg.DoctorNote, problemLevel: msg.DoctorProblem, skippedLevel: msg.DoctorSkipped,
}

// first is the first check that is such a one, or nil.
func (d *Diagnosis) first(such func(Check) bool) *Check {
	i := slices.IndexFunc(d.Checks, such)
	if i < 0 {
		return nil
	}
	return &d.Checks[i]
}

// worst is the check that sums the diagnosis up: the first problem, else the first note
// about the card itself, else nil.
func (d *Diagnosis) worst() *Check {
	if c := d.first(func(c Check) bool { return c.Level == problemLevel }); c != nil {
		return c
	}
	own := []string{"certificates", "auth_certificate", "sign_pin", "auth_pin"}
	return d.first(func(c Check) bool { return c.Level == noteLevel && slices.Contains(own, c.Name) })
}

// summary is the diagnosis in a sentence.
func (d *Diagnosis) summary(l msg.Lang) string {
	c := d.worst()
	if c == nil {
		return msg.DoctorUsable.In(l)
	}
	words := msg.WindowDoctor(l, d.System, c.Name, c.State, c.Facts).Message
	if c.Level == problemLevel {
		return msg.DoctorHasCause.In(l, words)
	}
	return msg.DoctorNoted.In(l, words)
}

func (d *Diagnosis) tone() tone {
	switch c := d.worst(); {
	case c == nil:
		return goodTone
	case c.Level == noteLevel:
		return noteTone
	}
	return problemTone
}

// result shows what was found, first what is to be put right.
func (r *doctor) result() []fyne.CanvasObject {
	w, d := r.w, r.found
	at := newText(w.say(msg.CheckUpTime, r.at.Format("15:04"))).small()
	again := newButton(w.say(msg.CheckUpAgain), r.again).primary()
	parts := []fyne.CanvasObject{newPanel(d.tone(), d.summary(w.settings.Lang), at, buttonRow(again))}
	for _, level := range []string{problemLevel, noteLevel} {
		for _, c := range d.Checks {
			if c.Level == level {
				parts = append(parts, r.trouble(c))
			}
		}
	}
	if len(parts) == 1 {
		parts = append(parts, newText(w.say(msg.CheckUpNone)))
	}
	rest := r.inOrder()
	label := msg.Text{Ja: msg.CheckUpRest.In(msg.Ja, len(rest)), En: msg.CheckUpRest.In(msg.En, len(rest))}
	parts = append(parts, w.fold(label, r.rest, func(open bool) { r.rest = open }, w.rows(rest)))
	return append(parts, r.keep()...)
}

// trouble is a problem or a note, with what to do about it.
func (r *doctor) trouble(c Check) fyne.CanvasObject {
	l := r.w.settings.Lang
	t := noteTone
	if c.Level == problemLevel {
		t = problemTone
	}
	words := msg.WindowDoctor(l, r.found.System, c.Name, c.State, c.Facts)
	_, level, _ := strings.Cut(levelMarks[c.Level].In(l), " ") // the panel has a mark of its own
	title := msg.CheckUpLabel.In(l, level, msg.DoctorLabel(c.Name).In(l))
	return newPanel(t, title, append([]fyne.CanvasObject{newText(words.Message)}, r.w.hints(words.Hint)...)...)
}

// inOrder is what is neither a problem nor a note; what was left out for one reason is one
// row.
func (r *doctor) inOrder() []Row {
	var rows []Row
	l, last := r.w.settings.Lang, ""
	for _, c := range r.found.Checks {
		skipped := c.Level == skippedLevel
		if c.Level != fineLevel && !skipped {
			last = ""
			continue
		}
		label := msg.DoctorLabel(c.Name).In(l)
		if skipped && c.State == last {
			rows[len(rows)-1].Label += msg.DoctorAnd.In(l) + label
			continue
		}
		mark, _, _ := strings.Cut(levelMarks[c.Level].In(l), " ")
		rows = append(rows, Row{Label: mark + " " + label, Value: msg.WindowDoctor(l, r.found.System, c.Name, c.State, c.Facts).Message})
		last = ""
		if skipped {
			last = c.State
		}
	}
	return rows
}

// keep is what can be done with the result.
func (r *doctor) keep() []fyne.CanvasObject {
	w := r.w
	parts := []fyne.CanvasObject{buttonRow(newButton(w.say(msg.CheckUpCopy), r.copy), newButton(w.say(msg.CheckUpSave), r.save))}
	if r.failed != nil {
		parts = append(parts, w.problem(r.failed))
	} else if r.note != nil {
		parts = append(parts, newPanel(goodTone, r.note()))
	}
	return parts
}

func (r *doctor) copy() {
	r.w.app.Clipboard().SetContent(string(r.found.Text(r.w.settings.Lang)))
	r.tell(func() string { return r.w.say(msg.CheckUpCopied) })
}

// tell says what became of the result.
func (r *doctor) tell(note func() string) {
	r.note, r.failed = note, nil
	r.w.announce(note())
	r.w.redraw(r)
}

func (r *doctor) save() {
	w := r.w
	text := r.found.Text(w.settings.Lang)
	w.saveAs(w.say(msg.CheckUpSave), w.say(msg.CheckUpFileName), func(path string, replace bool) {
		start(w.runner, func(context.Context) (struct{}, error) {
			return struct{}{}, w.backend.WriteFile(path, text, replace)
		}, func(_ struct{}, err error) { r.saved(path, err) })
	})
}

func (r *doctor) saved(path string, err error) {
	if err == nil {
		r.tell(func() string { return r.w.say(msg.CheckUpSaved, readable(filepath.Base(path))) })
		return
	}
	r.failed = err
	r.w.announce(msg.WindowError(r.w.settings.Lang, err).Message)
	r.w.redraw(r)
}

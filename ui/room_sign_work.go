package ui

import (
	"cmp"
	"context"
	"errors"

	"fyne.io/fyne/v2"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// sign signs the files of the list, with one entry of the password.
func (r *signing) sign() {
	if r.working || r.obstacle() != nil {
		return
	}
	w := r.w
	r.forget()
	r.working = true
	q := SignRequest{
		Source: w.source, Files: r.paths(), Folder: r.folder, Attached: r.attached, Replace: r.replace,
		LastTry: true, // pinFunc has the user agree to that
	}
	long(w, w.say(msg.SignWorking), func(ctx context.Context, show func(Progress)) ([]Signed, error) {
		q.PIN, q.Progress = w.pinFunc(ctx, msg.SignWhy(len(q.Files))), show
		return w.backend.Sign(ctx, q)
	}, func(list []Signed, err error) { r.signed(newOutcome(q.Files, list, err)) })
}

// signed takes note of what became of the files.
func (r *signing) signed(o *outcome) {
	w := r.w
	r.working = false
	if o.err != nil && o.done == 0 {
		r.err = o.err
	} else {
		r.results, r.pages = o, pages{}
	}
	w.announce(r.said())
	w.redraw(r)
	r.w.begin(r, nil)
	w.readCard()
}

// said is what became of the work, in a line.
func (r *signing) said() string {
	switch {
	case r.results != nil:
		return r.results.headline(r.w)
	case gaveUp(r.err):
		return r.w.say(msg.SignStopped)
	}
	return msg.WindowError(r.w.settings.Lang, r.err).Message
}

// problem says why nothing was signed, and what to do.
func (r *signing) problem() []fyne.CanvasObject {
	r.again = nil
	if r.err == nil {
		return nil
	}
	w := r.w
	t, hint := problemTone, ""
	if gaveUp(r.err) {
		t = plainTone
	} else {
		hint = msg.WindowError(w.settings.Lang, r.err).Hint
	}
	body := append(w.hints(hint), newText(w.say(msg.SignNothing)), buttonRow(r.wayOut()))
	return []fyne.CanvasObject{newPanel(t, r.said(), body...)}
}

// wayOut is the button for the next step after err.
func (r *signing) wayOut() *button {
	w := r.w
	refused, wrong := errors.AsType[*card.PINError](r.err)
	if wrong && refused.Retries == 0 {
		return newButton(w.say(msg.HomeHelp), func() { w.enter(helpRoom) })
	}
	label := msg.SignRetry
	if wrong {
		label = msg.SignPINAgain
	}
	r.again = newButton(w.say(label), r.sign).primary()
	return r.again
}

// outcome is what became of the files of one work, those that failed first.
type outcome struct {
	list []Signed
	done int   // how many are signed
	err  error // what ended the work before its time
}

// newOutcome orders the results for files. A file without a result was not signed.
func newOutcome(files []string, list []Signed, err error) *outcome {
	o := &outcome{err: err}
	result := map[string]Signed{}
	for _, s := range list {
		result[s.Input] = s
	}
	var done []Signed
	for _, f := range files {
		s, has := result[f]
		if !has {
			s = Signed{Input: f, Err: cmp.Or(err, errCancelled)}
		}
		if s.Err == nil {
			done = append(done, s)
		} else {
			o.list = append(o.list, s)
		}
	}
	o.list, o.done = append(o.list, done...), len(done)
	return o
}

func (o *outcome) headline(w *Window) string {
	all := msg.Number(len(o.list))
	switch {
	case o.done == 0:
		return w.say(msg.SignedNone)
	case o.done < len(o.list):
		return w.say(msg.SignedSome, all, msg.Number(o.done))
	case o.done == 1:
		return w.say(msg.SignedOne)
	}
	return w.say(msg.SignedAll, all)
}

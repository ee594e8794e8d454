package ui

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/jpki-desktop/jpki/ui/msg"
)

// practice offers the practice card, and the ways back from it.
func (r *home) practice() fyne.CanvasObject {
	w := r.w
	if w.source != Practice {
		return newPanel(plainTone, w.say(msg.PracticeCard), newText(w.say(msg.PracticeWhat)),
			buttonRow(newButton(w.say(msg.PracticeTry), func() { r.turnTo(Practice) })))
	}
	body := []fyne.CanvasObject{newText(w.say(msg.PracticePINs))}
	if r.reset != nil {
		body = append(body, w.problem(r.reset))
	}
	if r.renewed {
		body = []fyne.CanvasObject{newText(w.say(msg.PracticeMade)).bold()}
	}
	return newPanel(plainTone, w.say(msg.PracticeCard), append(body, buttonRow(
		newButton(w.say(msg.UseRealCard), func() { r.turnTo("") }),
		newButton(w.say(msg.PracticeReset), r.askReset),
	))...)
}

// turnTo follows the card in another source, and shows the room from its beginning, where
// that card is.
func (r *home) turnTo(source string) {
	r.w.watch(source)
	r.w.begin(r, nil)
}

// askReset makes a new practice card if the user is sure.
func (r *home) askReset() {
	r.w.confirm(msg.PracticeSure, msg.PracticeDo, func() {
		start(r.w.runner, func(context.Context) (struct{}, error) {
			return struct{}{}, r.w.backend.ResetPractice()
		}, func(_ struct{}, err error) { r.wasReset(err) })
	}, func() {})
}

func (r *home) wasReset(err error) {
	w := r.w
	r.renewed, r.reset = err == nil, err
	if err != nil {
		w.announce(msg.WindowError(w.settings.Lang, err).Message)
		w.redraw(r)
		return
	}
	if w.source == Practice {
		w.watch(Practice) // it is read once only
	}
	w.announce(w.say(msg.PracticeMade))
}

package ui

import (
	"errors"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// pins looks after the PINs.
type pins struct {
	w    *Window
	form *pinForm // of the PIN that is being changed, or nil

	// What came of the last change; it stays until the room is left or another begins.
	changed card.Key
	done    bool  // it was changed
	failure error // why not
	lost    bool  // what was typed was erased because the card is another

	help bool // what to do about a forgotten PIN is open
}

func newPINs(w *Window) *pins { return &pins{w: w} }

func (r *pins) title() msg.Text     { return msg.RoomPINs }
func (r *pins) icon() fyne.Resource { return theme.LoginIcon() }
func (r *pins) dropped([]string)    {}

// cardChanged erases what was typed for another card. While one is being read it is not
// known yet whether it is another.
func (r *pins) cardChanged() {
	c := &r.w.card
	if f := r.form; f != nil && !c.Reading && (!c.Usable() || c.ID != f.card || r.w.lockedOut(f.key)) {
		r.lost = f.typed()
		r.close()
	}
	r.w.redraw(r)
}

// leave erases what was typed, and forgets what came of it.
func (r *pins) leave() {
	r.close()
	r.done, r.failure, r.lost = false, nil, false
}

// close closes the form.
func (r *pins) close() {
	if r.form != nil {
		r.form.wipe()
	}
	r.form = nil
}

// change opens the form for the PIN of k.
func (r *pins) change(k card.Key) {
	r.leave()
	r.form = newPINForm(r, k)
	r.w.announce(r.w.say(msg.PINsChange, r.form.name()))
	r.w.redraw(r)
	r.form.focus()
}

func (r *pins) build() fyne.CanvasObject {
	parts := r.outcome()
	if r.form != nil {
		return r.w.page(r, append(parts, r.form.build()...)...)
	}
	parts = append([]fyne.CanvasObject{newText(r.w.say(msg.PINsIntro))}, parts...)
	if !r.w.card.Usable() {
		return r.w.page(r, append(parts, r.withoutCard())...)
	}
	for _, k := range cardKeys {
		parts = append(parts, r.pin(k))
	}
	return r.w.page(r, append(parts, r.forgotten(), newText(r.w.say(msg.PINsOthers)).small())...)
}

// outcome is what came of the last change, if there was one.
func (r *pins) outcome() []fyne.CanvasObject {
	w := r.w
	switch {
	case r.done:
		name := w.say(msg.KeyPIN(r.changed))
		return []fyne.CanvasObject{newPanel(goodTone, w.say(msg.PINChanged, name), newText(w.say(msg.PINKeep, card.MaxTries(r.changed))))}
	case r.failure != nil:
		parts := []fyne.CanvasObject{w.problem(r.failure)}
		if _, wrong := errors.AsType[*card.PINError](r.failure); !wrong && r.form == nil && w.card.Usable() {
			parts = append(parts, newText(w.say(msg.PINsLooking)))
		}
		return parts
	case r.lost:
		return []fyne.CanvasObject{newPanel(noteTone, w.say(msg.PINsOther))}
	}
	return nil
}

// withoutCard says how the card is, and what to do.
func (r *pins) withoutCard() fyne.CanvasObject {
	t, state := r.w.cardState()
	var body []fyne.CanvasObject
	if !strings.HasPrefix(state.Message, state.Title) {
		body = append(body, newText(state.Message))
	}
	body = append(body, r.w.hints(state.Hint)...)
	if r.w.card.Err != nil {
		body = append(body, buttonRow(
			newButton(r.w.say(msg.HomeDoctor), func() { r.w.enter(doctorRoom) }),
			newButton(r.w.say(msg.PINsToHome), func() { r.w.enter(homeRoom) })))
	}
	return newPanel(t, state.Title, body...)
}

// pin tells of the PIN of k.
func (r *pins) pin(k card.Key) fyne.CanvasObject {
	w := r.w
	name, label := w.say(msg.KeyPIN(k)), w.say(msg.PINLabel(k))
	left, has := w.card.Tries[k]
	if !has {
		return newPanel(plainTone, label, newText(w.say(msg.Absent)))
	}
	if left == 0 {
		return newPanel(problemTone, w.say(msg.PINsBlocked, name), r.remedy(k)...)
	}
	about := w.rows([]Row{
		{Label: w.say(msg.PINsUse), Value: w.say(msg.PINUse(k))},
		{Label: w.say(msg.PINsRule), Value: w.say(msg.PINRule(k, w.card.Info.Kind))},
	})
	change := newButton(w.say(msg.PINsChange, name), func() { r.change(k) })
	return newPanel(triesTone(left), w.say(msg.PINsLabel, label, msg.Tries(w.settings.Lang, k, left)), about, buttonRow(change))
}

// remedy says what to do about the PIN of k, locked or forgotten.
func (r *pins) remedy(k card.Key) []fyne.CanvasObject {
	if r.w.source == Practice {
		return []fyne.CanvasObject{
			newText(r.w.say(msg.PracticeBlocked)),
			buttonRow(newButton(r.w.say(msg.PINsToHome), func() { r.w.enter(homeRoom) })),
		}
	}
	other := card.SignKey
	if k == card.SignKey {
		other = card.AuthKey
	}
	return []fyne.CanvasObject{newText(r.w.say(msg.PINRemedy(r.w.card.Info.Kind, !r.w.lockedOut(other))))}
}

// forgotten says what to do about a PIN that nobody remembers.
func (r *pins) forgotten() fyne.CanvasObject {
	body := []fyne.CanvasObject{newText(r.w.say(msg.PINsStop))}
	if r.w.source == Practice {
		body = append(body, newText(r.w.say(msg.PracticePINs)))
	}
	return r.w.fold(msg.PINsForgotten, r.help, func(open bool) { r.help = open }, append(body, r.remedy(card.SignKey)...)...)
}

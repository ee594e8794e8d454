package ui

import (
	"errors"

	"fyne.io/fyne/v2"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/sign"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// cardTitle is the state of the card in a few words.
func (w *Window) cardTitle() string {
	_, state := w.cardState()
	return state.Title
}

// cardState is the state of the card in words, and how serious it is. What keeps the card
// from being used comes before what will.
func (w *Window) cardState() (tone, msg.CardState) {
	l, c := w.settings.Lang, &w.card
	locked := w.lockedKeys()
	switch {
	case c.Reading:
		return plainTone, msg.CardReading(l)
	case errors.Is(c.Err, card.ErrNoCard):
		return plainTone, msg.CardTrouble(l, c.Err)
	case c.Err != nil:
		return noteTone, msg.CardTrouble(l, c.Err)
	case c.Info.Kind == card.KindJuki:
		return noteTone, msg.CardJuki(l)
	case !c.Info.Sign && !c.Info.Auth:
		return noteTone, msg.CardEmpty(l)
	case len(locked) > 0:
		return problemTone, msg.CardBlocked(l, c.Info.Kind, w.source == Practice, locked...)
	case c.Auth == nil:
		return goodTone, msg.CardReady(l, w.cardKind())
	}
	return w.judgedState(c.Auth)
}

// judgedState is the state of a card of which nothing but its certificate c is to be said.
func (w *Window) judgedState(c *Certificate) (tone, msg.CardState) {
	l := w.settings.Lang
	switch {
	case c.Standing != Good && c.Standing != Undefined:
		state := msg.CardStanding(l, string(c.Standing))
		if advice := c.Advice(l); advice != "" {
			state.Hint = advice
		}
		return standingTone(c.Standing), state
	case c.Origin == RealOrigin && (c.Verdict == sign.Failed || c.Verdict == sign.Indeterminate):
		return verdictTone(c.Verdict), msg.CardDoubtful(l)
	}
	return goodTone, msg.CardReady(l, w.cardKind())
}

// cardKind is the kind of the card for [msg.CardKind].
func (w *Window) cardKind() string {
	switch w.origin() {
	case PracticeOrigin:
		return "practice"
	case TestOrigin:
		return "test"
	}
	return string(w.card.Info.Kind)
}

// lockedKeys are the keys whose PINs are locked.
func (w *Window) lockedKeys() []card.Key {
	var locked []card.Key
	for _, k := range cardKeys {
		if w.lockedOut(k) {
			locked = append(locked, k)
		}
	}
	return locked
}

// state says how the card is, and offers what helps.
func (r *home) state() fyne.CanvasObject {
	t, state := r.w.cardState()
	body := append([]fyne.CanvasObject{newText(state.Message)}, r.w.hints(state.Hint)...)
	if row := r.remedies(); len(row) > 0 {
		body = append(body, buttonRow(row...))
	}
	return newPanel(t, state.Title, body...)
}

// remedies are buttons that lead out of the present state.
func (r *home) remedies() []*button {
	w := r.w
	var row []*button
	add := func(label string, tapped func()) *button {
		row = append(row, newButton(label, tapped))
		return row[len(row)-1]
	}
	for _, reader := range r.choices() {
		add(w.say(msg.HomeReader, reader), func() { w.watch(reader) })
	}
	if w.source != "" && w.source != Practice {
		add(w.say(msg.HomeAnyReader), func() { w.watch("") })
	}
	switch c := &w.card; {
	case c.Err != nil:
		if b := add(w.say(msg.HomeDoctor), func() { w.enter(doctorRoom) }); len(row) == 1 {
			b.primary()
		}
	case c.Usable() && len(w.lockedKeys()) > 0:
		add(w.say(msg.HomeHelp), func() { w.enter(helpRoom) })
	}
	return row
}

// choices are the readers of which one has to be chosen.
func (r *home) choices() []string {
	if len(r.w.card.Readers) > 0 {
		return r.w.card.Readers
	}
	if where, ok := errors.AsType[*card.ReaderError](r.w.card.Err); ok && errors.Is(where, card.ErrUnknownReader) {
		return where.Names
	}
	return nil
}

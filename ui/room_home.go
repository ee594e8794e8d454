package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// home shows the card and until when its certificates are valid, and leads to everything.
type home struct {
	w *Window

	of       string                    // ID of the card that revealed and problem are about
	revealed map[card.Key]*Certificate // certificates that were read with their PIN
	problem  map[card.Key]error        // why one could not be read

	renewed bool  // the practice card was made anew just now
	reset   error // why it could not be
}

func newHome(w *Window) *home {
	r := &home{w: w}
	r.forget("")
	return r
}

// forget lets go of what was read; of is the card that is there now.
func (r *home) forget(of string) {
	r.of, r.revealed, r.problem = of, map[card.Key]*Certificate{}, map[card.Key]error{}
}

func (r *home) title() msg.Text     { return msg.RoomHome }
func (r *home) icon() fyne.Resource { return theme.HomeIcon() }
func (r *home) dropped([]string)    {}

// cardChanged forgets what was read of another card. While a card is being read it is not
// known yet whether it is another one.
func (r *home) cardChanged() {
	c := &r.w.card
	if !c.Reading && (c.Err != nil || c.ID != r.of) {
		r.forget(c.ID)
	}
	if r.w.source != Practice {
		r.renewed, r.reset = false, nil
	}
	r.w.redraw(r)
}

func (r *home) build() fyne.CanvasObject {
	parts := []fyne.CanvasObject{newText(r.w.say(msg.HomeIntro)), r.state(), r.works()}
	if c := &r.w.card; c.Usable() {
		parts = append(parts, r.certificate(card.AuthKey), r.certificate(card.SignKey))
		if len(c.Tries) > 0 {
			parts = append(parts, r.tries())
		}
	}
	return r.w.page(r, append(parts, r.practice())...)
}

// works are the large buttons for what most people come for.
func (r *home) works() fyne.CanvasObject {
	row := container.New(&tiles{})
	for _, work := range []struct {
		label msg.Text
		room  int
	}{
		{msg.HomeSign, signRoom}, {msg.HomeVerify, verifyRoom},
		{msg.HomeCertificates, certificateRoom}, {msg.HomePINs, pinRoom},
	} {
		b := newButton(r.w.say(work.label), func() { r.w.enter(work.room) }).big()
		b.setIcon(r.w.rooms[work.room].icon())
		row.Add(b)
	}
	return row
}

// cardKeys are the keys of a card, the one for signing first.
var cardKeys = []card.Key{card.SignKey, card.AuthKey}

// tries says how often each PIN may still be entered wrongly.
func (r *home) tries() fyne.CanvasObject {
	worst := plainTone
	var lines []fyne.CanvasObject
	for _, k := range cardKeys {
		left, has := r.w.card.Tries[k]
		if !has {
			continue
		}
		line := newText(r.w.say(msg.PINLabel(k)) + r.w.say(msg.Colon) + msg.Tries(r.w.settings.Lang, k, left))
		if left <= 1 {
			line.bold()
		}
		worst = max(worst, triesTone(left))
		lines = append(lines, line)
	}
	lines = append(lines, buttonRow(newButton(r.w.say(msg.HomeToPINs), func() { r.w.enter(pinRoom) })))
	return newPanel(worst, r.w.say(msg.HomeTries), lines...)
}

func triesTone(left int) tone {
	switch left {
	case 0:
		return problemTone
	case 1:
		return noteTone
	}
	return plainTone
}

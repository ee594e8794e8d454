package ui

import (
	"slices"

	"fyne.io/fyne/v2"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/ui/msg"
	"github.com/jpki-desktop/jpki/ui/theme"
)

// fourPINs tells the PINs of a card apart.
func (r *help) fourPINs() fyne.CanvasObject {
	w := r.w
	kind := card.KindMynumber
	if w.card.Usable() {
		kind = w.card.Info.Kind
	}
	var rows []Row
	for _, k := range cardKeys {
		rows = append(rows, Row{Label: w.say(msg.PINLabel(k)), Value: w.say(msg.PINLine, w.say(msg.PINUse(k)), w.say(msg.PINRule(k, kind)), card.MaxTries(k))})
	}
	return w.rows(append(rows,
		Row{Label: w.say(msg.JukiPIN), Value: w.say(msg.JukiUse)},
		Row{Label: w.say(msg.InputPIN), Value: w.say(msg.InputUse)},
	))
}

// keyRows are the keys of the window and what they do.
func (w *Window) keyRows() []Row {
	var rows []Row
	add := func(key, means string) { rows = append(rows, Row{Label: key, Value: means}) }
	add(w.say(msg.TabKeys), w.say(msg.TabMeans))
	add(w.say(msg.PushKeys), w.say(msg.PushMeans))
	add(primaryHint, w.say(msg.MainMeans))
	add(w.say(msg.EscKeys), w.say(msg.EscMeans))
	add(w.say(msg.MoveKeys), w.say(msg.MoveMeans))
	add("F1", w.say(msg.KeyOpens, w.say(msg.RoomHelp)))
	for i, s := range slices.Backward(theme.Sizes()) { // in the order of the buttons
		add(sizeKeys[i], w.say(msg.TextSize)+w.say(msg.Colon)+w.say(msg.SizeName(string(s))))
	}
	for i, s := range theme.Schemes() {
		add(schemeKeys[i], w.say(msg.ColourScheme)+w.say(msg.Colon)+w.say(msg.SchemeName(string(s))))
	}
	for i, name := range languageNames {
		add(languageKeys[i], name)
	}
	for i, r := range w.rooms {
		add(roomHint(i), w.say(msg.KeyOpens, w.say(r.title())))
	}
	return rows
}

// aboutBuild names the version of the program, if that is known.
func (w *Window) aboutBuild() []fyne.CanvasObject {
	if w.backend.Version == "" {
		return nil
	}
	return []fyne.CanvasObject{newText(name + " " + w.backend.Version)}
}

package ui

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/jpki-desktop/jpki/ui/msg"
)

// choice is one of several buttons of which one is chosen.
func (r *signing) choice(label msg.Text, chosen bool, take func()) *button {
	return newButton(r.w.say(label), func() {
		take()
		r.w.redraw(r)
	}).selected(chosen)
}

// form is how the documents are signed, and what that means for them.
func (r *signing) form() []fyne.CanvasObject {
	w := r.w
	means := msg.SignDetachedMeans
	if r.attached {
		means = msg.SignAttachedMeans
	}
	parts := []fyne.CanvasObject{
		newText(w.say(msg.SignForm)).heading(),
		buttonRow(
			r.choice(msg.SignDetached, !r.attached, func() { r.attached = false }),
			r.choice(msg.SignAttached, r.attached, func() { r.attached = true }),
		),
		newText(w.say(means)),
	}
	kinds := r.kinds()
	if names := r.expectInside(kinds); len(names) > 0 {
		separator := "、"
		if w.settings.Lang == msg.En {
			separator = ", "
		}
		parts = append(parts, newText("→ "+w.say(msg.SignNotInside, strings.Join(names, separator))))
	}
	if slices.Contains(kinds, SignatureDocument) {
		parts = append(parts, newPanel(noteTone, w.say(msg.SignAgain)))
	}
	return parts
}

// expectInside names the kinds into which other programs write signatures, so that their
// owners may expect the same here.
func (r *signing) expectInside(kinds []DocumentKind) []string {
	var names []string
	for _, k := range kinds {
		if k == PDFDocument || k == TaxDocument || k == XMLDocument {
			names = append(names, r.w.say(msg.DocumentKind(string(k))))
		}
	}
	return names
}

// places are the choices about where the signatures go.
func (r *signing) places() fyne.CanvasObject {
	w := r.w
	other := r.choice(msg.SignFolder, r.folder != "", func() {})
	other.onTapped = func() {
		w.chooseFolder(w.say(msg.SignFolder), func(path string) {
			if path != "" {
				r.folder = path
				w.redraw(r)
			}
		})
	}
	parts := []fyne.CanvasObject{
		newText(w.say(msg.SignGoes)).bold(),
		buttonRow(r.choice(msg.SignBeside, r.folder == "", func() { r.folder = "" }), other),
	}
	if r.folder != "" {
		parts = append(parts, newText(w.say(msg.SignInto, r.folder)))
	}
	parts = append(parts,
		newText(w.say(msg.SignExists)).bold(),
		buttonRow(
			r.choice(msg.SignKeep, !r.replace, func() { r.replace = false }),
			r.choice(msg.SignReplace, r.replace, func() { r.replace = true }),
		))
	return w.fold(msg.SignWhere, r.unfolded, func(open bool) { r.unfolded = open }, parts...)
}

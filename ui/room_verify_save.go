package ui

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/jpki-desktop/jpki/ui/msg"
)

// save lets the user choose where a small file goes, has it written, and tells how that
// went. More is shown below the path.
func (w *Window) save(title msg.Text, name string, write func(ctx context.Context, path string, replace bool) error, more ...msg.Text) {
	w.saveAs(w.say(title), name, func(path string, replace bool) {
		start(w.runner, func(ctx context.Context) (struct{}, error) {
			return struct{}{}, write(ctx, path, replace)
		}, func(_ struct{}, err error) { w.saved(path, err, more...) })
	})
}

// saved tells whether the file at path was written.
func (w *Window) saved(path string, err error, more ...msg.Text) {
	if gaveUp(err) {
		return
	}
	if err != nil {
		words := msg.WindowError(w.settings.Lang, err)
		w.announce(words.Message)
		w.tell(words.Message, w.hints(words.Hint)...)
		return
	}
	body := []fyne.CanvasObject{newText(path)}
	for _, t := range more {
		body = append(body, newText(w.say(t)))
	}
	w.announce(w.say(msg.Saved))
	w.tell(w.say(msg.Saved), body...)
}

// newPathField is a field for the path of a file, whose text is kept in typed. Enter hands
// the path to open.
func newPathField(label string, typed *string, open func(path string)) *entry {
	e := newEntry("", func(s string) {
		if unquoted(s) != "" {
			open(resolve("", s))
		}
	}).labelled(label).changed(func(s string) { *typed = s })
	e.setText(*typed)
	return e
}

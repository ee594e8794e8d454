package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// pinForm is where a PIN is changed. What is typed stays in its entries, over changes of
// the language and the looks, until it is used or the room is left.
type pinForm struct {
	r    *pins
	key  card.Key
	card string // ID of the card it is for
	left int    // tries, as that card last said

	lastTry bool // the user agreed to spend the last try
	shown   bool // letters can be seen

	old, new, again *pinField
	current         *pinField // has or had the focus
	show, do        *button
}

// pinField is an entry with its label, and what is said of it while the user types.
type pinField struct {
	entry *pinEntry
	label msg.Text
	note  *text
	hint  msg.Text // about what was typed last and not taken
	args  []any    // of hint
}

func newPINForm(r *pins, k card.Key) *pinForm {
	f := &pinForm{r: r, key: k, card: r.w.card.ID, left: r.w.card.Tries[k]}
	_, most := pinLimits(k, r.w.card.Info.Kind)
	f.old, f.new, f.again = f.field(msg.PINsOld, most), f.field(msg.PINsNew, most), f.field(msg.PINsAgain, most)
	f.current = f.old
	f.old.entry.onSubmit = func() { f.focusOn(f.new) }
	f.new.entry.onSubmit = func() { f.focusOn(f.again) }
	f.again.entry.onSubmit = f.submit
	return f
}

func (f *pinForm) field(label msg.Text, most int) *pinField {
	p := &pinField{entry: newPINEntry("", most), label: label}
	p.entry.upper, p.entry.digits = f.key == card.SignKey, f.key == card.AuthKey
	p.entry.onFocus = func() { f.current = p }
	p.entry.onChanged = func() { p.hint = msg.Text{}; f.refresh() }
	p.entry.onRefused = func(rune) { p.hint, p.args = msg.PINLetters(f.key), nil; f.refresh() }
	p.entry.onFull = func() { p.hint, p.args = msg.PINSheetFull, []any{most}; f.refresh() }
	return p
}

func (f *pinForm) fields() []*pinField { return []*pinField{f.old, f.new, f.again} }

// typed tells whether anything was typed.
func (f *pinForm) typed() bool {
	return f.old.entry.Len()+f.new.entry.Len()+f.again.entry.Len() > 0
}

// there tells whether the card that the form is for can be used. While one is being read,
// it may be another, whose try would be spent.
func (f *pinForm) there() bool {
	c := &f.r.w.card
	return c.Usable() && c.ID == f.card
}

// wipe erases what was typed.
func (f *pinForm) wipe() {
	for _, p := range f.fields() {
		p.entry.Wipe()
	}
}

func (f *pinForm) name() string { return f.r.w.say(msg.KeyPIN(f.key)) }

func (f *pinForm) focusOn(p *pinField) { f.r.w.win.Canvas().Focus(p.entry) }

// focus puts the focus to where the user begins.
func (f *pinForm) focus() {
	if f.warns() {
		f.r.w.focusRoom()
		return
	}
	f.focusOn(f.old)
}

// warns tells whether the last try is at stake and the user has not agreed to that yet.
func (f *pinForm) warns() bool { return f.left == 1 && !f.lastTry }

func (f *pinForm) build() []fyne.CanvasObject {
	w := f.r.w
	if f.there() {
		f.left = w.card.Tries[f.key]
	}
	leave := newButton(w.say(msg.PINsLeave), f.cancel)
	if f.warns() {
		use := newButton(w.say(msg.LastTryUse), f.useLastTry).danger()
		return []fyne.CanvasObject{newPanel(problemTone, w.say(msg.LastTryTitle, f.name()),
			newText(w.say(msg.LastTryMeans)), newText(w.say(msg.LastTryOnly)), buttonRow(leave, use))}
	}
	advice := w.say(msg.PINAdvice, f.name(), w.say(msg.PINRule(f.key, w.card.Info.Kind)))
	pad := newKeypad(w, func() *pinEntry { return f.current.entry }, w.frame.settle)
	parts := []fyne.CanvasObject{newText(w.say(msg.PINsChange, f.name())).heading(), newText(advice), buttonRow(pad.toggle), pad.keys}
	for _, p := range f.fields() {
		parts = append(parts, f.buildField(p))
	}
	f.show = newButton("", f.toggle)
	f.do = newButton(w.say(msg.PINsDo), f.submit).primary()
	f.refresh()
	return append(parts, buttonRow(f.show), buttonRow(f.do, leave))
}

func (f *pinForm) buildField(p *pinField) fyne.CanvasObject {
	w := f.r.w
	label := w.say(p.label, f.name())
	if p == f.old {
		label = w.say(msg.PINsLabel, label, msg.Tries(w.settings.Lang, f.key, f.left))
	}
	p.entry.label = label
	p.note = newText("")
	return container.NewVBox(newText(label).bold(), p.entry, p.note)
}

func (f *pinForm) useLastTry() {
	f.lastTry = true
	f.r.w.redraw(f.r)
	f.focusOn(f.old)
}

func (f *pinForm) cancel() {
	f.r.leave()
	f.r.w.redraw(f.r)
}

func (f *pinForm) toggle() {
	f.shown = !f.shown
	f.refresh()
}

// refresh says of each field how it is, in place, so that typing goes on undisturbed.
func (f *pinForm) refresh() {
	if f.do == nil {
		return
	}
	old, new, again := f.old.entry.PIN(), f.new.entry.PIN(), f.again.entry.PIN()
	defer old.Wipe()
	defer new.Wipe()
	defer again.Wipe()
	ready := f.refreshOld(old)
	ready = f.refreshNew(new, old) && ready
	ready = f.refreshAgain(again, new) && ready
	enableIf(f.do, ready && f.there())
	label := msg.PINSheetShow
	if f.shown {
		label = msg.PINSheetHide
	}
	f.show.SetText(f.r.w.say(label))
	for _, p := range f.fields() {
		p.entry.Reveal(f.shown)
	}
}

// refreshOld tells whether the old PIN may be sent to the card.
func (f *pinForm) refreshOld(old card.PIN) bool {
	kind := f.r.w.card.Info.Kind
	least, _ := pinLimits(f.key, kind)
	card.FoldPIN(f.key, old)
	switch err := card.CheckPIN(f.key, kind, old); {
	case len(old) < least:
		f.note(f.old, f.missing(len(old), least), theme.ColorNamePlaceHolder)
	case err != nil:
		f.fault(f.old, err)
		return false
	default:
		f.note(f.old, "", "")
		return true
	}
	return false
}

func (f *pinForm) refreshNew(new, old card.PIN) bool {
	least, _ := pinLimits(f.key, f.r.w.card.Info.Kind)
	if len(new) < least {
		f.note(f.new, f.missing(len(new), least), theme.ColorNamePlaceHolder)
		return false
	}
	if err := f.checkNew(new, old); err != nil {
		f.fault(f.new, err)
		return false
	}
	f.note(f.new, f.r.w.say(msg.PINsFit), theme.ColorNameSuccess)
	return true
}

func (f *pinForm) refreshAgain(again, new card.PIN) bool {
	card.FoldPIN(f.key, again)
	whole, err := f.checkAgain(again, new)
	switch {
	case err != nil:
		f.fault(f.again, err)
	case whole:
		f.note(f.again, f.r.w.say(msg.PINsAlike), theme.ColorNameSuccess)
	default:
		f.note(f.again, "", "")
	}
	return whole
}

// missing says how many letters are still to come, once there are some.
func (f *pinForm) missing(typed, least int) string {
	if typed == 0 {
		return ""
	}
	return f.r.w.say(msg.PINsMore, least-typed)
}

func (f *pinForm) fault(p *pinField, err error) {
	words := msg.WindowError(f.r.w.settings.Lang, err)
	f.note(p, f.r.w.say(msg.PINsFault, words.Message), theme.ColorNameError)
}

// note says words under a field, or about a letter that was not taken, which is gone with
// the next one.
func (f *pinForm) note(p *pinField, words string, colour fyne.ThemeColorName) {
	if p.hint != (msg.Text{}) {
		words, colour = f.r.w.say(p.hint, p.args...), theme.ColorNameError
	}
	if colour != "" {
		p.note.setColour(colour)
	}
	p.note.SetText(words)
	showIf(p.note, words != "")
}

// submit has the PIN changed with what was typed, and erases that.
func (f *pinForm) submit() {
	if f.do == nil || f.do.Disabled() || f.r.form != f || !f.there() {
		return
	}
	r, w := f.r, f.r.w
	old, new, again := f.old.entry.PIN(), f.new.entry.PIN(), f.again.entry.PIN()
	request := f.request(old, new, again)
	r.close()
	r.done, r.failure, r.lost = false, nil, false
	long(w, w.say(msg.PINsChanging), func(ctx context.Context, _ func(Progress)) (struct{}, error) {
		return struct{}{}, w.backend.ChangePIN(ctx, request)
	}, func(_ struct{}, err error) {
		old.Wipe()
		new.Wipe()
		again.Wipe()
		r.changedPIN(f.key, err)
	})
}

// request hands copies to the card's side, which wipes them.
func (f *pinForm) request(old, new, again card.PIN) PINChange {
	handOver := func(p card.PIN) card.PIN { return append(make(card.PIN, 0, len(p)), p...) }
	return PINChange{
		Source: f.r.w.source, Key: f.key, LastTry: f.lastTry,
		Old: func(card.Key, int) (card.PIN, error) { return handOver(old), nil },
		New: func(problem error) (card.PIN, error) {
			if problem != nil {
				return nil, problem // the form is closed: there is nobody to ask again
			}
			return handOver(new), nil
		},
		Again: func() (card.PIN, error) { return handOver(again), nil },
	}
}

// changedPIN shows what came of a change, and what the card says now. That is told even
// if the user stopped it: what holds must be known.
func (r *pins) changedPIN(k card.Key, err error) {
	w := r.w
	r.changed, r.done, r.failure = k, err == nil, err
	words := w.say(msg.PINChanged, w.say(msg.KeyPIN(k)))
	if err != nil {
		words = msg.WindowError(w.settings.Lang, err).Message
	}
	w.announce(words)
	w.redraw(r)
	w.begin(r, nil)
	w.readCard()
}

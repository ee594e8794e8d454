package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// pinFunc asks for a PIN in a dialog that says why it is wanted. It is called off the
// drawing thread. The answer is errCancelled if the user does not want to go on. The last
// try is only spent after the user agreed to that in particular, so that a request with
// this function may allow it.
func (w *Window) pinFunc(ctx context.Context, why msg.Text) card.PINFunc {
	return func(k card.Key, tries int) (card.PIN, error) {
		var p pinSheet
		pin, err := ask(ctx, w.runner, func(answer func(card.PIN, error)) {
			if ctx.Err() == nil {
				p = pinSheet{w: w, key: k, tries: tries, why: why, answer: answer}
				p.begin()
			}
		})
		// Whoever waited may be gone while the dialog is still there, or has just answered.
		w.runner.do(func() { p.end(err != nil) })
		return pin, err
	}
}

// pinSheet is the dialog for one PIN. Its functions run on the drawing thread.
type pinSheet struct {
	w      *Window
	key    card.Key
	tries  int
	why    msg.Text
	answer func(card.PIN, error)

	sheet  *sheet
	entry  *pinEntry
	count  *text
	reason *text // why what was typed will not do
	peek   *button
	handed card.PIN // as it was given to answer
}

// begin asks for the PIN; before the last try, first whether to spend that.
func (p *pinSheet) begin() {
	if p.tries > 1 {
		p.open()
		return
	}
	w := p.w
	title := w.say(msg.LastTryTitle, w.say(msg.KeyPIN(p.key)))
	body := []fyne.CanvasObject{newPanel(noteTone, w.say(msg.LastTryMeans), newText(w.say(msg.LastTryOnly)))}
	leave := newButton(w.say(msg.LastTryLeave), p.cancel)
	use := newButton(w.say(msg.LastTryUse), func() { p.sheet.close(); p.open() }).danger()
	p.sheet = w.openSheet(title, body, leave, p.cancel, leave, use)
}

// open shows the field.
func (p *pinSheet) open() {
	w := p.w
	title := w.say(msg.PINSheetTitle, w.say(msg.KeyPIN(p.key)))
	p.fields()
	p.peek = newButton(w.say(msg.PINSheetShow), p.toggle).compact()
	pad := newKeypad(w, func() *pinEntry { return p.entry }, p.fit)
	body := []fyne.CanvasObject{
		newText(w.say(p.why)), newText(w.say(msg.PINWhich(p.key))),
		newText(w.say(msg.PINSheetTries, msg.Tries(w.settings.Lang, p.key, p.tries))).bold(),
		container.New(narrowLayout{}, p.entry), buttonRow(p.peek, pad.toggle), pad.keys, p.reason, p.count,
		newText(w.say(msg.PINSheetRule, w.say(msg.PINRule(p.key, w.card.Info.Kind)))).small(),
	}
	if w.source == Practice {
		body = append(body, newText(w.say(msg.PracticePINs)).small())
	}
	p.sheet = w.openSheet(title, body, p.entry, p.cancel,
		newButton(w.say(msg.PINSheetSend), p.submit).primary().hint("Enter"),
		newButton(w.say(msg.Cancel), p.cancel).hint("Esc"))
	p.fit()
}

// fit lays the dialog out for the keys on the screen, which must not move.
func (p *pinSheet) fit() {
	p.sheet.tall = p.w.keypad
	p.sheet.fit()
}

func (p *pinSheet) fields() {
	w := p.w
	limit, signing := 4, p.key == card.SignKey
	if signing {
		limit = 16
	}
	p.entry = newPINEntry(w.say(msg.PINLabel(p.key)), limit)
	p.entry.upper, p.entry.digits = signing, !signing
	p.count = newText(w.say(msg.PINSheetCount, 0)).small()
	p.reason = newText("").bold()
	p.reason.Hide()
	p.entry.onChanged = func() {
		p.count.SetText(w.say(msg.PINSheetCount, p.entry.Len()))
		p.explain("")
	}
	p.entry.onSubmit = p.submit
	p.entry.onRefused = func(rune) { p.explain(w.say(msg.PINLetters(p.key))) }
	p.entry.onFull = func() { p.explain(w.say(msg.PINSheetFull, limit)) }
}

// explain shows why what was typed will not do; "" = nothing is wrong.
func (p *pinSheet) explain(reason string) {
	if reason == p.reason.content {
		return
	}
	p.reason.SetText(reason)
	if reason == "" {
		p.reason.Hide()
		p.sheet.fit()
		return
	}
	p.reason.Show()
	p.sheet.fit()
	reveal(p.reason)
	p.w.announce(reason)
}

func (p *pinSheet) toggle() {
	label := msg.PINSheetHide
	if p.entry.shown {
		label = msg.PINSheetShow
	}
	p.entry.Reveal(!p.entry.shown)
	p.peek.SetText(p.w.say(label))
}

// submit hands the PIN over if it keeps the rule. The card would count any other as a
// wrong try.
func (p *pinSheet) submit() {
	pin := p.entry.PIN()
	card.FoldPIN(p.key, pin)
	if err := card.CheckPIN(p.key, p.w.card.Info.Kind, pin); err != nil {
		pin.Wipe()
		words := msg.WindowError(p.w.settings.Lang, err)
		p.explain(words.Message + "\n" + words.Hint)
		return
	}
	p.handed = pin
	p.answer(pin, nil)
	p.shut()
	p.w.win.Canvas().Unfocus() // an Enter that is held too long must not press what is below
}

func (p *pinSheet) cancel() {
	p.answer(nil, errCancelled)
	p.shut()
}

// shut closes the dialog and leaves nothing of the PIN in it. It does nothing the second
// time.
func (p *pinSheet) shut() {
	if p.entry != nil {
		p.entry.Wipe()
	}
	if p.sheet != nil {
		p.sheet.close()
	}
}

// end closes the dialog after the wait for it. Unclaimed tells that nobody took the PIN.
func (p *pinSheet) end(unclaimed bool) {
	p.shut()
	if unclaimed {
		p.handed.Wipe()
	}
}

// narrowLayout gives its object all of the width, even if that would like more.
type narrowLayout struct{}

// Layout implements fyne.Layout.
func (narrowLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Resize(size)
	}
}

// MinSize implements fyne.Layout.
func (narrowLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, o := range objects {
		size = size.Max(o.MinSize())
	}
	return fyne.NewSize(min(size.Width, 160), size.Height)
}

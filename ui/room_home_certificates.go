package ui

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/sign"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// certificate shows the certificate of k, or why it cannot be seen yet.
func (r *home) certificate(k card.Key) fyne.CanvasObject {
	w, c := r.w, &r.w.card
	kind, has, shown := "auth", c.Info.Auth, c.Auth
	if k == card.SignKey {
		kind, has, shown = "sign", c.Info.Sign, nil
	}
	if revealed := r.revealed[k]; revealed != nil {
		shown = revealed
	}
	title := w.say(msg.CertKind(kind))
	switch {
	case shown != nil:
		return w.judged(shown)
	case !has:
		return newPanel(plainTone, title, newText(w.say(msg.CertAbsent)))
	case w.lockedOut(k):
		return newPanel(plainTone, title, newText(w.say(msg.HiddenLocked, w.say(msg.KeyPIN(k)))))
	case k == card.AuthKey && c.Info.Kind != card.KindAndroid && c.Info.Kind != card.KindIOS:
		return newPanel(noteTone, title, newText(w.say(msg.CertDamaged)),
			buttonRow(newButton(w.say(msg.HomeDoctor), func() { w.enter(doctorRoom) })))
	}
	return r.hidden(k, kind)
}

// hidden offers to read the certificate of k with its PIN.
func (r *home) hidden(k card.Key, kind string) fyne.CanvasObject {
	w := r.w
	why, label := msg.SignHidden, msg.SignReveal
	if k == card.AuthKey {
		why, label = msg.AuthHidden, msg.AuthReveal
	}
	body := []fyne.CanvasObject{newText(w.say(why))}
	if err := r.problem[k]; err != nil {
		body = append(body, w.problem(err))
	}
	body = append(body, buttonRow(newButton(w.say(label), func() { r.reveal(k, kind) })))
	return newPanel(plainTone, w.say(msg.CertKind(kind)), body...)
}

// reveal reads the certificate of k with its PIN, and keeps it while the card is there.
func (r *home) reveal(k card.Key, kind string) {
	w, of, source := r.w, r.w.card.ID, r.w.source
	why := msg.WhySignPIN
	if k == card.AuthKey {
		why = msg.WhyAuthPIN
	}
	long(w, w.say(msg.Revealing), func(ctx context.Context, _ func(Progress)) ([]*Certificate, error) {
		return w.backend.Certificates(ctx, source, []string{kind}, w.pinFunc(ctx, why))
	}, func(certs []*Certificate, err error) {
		if !gaveUp(err) {
			w.readCard() // the tries left may have changed
		}
		if of == r.of {
			r.keep(k, certs, err)
		}
	})
}

// keep keeps what reading the certificate of k has brought.
func (r *home) keep(k card.Key, certs []*Certificate, err error) {
	w := r.w
	delete(r.problem, k)
	switch {
	case gaveUp(err):
	case err != nil:
		r.problem[k] = err
		w.announce(msg.WindowError(w.settings.Lang, err).Message)
	case len(certs) == 0:
		r.problem[k] = card.ErrNoCertificate
	default:
		r.revealed[k] = certs[0]
		w.announce(certs[0].Title(w.settings.Lang) + w.say(msg.Colon) + certs[0].Life(w.settings.Lang))
	}
	w.redraw(r)
}

// judged is a certificate in short: until when it is good, the verdict, what to do.
func (w *Window) judged(c *Certificate) fyne.CanvasObject {
	l := w.settings.Lang
	body := []fyne.CanvasObject{newText(c.Life(l)).bold(), newText(c.Headline(l))}
	if c.Verdict == sign.Failed || c.Verdict == sign.Indeterminate {
		for _, f := range c.Findings {
			body = append(body, newText(msg.Finding(l, f).Message))
		}
	}
	body = append(body, w.hints(c.Advice(l))...)
	return newPanel(max(standingTone(c.Standing), verdictTone(c.Verdict)), c.Title(l), body...)
}

func standingTone(s Standing) tone {
	switch s {
	case Good:
		return plainTone
	case Expired:
		return problemTone
	}
	return noteTone
}

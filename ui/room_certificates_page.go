package ui

import (
	"strings"

	"fyne.io/fyne/v2"

	"github.com/jpki-desktop/jpki/sign"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// certificatePage is how many certificates are shown at once.
const certificatePage = 10

func (r *certificates) build() fyne.CanvasObject {
	r.drawn = r.standing()
	var parts []fyne.CanvasObject
	if len(r.entries) == 0 && !r.gone && r.err == nil {
		parts = append(parts, newText(r.w.say(msg.CertIntro)))
	}
	parts = append(parts, r.choices()...)
	switch {
	case r.err != nil:
		parts = append(parts, r.w.problem(r.err))
	case r.gone:
		parts = append(parts, newPanel(plainTone, r.w.say(msg.CertGone)))
	}
	from, to := r.pages.bounds(len(r.entries), certificatePage)
	for _, c := range r.entries[from:to] {
		parts = append(parts, r.certificate(c))
	}
	parts = append(parts, r.w.turn(&r.pages, len(r.entries), certificatePage, r.tell)...)
	return r.w.page(r, append(parts, r.files()...)...)
}

// choices are the buttons that say which certificates to show.
func (r *certificates) choices() []fyne.CanvasObject {
	auth := newButton(r.w.say(msg.CertSeeAuth), func() { r.readCard(msg.WhyAuthPIN, "auth") })
	signing := newButton(r.w.say(msg.CertSeeSign), func() { r.readCard(msg.WhySignPIN, "sign") })
	cas := newButton(r.w.say(msg.CertSeeCAs), func() { r.readCard(msg.WhyAuthPIN, "sign-ca", "auth-ca") })
	file := newButton(r.w.say(msg.CertOpenFile), r.choose)
	if r.w.card.Usable() {
		auth.primary()
		return []fyne.CanvasObject{buttonRow(auth, signing, cas, file)}
	}
	for _, b := range []*button{auth, signing, cas} {
		b.Disable()
	}
	return append([]fyne.CanvasObject{buttonRow(auth, signing, cas, file.primary())}, r.noCard()...)
}

// noCard says why there is no card to look at, and what to do.
func (r *certificates) noCard() []fyne.CanvasObject {
	if r.w.card.Reading {
		return []fyne.CanvasObject{newText(r.w.say(msg.CertCardRead))}
	}
	words := msg.WindowError(r.w.settings.Lang, r.w.card.Err)
	body := []fyne.CanvasObject{newText(words.Message), newText(r.w.say(msg.CertNoCard))}
	return append(body, r.w.hints(words.Hint)...)
}

// files is the part with which certificates of files are shown.
func (r *certificates) files() []fyne.CanvasObject {
	label := r.w.say(msg.CertPath)
	r.field = newPathField(label, &r.path, func(path string) { r.dropped([]string{path}) })
	return []fyne.CanvasObject{
		newText(r.w.say(msg.CertOfFile)).heading(), newText(r.w.say(msg.CertFileHint)), newText(label).small(), r.field,
	}
}

func (r *certificates) choose() {
	r.w.chooseFiles(r.w.say(msg.CertOpenFile), true, func(files []string) { r.dropped(files) })
}

// certificate is the panel of one certificate.
func (r *certificates) certificate(c *shownCertificate) fyne.CanvasObject {
	if c.err != nil {
		return r.w.problem(c.err)
	}
	lang := r.w.settings.Lang
	from := r.w.say(msg.CertFromCard)
	if c.file != "" {
		from = r.w.say(msg.CertFromFile, c.file)
	}
	rows := c.Main(lang)
	body := []fyne.CanvasObject{newText(c.Headline(lang)), newText(c.Life(lang)).bold(), r.w.rows(rows)}
	if marked(rows) {
		body = append(body, newText(r.w.say(msg.CertMarked)).small())
	}
	body = append(body, r.w.findings(c.Findings)...)
	body = append(body, r.advice(c)...)
	body = append(body,
		r.w.fold(msg.CertDetail, c.open, func(open bool) { c.open = open }, r.w.rows(c.Details(lang))),
		buttonRow(r.actions(c)...), newText(from).small())
	return newPanel(max(standingTone(c.Standing), verdictTone(c.Verdict)), c.Title(lang), body...)
}

func marked(rows []Row) bool {
	for _, row := range rows {
		if len(row.Marks) > 0 {
			return true
		}
	}
	return false
}

// advice is what to do now, and, for a holder's certificate, that and where revocation
// can be checked, unless the advice says so already.
func (r *certificates) advice(c *shownCertificate) []fyne.CanvasObject {
	advice, revocation := c.Advice(r.w.settings.Lang), r.w.say(msg.CertRevocationHint)
	parts := r.w.hints(advice)
	if personal(c.Certificate) && c.Verdict == sign.PassedRevocationUnchecked && !strings.Contains(advice, revocation) {
		parts = append(parts, r.w.hints(revocation)...)
	}
	return parts
}

// personal tells whether c is one of a person's two certificates on the card.
func personal(c *Certificate) bool { return c.Kind == "sign" || c.Kind == "auth" }

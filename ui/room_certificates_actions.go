package ui

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/jpki-desktop/jpki/ui/msg"
)

// reminderName is the name to propose for the calendar entries, that of the command line.
const reminderName = "jpki-remind.ics"

// actions are the buttons for what can be done with a certificate.
func (r *certificates) actions(c *shownCertificate) []*button {
	buttons := []*button{
		newButton(r.w.say(msg.CertSaveCER), func() { r.save(c.Certificate, false) }),
		newButton(r.w.say(msg.CertSavePEM), func() { r.save(c.Certificate, true) }),
	}
	if personal(c.Certificate) && !c.NotAfter.IsZero() {
		buttons = append(buttons, newButton(r.w.say(msg.CertCalendar), func() { r.remind(c.Certificate) }))
	}
	var copying *button
	copying = newButton(r.w.say(msg.CertCopy), func() {
		r.w.app.Clipboard().SetContent(certificateText(c.Certificate, r.w.settings.Lang))
		copying.SetText(r.w.say(msg.CertCopied))
		r.w.announce(r.w.say(msg.CertCopied))
	})
	return append(buttons, copying)
}

// save saves a certificate. What the file of a signing certificate gives away is said
// before.
func (r *certificates) save(c *Certificate, pem bool) {
	if c.Kind != "sign" {
		r.export(c, pem)
		return
	}
	var s *sheet
	leave := func() { s.close() }
	goOn := newButton(r.w.say(msg.CertSaveAfter), func() { s.close(); r.export(c, pem) }).primary()
	body := []fyne.CanvasObject{newText(r.w.say(msg.ExportDiscloses))}
	s = r.w.openSheet(r.w.say(msg.CertBefore), body, nil, leave, goOn, newButton(r.w.say(msg.Back), leave).hint("Esc"))
}

func (r *certificates) export(c *Certificate, pem bool) {
	title := msg.CertSaveCER
	if pem {
		title = msg.CertSavePEM
	}
	r.w.save(title, c.FileName(pem), func(_ context.Context, path string, replace bool) error {
		return r.w.backend.Export(c, path, pem, replace)
	})
}

func (r *certificates) remind(c *Certificate) {
	lang := r.w.settings.Lang
	r.w.save(msg.CertCalendar, reminderName, func(_ context.Context, path string, replace bool) error {
		return r.w.backend.Remind(lang, []*Certificate{c}, path, replace)
	}, msg.CertRemindHow)
}

// certificateText is all that is shown of a certificate, line by line.
func certificateText(c *Certificate, l msg.Lang) string {
	lines := []string{c.Title(l), c.Headline(l), c.Life(l)}
	for _, row := range append(c.Main(l), c.Details(l)...) {
		lines = append(lines, row.Label+"\t"+row.Value)
	}
	for _, f := range c.Findings {
		lines = append(lines, msg.WindowFinding(l, f).Message)
	}
	return strings.Join(lines, "\n") + "\n"
}

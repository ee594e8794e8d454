package ui

import (
	"fyne.io/fyne/v2"

	"github.com/jpki-desktop/jpki/sign"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// result are the parts of the page about one file.
func (r *verifying) result(c *checked) []fyne.CanvasObject {
	if c.err != nil {
		again := newButton(r.w.say(msg.VerifyAgain), func() { r.again(c, c.request) })
		return []fyne.CanvasObject{r.w.problem(c.err), buttonRow(again)}
	}
	var parts []fyne.CanvasObject
	if c.result.Practice {
		parts = append(parts, newBand(r.w.say(msg.PracticeBand), nil))
	}
	parts = append(parts, r.headline(c))
	if steps := r.steps(c); len(steps) > 0 {
		parts = append(parts, buttonRow(steps...))
	}
	parts = append(parts, r.w.rows(r.files(c.result)))
	for i := range c.result.Signatures {
		parts = append(parts, r.signature(c, i)...)
	}
	parts = append(parts, r.w.findings(c.result.Findings)...)
	return append(parts, buttonRow(r.keep(c)...))
}

func (r *verifying) headline(c *checked) fyne.CanvasObject {
	words := c.result.Headline(r.w.settings.Lang)
	body := r.w.hints(words.Hint)
	if c.result.Verdict == sign.Passed {
		body = []fyne.CanvasObject{newText(r.w.say(msg.VerifyWhole))}
	}
	return newHeadline(c.tone(), words.Message, body...)
}

// files are the rows that say what was looked at.
func (r *verifying) files(v *Verified) []Row {
	rows := []Row{{Label: r.w.say(msg.LabelFile), Value: v.File}}
	if v.Verdict == sign.NoSignature {
		rows[0].Label = r.w.say(msg.LabelContent)
	}
	if v.Content != "" {
		rows = append(rows, Row{Label: r.w.say(msg.LabelContent), Value: v.Content})
	}
	return rows
}

// signature are the parts about one signature; among several, each has a panel of its own.
func (r *verifying) signature(c *checked, i int) []fyne.CanvasObject {
	v, lang := c.result, r.w.settings.Lang
	parts := append([]fyne.CanvasObject{r.w.rows(v.Main(lang, i))}, r.w.findings(v.Signatures[i].Findings)...)
	if details := v.Details(lang, i); len(details) > 0 {
		parts = append(parts, r.w.fold(msg.VerifyDetails, c.open[i], func(open bool) { c.open[i] = open }, r.w.rows(details)))
	}
	if len(v.Signatures) == 1 {
		return parts
	}
	verdict := v.Signatures[i].Verdict
	title := r.w.say(msg.VerifySignatureOf, i+1, len(v.Signatures), msg.Verdict(lang, verdict).Message)
	return []fyne.CanvasObject{newPanel(verdictTone(verdict), title, parts...)}
}

// steps are the buttons for what may help now; the first is what most people want.
func (r *verifying) steps(c *checked) []*button {
	var steps []*button
	add := func(when bool, label msg.Text, step func()) {
		if when {
			steps = append(steps, newButton(r.w.say(label), step))
		}
	}
	v, q := c.result, c.request
	otherContent := func() {
		r.chooseOne(msg.VerifyChooseContent, func(path string) {
			r.again(c, VerifyRequest{File: v.File, Content: path, Practice: q.Practice})
		})
	}
	alone := VerifyRequest{File: v.File, Practice: q.Practice}
	inPractice := q
	inPractice.Practice = true
	unsigned := v.Verdict == sign.NoSignature && len(v.Signatures) == 0

	add(c.has("content_missing"), msg.VerifyChooseContent, otherContent)
	add(c.has("content_mismatch"), msg.VerifyAlone, func() { r.again(c, alone) })
	add(c.has("digest_mismatch") && v.Content != "", msg.VerifyOtherContent, otherContent)
	add(v.Practice && !q.Practice, msg.VerifyAsPractice, func() { r.again(c, inPractice) })
	add(unsigned && !c.has("file_empty"), msg.VerifySignIt, func() { r.sign(v.File) })
	add(unsigned, msg.VerifyChooseSignature, func() {
		r.chooseOne(msg.VerifyChooseSignature, func(path string) {
			r.again(c, VerifyRequest{File: path, Content: v.File, Practice: q.Practice})
		})
	})
	if len(steps) > 0 {
		steps[0].primary()
	}
	return steps
}

// keep are the buttons with which the result, and the document inside, are saved.
func (r *verifying) keep(c *checked) []*button {
	v := c.result
	buttons := []*button{
		newButton(r.w.say(msg.VerifySaveText), func() { r.saveReport(msg.VerifySaveText, c, ".verify.txt", v.Text) }),
		newButton(r.w.say(msg.VerifySaveJSON), func() { r.saveReport(msg.VerifySaveJSON, c, ".verify.json", v.JSON) }),
	}
	if holdsDocument(v) {
		buttons = append(buttons, newButton(r.w.say(msg.VerifyTakeOut), func() { r.takeOut(c) }))
	}
	return buttons
}

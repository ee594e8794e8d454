package ui

import (
	"context"
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"github.com/jpki-desktop/jpki/ui/msg"
)

// verifying verifies signatures. It keeps the results until others take their place.
type verifying struct {
	w     *Window
	path  string // typed so far
	field *entry

	working bool
	checked []*checked
	asked   int // files that were to be verified: more than checked if the user stopped it
	shown   int // the one of checked that is shown; -1 = all of them in a list
	pages   pages
}

func newVerifying(w *Window) *verifying { return &verifying{w: w, shown: -1} }

func (r *verifying) title() msg.Text     { return msg.RoomVerify }
func (r *verifying) icon() fyne.Resource { return theme.ConfirmIcon() }
func (r *verifying) cardChanged()        {}

func (r *verifying) dropped(files []string) {
	practice := r.w.origin() == PracticeOrigin
	r.verify(msg.VerifyWorking, func(ctx context.Context) []VerifyRequest {
		return requests(ctx, r.w.backend.Describe, files, practice)
	}, r.take)
}

// verify runs the requests that ask makes up, off the drawing thread, too.
func (r *verifying) verify(title msg.Text, ask func(context.Context) []VerifyRequest, done func(batch)) {
	if r.working {
		return
	}
	r.working = true
	long(r.w, r.w.say(title), func(ctx context.Context, show func(Progress)) (batch, error) {
		return verifyAll(ctx, r.w.backend.Verify, ask(ctx), show), nil
	}, func(b batch, _ error) {
		r.working = false
		done(b)
	})
}

// take shows new results in place of those before.
func (r *verifying) take(b batch) {
	r.checked, r.asked, r.shown, r.pages = worstFirst(b.checked), b.asked, -1, pages{}
	if r.asked == 1 && len(r.checked) == 1 {
		r.shown = 0
	}
	if len(r.checked) > 0 && r.checked[0].err == nil {
		r.path = ""
	}
	r.tell()
}

// again verifies what c is about once more, with other choices.
func (r *verifying) again(c *checked, q VerifyRequest) {
	r.verify(msg.VerifyWorking, func(context.Context) []VerifyRequest { return []VerifyRequest{q} }, func(b batch) {
		if len(b.checked) == 1 {
			r.replace(c, b.checked[0])
		}
		r.tell()
	})
}

// replace puts a new result in the place of c, and that to where it belongs among others.
func (r *verifying) replace(c, now *checked) {
	*c = *now
	r.checked = worstFirst(r.checked)
	r.shown = slices.Index(r.checked, c)
}

// tell shows the room from its top and announces what it says.
func (r *verifying) tell() {
	r.w.announce(r.outcome())
	r.fromTop()
}

// fromTop draws the room anew and gives the focus to what comes first in it.
func (r *verifying) fromTop() {
	r.w.redraw(r)
	r.w.begin(r, nil)
}

// outcome is what came of the work, in a line.
func (r *verifying) outcome() string {
	switch {
	case len(r.checked) == 0:
		return msg.WindowError(r.w.settings.Lang, context.Canceled).Message
	case r.shown >= 0:
		return r.checked[r.shown].headline(r.w.settings.Lang)
	}
	return r.w.say(msg.VerifyResults, msg.Number(len(r.checked)))
}

func (r *verifying) build() fyne.CanvasObject {
	if r.asked == 0 {
		return r.w.page(r, r.start()...)
	}
	above := []*button{newButton(r.w.say(msg.VerifyAnother), r.choose)}
	if r.shown >= 0 && r.asked > 1 {
		above = append(above, newButton(r.w.say(msg.VerifyToList), func() { r.shown = -1; r.tell() }))
	}
	parts := []fyne.CanvasObject{buttonRow(above...)}
	switch {
	case len(r.checked) == 0:
		parts = append(parts, newPanel(plainTone, r.outcome()))
	case r.shown >= 0:
		parts = append(parts, r.result(r.checked[r.shown])...)
	default:
		parts = append(parts, r.list()...)
	}
	return r.w.page(r, append(parts, r.pathField()...)...)
}

// start is what the room shows before there is anything to tell.
func (r *verifying) start() []fyne.CanvasObject {
	choose := newButton(r.w.say(msg.VerifyChoose), r.choose).primary()
	parts := []fyne.CanvasObject{
		newText(r.w.say(msg.VerifyIntro)), newText(r.w.say(msg.VerifyDrop)), buttonRow(choose),
	}
	return append(parts, r.pathField()...)
}

func (r *verifying) pathField() []fyne.CanvasObject {
	label := r.w.say(msg.VerifyPath)
	r.field = newPathField(label, &r.path, func(path string) { r.dropped([]string{path}) })
	return []fyne.CanvasObject{newText(label).small(), r.field}
}

func (r *verifying) choose() {
	r.w.chooseFiles(r.w.say(msg.VerifyChoose), true, func(files []string) {
		if len(files) > 0 {
			r.dropped(files)
		}
	})
}

// chooseOne lets the user choose one file for what is shown.
func (r *verifying) chooseOne(title msg.Text, done func(path string)) {
	r.w.chooseFiles(r.w.say(title), false, func(files []string) {
		if len(files) == 1 {
			done(files[0])
		}
	})
}

// sign goes on with the file to where it is signed.
func (r *verifying) sign(file string) {
	r.w.enter(signRoom)
	r.w.rooms[signRoom].dropped([]string{file})
}

func (r *verifying) saveReport(title msg.Text, c *checked, ending string, report func(msg.Lang) []byte) {
	lang := r.w.settings.Lang
	r.w.save(title, filepath.Base(c.result.File)+ending, func(_ context.Context, path string, replace bool) error {
		return r.w.backend.WriteFile(path, report(lang), replace)
	})
}

// takeOut saves the document inside an attached signature, which is verified once more on
// the way: the file may have changed.
func (r *verifying) takeOut(c *checked) {
	r.w.saveAs(r.w.say(msg.VerifyTakeOut), documentName(c.result.File), func(path string, replace bool) {
		q := c.request
		q.Extract, q.Replace = path, replace
		r.verify(msg.VerifyTakingOut, func(context.Context) []VerifyRequest { return []VerifyRequest{q} }, func(b batch) {
			r.takenOut(c, b, path)
		})
	})
}

func (r *verifying) takenOut(c *checked, b batch, path string) {
	if len(b.checked) == 0 {
		r.w.announce(msg.WindowError(r.w.settings.Lang, context.Canceled).Message)
		return
	}
	now := b.checked[0]
	if now.err == nil && !holdsDocument(now.result) {
		now.request.Extract, now.request.Replace = "", false
		r.replace(c, now)
		r.tell()
		r.w.tell(r.w.say(msg.VerifyNotTakenOut))
		return
	}
	r.w.saved(path, now.err)
}

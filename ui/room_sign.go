package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// signing signs files. It keeps the list of files, and what became of them, until the user
// begins another.
type signing struct {
	w     *Window
	typed string // in the field for a path
	field *entry

	files   []*signFile
	refused []error // why files were not added
	tooMany bool    // more were to be added than the list takes
	pages   pages
	looked  *signFile // whose content is shown
	content *Document // of looked; nil while it is read

	attached, replace bool
	folder            string // for the signatures; "" = beside each document
	unfolded          bool   // the choices that most people leave alone are shown

	working bool
	err     error    // why nothing was signed
	results *outcome // of the last work; nil = the list is shown

	do, again *button         // both sign; again may be nil
	why       *fyne.Container // why do is disabled
}

func newSigning(w *Window) *signing { return &signing{w: w, why: container.NewVBox()} }

func (r *signing) title() msg.Text     { return msg.RoomSign }
func (r *signing) icon() fyne.Resource { return theme.DocumentCreateIcon() }

// cardChanged leaves the rest of the room alone, where the user may be typing.
func (r *signing) cardChanged() {
	if r.do != nil {
		r.refreshReady()
	}
}

func (r *signing) build() fyne.CanvasObject {
	if r.results != nil {
		return r.w.page(r, r.outcome()...)
	}
	parts := []fyne.CanvasObject{newText(r.w.say(msg.SignIntro))}
	parts = append(parts, r.problem()...)
	if len(r.files) == 0 {
		parts = append(parts, r.adding()...)
		return r.w.page(r, append(parts, r.ready()...)...)
	}
	// What is signed, how, and the button that does it are in sight together; what few
	// people need comes below.
	parts = append(parts, r.list()...)
	parts = append(parts, r.form()...)
	if r.w.origin() == RealOrigin {
		parts = append(parts, newPanel(plainTone, r.w.say(msg.SignReveals)))
	}
	parts = append(parts, r.ready()...)
	parts = append(parts, r.places())
	return r.w.page(r, append(parts, r.adding()...)...)
}

// adding is how files get into the list.
func (r *signing) adding() []fyne.CanvasObject {
	w := r.w
	label := msg.SignChoose
	if len(r.files) > 0 {
		label = msg.SignAdd
	}
	choose := newButton(w.say(label), r.choose)
	if len(r.files) == 0 {
		choose.primary()
	}
	path := w.say(msg.SignPath)
	r.field = newPathField(path, &r.typed, func(p string) { r.dropped([]string{p}) })
	parts := []fyne.CanvasObject{newText(w.say(msg.SignDrop)), buttonRow(choose), newText(path).small(), r.field}
	if list := r.refusals(); len(list) > 0 {
		parts = append(parts, newPanel(noteTone, w.say(msg.SignRefused), list...))
	}
	return parts
}

// shownRefusals is how many reasons are told.
const shownRefusals = 5

func (r *signing) refusals() []fyne.CanvasObject {
	var list []fyne.CanvasObject
	if r.tooMany {
		list = append(list, newText(r.w.say(msg.SignTooMany, msg.Number(maxSigned))))
	}
	for _, err := range r.refused[:min(shownRefusals, len(r.refused))] {
		words := msg.WindowError(r.w.settings.Lang, err)
		list = append(list, newText(words.Message))
		list = append(list, r.w.hints(words.Hint)...)
	}
	if more := len(r.refused) - shownRefusals; more > 0 {
		list = append(list, newText(r.w.say(msg.SignMore, msg.Number(more))))
	}
	return list
}

func (r *signing) choose() {
	r.w.chooseFiles(r.w.say(msg.SignChoose), true, func(files []string) {
		if len(files) > 0 {
			r.dropped(files)
		}
	})
}

// ready is the button that signs, and why it cannot be pressed if so.
func (r *signing) ready() []fyne.CanvasObject {
	r.do = newButton(r.w.say(msg.SignDo), r.sign)
	if len(r.files) > 0 && r.again == nil {
		r.do.primary()
	}
	r.refreshReady()
	return []fyne.CanvasObject{r.why, buttonRow(r.do)}
}

func (r *signing) refreshReady() {
	obstacle := r.obstacle()
	r.why.Objects = nil
	if obstacle != nil {
		r.why.Objects = []fyne.CanvasObject{obstacle}
	}
	r.why.Refresh()
	for _, b := range []*button{r.do, r.again} {
		switch {
		case b == nil:
		case obstacle != nil:
			b.Disable()
		default:
			b.Enable()
		}
	}
}

// obstacle says why nothing can be signed now, nil if it can.
func (r *signing) obstacle() fyne.CanvasObject {
	w, c := r.w, &r.w.card
	switch {
	case len(r.files) == 0:
		return newText(w.say(msg.SignNoFiles))
	case !c.Usable(), c.Info.Kind == card.KindJuki:
		return r.cardObstacle()
	case !c.Info.Sign:
		return w.problem(card.ErrNoCertificate)
	case w.lockedOut(card.SignKey):
		return w.problem(&card.PINError{Key: card.SignKey})
	}
	return nil
}

// cardObstacle is the state of a card that cannot sign.
func (r *signing) cardObstacle() fyne.CanvasObject {
	w := r.w
	t, state := w.cardState()
	body := w.hints(state.Hint)
	if !strings.HasPrefix(state.Message, state.Title) { // else it would be said twice
		body = append([]fyne.CanvasObject{newText(state.Message)}, body...)
	}
	return newPanel(t, state.Title, body...)
}

package ui

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// help says what to do in trouble. What concerns the present card is open and on top.
type help struct {
	w       *Window
	opened  map[string]bool // what the user has opened or closed, by the Japanese heading
	concern concern         // what it was drawn for
}

// concern is what there is to say of the present card.
type concern struct{ expired, blocked, unreadable bool }

func newHelp(w *Window) *help { return &help{w: w, opened: map[string]bool{}} }

func (r *help) title() msg.Text     { return msg.RoomHelp }
func (r *help) icon() fyne.Resource { return theme.HelpIcon() }
func (r *help) dropped([]string)    {}

// cardChanged leaves the page alone while it is read, unless the card is another concern.
func (r *help) cardChanged() {
	if r.present() != r.concern {
		r.w.redraw(r)
	}
}

func (r *help) present() concern {
	c := &r.w.card
	return concern{
		expired:    c.Usable() && c.Auth != nil && (c.Auth.Standing == Expired || c.Auth.Standing == EndsSoon),
		blocked:    len(r.w.lockedKeys()) > 0,
		unreadable: c.Err != nil,
	}
}

// topic is a part of the help as it is drawn.
type topic struct {
	msg.HelpTopic
	concerns bool // the present card
	more     []fyne.CanvasObject
}

func (r *help) build() fyne.CanvasObject {
	r.concern = r.present()
	topics := []topic{
		{msg.HelpExpired, r.concern.expired, nil},
		{msg.HelpBlocked, r.concern.blocked, r.unlocking()},
		{msg.HelpUnreadable, r.concern.unreadable, []fyne.CanvasObject{r.leadTo(msg.HomeDoctor, doctorRoom)}},
		{msg.HelpPINs, false, []fyne.CanvasObject{r.fourPINs()}},
		{msg.HelpLost, false, nil},
		{msg.HelpMoved, false, nil},
		{msg.HelpPrivacy, false, nil},
		{msg.HelpKeys, false, []fyne.CanvasObject{r.w.rows(r.w.keyRows())}},
		{msg.HelpAbout, false, r.w.aboutBuild()},
	}
	slices.SortStableFunc(topics, func(a, b topic) int { return rank(a) - rank(b) })
	parts := []fyne.CanvasObject{newText(r.w.say(msg.HelpIntro))}
	for _, t := range topics {
		parts = append(parts, r.fold(t))
	}
	return r.w.page(r, parts...)
}

func rank(t topic) int {
	if t.concerns {
		return 0
	}
	return 1
}

func (r *help) fold(t topic) fyne.CanvasObject {
	open, chosen := r.opened[t.Heading.Ja]
	if !chosen {
		open = t.concerns
	}
	var body []fyne.CanvasObject
	for _, p := range t.Paragraphs {
		body = append(body, newText(r.w.say(p)))
	}
	return r.w.fold(t.Heading, open, func(open bool) { r.opened[t.Heading.Ja] = open }, append(body, t.more...)...)
}

func (r *help) leadTo(label msg.Text, room int) fyne.CanvasObject {
	return buttonRow(newButton(r.w.say(label), func() { r.w.enter(room) }))
}

// unlocking is the way to another PIN, for the present card or else for most.
func (r *help) unlocking() []fyne.CanvasObject {
	w, remedy := r.w, msg.PINRemedy(card.KindMynumber, true)
	if w.card.Usable() {
		remedy = msg.PINRemedy(w.card.Info.Kind, len(w.lockedKeys()) < len(cardKeys))
	}
	if w.source == Practice {
		remedy = msg.PracticeBlocked
	}
	return append(w.hints(w.say(remedy)), r.leadTo(msg.HomeToPINs, pinRoom))
}

package ui

import (
	"context"
	"errors"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// room is one of the pages of the window. It keeps what it knows between visits, and
// draws itself anew whenever that, the card or the language has changed.
type room interface {
	title() msg.Text
	icon() fyne.Resource
	build() fyne.CanvasObject // its widgets for the present state and language
	cardChanged()             // Window.card is another one now
	dropped(paths []string)   // files were dropped on it, chosen for it or handed over
}

// The rooms in the order of the navigation.
const (
	homeRoom = iota
	certificateRoom
	signRoom
	verifyRoom
	pinRoom
	doctorRoom
	helpRoom
)

// Window is the window of the program.
type Window struct {
	app      fyne.App
	win      fyne.Window
	backend  Backend
	settings Settings
	runner   *runner

	source    string // where the card is looked for: see Backend
	card      Card
	stopWatch context.CancelFunc

	rooms   []room
	current int
	frame   *frame
	sheets  []*sheet // dialogs, the last one on top
	refusal *sheet   // the latest that says that nothing can be opened
	works   int      // long works under way
	told    int      // counts what the watch tells of the card
	closing bool
	folder  string // where files were chosen last
	keypad  bool   // PINs are typed with keys on the screen
	said    string // announced last
}

// name is that of the program, as the system knows its windows.
const name = "jpki"

// New makes the window of the program a. Show it with [Window.Show].
func New(a fyne.App, b Backend, s Settings) *Window {
	w := &Window{app: a, backend: b, settings: s.settled(), runner: newRunner(), card: Card{Reading: true}}
	w.rooms = []room{
		newHome(w), newCertificates(w), newSigning(w), newVerifying(w), newPINs(w), newDoctor(w), newHelp(w),
	}
	if b.Do != nil {
		w.runner.do = b.Do
	}
	wear(a, w.settings)
	w.win = a.NewWindow(name)
	w.win.SetPadded(false)
	w.frame = newFrame(w)
	w.win.SetContent(w.frame)
	w.win.SetOnDropped(func(_ fyne.Position, uris []fyne.URI) { w.drop(paths(uris)) })
	w.win.SetCloseIntercept(w.close)
	w.bindKeys()
	w.enter(homeRoom)
	return w
}

// Show shows the window at its first size and begins to watch the card in source.
func (w *Window) Show(source string) {
	w.win.Resize(fyne.NewSize(1100, 740))
	w.win.CenterOnScreen()
	w.watch(source)
	w.win.SetTitle(name) // the system takes its class from the first title
	w.app.Lifecycle().SetOnStarted(w.announceRoom)
	w.win.Show()
}

// Open shows files in the room that they are for: something signed where signatures are
// verified, anything else where it is signed. With no files it only brings the window to
// the front; a source other than "" is watched from now on. While a question is open it only
// says that it cannot. It may be called from any goroutine.
func (w *Window) Open(source string, files []string) {
	w.runner.do(func() {
		w.win.RequestFocus()
		changed := source != "" && source != w.source
		if !changed && len(files) == 0 || w.refuses() {
			return
		}
		if changed {
			w.watch(source)
		}
		if len(files) > 0 {
			w.openWhereTheyBelong(files)
		}
	})
}

// refuses tells whether a question is open or work under way, and lets the user know: what
// they are about has to stay.
func (w *Window) refuses() bool {
	if slices.Equal(w.sheets, []*sheet{w.refusal}) { // what it was said of has ended
		w.refusal.close()
	}
	if len(w.sheets) == 0 {
		return false
	}
	if w.sheets[len(w.sheets)-1] != w.refusal {
		w.refusal = w.tell(w.say(msg.OpenLater), newText(w.say(msg.OpenLaterHow)))
	}
	return true
}

// Quit stops all work and closes the window. It may be called from any goroutine.
func (w *Window) Quit() { w.runner.do(w.end) }

// drop hands files to the room that is shown if it takes files, else to the room that
// they are for.
func (w *Window) drop(files []string) {
	if len(files) == 0 || w.refuses() {
		return
	}
	switch w.current {
	case signRoom, verifyRoom, certificateRoom:
		w.rooms[w.current].dropped(files)
		return
	}
	w.openWhereTheyBelong(files)
}

func (w *Window) openWhereTheyBelong(files []string) {
	start(w.runner, func(ctx context.Context) (Document, error) {
		return w.backend.Describe(ctx, files[0]), nil
	}, func(d Document, _ error) {
		if w.refuses() { // a question was opened meanwhile
			return
		}
		to := signRoom
		if len(files) == 1 && d.Signed() {
			to = verifyRoom
		}
		w.enter(to)
		w.rooms[to].dropped(files)
	})
}

// watch follows the card in source.
func (w *Window) watch(source string) {
	if w.stopWatch != nil {
		w.stopWatch()
	}
	w.source = source
	w.told++
	w.show(Card{Reading: true})
	var stopped bool
	cancel := start(w.runner, func(ctx context.Context) (struct{}, error) {
		w.backend.Watch(ctx, source, func(c Card) {
			w.runner.do(func() {
				if !stopped {
					w.told++
					w.show(c)
				}
			})
		})
		return struct{}{}, nil
	}, func(struct{}, error) {})
	w.stopWatch = func() { stopped = true; cancel() }
}

// readCard reads the card again, after work that may have changed it.
func (w *Window) readCard() {
	source, told := w.source, w.told
	start(w.runner, func(ctx context.Context) (Card, error) {
		return w.backend.ReadCard(ctx, source), nil
	}, func(c Card, _ error) {
		switch {
		case source != w.source:
		case told != w.told: // another state, or another card
			if w.card.Usable() {
				w.readCard()
			}
		case !errors.Is(c.Err, card.ErrInUse): // which is for the watch, which also tells of the end
			w.show(c)
		}
	})
}

// show takes note of the card's state.
func (w *Window) show(c Card) {
	before := w.cardTitle()
	w.card = c
	switch {
	case w.current != homeRoom || w.cardTitle() == before:
	case len(w.sheets) > 0:
		w.sheets[0].said = w.roomTitle()
	default:
		w.announceRoom()
	}
	for _, r := range w.rooms {
		r.cardChanged()
	}
	if w.frame != nil {
		w.keepFocus(w.frame.refreshStatus)
	}
}

// origin tells whether what the user works with is real.
func (w *Window) origin() Origin {
	switch {
	case w.source == Practice, w.card.Usable() && w.card.Info.Practice:
		return PracticeOrigin
	case w.card.Usable() && w.card.Auth != nil:
		return w.card.Auth.Origin
	}
	return RealOrigin
}

// enter shows a room.
func (w *Window) enter(number int) {
	w.leave(w.rooms[w.current])
	w.current = number
	w.announceRoom()
	w.frame.rebuild()
	w.begin(w.rooms[number], nil)
}

// leave lets a room forget what must not outlast a visit, such as a PIN.
func (w *Window) leave(r room) {
	if l, ok := r.(interface{ leave() }); ok {
		l.leave()
	}
}

// redraw shows the present room anew if it is r.
func (w *Window) redraw(r room) {
	if w.frame != nil && w.rooms[w.current] == r {
		w.keepFocus(w.frame.showRoom)
	}
}

// announce puts what is shown, or what has just happened, into the title of the window,
// where the system and screen readers find it.
func (w *Window) announce(s string) {
	w.said = s
	w.win.SetTitle(strings.ReplaceAll(s, "\n", " ") + " - " + name)
}

// announceRoom announces the room that is shown.
func (w *Window) announceRoom() { w.announce(w.roomTitle()) }

// roomTitle is the title of the room that is shown; at home with the state of the card.
func (w *Window) roomTitle() string {
	title := w.say(w.rooms[w.current].title())
	if w.current == homeRoom {
		title += w.say(msg.Colon) + w.cardTitle()
	}
	return title
}

// say is t in the user's language.
func (w *Window) say(t msg.Text, args ...any) string { return t.In(w.settings.Lang, args...) }

// choose changes the settings and remembers them.
func (w *Window) choose(change func(*Settings)) {
	before := w.settings
	change(&w.settings)
	if w.settings == before || w.settings.Lang != before.Lang && len(w.sheets) > 0 {
		w.settings = before // the words of an open dialog stay
		return
	}
	w.backend.Save(w.settings)
	if w.settings.Lang != before.Lang {
		w.announceRoom()
	}
	wear(w.app, w.settings)
	w.keepFocus(w.frame.rebuild)
	for _, s := range w.sheets {
		s.over.Refresh()
	}
}

// close closes the window; while work goes on, only after it was stopped.
func (w *Window) close() {
	if w.works == 0 {
		w.end()
		return
	}
	if w.closing {
		return
	}
	w.closing = true
	w.confirm(msg.CloseWhileWorking, msg.CloseAndStop, func() { w.end() }, func() { w.closing = false })
}

// end stops all work, waits for it, and closes the window.
func (w *Window) end() {
	if w.runner.ctx.Err() != nil {
		return // on the way already
	}
	w.leave(w.rooms[w.current])
	w.runner.stop()
	w.runner.settle(w.win.Close)
}

// errCancelled is a question's answer when the user does not want to go on.
var errCancelled = errors.New("the user does not want to go on")

// gaveUp tells whether err is the user's own wish.
func gaveUp(err error) bool {
	return errors.Is(err, errCancelled) || errors.Is(err, context.Canceled)
}

// lockedOut tells whether the PIN of k is known to be locked.
func (w *Window) lockedOut(k card.Key) bool {
	left, has := w.card.Tries[k]
	return w.card.Usable() && has && left == 0
}

func paths(uris []fyne.URI) []string {
	var files []string
	for _, u := range uris {
		if u.Scheme() == "file" {
			files = append(files, u.Path())
		}
	}
	return files
}

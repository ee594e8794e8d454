package ui

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"github.com/jpki-desktop/jpki/ui/msg"
)

// doctor finds out why a card cannot be used.
type doctor struct {
	w    *Window
	stop context.CancelFunc // nil = it is not looking

	found   *Diagnosis // nil = it has not looked yet
	source  string     // where found is about
	at      time.Time
	stopped bool // by the user

	rest   bool          // what is in order is open
	note   func() string // what became of the result, or nil
	failed error         // why it was not saved
}

func newDoctor(w *Window) *doctor { return &doctor{w: w} }

func (r *doctor) title() msg.Text     { return msg.RoomDoctor }
func (r *doctor) icon() fyne.Resource { return theme.ComputerIcon() }
func (r *doctor) dropped([]string)    {}

// cardChanged drops what was found in another source: at another card it would mislead.
func (r *doctor) cardChanged() {
	if r.source == r.w.source {
		return
	}
	if r.stop != nil {
		r.stop()
	}
	r.stop, r.found, r.stopped, r.source = nil, nil, false, r.w.source
	r.w.redraw(r)
}

// look looks at everything, and shows it when that is done.
func (r *doctor) look() {
	source := r.w.source
	r.source, r.stopped, r.note, r.failed = source, false, nil, nil
	var cancelled bool
	cancel := start(r.w.runner, func(ctx context.Context) (*Diagnosis, error) {
		d := r.w.backend.Doctor(ctx, source)
		return d, ctx.Err()
	}, func(d *Diagnosis, err error) {
		if !cancelled && err == nil {
			r.show(d)
		}
	})
	r.stop = func() { cancelled = true; cancel() }
}

func (r *doctor) show(d *Diagnosis) {
	r.stop, r.found, r.at = nil, d, time.Now()
	r.w.redraw(r)
	if r.shown() {
		r.w.announce(d.summary(r.w.settings.Lang))
	}
}

// shown tells whether this is the present room.
func (r *doctor) shown() bool { return r.w.rooms[r.w.current] == room(r) }

// cancel is the button that stops the looking.
func (r *doctor) cancel() {
	r.stop()
	r.stop, r.stopped = nil, true
	r.w.announce(r.w.say(msg.CheckUpStopped))
	r.w.redraw(r)
}

func (r *doctor) again() {
	r.look()
	r.w.redraw(r)
}

func (r *doctor) build() fyne.CanvasObject {
	if r.found == nil && r.stop == nil && !r.stopped {
		r.look()
	}
	w := r.w
	parts := []fyne.CanvasObject{newText(w.say(msg.CheckUpIntro))}
	switch {
	case r.stop != nil:
		parts = append(parts, newPanel(plainTone, w.say(msg.CheckUpRunning), buttonRow(newButton(w.say(msg.Stop), r.cancel))))
	case r.found == nil:
		begin := newButton(w.say(msg.CheckUpBegin), r.again).primary()
		parts = append(parts, newText(w.say(msg.CheckUpStopped)), buttonRow(begin))
	default:
		parts = append(parts, r.result()...)
	}
	return w.page(r, parts...)
}

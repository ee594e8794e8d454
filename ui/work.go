package ui

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/jpki-desktop/jpki/ui/msg"
)

// long runs work that may take long, with a dialog that shows how far it is and lets the
// user stop it. done gets its result on the drawing thread.
func long[T any](w *Window, title string, work func(ctx context.Context, show func(Progress)) (T, error), done func(T, error)) {
	p := newProgressSheet(w, title)
	w.works++
	p.stop = start(w.runner, func(ctx context.Context) (T, error) {
		return work(ctx, p.show)
	}, func(result T, err error) {
		w.works--
		p.sheet.close()
		done(result, err)
	})
}

// progressSheet shows how far a work is.
type progressSheet struct {
	w     *Window
	sheet *sheet
	file  *text
	part  *text
	bar   *widget.ProgressBar
	stop  context.CancelFunc

	mu     sync.Mutex
	latest Progress
	drawn  time.Time
}

// drawEvery is how often progress is drawn at most: more is not seen and costs the work.
const drawEvery = 100 * time.Millisecond

func newProgressSheet(w *Window, title string) *progressSheet {
	p := &progressSheet{w: w, file: newText(w.say(msg.Preparing)), part: newText(""), bar: widget.NewProgressBar()}
	p.bar.TextFormatter = func() string { return "" } // letters upon the bar would be hard to read
	var stop *button
	cancel := func() {
		stop.Disable()
		p.file.SetText(w.say(msg.Stopping))
		p.stop()
	}
	stop = newButton(w.say(msg.Stop), cancel)
	p.sheet = w.openSheet(title, []fyne.CanvasObject{p.file, p.bar, p.part}, nil, cancel, stop)
	w.win.Canvas().Unfocus() // a key that is held too long must not stop what it began
	return p
}

// show is called off the drawing thread.
func (p *progressSheet) show(now Progress) {
	p.mu.Lock()
	defer p.mu.Unlock()
	again := now.Signing == p.latest.Signing && (now.Index == p.latest.Index || now.Count > 20) && now.Done < now.Total
	if p.latest = now; again && time.Since(p.drawn) < drawEvery {
		return
	}
	p.drawn = time.Now()
	p.w.runner.do(func() { p.draw(now) })
}

func (p *progressSheet) draw(now Progress) {
	p.file.SetText(p.what(now))
	p.bar.SetValue(fraction(now))
	percent := fmt.Sprintf("%.0f%%", 100*fraction(now))
	p.part.SetText(percent)
	if p.sheet.onTop() { // else the title belongs to a question
		p.w.announce(percent)
	}
}

// what is being done, in words.
func (p *progressSheet) what(now Progress) string {
	name := filepath.Base(now.File)
	switch {
	case now.Signing:
		return p.w.say(msg.SigningFile, now.Index+1, now.Count, name)
	case now.Count > 1:
		return p.w.say(msg.ReadingOf, now.Index+1, now.Count, name)
	}
	return name
}

// fraction is how much of the present stage is done, from 0 to 1: files are read, then the
// card signs them. Files count alike, since the sizes of those to come are not known.
func fraction(p Progress) float64 {
	part := 0.0
	if p.Total > 0 {
		part = min(1, float64(p.Done)/float64(p.Total))
	}
	return (float64(p.Index) + part) / float64(max(1, p.Count))
}

package main

import (
	"sync"
	"time"

	"fyne.io/fyne/v2"
	"github.com/go-gl/glfw/v3.4/glfw"
)

// A rest lets the drawing thread sleep while nothing happens: the toolkit by itself looks
// for events sixty times a second (fyne 2.8.1, internal/driver/glfw/loop.go), which costs a
// hundredth of a processor for as long as the window is open. Events of the window end the
// sleep, and so does what is handed to the thread by [rest.do]; what the toolkit's own
// goroutines hand to it waits for restLength at most.
type rest struct {
	mu      sync.Mutex
	resting bool
	ended   bool // nothing is run any more
	waiting int  // functions handed over and not yet run
}

const (
	awake      = time.Second // after an event, for what moves because of it
	restLength = time.Second
	oneFrame   = 20 * time.Millisecond
)

// after has the thread rest in d.
func (r *rest) after(d time.Duration) { time.AfterFunc(d, func() { fyne.Do(r.rest) }) }

// rest runs on the drawing thread.
func (r *rest) rest() {
	r.mu.Lock()
	ended := r.ended
	r.resting = !ended && r.waiting == 0 && !blinking()
	resting := r.resting
	r.mu.Unlock()
	if ended {
		return
	}
	if !resting {
		r.after(awake)
		return
	}
	begun := time.Now()
	glfw.WaitEventsTimeout(restLength.Seconds())
	r.mu.Lock()
	r.resting = false
	r.mu.Unlock()
	if time.Since(begun) < restLength {
		r.after(awake)
	} else {
		r.after(oneFrame)
	}
}

// blinking tells whether a field of the toolkit has the focus, whose caret moves by itself.
func blinking() bool {
	type field interface{ SelectedText() string }
	for _, w := range fyne.CurrentApp().Driver().AllWindows() {
		if _, ok := w.Canvas().Focused().(field); ok {
			return true
		}
	}
	return false
}

// end is for when the window is closed: nothing that is handed over is run from then on.
// What comes after the end of the toolkit it would run at once, on whatever thread.
func (r *rest) end() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ended, r.resting = true, false
}

// do hands f to the drawing thread.
func (r *rest) do(f func()) {
	r.mu.Lock()
	r.waiting++
	r.mu.Unlock()
	fyne.Do(func() {
		r.mu.Lock()
		r.waiting--
		ended := r.ended
		r.mu.Unlock()
		if !ended {
			f()
		}
	})
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.resting {
		glfw.PostEmptyEvent()
	}
}

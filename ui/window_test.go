package ui

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"github.com/jpki-desktop/jpki/ui/msg"
)

// testWindow is a window without a display. What work hands to the drawing thread waits
// until the test lets it in, so that a test has that thread to itself.
type testWindow struct {
	*Window
	t     *testing.T
	queue chan func()
}

// newTestWindow opens a window over b, whose missing functions of the card are those of an
// empty reader.
func newTestWindow(t *testing.T, b Backend, s Settings) *testWindow {
	t.Helper()
	if b.Watch == nil {
		b.Watch = func(ctx context.Context, _ string, _ func(Card)) { <-ctx.Done() }
	}
	if b.Save == nil {
		b.Save = func(Settings) {}
	}
	if b.Doctor == nil {
		b.Doctor = func(context.Context, string) *Diagnosis { return &Diagnosis{} }
	}
	w := &testWindow{t: t, queue: make(chan func(), 4096)}
	w.Window = New(sharedApp(), b, s)
	w.runner.do = func(f func()) { w.queue <- f }
	w.win.Resize(fyne.NewSize(1000, 700))
	t.Cleanup(func() {
		defer w.win.Close()
		w.runner.stop()
		done := make(chan struct{})
		go func() { w.runner.busy.Wait(); close(done) }()
		for {
			select {
			case <-done:
				return
			case <-w.queue: // work that still wants to draw
			case <-time.After(10 * time.Second):
				t.Fatal("work did not end")
			}
		}
	})
	return w
}

var oneApp fyne.App

// sharedApp is one application for all windows: each new one would read the fonts anew.
func sharedApp() fyne.App {
	if oneApp == nil {
		oneApp = test.NewApp()
	}
	fyne.SetCurrentApp(oneApp)
	return oneApp
}

// until lets the drawing thread work until cond holds.
func (w *testWindow) until(what string, cond func() bool) {
	w.t.Helper()
	late := time.After(time.Minute)
	for !cond() {
		select {
		case f := <-w.queue:
			f()
		case <-time.After(10 * time.Millisecond): // cond may wait for more than the drawing
		case <-late:
			w.t.Fatalf("%s did not happen; the window says:\n%s", what, w.texts())
		}
	}
}

// untilText waits until the window says s.
func (w *testWindow) untilText(s string) {
	w.t.Helper()
	w.until("“"+s+"”", func() bool { return strings.Contains(w.texts(), s) })
}

// texts are all words that are in the window, the dialog on top if one is open.
func (w *testWindow) texts() string {
	var all []string
	walk(w.top(), func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *text:
			all = append(all, o.content)
		case *button:
			all = append(all, "["+o.label+"]")
		case *widget.Check:
			all = append(all, "("+o.Text+")")
		}
	})
	return strings.Join(all, "\n")
}

// button is the visible button of that label.
func (w *testWindow) button(label string) *button {
	w.t.Helper()
	var found *button
	walk(w.top(), func(o fyne.CanvasObject) {
		if b, ok := o.(*button); ok && b.label == label {
			found = b
		}
	})
	if found == nil {
		w.t.Fatalf("no button %q; the window says:\n%s", label, w.texts())
	}
	return found
}

// tap presses the button of that label as a mouse does.
func (w *testWindow) tap(label string) {
	w.t.Helper()
	test.Tap(w.button(label))
}

// tabTo presses Tab until the button of that label has the focus, then Enter. It fails if
// Tab never gets there.
func (w *testWindow) tabTo(label string) {
	w.t.Helper()
	target := w.button(label)
	for range 200 {
		if w.win.Canvas().Focused() == target {
			target.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
			return
		}
		w.win.Canvas().FocusNext()
	}
	w.t.Fatalf("Tab never gets to %q", label)
}

// press types a key that no widget has a use for.
func (w *testWindow) press(key fyne.KeyName) { w.key(&fyne.KeyEvent{Name: key}) }

func TestLooksAndLanguageChangeAndAreRemembered(t *testing.T) {
	var saved Settings
	w := newTestWindow(t, Backend{Save: func(s Settings) { saved = s }}, Settings{})
	w.tap("拡大")
	w.tap("青地に黄色")
	w.tap("English")
	if want := (Settings{Lang: msg.En, Scheme: "blue", Size: "large"}); saved != want {
		t.Errorf("saved %+v, want %+v", saved, want)
	}
	if !strings.Contains(w.texts(), "[Certificates]") {
		t.Error("the rooms have no English names")
	}
	for _, key := range []fyne.KeyName{fyne.KeyF4, fyne.KeyF5, fyne.KeyF9} {
		w.press(key)
	}
	if want := (Settings{Lang: msg.Ja, Scheme: "standard", Size: "small"}); saved != want {
		t.Errorf("by keys saved %+v, want %+v", saved, want)
	}
}

func TestEveryRoomIsReachedByTabAndByItsShortcut(t *testing.T) {
	w := newTestWindow(t, Backend{}, Settings{Lang: msg.En})
	for i, r := range w.rooms {
		w.tabTo(w.say(r.title()))
		if w.current != i {
			t.Errorf("Tab and Enter lead to room %d, want %d", w.current, i)
		}
	}
}

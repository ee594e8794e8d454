package ui

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/sign"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// Names as long as they come: of a file, 200 letters; of an address, 200 letters, some rare.
var (
	longest     = strings.Repeat("確定申告の添付書類", 22) + "２０"
	longAddress = strings.Repeat("東京都葛󠄀飾区髙砂𠮷﨑", 17)
)

// willing is a backend in which everything works, with long results.
func willing() Backend {
	lengthy := func(kind string) *Certificate {
		c := newCertificate(kind)
		c.Main = func(l msg.Lang) []Row {
			return []Row{{Label: msg.LabelAddress.In(l), Value: longAddress, Marks: []int{3}}}
		}
		return c
	}
	return Backend{
		Watch: func(context.Context, string, func(Card)) {},
		Certificates: func(_ context.Context, _ string, kinds []string, _ card.PINFunc) (certs []*Certificate, _ error) {
			for _, k := range kinds {
				certs = append(certs, lengthy(k))
			}
			return certs, nil
		},
		FileCertificates: func(context.Context, string) ([]*Certificate, error) {
			return []*Certificate{lengthy("sign"), lengthy("other")}, nil
		},
		ResetPractice: func() error { return nil },
		Export:        func(*Certificate, string, bool, bool) error { return nil },
		Remind:        func(msg.Lang, []*Certificate, string, bool) error { return nil },
		Describe: func(_ context.Context, path string) Document {
			return Document{Path: path, Kind: TextDocument, Size: 12, Text: longAddress}
		},
		Sign: func(ctx context.Context, q SignRequest) ([]Signed, error) {
			pin, err := q.PIN(card.SignKey, 5)
			if err != nil {
				return nil, err
			}
			pin.Wipe()
			return signedAll(ctx, q)
		},
		Verify: func(_ context.Context, q VerifyRequest) (*Verified, error) {
			v := verified(q, sign.Indeterminate, []string{"practice_certificate"}, []string{"issuer_unknown"})
			v.Practice = true
			v.Main = func(l msg.Lang, _ int) []Row {
				return []Row{{Label: msg.LabelFile.In(l), Value: q.File}, {Label: msg.LabelAddress.In(l), Value: longAddress}}
			}
			return v, nil
		},
		ChangePIN: func(context.Context, PINChange) error { return nil },
		WeakPIN:   weakOnes,
		Doctor:    finding(checkUp(noService, noCard, pinNote)),
		WriteFile: func(string, []byte, bool) error { return nil },
		Open:      func(string) error { return nil },
	}
}

// A view is a room in one of its states. What it shows of the card depends on that.
type view struct {
	name string
	room int
	fill func(w *testWindow)
}

func drop(names ...string) func(w *testWindow) {
	return func(w *testWindow) { w.rooms[w.current].dropped(names) }
}

var views = []view{
	{"home", homeRoom, nil},
	{"certificates", certificateRoom, nil},
	{"certificates shown", certificateRoom, drop("/tmp/" + longest + ".cer")},
	{"sign", signRoom, nil},
	{"files to sign", signRoom, drop("/tmp/"+longest+".xtx", "/tmp/a.txt")},
	{"signed", signRoom, func(w *testWindow) {
		r, files := w.rooms[signRoom].(*signing), []string{"/tmp/" + longest, "/tmp/b"}
		r.signed(newOutcome(files, []Signed{{Input: files[0], Output: files[0] + ".p7s"}}, &codedError{"disk_full", []any{files[1]}}))
	}},
	{"verify", verifyRoom, nil},
	{"verified", verifyRoom, drop("/tmp/" + longest + ".p7s")},
	{"many verified", verifyRoom, drop("/tmp/"+longest+".p7s", "/tmp/b.p7s")},
	{"PINs", pinRoom, nil},
	{"a change of a PIN", pinRoom, func(w *testWindow) {
		if w.card.Usable() {
			w.rooms[pinRoom].(*pins).change(card.SignKey)
		}
	}},
	{"a change of a PIN by keys on the screen", pinRoom, func(w *testWindow) {
		w.keypad = true
		if w.card.Usable() {
			w.rooms[pinRoom].(*pins).change(card.SignKey)
		}
	}},
	{"check-up", doctorRoom, nil},
	{"help", helpRoom, openAll},
}

// roomCards are a card with which all is well, none, and one in as much trouble as can be.
var roomCards = map[string]Card{
	"usable":  goodCard(),
	"none":    {Err: &card.ReaderError{Names: []string{"A"}, Err: card.ErrNoCard}},
	"trouble": with(withTries(1, 0), func(c *Card) { c.Auth = judgedAs("auth", Expired, sign.Failed) }),
}

// visit shows the view afresh, with c in the reader.
func (w *testWindow) visit(v view, c Card) {
	w.t.Helper()
	w.rooms = []room{
		newHome(w.Window), newCertificates(w.Window), newSigning(w.Window), newVerifying(w.Window), newPINs(w.Window), newDoctor(w.Window), newHelp(w.Window),
	}
	w.keypad = false
	w.card, w.backend.ReadCard = c, func(context.Context, string) Card { return c }
	w.enter(v.room)
	w.rest()
	if v.fill != nil {
		v.fill(w)
		w.rest()
	}
}

// rest lets the drawing thread work until all work has ended but what waits for an answer.
func (w *testWindow) rest() {
	w.t.Helper()
	for late := time.Now().Add(10 * time.Second); time.Now().Before(late); {
		idle := !working(len(w.sheets) > 1) // a question lies upon the progress of the work
		select {
		case f := <-w.queue:
			f()
			continue
		default:
		}
		if idle {
			return
		}
		time.Sleep(100 * time.Microsecond)
	}
	w.t.Fatalf("work does not end:\n%s", w.texts())
}

// working tells whether there is a goroutine of a runner, but for those that wait for an
// answer if somebody is asked.
func working(asked bool) bool {
	stacks := make([]byte, 1<<20)
	stacks = stacks[:runtime.Stack(stacks, true)]
	for one := range strings.SplitSeq(string(stacks), "\n\n") {
		at, begun := strings.CutSuffix(one[:max(0, strings.LastIndex(one, " in goroutine"))], "ui.start[...]")
		if begun && !(asked && strings.Contains(at, "ui.ask[")) {
			return true
		}
	}
	return false
}

// calm closes all dialogs with Esc.
func (w *testWindow) calm(where string) {
	w.t.Helper()
	for range 20 {
		if w.rest(); len(w.sheets) == 0 {
			return
		}
		w.press(fyne.KeyEscape)
	}
	w.t.Fatalf("%s: Esc does not close\n%s", where, w.texts())
}

func TestEveryControlOfEveryRoomIsReachedByTabHasANameAndFits(t *testing.T) {
	for _, l := range languages {
		for _, size := range []string{"normal", "large"} {
			w := newTestWindow(t, willing(), Settings{Lang: l, Size: size})
			for _, space := range []fyne.Size{{Width: 1000, Height: 700}, {Width: 900, Height: 600}, {Width: 450, Height: 300}} {
				w.win.Resize(space)
				for name, c := range roomCards {
					for _, v := range views {
						where := fmt.Sprintf("%v, %s, %v, card %s, %s", l, size, space, name, v.name)
						w.visit(v, c)
						w.seesFocus(where)
						w.fits(t, where)
						w.keepsWords(where)
						if space.Height == 300 { // the order is the same in all, and here most of it scrolls
							w.reachable(where)
						}
					}
				}
			}
		}
	}
}

// reachable checks that Tab stops at every control, that each is seen then, and that it
// has a name.
func (w *testWindow) reachable(where string) {
	w.t.Helper()
	all := w.focusables(w.top())
	var reached []fyne.Focusable
	w.win.Canvas().Unfocus()
	for range all {
		w.win.Canvas().FocusNext()
		reached = append(reached, w.win.Canvas().Focused())
		w.seesFocus(where)
	}
	for _, f := range all {
		if !slices.Contains(reached, f) {
			w.t.Errorf("%s: Tab does not reach %T %v", where, f, f)
		}
		if named, ok := f.(fyne.Accessible); !ok || strings.TrimSpace(named.AccessibilityLabel()) == "" {
			w.t.Errorf("%s: %T has no name", where, f)
		}
	}
}

// seesFocus checks that what has the focus lies in what is seen of the page.
func (w *testWindow) seesFocus(where string) {
	w.t.Helper()
	o, ok := w.win.Canvas().Focused().(fyne.CanvasObject)
	if !ok {
		w.t.Errorf("%s: nothing has the focus", where)
		return
	}
	scroll := w.frame.scroll
	at, in := below(scroll.Content, o)
	at -= scroll.Offset.Y
	if in && (at < -1 || at+min(o.Size().Height, scroll.Size().Height) > scroll.Size().Height+1) {
		w.t.Errorf("%s: %q has the focus and is not seen: it is at %v of %v", where, o.(fyne.Accessible).AccessibilityLabel(), at, scroll.Size().Height)
	}
}

// keepsWords checks that no English word is broken upon a button.
func (w *testWindow) keepsWords(where string) {
	w.t.Helper()
	walk(w.top(), func(o fyne.CanvasObject) {
		b, ok := o.(*button)
		if !ok || w.settings.Lang != msg.En {
			return
		}
		face := test.WidgetRenderer(b).(*buttonFace)
		for word := range strings.FieldsSeq(b.label) {
			one := newText(word).sized(face.label.scale)
			if one.heavy = face.label.heavy; one.natural() > face.label.Size().Width+slack && !strings.Contains(word, longest) {
				w.t.Errorf("%s: %q is broken upon %q: %v wide, needs %v", where, word, b.label, face.label.Size().Width, one.natural())
			}
		}
	})
}

func TestEveryButtonOfEveryRoomIsPressedByEnterAndEveryDialogClosedByEsc(t *testing.T) {
	for _, l := range languages {
		w := newTestWindow(t, willing(), Settings{Lang: l})
		w.folder = t.TempDir()
		for name, c := range roomCards {
			for _, v := range views {
				w.visit(v, c)
				for i := range w.roomButtons() {
					b := w.roomButtons()[i]
					where := fmt.Sprintf("%v, card %s, %s, %q", l, name, v.name, b.label)
					b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
					w.calm(where)
					if title := w.win.Title(); strings.HasPrefix(title, " - ") || strings.Contains(title, "\n") {
						t.Errorf("%s: the title is %q", where, title)
					}
					w.source = "" // which the practice card may have taken
					w.visit(v, c)
				}
			}
		}
	}
}

// roomButtons are the buttons of the room that can be pressed.
func (w *testWindow) roomButtons() []*button {
	var all []*button
	for _, f := range w.focusables(w.frame.room) {
		if b, ok := f.(*button); ok {
			all = append(all, b)
		}
	}
	return all
}

func TestTheRoomsStandAtTheSideWhereSpaceIsLeftForThem(t *testing.T) {
	for _, l := range languages {
		for size, wide := range map[string][]bool{"normal": {true, true, false}, "large": {true, false, false}} {
			w := newTestWindow(t, willing(), Settings{Lang: l, Size: size})
			w.watch(Practice)
			for i, space := range []fyne.Size{{Width: 1100, Height: 740}, {Width: 900, Height: 600}, {Width: 450, Height: 300}} {
				w.win.Resize(space)
				for _, number := range []int{homeRoom, pinRoom} {
					if w.enter(number); w.frame.wide != wide[i] {
						t.Errorf("%v, %s, %v: room %d is beside the rooms' names: %v, want %v", l, size, space, number, w.frame.wide, wide[i])
					}
				}
				w.fits(t, "the band")
			}
		}
	}
}

func TestTheTitleNamesTheDialogAndAfterItWhatItNamedBefore(t *testing.T) {
	w := newTestWindow(t, willing(), Settings{})
	w.folder = t.TempDir()
	w.show(goodCard())
	w.enter(signRoom)
	before := w.win.Title()
	w.tap("ファイルを選ぶ")
	if title := w.win.Title(); title != "ファイルを選ぶ - jpki" {
		t.Errorf("the dialog's title is %q", title)
	}
	w.calm("chooser")
	if title := w.win.Title(); title != before {
		t.Errorf("after the dialog the title is %q, was %q", title, before)
	}

	w.enter(homeRoom)
	w.confirm(msg.PracticeSure, msg.PracticeDo, func() {}, func() {})
	w.show(Card{Err: card.ErrNoReader})
	w.calm("question")
	if title := w.win.Title(); !strings.Contains(title, "カードリーダーがありません") {
		t.Errorf("the card was pulled under a dialog, and the title is %q", title)
	}
}

func TestEnterAfterChoosingFilesTakesNoneAway(t *testing.T) {
	w := newTestWindow(t, willing(), Settings{})
	w.visit(view{room: signRoom, fill: drop("/tmp/a", "/tmp/b")}, goodCard())
	if b, ok := w.win.Canvas().Focused().(*button); !ok || b.label != msg.SignLook.Ja {
		t.Errorf("the focus is on %v", w.win.Canvas().Focused())
	}
}

func TestAfterAChangeOfThePINTheFocusIsAtTheTop(t *testing.T) {
	w := newTestWindow(t, willing(), Settings{})
	w.visit(view{room: pinRoom}, goodCard())
	w.rooms[pinRoom].(*pins).changedPIN(card.AuthKey, nil)
	if first := w.focusables(w.frame.room)[0]; w.win.Canvas().Focused() != first {
		t.Errorf("the focus is on %v, want %v", w.win.Canvas().Focused(), first)
	}
}

func TestWhoReadsElsewhereIsNotMovedWhenTheCardChanges(t *testing.T) {
	w := newTestWindow(t, willing(), Settings{})
	w.win.Resize(fyne.NewSize(450, 300))
	w.visit(view{room: homeRoom}, goodCard())
	scrollTo(w.frame.scroll, 1e6)
	at := w.frame.scroll.Offset.Y
	w.redraw(w.rooms[homeRoom])
	if now := w.frame.scroll.Offset.Y; now != at {
		t.Errorf("the page moved from %v to %v", at, now)
	}
}

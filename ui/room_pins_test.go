package ui

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// changer is the card's side of a change: it asks for the PINs, and answers with err.
type changer struct {
	err     error
	ask     bool // for the new PIN once more, as one that will not do
	asked   PINChange
	got     []string // a test's PINs are nobody's
	handed  []card.PIN
	started chan struct{}
	wait    bool // until it is stopped
}

func (c *changer) change(ctx context.Context, q PINChange) error {
	c.asked = q
	old, _ := q.Old(q.Key, 3)
	new, _ := q.New(nil)
	if c.ask {
		_, err := q.New(errors.New("will not do"))
		return err
	}
	again, _ := q.Again()
	c.handed = []card.PIN{old, new, again}
	for _, p := range c.handed {
		c.got = append(c.got, string([]byte(p)))
		p.Wipe()
	}
	if c.wait {
		close(c.started)
		<-ctx.Done()
		return ctx.Err()
	}
	return c.err
}

// notChanged is an error after which the old PIN holds.
type notChanged struct{ error }

func (notChanged) Unchanged() (card.Key, bool) { return card.AuthKey, false }
func (e notChanged) Unwrap() error             { return e.error }

// weakOnes refuses one new PIN, as the card's side does with those that are easy to guess.
func weakOnes(k card.Key, new, old card.PIN) error {
	switch string([]byte(new)) {
	case "1111", "AAAAA1":
		return &pinFault{"pin_weak_repeat", []any{k}}
	case string([]byte(old)):
		return &pinFault{"pin_same", []any{k}}
	}
	return nil
}

// pinWindow is a window in the room of the PINs, with that card.
func pinWindow(t *testing.T, c Card, ch *changer, l msg.Lang) (*testWindow, *pins) {
	t.Helper()
	w := newTestWindow(t, Backend{
		ChangePIN: ch.change, WeakPIN: weakOnes,
		ReadCard: func(context.Context, string) Card { return c },
	}, Settings{Lang: l})
	w.show(c)
	w.enter(pinRoom)
	return w, w.rooms[pinRoom].(*pins)
}

// typePINs types each into its field, and Enter after it but the last.
func typePINs(w *testWindow, pins ...string) {
	for i, p := range pins {
		for _, r := range p {
			w.win.Canvas().Focused().TypedRune(r)
		}
		if i < len(pins)-1 {
			w.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		}
	}
}

func TestBothPINsAreShownWithTheirTriesAndRules(t *testing.T) {
	for _, l := range languages {
		w, _ := pinWindow(t, withTries(5, 2), &changer{}, l)
		for _, want := range []string{
			msg.Tries(l, card.SignKey, 5), msg.Tries(l, card.AuthKey, 2),
			msg.PINUse(card.SignKey).In(l), msg.PINRule(card.AuthKey, card.KindMynumber).In(l), msg.PINsOthers.In(l),
		} {
			if !strings.Contains(w.texts(), want) {
				t.Errorf("%v: %q is missing:\n%s", l, want, w.texts())
			}
		}
	}
}

func TestEachStateWithoutAUsableCardSaysWhatToDoAndOffersNoChange(t *testing.T) {
	for _, l := range languages {
		w, _ := pinWindow(t, goodCard(), &changer{}, l)
		for _, s := range cardStates {
			if s.card.Usable() {
				continue
			}
			w.show(s.card)
			title := s.ja
			if l == msg.En {
				title = s.en
			}
			if texts := w.texts(); !strings.Contains(texts, title) || strings.Contains(texts, "を変える]") || strings.Contains(texts, "[Change the") {
				t.Errorf("%s in %v:\n%s", s.name, l, texts)
			}
		}
	}
}

func TestALockedPINSaysWhatToDo(t *testing.T) {
	for _, l := range languages {
		w, _ := pinWindow(t, withTries(0, 3), &changer{}, l)
		texts := w.texts()
		if !strings.Contains(texts, msg.PINRemedy(card.KindMynumber, true).In(l)) || strings.Contains(texts, "["+msg.PINsChange.In(l, msg.SignPIN.In(l))) {
			t.Errorf("%v:\n%s", l, texts)
		}
		w.show(withTries(0, 0))
		if !strings.Contains(w.texts(), msg.PINRemedy(card.KindMynumber, false).In(l)) {
			t.Errorf("both, %v:\n%s", l, w.texts())
		}
		w.source = Practice
		w.show(withTries(0, 0))
		if !strings.Contains(w.texts(), msg.PracticeBlocked.In(l)) {
			t.Errorf("practice, %v:\n%s", l, w.texts())
		}
	}
}

func TestAPINThatTheCardLacksIsSaid(t *testing.T) {
	w, _ := pinWindow(t, with(goodCard(), func(c *Card) { c.Tries = map[card.Key]int{card.SignKey: 5} }), &changer{}, msg.En)
	if !strings.Contains(w.texts(), "none") || strings.Contains(w.texts(), "[Change the authentication PIN]") {
		t.Error(w.texts())
	}
}

func TestWhatToDoAboutAForgottenPINIsFolded(t *testing.T) {
	w, _ := pinWindow(t, goodCard(), &changer{}, msg.Ja)
	remedy := msg.PINRemedy(card.KindMynumber, true).In(msg.Ja)
	if strings.Contains(w.texts(), remedy) {
		t.Error("open at first")
	}
	w.tabTo("▶ 暗証番号を忘れたとき")
	if !strings.Contains(w.texts(), remedy) {
		t.Errorf("still folded:\n%s", w.texts())
	}
}

func TestAPINIsChangedByKeyboardAlone(t *testing.T) {
	for _, l := range languages {
		ch := &changer{}
		w, r := pinWindow(t, goodCard(), ch, l)
		w.tabTo(msg.PINsChange.In(l, msg.SignPIN.In(l)))
		form := r.form
		typePINs(w, "abc123", "xk4w9q", "XK4W9Q")
		if strings.Contains(w.texts()+w.win.Title(), "XK4W9Q") {
			t.Errorf("a hidden PIN is in the window:\n%s", w.texts())
		}
		w.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		w.untilText(msg.PINChanged.In(l, msg.SignPIN.In(l)))
		if want := []string{"ABC123", "XK4W9Q", "XK4W9Q"}; !slices.Equal(ch.got, want) {
			t.Errorf("the card got %q", ch.got)
		}
		if !strings.Contains(w.texts(), msg.PINKeep.In(l, 5)) || !strings.Contains(w.win.Title(), msg.PINChanged.In(l, msg.SignPIN.In(l))) {
			t.Errorf("title %q:\n%s", w.win.Title(), w.texts())
		}
		if r.form != nil || form.typed() {
			t.Error("what was typed is still there")
		}
	}
}

func TestAPINIsChangedByMouse(t *testing.T) {
	ch := &changer{}
	w, r := pinWindow(t, goodCard(), ch, msg.Ja)
	w.tap("利用者証明用暗証番号を変える")
	for i, p := range r.form.fields() {
		p.entry.Tapped(nil)
		typePINs(w, []string{"1234", "8259", "8259"}[i])
	}
	w.tap("変更する")
	w.untilText("利用者証明用暗証番号を変更しました")
	if ch.asked.Key != card.AuthKey || ch.asked.LastTry || ch.asked.Source != "" {
		t.Errorf("asked for %v, last try %v, source %q", ch.asked.Key, ch.asked.LastTry, ch.asked.Source)
	}
}

func TestTheLastTryIsUsedOnlyOnPurpose(t *testing.T) {
	for _, l := range languages {
		ch := &changer{}
		w, r := pinWindow(t, withTries(5, 1), ch, l)
		w.tabTo(msg.PINsChange.In(l, msg.AuthPIN.In(l)))
		if texts := w.texts(); !strings.Contains(texts, msg.LastTryMeans.In(l)) || strings.Contains(texts, msg.PINsNew.In(l, msg.AuthPIN.In(l))) {
			t.Errorf("%v: not warned, or fields are open:\n%s", l, texts)
		}
		if b, ok := w.win.Canvas().Focused().(*button); !ok || b.label != msg.PINsLeave.In(l) {
			t.Errorf("the focus is at %v", w.win.Canvas().Focused())
		}
		w.tabTo(msg.LastTryUse.In(l))
		typePINs(w, "1234", "8259", "8259")
		r.form.submit()
		w.untilText(msg.PINChanged.In(l, msg.AuthPIN.In(l)))
		if !ch.asked.LastTry {
			t.Error("the card's side does not know that the last try may be used")
		}
	}
}

func TestTheLastTryIsLeftByDefault(t *testing.T) {
	w, r := pinWindow(t, withTries(1, 3), &changer{}, msg.Ja)
	w.tap("署名用パスワードを変える")
	w.tap("やめる")
	if r.form != nil || !strings.Contains(w.texts(), "[署名用パスワードを変える]") {
		t.Error(w.texts())
	}
}

func TestWhyAPINWasNotChangedIsTold(t *testing.T) {
	unclear := &pinFault{"pin_change_unclear", []any{card.AuthKey}}
	for _, l := range languages {
		for _, err := range []error{
			&card.PINError{Key: card.AuthKey, Retries: 2}, &card.PINError{Key: card.AuthKey}, unclear,
			notChanged{card.ErrRemoved}, notChanged{context.Canceled}, card.ErrInUse,
		} {
			ch := &changer{err: err}
			w, r := pinWindow(t, goodCard(), ch, l)
			r.change(card.AuthKey)
			form := r.form
			typePINs(w, "1234", "8259", "8259")
			w.tap(msg.PINsDo.In(l))
			words := msg.WindowError(l, err)
			w.untilText(words.Message)
			if !strings.Contains(w.texts(), words.Hint) || !strings.Contains(w.win.Title(), words.Message) {
				t.Errorf("%v: title %q:\n%s", err, w.win.Title(), w.texts())
			}
			if form.typed() || r.form != nil || strings.Contains(w.texts(), msg.PINChanged.In(l, msg.AuthPIN.In(l))) {
				t.Errorf("%v: typed %v:\n%s", err, form.typed(), w.texts())
			}
		}
	}
}

func TestANewPINThatTheCardsSideRefusesEndsTheChange(t *testing.T) {
	ch := &changer{ask: true}
	w, r := pinWindow(t, goodCard(), ch, msg.En)
	r.change(card.AuthKey)
	typePINs(w, "1234", "8259", "8259")
	r.form.submit()
	w.untilText("Something unexpected happened (will not do)")
}

func TestStoppingAChangeSaysWhatHolds(t *testing.T) {
	ch := &changer{wait: true, started: make(chan struct{})}
	w, r := pinWindow(t, goodCard(), ch, msg.Ja)
	r.change(card.AuthKey)
	typePINs(w, "1234", "8259", "8259")
	r.form.submit()
	<-ch.started
	w.untilText("カードを動かさないでください")
	w.press(fyne.KeyEscape)
	w.untilText("中止しました。")
	for _, p := range ch.handed {
		if len(p) == 0 || slices.ContainsFunc(p, func(b byte) bool { return b != 0 }) {
			t.Error("a PIN was left unwiped")
		}
	}
}

func TestTheCardIsReadAfterAChange(t *testing.T) {
	ch := &changer{err: &card.PINError{Key: card.AuthKey, Retries: 1}}
	w, r := pinWindow(t, goodCard(), ch, msg.Ja)
	w.backend.ReadCard = func(context.Context, string) Card { return withTries(5, 1) }
	r.change(card.AuthKey)
	typePINs(w, "1234", "8259", "8259")
	r.form.submit()
	w.untilText(msg.Tries(msg.Ja, card.AuthKey, 1))
	if !strings.Contains(w.texts(), "暗証番号が違います") {
		t.Errorf("the reason is gone:\n%s", w.texts())
	}
}

package ui

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// asked is a question for a PIN that waits off the drawing thread, as work does.
type asked struct {
	*testWindow
	stop   context.CancelFunc
	answer chan error
	pin    card.PIN
}

func askPIN(t *testing.T, l msg.Lang, k card.Key, tries int) *asked {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	a := &asked{testWindow: newTestWindow(t, Backend{}, Settings{Lang: l}), stop: stop, answer: make(chan error, 1)}
	pin := a.pinFunc(ctx, msg.SignWhy(1))
	go func() {
		var err error
		a.pin, err = pin(k, tries)
		a.answer <- err
	}()
	a.until("the dialog", func() bool { return len(a.sheets) == 1 })
	t.Cleanup(stop)
	return a
}

// answered is how the question ended, once the dialog is closed.
func (a *asked) answered() error {
	a.t.Helper()
	var err error
	got := false
	a.until("an answer", func() bool {
		select {
		case err = <-a.answer:
			got = true
		default:
		}
		return got && len(a.sheets) == 0
	})
	return err
}

// field is the field for the PIN.
func (w *testWindow) field() *pinEntry {
	w.t.Helper()
	var found *pinEntry
	walk(w.top(), func(o fyne.CanvasObject) {
		if p, ok := o.(*pinEntry); ok {
			found = p
		}
	})
	if found == nil {
		w.t.Fatalf("there is no field; the window says:\n%s", w.texts())
	}
	return found
}

// typePIN types into what has the focus, and then Enter.
func (w *testWindow) typePIN(pin string) {
	w.t.Helper()
	focused := w.win.Canvas().Focused()
	if focused == nil {
		w.t.Fatal("nothing has the focus")
	}
	for _, r := range pin {
		focused.TypedRune(r)
	}
	focused.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
}

// wiped fails if the field still holds something.
func wiped(t *testing.T, p *pinEntry) {
	t.Helper()
	for _, c := range p.letters[:cap(p.letters)] {
		if c != 0 {
			t.Fatal("the field still holds what was typed")
		}
	}
}

func TestPINIsTypedFoldedAndHandedOver(t *testing.T) {
	for _, c := range []struct {
		key         card.Key
		typed, want string
	}{
		{card.SignKey, "abc123", "ABC123"},
		{card.SignKey, "ＡＢＣ１２３xyz", "ABC123XYZ"},
		{card.AuthKey, "1234", "1234"},
	} {
		a := askPIN(t, msg.Ja, c.key, 3)
		field := a.field()
		a.typePIN(c.typed)
		if err := a.answered(); err != nil || string(a.pin) != c.want {
			t.Errorf("%s: error %v, or another PIN", c.typed, err)
		}
		wiped(t, field)
	}
}

func TestPINDialogSaysWhichPINAndHowManyTries(t *testing.T) {
	a := askPIN(t, msg.Ja, card.SignKey, 4)
	for _, want := range []string{"署名用パスワードを入力してください", "あと 4 回（5 回中）", "4 桁の暗証番号ではありません", "6～16 文字", "1 件の書類に署名"} {
		if !strings.Contains(a.texts(), want) {
			t.Errorf("it does not say %q:\n%s", want, a.texts())
		}
	}
	a.stop()
	a.answered()
	a = askPIN(t, msg.En, card.AuthKey, 2)
	for _, want := range []string{"Enter the authentication PIN", "2 of 3 tries left", "not the password of letters and digits", "4 digits"} {
		if !strings.Contains(a.texts(), want) {
			t.Errorf("it does not say %q:\n%s", want, a.texts())
		}
	}
}

func TestPINThatBreaksTheRuleDoesNotGetToTheCard(t *testing.T) {
	for _, l := range []msg.Lang{msg.Ja, msg.En} {
		for _, typed := range []string{"", "1234", "ABC12", "ABC-123"} {
			a := askPIN(t, l, card.SignKey, 5)
			a.typePIN(typed)
			reason := msg.Error(l, card.CheckPIN(card.SignKey, "", nil)).Message
			if !strings.Contains(a.texts(), reason) || len(a.sheets) != 1 {
				t.Errorf("%q: the reason is missing:\n%s", typed, a.texts())
			}
			if title := a.win.Title(); !strings.Contains(title, reason) {
				t.Errorf("%q: the reason is not announced: %s", typed, title)
			}
			select {
			case err := <-a.answer:
				t.Errorf("%q was handed over: %v", typed, err)
			default:
			}
			a.stop()
			a.answered()
		}
	}
}

func TestReasonGoesAsSoonAsOneGoesOnTyping(t *testing.T) {
	a := askPIN(t, msg.En, card.SignKey, 5)
	a.typePIN("12")
	a.win.Canvas().Focused().TypedRune('é')
	if !strings.Contains(a.texts(), msg.PINLetters(card.SignKey).En) {
		t.Errorf("a letter that no password has is refused without a word:\n%s", a.texts())
	}
	a.win.Canvas().Focused().TypedRune('3')
	if strings.Contains(a.texts(), msg.PINLetters(card.SignKey).En) || !strings.Contains(a.texts(), "Characters: 3") {
		t.Errorf("after another letter:\n%s", a.texts())
	}
	for range 20 {
		a.win.Canvas().Focused().TypedRune('A')
	}
	if !strings.Contains(a.texts(), "It has 16 characters at most.") || !strings.Contains(a.texts(), "Characters: 16") {
		t.Errorf("after too many letters:\n%s", a.texts())
	}
}

func TestPINDialogIsLeftByEscAndByItsButton(t *testing.T) {
	for name, leave := range map[string]func(*asked){
		"Esc":    func(a *asked) { a.press(fyne.KeyEscape) },
		"button": func(a *asked) { a.tap("キャンセル") },
		"Tab":    func(a *asked) { a.tabTo("キャンセル") },
	} {
		a := askPIN(t, msg.Ja, card.SignKey, 5)
		field := a.field()
		for _, r := range "ABC123" {
			field.TypedRune(r)
		}
		leave(a)
		if err := a.answered(); !errors.Is(err, errCancelled) || a.pin != nil {
			t.Errorf("%s: error %v", name, err)
		}
		wiped(t, field)
	}
}

func TestPINDialogClosesWithItsWork(t *testing.T) {
	a := askPIN(t, msg.Ja, card.SignKey, 5)
	field := a.field()
	field.TypedRune('A')
	a.stop()
	if err := a.answered(); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	wiped(t, field)
}

// TestPINGivenTooLateIsWiped answers in the moment in which the work has ended already.
func TestPINGivenTooLateIsWiped(t *testing.T) {
	w := newTestWindow(t, Backend{}, Settings{})
	p := pinSheet{w: w.Window, key: card.SignKey, tries: 5, answer: func(card.PIN, error) {}}
	p.begin()
	w.typePIN("ABC123")
	handed := p.handed
	if string(handed) != "ABC123" {
		t.Fatal("nothing was handed over")
	}
	p.end(true)
	for _, c := range handed {
		if c != 0 {
			t.Fatal("it was not wiped")
		}
	}
}

func TestLastTryIsSpentOnlyOnPurpose(t *testing.T) {
	for name, leave := range map[string]func(*asked){
		"Esc":    func(a *asked) { a.press(fyne.KeyEscape) },
		"Enter":  func(a *asked) { a.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) },
		"button": func(a *asked) { a.tap("やめる") },
	} {
		a := askPIN(t, msg.Ja, card.SignKey, 1)
		if !strings.Contains(a.texts(), "あと 1 回です") || !strings.Contains(a.win.Title(), "あと 1 回です") {
			t.Errorf("%s: no warning:\n%s", name, a.texts())
		}
		leave(a)
		if err := a.answered(); !errors.Is(err, errCancelled) {
			t.Errorf("%s: error %v", name, err)
		}
	}
	a := askPIN(t, msg.Ja, card.SignKey, 1)
	a.tap("最後の 1 回を使う")
	if !strings.Contains(a.texts(), "次に間違えるとロックされます") {
		t.Errorf("the field does not warn:\n%s", a.texts())
	}
	a.typePIN("ABC123")
	if err := a.answered(); err != nil || string(a.pin) != "ABC123" {
		t.Errorf("error %v", err)
	}
}

func TestNoWordOfTheWindowHoldsThePIN(t *testing.T) {
	a := askPIN(t, msg.Ja, card.SignKey, 5)
	field := a.field()
	for _, r := range "SECRET99" {
		field.TypedRune(r)
	}
	for range 2 {
		said := a.texts() + a.win.Title() + fmt.Sprintf("%v %+v", field, field)
		if strings.Contains(said, "SECRET99") {
			t.Fatal("the PIN stands in a text of the window")
		}
		a.tap("入力した文字を見せる")
		if !field.shown {
			t.Error("what was typed is not shown")
		}
		a.tap("入力した文字を隠す")
	}
	a.tap("決定")
	if err := a.answered(); err != nil || string(a.pin) != "SECRET99" {
		t.Errorf("error %v", err)
	}
}

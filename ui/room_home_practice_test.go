package ui

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// practising is a window in which the practice card was chosen, whose PINs are blocked.
func practising(t *testing.T, reset func() error) (w *testWindow, sources *[]string) {
	sources = new([]string)
	b := watched(sources, &w)
	b.ResetPractice = reset
	w = newTestWindow(t, b, Settings{})
	w.show(Card{Err: card.ErrNoReader})
	w.tabTo("練習用カードで試す")
	w.until("watching the practice card", func() bool { return slices.Equal(*sources, []string{Practice}) })
	w.show(with(withTries(0, 0), func(c *Card) { c.Info.Practice = true }))
	return w, sources
}

func TestThePracticeCardIsTriedAndLeftAgain(t *testing.T) {
	w, sources := practising(t, nil)
	for _, want := range []string{"練習用：", "ABC123", "1234"} {
		if !strings.Contains(w.texts(), want) {
			t.Errorf("%q is missing in\n%s", want, w.texts())
		}
	}
	w.tabTo("本物のカードに戻る")
	w.until("watching the real card", func() bool { return slices.Equal(*sources, []string{Practice, ""}) })
	if strings.Contains(w.texts(), "ABC123") {
		t.Error("the practice card’s PINs are shown beside the real card")
	}
}

func TestABlockedPracticeCardIsMadeNew(t *testing.T) {
	made := 0
	w, sources := practising(t, func() error { made++; return nil })
	if _, words := w.cardState(); words.Hint != w.say(msg.PracticeBlocked) {
		t.Errorf("what to do is %q", words.Hint)
	}
	w.tap("練習用カードを新しくする")
	w.press(fyne.KeyEscape)
	w.tap("練習用カードを新しくする")
	w.tabTo("新しくする")
	w.until("reading it again", func() bool { return slices.Equal(*sources, []string{Practice, Practice}) })
	if title := w.win.Title(); made != 1 || !strings.Contains(title, "練習用カードを新しくしました") {
		t.Errorf("made %d times; the title is %q", made, title)
	}
	w.show(with(goodCard(), func(c *Card) { c.Info.Practice = true }))
	w.untilText("練習用カードを新しくしました。署名用パスワードは「ABC123」、暗証番号は「1234」です。")
	w.watch("")
	w.watch(Practice)
	if strings.Contains(w.texts(), "練習用カードを新しくしました") {
		t.Error("it is still told when the practice card is chosen again")
	}
}

func TestWhyAPracticeCardCannotBeMadeIsSaid(t *testing.T) {
	w, sources := practising(t, func() error { return errors.New("the disk is gone") })
	w.tap("練習用カードを新しくする")
	w.tap("新しくする")
	w.untilText("予期しない問題が起きました（the disk is gone）。")
	if len(*sources) != 1 || !strings.Contains(w.win.Title(), "予期しない問題が起きました") {
		t.Errorf("watched %q, title %q", *sources, w.win.Title())
	}
}

func TestAPracticeCardThatIsMadeLateDoesNotBringItBack(t *testing.T) {
	release := make(chan struct{})
	w, sources := practising(t, func() error { <-release; return nil })
	w.tap("練習用カードを新しくする")
	w.tap("新しくする")
	w.watch("")
	close(release)
	w.until("it is made", func() bool { return strings.Contains(w.win.Title(), "練習用カードを新しくしました") })
	if w.source != "" {
		t.Errorf("the source is %q after %q", w.source, *sources)
	}
}

package ui

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// checkUp is a diagnosis of a usual kind.
func checkUp(checks ...Check) *Diagnosis {
	checks = append(checks, Check{Name: "network", State: "unused", Level: fineLevel})
	return &Diagnosis{System: msg.Debian, Checks: checks, Text: func(l msg.Lang) []byte { return []byte("report " + l.String()) }}
}

var (
	noService = Check{Name: "service_running", State: "stopped", Level: problemLevel}
	noCard    = Check{Name: "card", State: "no_card", Level: problemLevel, Facts: []any{"Reader A"}}
	skipped   = []Check{
		{Name: "atr", State: "not_looked_at", Level: skippedLevel}, {Name: "token", State: "not_looked_at", Level: skippedLevel},
	}
	pinNote = Check{Name: "auth_pin", State: "last_try", Level: noteLevel, Facts: []any{card.AuthKey, 1, 3}}
)

// doctorWindow is a window in the room of the check-up.
func doctorWindow(t *testing.T, l msg.Lang, look func(context.Context, string) *Diagnosis) (*testWindow, *doctor) {
	t.Helper()
	w := newTestWindow(t, Backend{Doctor: look}, Settings{Lang: l})
	w.enter(doctorRoom)
	return w, w.rooms[doctorRoom].(*doctor)
}

func finding(d *Diagnosis) func(context.Context, string) *Diagnosis {
	return func(context.Context, string) *Diagnosis { return d }
}

func TestTheCheckUpBeginsByItselfAndSumsUp(t *testing.T) {
	for _, l := range languages {
		for _, c := range []struct {
			found *Diagnosis
			want  string
		}{
			{checkUp(), msg.DoctorUsable.In(l)},
			{checkUp(pinNote), msg.DoctorNoted.In(l, msg.WindowDoctor(l, msg.Debian, "auth_pin", "last_try", pinNote.Facts).Message)},
			{checkUp(pinNote, noCard), msg.DoctorHasCause.In(l, msg.WindowDoctor(l, msg.Debian, "card", "no_card", noCard.Facts).Message)},
		} {
			w, _ := doctorWindow(t, l, finding(c.found))
			if !strings.Contains(w.texts(), msg.CheckUpRunning.In(l)) {
				t.Errorf("does not say that it looks:\n%s", w.texts())
			}
			w.untilText(c.want)
			if !strings.Contains(w.win.Title(), c.want) {
				t.Errorf("the title is %q", w.win.Title())
			}
		}
	}
}

func TestTroubleComesFirstWithItsRemedyAndTheRestIsFolded(t *testing.T) {
	d := checkUp(append([]Check{{Name: "program", State: "version", Level: fineLevel, Facts: []any{"1.0"}}, pinNote, noService}, skipped...)...)
	w, _ := doctorWindow(t, msg.Ja, finding(d))
	remedy := msg.WindowDoctor(msg.Ja, msg.Debian, noService.Name, noService.State, nil).Hint
	if remedy == "" {
		t.Fatal("no remedy to look for")
	}
	w.untilText(remedy)
	texts := w.texts()
	problem, note := strings.Index(texts, "問題："), strings.Index(texts, "注意：")
	if problem < 0 || note < problem || strings.Contains(texts, "ATR") {
		t.Errorf("order or fold:\n%s", texts)
	}
	w.tabTo("▶ ほかに調べたこと（3 件）")
	if want := "- カードの初期応答（ATR）、カードの種類"; !strings.Contains(w.texts(), want) {
		t.Errorf("%q is missing:\n%s", want, w.texts())
	}
}

func TestTheCheckUpIsRepeatedOnlyWhenAsked(t *testing.T) {
	var looks atomic.Int32
	w, r := doctorWindow(t, msg.Ja, func(context.Context, string) *Diagnosis { looks.Add(1); return checkUp() })
	w.until("the first look", func() bool { return r.found != nil })
	w.enter(homeRoom)
	w.enter(doctorRoom)
	w.press("F10")
	if looks.Load() != 1 || !strings.Contains(w.texts(), "No problem was found") {
		t.Errorf("%d looks:\n%s", looks.Load(), w.texts())
	}
	w.tabTo("Look again")
	w.until("the second look", func() bool { return looks.Load() == 2 && r.stop == nil })
}

func TestTheCheckUpCanBeStoppedAndBegunAgain(t *testing.T) {
	ended := make(chan struct{}, 2)
	w, r := doctorWindow(t, msg.Ja, func(ctx context.Context, _ string) *Diagnosis {
		<-ctx.Done()
		ended <- struct{}{}
		return checkUp(noCard)
	})
	w.tabTo("中止")
	<-ended
	w.runner.settleAll()
	for len(w.queue) > 0 {
		(<-w.queue)()
	}
	if r.found != nil || !strings.Contains(w.texts(), "中止しました") {
		t.Errorf("what came too late is shown:\n%s", w.texts())
	}
	w.backend.Doctor = finding(checkUp())
	w.tap("調べる")
	w.untilText("問題は見つかりませんでした")
}

func TestAResultThatComesAfterLeavingWaitsInTheRoom(t *testing.T) {
	w, r := doctorWindow(t, msg.Ja, finding(checkUp()))
	w.enter(helpRoom)
	w.until("the result", func() bool { return r.found != nil })
	if !strings.Contains(w.win.Title(), "困ったとき") {
		t.Errorf("the title is %q", w.win.Title())
	}
	w.enter(doctorRoom)
	if !strings.Contains(w.texts(), "問題は見つかりませんでした") {
		t.Error(w.texts())
	}
}

func TestAnotherSourceIsLookedAtAnew(t *testing.T) {
	var sources []string
	w, r := doctorWindow(t, msg.Ja, func(_ context.Context, source string) *Diagnosis {
		sources = append(sources, source)
		return checkUp()
	})
	w.until("the first look", func() bool { return r.found != nil })
	w.watch(Practice)
	w.until("the second look", func() bool { return r.found != nil })
	if len(sources) != 2 || sources[1] != Practice {
		t.Errorf("looked at %q", sources)
	}
}

func TestTheResultIsCopied(t *testing.T) {
	w, r := doctorWindow(t, msg.En, finding(checkUp()))
	w.until("the result", func() bool { return r.found != nil })
	w.tabTo("Copy the result")
	if got := w.app.Clipboard().Content(); got != "report en" || !strings.Contains(w.texts(), msg.CheckUpCopied.En) {
		t.Errorf("copied %q:\n%s", got, w.texts())
	}
}

func TestTheResultIsSaved(t *testing.T) {
	w, r := doctorWindow(t, msg.Ja, finding(checkUp()))
	w.folder = t.TempDir()
	var failure error
	w.backend.WriteFile = func(path string, data []byte, replace bool) error {
		if failure != nil {
			return failure
		}
		return os.WriteFile(path, data, 0o600)
	}
	w.until("the result", func() bool { return r.found != nil })
	save := func() {
		w.tap("結果を保存する")
		w.untilText("いまの場所：" + w.folder)
		w.tap("保存する")
	}
	save()
	w.untilText("「jpki診断.txt」に保存しました")
	if data, err := os.ReadFile(filepath.Join(w.folder, "jpki診断.txt")); string(data) != "report ja" {
		t.Errorf("wrote %q: %v", data, err)
	}
	failure = errors.New("no space")
	save()
	w.untilText("同じ名前のファイルがあります")
	w.tap("置き換える")
	w.untilText("no space")
}

func TestNoCheckUpClaimsThatAnythingIsValid(t *testing.T) {
	for _, d := range []*Diagnosis{checkUp(), checkUp(pinNote), checkUp(noCard, skipped[0])} {
		w, r := doctorWindow(t, msg.Ja, finding(d))
		w.until("the result", func() bool { return r.found != nil })
		if strings.Contains(w.texts(), "有効") {
			t.Errorf("says 有効:\n%s", w.texts())
		}
	}
}

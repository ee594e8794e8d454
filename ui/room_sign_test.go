package ui

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// signer is a backend that asks for the password, answers as it is told, and remembers
// what it was asked.
type signer struct {
	mu     sync.Mutex
	asked  []SignRequest
	pins   []string
	opened []string
	docs   map[string]Document // by base name; others are texts
	answer func(ctx context.Context, q SignRequest) ([]Signed, error)
	after  Card // the card once it was read again
}

func (s *signer) sign(ctx context.Context, q SignRequest) ([]Signed, error) {
	pin, err := q.PIN(card.SignKey, 5)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	s.asked, s.pins = append(s.asked, q), append(s.pins, string(pin))
	s.mu.Unlock()
	pin.Wipe()
	if s.answer != nil {
		return s.answer(ctx, q)
	}
	return signedAll(ctx, q)
}

// signedAll signs everything.
func signedAll(_ context.Context, q SignRequest) ([]Signed, error) {
	var list []Signed
	for i, f := range q.Files {
		q.Progress(Progress{File: f, Index: i, Count: len(q.Files), Done: 1, Total: 1})
		list = append(list, Signed{Input: f, Output: f + ".p7s"})
	}
	return list, nil
}

func (s *signer) describe(_ context.Context, path string) Document {
	d, has := s.docs[filepath.Base(path)]
	if !has {
		d = Document{Kind: TextDocument, Size: 12, Text: "こんにちは"}
	}
	d.Path = path
	return d
}

func (s *signer) backend() Backend {
	return Backend{
		Sign: s.sign, Describe: s.describe,
		ReadCard: func(context.Context, string) Card { return s.after },
		Open: func(path string) error {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.opened = append(s.opened, path)
			if filepath.Base(path) == "unopenable.pdf" {
				return &codedError{"input_unreadable", []any{path}}
			}
			return nil
		},
		Verify: func(_ context.Context, q VerifyRequest) (*Verified, error) {
			return nil, &codedError{"input_missing", []any{q.File}}
		},
	}
}

// newSignWindow opens the room over s with a good card, and files dropped on it.
func newSignWindow(t *testing.T, s *signer, l msg.Lang, files ...string) (*testWindow, *signing) {
	t.Helper()
	if s.after.Reader == "" && s.after.Err == nil {
		s.after = goodCard()
	}
	w := newTestWindow(t, s.backend(), Settings{Lang: l})
	w.show(goodCard())
	w.enter(signRoom)
	r := w.rooms[signRoom].(*signing)
	if len(files) > 0 {
		w.drop(files)
		w.untilKnown(r)
	}
	return w, r
}

// untilKnown waits until all files of the list were looked at and sorted out.
func (w *testWindow) untilKnown(r *signing) {
	w.t.Helper()
	w.until("a look at all files", func() bool {
		return !slices.ContainsFunc(r.files, func(f *signFile) bool { return f.doc == nil || f.doc.Err != nil })
	})
}

// signs presses the button of that label, types the password, and waits for the end.
func (w *testWindow) signs(r *signing, label string) {
	w.t.Helper()
	w.tap(label)
	w.untilText(msg.PINSheetTries.In(w.settings.Lang, msg.Tries(w.settings.Lang, card.SignKey, 5)))
	w.typePIN("abc123")
	w.until("an end", func() bool { return !r.working && len(w.sheets) == 0 })
}

func TestSigningWaitsForFilesAndACardAndSaysSo(t *testing.T) {
	for _, l := range languages {
		w, r := newSignWindow(t, &signer{}, l)
		w.says(msg.SignNoFiles.In(l))
		if !w.button(msg.SignDo.In(l)).Disabled() {
			t.Error("nothing can be signed, and yet the button can be pressed")
		}
		w.drop([]string{"/tmp/a.txt"})
		w.untilKnown(r)
		for _, state := range []struct {
			card Card
			want string
		}{
			{Card{Reading: true}, msg.CardReading(l).Title},
			{Card{Err: card.ErrNoCard}, msg.CardTrouble(l, card.ErrNoCard).Title},
			{Card{Err: card.ErrNoService}, msg.CardTrouble(l, card.ErrNoService).Hint},
			{with(goodCard(), func(c *Card) { c.Info.Kind = card.KindJuki }), msg.CardJuki(l).Message},
			{with(goodCard(), func(c *Card) { c.Info.Sign = false }), msg.Error(l, card.ErrNoCertificate).Message},
			{withTries(0, 3), msg.Error(l, &card.PINError{Key: card.SignKey}).Message},
		} {
			w.show(state.card)
			w.says(state.want)
			if !r.do.Disabled() {
				t.Errorf("%q, and yet the button can be pressed", state.want)
			}
			w.show(goodCard())
			w.saysNot(state.want)
			if r.do.Disabled() {
				t.Errorf("after %q the button stays disabled", state.want)
			}
		}
	}
}

func TestFilesAreSignedWithOneEntryOfThePassword(t *testing.T) {
	for _, l := range languages {
		s := &signer{}
		w, r := newSignWindow(t, s, l, "/tmp/a.txt", "/tmp/b.txt", "/tmp/c.txt", "/tmp/b.txt")
		w.says(msg.SignList.In(l, "3"))
		w.signs(r, msg.SignDo.In(l))
		if len(s.asked) != 1 || !slices.Equal(s.pins, []string{"ABC123"}) {
			t.Fatalf("asked %d times for %d passwords", len(s.asked), len(s.pins))
		}
		q := s.asked[0]
		if !slices.Equal(q.Files, []string{"/tmp/a.txt", "/tmp/b.txt", "/tmp/c.txt"}) || q.Attached || q.Replace || q.Folder != "" {
			t.Errorf("request %+v", q)
		}
		all := msg.SignedAll.In(l, "3")
		w.says(all, "/tmp/a.txt.p7s", "/tmp/c.txt.p7s", msg.SignedKeep.In(l))
		if title := w.win.Title(); !strings.HasPrefix(title, all) {
			t.Errorf("announced %q", title)
		}
		if strings.Contains(w.texts(), "有効") {
			t.Errorf("it claims what nothing checked:\n%s", w.texts())
		}
		w.show(Card{Err: card.ErrNoCard})
		w.says(all, "/tmp/b.txt.p7s")
	}
}

func TestSigningByKeyboardAlone(t *testing.T) {
	s := &signer{}
	w, r := newSignWindow(t, s, msg.Ja)
	for range 40 {
		if w.win.Canvas().Focused() == fyne.Focusable(r.field) {
			break
		}
		w.win.Canvas().FocusNext()
	}
	for _, c := range "/tmp/申告書.xtx" {
		w.win.Canvas().Focused().TypedRune(c)
	}
	w.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	w.untilKnown(r)
	w.says("申告書.xtx", "申告書.xtx.p7s")
	if r.field.Text != "" {
		t.Errorf("the field still says %q", r.field.Text)
	}
	w.tabTo(msg.SignAttached.Ja)
	w.says("申告書.xtx.p7m")
	w.tabTo("▶ " + msg.SignWhere.Ja)
	w.tabTo(msg.SignReplace.Ja)
	w.tabTo(msg.SignDo.Ja)
	w.untilText(msg.PINSheetTitle.In(msg.Ja, msg.SignPIN.Ja))
	w.typePIN("ABC123")
	w.untilText(msg.SignedOne.Ja)
	if q := s.asked[0]; !q.Attached || !q.Replace {
		t.Errorf("request %+v", q)
	}
	w.tabTo(msg.SignedShow.Ja)
	w.until("the folder", func() bool { s.mu.Lock(); defer s.mu.Unlock(); return len(s.opened) == 1 })
	if s.opened[0] != filepath.FromSlash("/tmp") {
		t.Errorf("opened %s", s.opened[0])
	}
	w.tabTo(msg.SignedOthers.Ja)
	w.says(msg.SignNoFiles.Ja)
}

func TestSignatureIsVerifiedFromItsResult(t *testing.T) {
	w, r := newSignWindow(t, &signer{}, msg.En, "/tmp/a.txt")
	w.signs(r, "Sign now")
	w.tap("Verify this signature")
	if w.current != verifyRoom {
		t.Fatalf("room %d", w.current)
	}
	w.untilText("/tmp/a.txt.p7s")
}

func TestWrongPasswordIsNotTriedAgainByItself(t *testing.T) {
	for _, l := range languages {
		s := &signer{answer: func(context.Context, SignRequest) ([]Signed, error) {
			return nil, fmt.Errorf("signing: %w", &card.PINError{Key: card.SignKey, Retries: 3})
		}}
		w, r := newSignWindow(t, s, l, "/tmp/a.txt")
		w.signs(r, msg.SignDo.In(l))
		w.says(msg.Error(l, &card.PINError{Key: card.SignKey, Retries: 3}).Message, msg.SignNothing.In(l), "a.txt")
		if len(s.pins) != 1 {
			t.Fatalf("%d tries were spent", len(s.pins))
		}
		s.answer = nil
		w.signs(r, msg.SignPINAgain.In(l))
		w.says(msg.SignedOne.In(l))
		if len(s.pins) != 2 {
			t.Errorf("%d tries", len(s.pins))
		}
	}
}

func TestLockedPasswordLeadsToHelp(t *testing.T) {
	s := &signer{after: withTries(0, 3), answer: func(context.Context, SignRequest) ([]Signed, error) {
		return nil, &card.PINError{Key: card.SignKey}
	}}
	w, r := newSignWindow(t, s, msg.Ja, "/tmp/a.txt")
	w.signs(r, msg.SignDo.Ja)
	w.saysNot(msg.SignPINAgain.Ja)
	w.until("the card", func() bool { return r.do.Disabled() })
	w.tap(msg.HomeHelp.Ja)
	if w.current != helpRoom {
		t.Errorf("room %d", w.current)
	}
}

func TestCardPulledInTheMiddleLeavesTheList(t *testing.T) {
	for _, l := range languages {
		s := &signer{after: Card{Err: card.ErrNoCard}, answer: func(context.Context, SignRequest) ([]Signed, error) {
			return nil, card.ErrRemoved
		}}
		w, r := newSignWindow(t, s, l, "/tmp/a.txt", "/tmp/b.txt")
		w.signs(r, msg.SignDo.In(l))
		w.says(msg.Error(l, card.ErrRemoved).Message, msg.SignNothing.In(l), "a.txt", "b.txt")
		w.until("no card", func() bool { return r.again.Disabled() })
		s.answer = nil
		w.show(goodCard())
		w.signs(r, msg.SignRetry.In(l))
		w.says(msg.SignedAll.In(l, "2"))
	}
}

func TestLeavingThePasswordSignsNothing(t *testing.T) {
	s := &signer{}
	w, r := newSignWindow(t, s, msg.Ja, "/tmp/a.txt")
	w.tap(msg.SignDo.Ja)
	w.untilText(msg.PINSheetTitle.In(msg.Ja, msg.SignPIN.Ja))
	w.press(fyne.KeyEscape)
	w.until("an end", func() bool { return !r.working && len(w.sheets) == 0 })
	w.says(msg.SignStopped.Ja, msg.SignNothing.Ja, "a.txt")
	if len(s.asked) != 0 {
		t.Error("it was signed all the same")
	}
}

func TestStoppingKeepsWhatIsDone(t *testing.T) {
	for _, l := range languages {
		s := &signer{answer: func(ctx context.Context, q SignRequest) ([]Signed, error) {
			q.Progress(Progress{File: q.Files[1], Index: 1, Count: 3, Done: 1, Total: 2})
			<-ctx.Done()
			return []Signed{{Input: q.Files[0], Output: q.Files[0] + ".p7s"}}, ctx.Err()
		}}
		w, r := newSignWindow(t, s, l, "/tmp/a.txt", "/tmp/b.txt", "/tmp/c.txt")
		w.tap(msg.SignDo.In(l))
		w.untilText(msg.PINSheetTitle.In(l, msg.SignPIN.In(l)))
		w.typePIN("ABC123")
		w.untilText("b.txt")
		w.tap(msg.Stop.In(l))
		w.until("an end", func() bool { return !r.working && len(w.sheets) == 0 })
		w.says(msg.SignedSome.In(l, "3", "1"), msg.SignedStopped.In(l), "/tmp/a.txt.p7s", msg.SignedNotYet.In(l))
		w.tap(msg.SignedAgain.In(l))
		w.untilKnown(r)
		if got := r.paths(); !slices.Equal(got, []string{"/tmp/b.txt", "/tmp/c.txt"}) {
			t.Errorf("to be signed again: %v", got)
		}
	}
}

func TestFailedFilesComeFirstWithTheirReason(t *testing.T) {
	s := &signer{answer: func(_ context.Context, q SignRequest) ([]Signed, error) {
		return []Signed{
			{Input: q.Files[0], Output: q.Files[0] + ".p7s"},
			{Input: q.Files[1], Err: &codedError{"output_exists", []any{q.Files[1] + ".p7s"}}},
			{Input: q.Files[2], Output: q.Files[2] + ".p7s"},
		}, nil
	}}
	w, r := newSignWindow(t, s, msg.Ja, "/tmp/a.txt", "/tmp/b.txt", "/tmp/c.txt")
	w.signs(r, msg.SignDo.Ja)
	w.says(msg.SignedSome.In(msg.Ja, "3", "2"), msg.SignedRest.In(msg.Ja, "1"), "b.txt.p7s」は既にあります", msg.SignReplaceIt.Ja)
	said := w.texts()
	if strings.Index(said, "b.txt.p7s") > strings.Index(said, "a.txt.p7s") {
		t.Errorf("what failed does not come first:\n%s", said)
	}
	if strings.Contains(said, "--force") {
		t.Errorf("it speaks of the command line:\n%s", said)
	}
}

func TestNothingSignedIsNoSuccess(t *testing.T) {
	s := &signer{answer: func(_ context.Context, q SignRequest) ([]Signed, error) {
		return []Signed{{Input: q.Files[0], Err: &codedError{"disk_full", []any{"/tmp/a.txt.p7s"}}}}, nil
	}}
	w, r := newSignWindow(t, s, msg.En, "/tmp/a.txt")
	w.signs(r, "Sign now")
	w.says("Nothing was signed", "There was not enough space")
	w.saysNot("Signed:", msg.SignedKeep.En)
}

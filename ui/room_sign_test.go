package ui

import (
	"context"
	"errors"
	"fmt"
	"image"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

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
			if filepath.Base(path) == "unopenable" {
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

func TestFoldersAndMissingFilesAreRefusedWithWords(t *testing.T) {
	s := &signer{docs: map[string]Document{
		"folder": {Err: &codedError{"input_directory", []any{"/tmp/folder"}}},
		"gone":   {Err: &codedError{"input_missing", []any{"/tmp/gone"}}},
	}}
	for _, l := range languages {
		w, r := newSignWindow(t, s, l, "/tmp/folder", "/tmp/a.txt", "/tmp/gone")
		if got := r.paths(); !slices.Equal(got, []string{"/tmp/a.txt"}) {
			t.Errorf("the list has %v", got)
		}
		w.says(msg.SignRefused.In(l), msg.Error(l, s.docs["folder"].Err).Message, msg.Error(l, s.docs["gone"].Err).Message)
		w.saysNot("jpki sign")
		other := languages[1-slices.Index(languages, l)]
		w.choose(func(s *Settings) { s.Lang = other })
		w.says(msg.SignRefused.In(other), "a.txt")
	}
}

func TestFiveHundredFilesStayQuickAndAreSignedAtOnce(t *testing.T) {
	s := &signer{}
	var files []string
	for i := range 500 {
		files = append(files, fmt.Sprintf("/tmp/書類%03d.txt", i))
	}
	w, r := newSignWindow(t, s, msg.Ja, files...)
	w.says(msg.SignList.In(msg.Ja, "500"), "書類000.txt", msg.PageOf.In(msg.Ja, "1", "20", "500"))
	w.saysNot("書類020.txt")
	w.tap(msg.PageNext.In(msg.Ja, "20", "480"))
	w.says("書類020.txt")
	w.signs(r, msg.SignDo.Ja)
	if len(s.asked) != 1 || len(s.asked[0].Files) != 500 || len(s.pins) != 1 {
		t.Fatalf("asked %d times", len(s.asked))
	}
	w.says(msg.SignedAll.In(msg.Ja, "500"), "書類019.txt.p7s")
	w.saysNot("書類020.txt")
}

func TestListHasALimit(t *testing.T) {
	var files []string
	for i := range maxSigned + 5 {
		files = append(files, fmt.Sprint("/tmp/", i))
	}
	w, r := newSignWindow(t, &signer{}, msg.En, files...)
	if len(r.files) != maxSigned {
		t.Errorf("%d files", len(r.files))
	}
	w.says(msg.SignTooMany.In(msg.En, "1,000"))
	w.tap("Remove all")
	w.says(msg.SignNoFiles.En)
	w.saysNot(msg.SignTooMany.In(msg.En, "1,000"))
}

func TestFilesAreTakenOutOfTheList(t *testing.T) {
	w, r := newSignWindow(t, &signer{}, msg.Ja, "/tmp/a.txt", "/tmp/b.txt")
	w.tap(msg.SignRemove.Ja) // the last one
	if got := r.paths(); !slices.Equal(got, []string{"/tmp/a.txt"}) {
		t.Errorf("the list has %v", got)
	}
	if title := w.win.Title(); !strings.Contains(title, msg.SignList.In(msg.Ja, "1")) {
		t.Errorf("announced %q", title)
	}
	w.tap(msg.SignRemove.Ja)
	w.says(msg.SignNoFiles.Ja)
}

func TestFocusStaysWithItsFile(t *testing.T) {
	w, r := newSignWindow(t, &signer{}, msg.Ja, "/tmp/a.txt", "/tmp/b.txt", "/tmp/c.txt")
	focused := func() string { return w.win.Canvas().Focused().(*button).AccessibilityLabel() }
	for range 2 { // opens and closes
		test.Tap(r.files[1].look)
		if got := focused(); !strings.HasSuffix(got, "b.txt") {
			t.Errorf("the focus went to %s", got)
		}
	}
	test.Tap(r.files[0].look)
	w.win.Canvas().Focus(r.files[2].look)
	w.until("the content", func() bool { return r.content != nil })
	if got := focused(); !strings.HasSuffix(got, "c.txt") {
		t.Errorf("when the content came, the focus went to %s", got)
	}
}

func TestEveryFileSaysWhatItIs(t *testing.T) {
	s := &signer{docs: map[string]Document{
		"a.pdf": {Kind: PDFDocument, Size: 1_260_000, Pages: 3},
		"b.xtx": {Kind: TaxDocument, Size: 999},
		"c.p7s": {Kind: SignatureDocument, Size: 4000},
		"d.bin": {Kind: OtherDocument, Size: 0},
	}}
	for _, l := range languages {
		w, _ := newSignWindow(t, s, l, "/tmp/a.pdf", "/tmp/b.xtx", "/tmp/c.p7s", "/tmp/d.bin")
		w.says(
			"PDF / "+msg.Pages(3).In(l)+" / 1.3 MB",
			msg.DocumentKind("xtx").In(l)+" / "+msg.FileSize(999).In(l),
			msg.SignReveals.In(l), "a.pdf.p7s",
		)
		names := []string{"PDF", msg.DocumentKind("xtx").In(l)}
		separator := map[msg.Lang]string{msg.Ja: "、", msg.En: ", "}[l]
		w.untilText(msg.SignNotInside.In(l, strings.Join(names, separator)))
		w.says(msg.SignAgain.In(l))
	}
	w, _ := newSignWindow(t, s, msg.En, "/tmp/plain.txt")
	w.saysNot("does not go into", msg.SignAgain.En)
}

func TestContentIsShownBeforeItIsSigned(t *testing.T) {
	long := strings.Repeat("とても長い文章です。\n", 400)
	s := &signer{docs: map[string]Document{
		"text":       {Kind: TextDocument, Size: 10, Text: "練習の本文"},
		"long":       {Kind: TextDocument, Size: int64(len(long)), Text: long},
		"image":      {Kind: ImageDocument, Size: 10, Image: image.NewRGBA(image.Rect(0, 0, 4, 4))},
		"broken":     {Kind: ImageDocument, Size: 10},
		"pdf":        {Kind: PDFDocument, Size: 10, Pages: 1234},
		"uncounted":  {Kind: PDFDocument, Size: 10},
		"empty":      {Kind: TextDocument},
		"unopenable": {Kind: OtherDocument, Size: 10},
	}}
	for name, want := range map[string]string{
		"text": "練習の本文", "long": msg.SignBeginning.Ja, "image": msg.SignOpen.Ja, "broken": msg.SignUnseen.Ja,
		"pdf": msg.SignPages.In(msg.Ja, "1,234"), "uncounted": msg.SignPDF.Ja, "empty": msg.SignEmpty.Ja, "unopenable": msg.SignUnseen.Ja,
	} {
		path := "/tmp/" + name
		w, r := newSignWindow(t, s, msg.Ja, path)
		w.tap(msg.SignLook.Ja)
		w.untilText(msg.SignOpen.Ja)
		w.says(want, path)
		if n := len([]rune(w.texts())); n > shownLetters+2000 {
			t.Errorf("%s: %d letters are shown", name, n)
		}
		opened := len(s.opened)
		w.tap(msg.SignOpen.Ja)
		w.until("the program for it", func() bool { s.mu.Lock(); defer s.mu.Unlock(); return len(s.opened) == opened+1 })
		if name == "unopenable" {
			w.untilText(msg.Error(msg.Ja, &codedError{"input_unreadable", []any{path}}).Message)
			w.tap(msg.Close.Ja)
		}
		w.tap(msg.SignLooked.Ja)
		w.saysNot(msg.SignOpen.Ja)
		if r.content != nil {
			t.Errorf("%s: the content is kept though it is not shown", name)
		}
	}
}

func TestContentThatComesTooLateIsNotShown(t *testing.T) {
	s := &signer{docs: map[string]Document{"a": {Kind: TextDocument, Size: 9, Text: "text of a"}, "b": {Kind: TextDocument, Size: 9, Text: "text of b"}}}
	w, r := newSignWindow(t, s, msg.En, "/tmp/a", "/tmp/b")
	r.lookInto(r.files[0])
	r.lookInto(r.files[1])
	w.untilText("text of b")
	w.saysNot("text of a")
	r.lookInto(r.files[0])
	w.enter(homeRoom) // and leaves before it is read
	w.until("the content", func() bool { return r.content != nil })
	w.saysNot("text of a")
	w.enter(signRoom)
	w.says("text of a")
}

func TestChoicesStayWhileOneLooksElsewhere(t *testing.T) {
	w, r := newSignWindow(t, &signer{}, msg.Ja, "/tmp/a.txt")
	w.tap(msg.SignAttached.Ja)
	w.tap("▶ " + msg.SignWhere.Ja)
	w.tap(msg.SignReplace.Ja)
	r.field.SetText("/tmp/half typ")
	w.enter(homeRoom)
	w.enter(signRoom)
	w.says("a.txt.p7m", "[▼ "+msg.SignWhere.Ja+"]")
	if !w.button(msg.SignReplace.Ja).chosen || !w.button(msg.SignAttached.Ja).chosen || r.field.Text != "/tmp/half typ" {
		t.Error("a choice was forgotten")
	}
}

func TestCardThatComesLeavesTheFieldAlone(t *testing.T) {
	w, r := newSignWindow(t, &signer{}, msg.Ja, "/tmp/a.txt")
	field := r.field
	w.win.Canvas().Focus(field)
	field.TypedRune('x')
	w.show(Card{Err: card.ErrNoCard})
	w.show(goodCard())
	if r.field != field || w.win.Canvas().Focused() != fyne.Focusable(field) {
		t.Error("the field was made anew while somebody types in it")
	}
}

func TestFilesDroppedWhileSigningAreLeftAlone(t *testing.T) {
	s := &signer{}
	w, r := newSignWindow(t, s, msg.Ja, "/tmp/a.txt")
	w.tap(msg.SignDo.Ja)
	w.untilText(msg.PINSheetTitle.In(msg.Ja, msg.SignPIN.Ja))
	r.dropped([]string{"/tmp/late.txt"})
	w.typePIN("ABC123")
	w.untilText(msg.SignedOne.Ja)
	if got := s.asked[0].Files; !slices.Equal(got, []string{"/tmp/a.txt"}) {
		t.Errorf("signed %v", got)
	}
	w.drop([]string{"/tmp/next.txt"})
	w.untilKnown(r)
	w.says("next.txt")
	w.saysNot(msg.SignedOne.Ja, "a.txt.p7s")
}

func TestUnexpectedErrorHasWords(t *testing.T) {
	s := &signer{answer: func(context.Context, SignRequest) ([]Signed, error) { return nil, errors.New("odd") }}
	w, r := newSignWindow(t, s, msg.En, "/tmp/a.txt")
	w.signs(r, "Sign now")
	w.says("Something unexpected happened (odd).", "[Try again]")
}

func TestSigningFitsIntoASmallWindow(t *testing.T) {
	longName := "/tmp/" + strings.Repeat("とても長い名前の", 9) + ".pdf"
	for _, l := range languages {
		for _, size := range []string{"normal", "large"} {
			s := &signer{}
			w := newTestWindow(t, s.backend(), Settings{Lang: l, Size: size})
			s.after = goodCard()
			w.show(goodCard())
			w.win.Resize(fyne.NewSize(450, 300))
			w.enter(signRoom)
			w.fits(t, "empty")
			r := w.rooms[signRoom].(*signing)
			w.drop([]string{longName, "/tmp/b.txt"})
			w.untilKnown(r)
			r.unfolded, r.folder = true, "/home/"+strings.Repeat("folder", 20)
			w.redraw(r)
			r.lookInto(r.files[0])
			w.untilText("こんにちは")
			w.fits(t, "list")
			w.tap(msg.SignDo.In(l))
			w.untilText(msg.PINSheetTitle.In(l, msg.SignPIN.In(l)))
			w.fits(t, "PIN")
			w.typePIN("12")
			w.fits(t, "PIN refused")
			for range 2 {
				w.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
			}
			w.typePIN("ABC123")
			w.untilText(msg.SignedAll.In(l, "2"))
			w.fits(t, "results")
		}
	}
}

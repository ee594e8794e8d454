package ui

import (
	"context"
	"errors"
	"fmt"
	"image"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/ui/msg"
)

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
		"text.pdf":       {Kind: TextDocument, Size: 10, Text: "練習の本文"},
		"long.pdf":       {Kind: TextDocument, Size: int64(len(long)), Text: long},
		"image.pdf":      {Kind: ImageDocument, Size: 10, Image: image.NewRGBA(image.Rect(0, 0, 4, 4))},
		"broken.pdf":     {Kind: ImageDocument, Size: 10},
		"pdf.pdf":        {Kind: PDFDocument, Size: 10, Pages: 1234},
		"uncounted.pdf":  {Kind: PDFDocument, Size: 10},
		"empty.pdf":      {Kind: TextDocument},
		"unopenable.pdf": {Kind: OtherDocument, Size: 10},
	}}
	for name, want := range map[string]string{
		"text": "練習の本文", "long": msg.SignBeginning.Ja, "image": msg.SignOpen.Ja, "broken": msg.SignUnseen.Ja,
		"pdf": msg.SignPages.In(msg.Ja, "1,234"), "uncounted": msg.SignPDF.Ja, "empty": msg.SignEmpty.Ja, "unopenable": msg.SignUnseen.Ja,
	} {
		path := "/tmp/" + name + ".pdf"
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
	for range 2 {
		w.drop([]string{"/tmp/late.txt"})
		w.untilText(msg.OpenLaterHow.Ja)
	}
	w.press(fyne.KeyEscape)
	w.saysNot(msg.OpenLaterHow.Ja)
	w.Open("", nil) // is no wish to open anything
	w.saysNot(msg.OpenLaterHow.Ja)
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

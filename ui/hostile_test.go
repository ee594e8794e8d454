package ui

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/ui/msg"
)

func TestWhatMayBeAProgramIsNotOpened(t *testing.T) {
	program := Document{Kind: OtherDocument, Size: 10}
	for _, name := range []string{"a.pdf.exe", "a.desktop", "a.html", "a.PDF.lnk", "a.js", "a.docm", "a.pdf ", "a"} {
		s := &signer{docs: map[string]Document{name: program}}
		w, _ := newSignWindow(t, s, msg.Ja, "/tmp/"+name)
		w.tap(msg.SignLook.Ja)
		w.untilText(msg.SignNotOpened.Ja)
		w.saysNot(msg.SignOpen.Ja)
		w.tap(msg.SignedShow.Ja)
		w.until("the folder", func() bool { s.mu.Lock(); defer s.mu.Unlock(); return len(s.opened) == 1 })
		if s.opened[0] != filepath.FromSlash("/tmp") {
			t.Errorf("%s: opened %s", name, s.opened[0])
		}
	}
	if !opens("/tmp/a.PDF") || !opens("/tmp/申告.xtx") {
		t.Error("documents are not opened")
	}
}

// finish ends the watch, waits for all other work, and lets in what that has to say.
func (w *testWindow) finish() {
	if w.stopWatch != nil {
		w.stopWatch()
	}
	w.runner.busy.Wait()
	for len(w.queue) > 0 {
		(<-w.queue)()
	}
}

// telling is a window whose watch tells what the test sends, and whose card is read as that
// says.
func telling(t *testing.T) (w *testWindow, tell, read chan Card) {
	tell, read = make(chan Card), make(chan Card)
	w = newTestWindow(t, Backend{
		Watch: func(ctx context.Context, _ string, show func(Card)) {
			for {
				select {
				case c := <-tell:
					show(c)
				case <-ctx.Done():
					return
				}
			}
		},
		ReadCard: func(context.Context, string) Card { return <-read },
	}, Settings{})
	w.watch("")
	return w, tell, read
}

func TestNoOtherCardIsChosenWhileAPINIsAskedFor(t *testing.T) {
	s := &signer{}
	w, r := newSignWindow(t, s, msg.Ja, "/tmp/a.pdf")
	w.tap(msg.SignDo.Ja)
	w.untilText(msg.PINSheetTitle.In(msg.Ja, msg.SignPIN.Ja))
	open := false
	go func() {
		w.Open(Practice, []string{"/tmp/b.pdf"})
		w.runner.do(func() { open = true })
	}()
	w.until("the second start", func() bool { return open })
	if w.source == Practice || w.current != signRoom || len(r.files) != 1 {
		t.Errorf("source %q, room %d, %d files: what the dialog is about has changed", w.source, w.current, len(r.files))
	}
	w.saysNot(msg.PracticePINs.Ja)
	w.says(msg.OpenLaterHow.Ja)
	w.press(fyne.KeyEscape)
	w.says(msg.PINSheetTitle.In(msg.Ja, msg.SignPIN.Ja))
	w.drop([]string{"/tmp/b.pdf"})
	w.sheets[0].cancel() // the work, below the question
	w.until("the end of the question", func() bool { return len(w.sheets) == 1 })
	w.drop([]string{"/tmp/b.pdf"})
	w.saysNot(msg.OpenLaterHow.Ja)
}

func TestAFileThatIsKnownLateOpensNothingOverADialog(t *testing.T) {
	known, s := make(chan struct{}), &signer{}
	w, _ := newSignWindow(t, s, msg.Ja, "/tmp/a.pdf")
	w.backend.Describe = func(_ context.Context, path string) Document {
		<-known
		return Document{Path: path, Kind: SignatureDocument}
	}
	w.openWhereTheyBelong([]string{"/tmp/late.p7s"})
	w.tap(msg.SignDo.Ja)
	w.untilText(msg.PINSheetTitle.In(msg.Ja, msg.SignPIN.Ja))
	close(known)
	w.untilText(msg.OpenLater.Ja)
	w.press(fyne.KeyEscape)
	w.typePIN("ABC123")
	w.untilText(msg.SignedOne.Ja)
	w.finish()
	if w.current != signRoom {
		t.Errorf("room %d", w.current)
	}
}

func TestAPINIsNotSentToACardThatMayBeAnother(t *testing.T) {
	for name, now := range map[string]Card{
		"being read": {Reading: true},
		"another":    with(goodCard(), func(c *Card) { c.ID = "B" }),
	} {
		ch := &changer{}
		w, r := pinWindow(t, goodCard(), ch, msg.Ja)
		r.change(card.AuthKey)
		form := r.form
		typePINs(w, "1234", "8259", "8259")
		w.show(now)
		form.submit()
		if w.works != 0 {
			t.Errorf("%s: the PIN was sent", name)
		}
	}
}

func TestACardThatIsReadAnewIsNotCalledLocked(t *testing.T) {
	w, r := pinWindow(t, withTries(5, 1), &changer{}, msg.Ja)
	r.change(card.AuthKey)
	w.show(Card{Reading: true})
	w.says(msg.LastTryOnly.Ja)
	w.tap(msg.LastTryUse.Ja)
	w.says(msg.Tries(msg.Ja, card.AuthKey, 1))
	w.saysNot(msg.Tries(msg.Ja, card.AuthKey, 0))
}

func TestAChangeIsNotSentTwice(t *testing.T) {
	ch := &changer{wait: true, started: make(chan struct{})}
	w, r := pinWindow(t, goodCard(), ch, msg.Ja)
	r.change(card.AuthKey)
	form := r.form
	typePINs(w, "1234", "8259", "8259")
	form.submit()
	form.submit()
	if w.works != 1 {
		t.Errorf("%d changes", w.works)
	}
	<-ch.started
}

func TestACardThatWasReadBeforeItLeftIsNotShown(t *testing.T) {
	w, tell, read := telling(t)
	tell <- goodCard()
	w.until("the card", func() bool { return w.card.Usable() })
	w.readCard()
	tell <- Card{Err: card.ErrNoCard}
	w.until("the removal", func() bool { return w.card.Err != nil })
	read <- goodCard()
	w.finish()
	if w.card.Usable() {
		t.Error("a card that has gone is shown")
	}
}

func TestTriesThatWereReadTooEarlyAreReadAgain(t *testing.T) {
	w, tell, read := telling(t)
	w.readCard()
	tell <- withTries(5, 3)
	w.until("the card", func() bool { return w.card.Usable() })
	read <- withTries(5, 2)
	w.until("the next reading", func() bool {
		select {
		case read <- withTries(4, 2):
			return true
		default:
			w.runner.do(func() {})
			return false
		}
	})
	w.finish()
	if left := w.card.Tries[card.SignKey]; left != 4 {
		t.Errorf("%d tries are shown", left)
	}
}

func TestAFileThatBreaksItsReaderIsTold(t *testing.T) {
	v := &verifier{answers: map[string]func(VerifyRequest) (*Verified, error){
		"bad.p7s": func(VerifyRequest) (*Verified, error) { panic("index out of range") },
	}}
	w, r := newVerifyWindow(t, v, msg.En, "/d/bad.p7s", "/d/good.p7s", "/d/other.p7s")
	w.untilDone(r)
	if len(r.checked) != 3 || r.checked[0].err == nil || r.checked[1].err != nil {
		t.Errorf("%d results:\n%s", len(r.checked), w.texts())
	}

	c := &reading{}
	b := c.backend()
	b.FileCertificates = func(_ context.Context, path string) ([]*Certificate, error) {
		if strings.HasSuffix(path, "empty.cer") {
			return nil, nil
		}
		panic("index out of range")
	}
	w = newTestWindow(t, b, Settings{Lang: msg.En})
	w.enter(certificateRoom)
	certs := w.rooms[certificateRoom].(*certificates)
	w.drop([]string{"/d/bad.cer", "/d/empty.cer"})
	w.untilRead(certs)
	if len(certs.entries) != 2 || certs.entries[0].err == nil || !errors.Is(certs.entries[1].err, card.ErrNoCertificate) {
		t.Errorf("%d entries:\n%s", len(certs.entries), w.texts())
	}
}

func TestClosingTwiceClosesOnceAndBeginsNothing(t *testing.T) {
	w := newTestWindow(t, Backend{}, Settings{})
	w.end()
	w.end()
	w.readCard() // would call a function that is not there
	<-w.queue    // closes the window, which a test does for itself
	select {
	case <-w.queue:
		t.Error("something else happens")
	case <-time.After(50 * time.Millisecond):
	}
}

func TestTheQuestionWhetherToCloseOutlivesTheWork(t *testing.T) {
	end := make(chan struct{})
	w := newTestWindow(t, Backend{}, Settings{})
	long(w.Window, "仕事", func(context.Context, func(Progress)) (struct{}, error) {
		<-end
		return struct{}{}, nil
	}, func(struct{}, error) {})
	w.close()
	w.says(msg.CloseWhileWorking.Ja)
	close(end)
	w.until("the work's end", func() bool { return w.works == 0 })
	w.says(msg.CloseWhileWorking.Ja)
	if b, ok := w.win.Canvas().Focused().(*button); !ok || b.label != msg.Back.Ja {
		t.Errorf("the focus is on %v", w.win.Canvas().Focused())
	}
	w.tap(msg.Back.Ja)
	if w.closing || len(w.sheets) > 0 {
		t.Errorf("closing %v, %d dialogs: the window can be used no more", w.closing, len(w.sheets))
	}
}

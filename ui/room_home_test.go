package ui

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/sign"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// goodCard is a card in which nothing is wrong.
func goodCard() Card {
	return Card{
		Reader: "Reader A", ID: "A", Info: card.Info{Kind: card.KindMynumber, Sign: true, Auth: true},
		Tries: map[card.Key]int{card.SignKey: 5, card.AuthKey: 3}, Auth: judgedAs("auth", Good, sign.PassedRevocationUnchecked),
	}
}

// judgedAs is a certificate of that kind, with that standing and verdict.
func judgedAs(kind string, s Standing, v sign.Verdict) *Certificate {
	say := func(what string) func(msg.Lang) string {
		return func(l msg.Lang) string { return what + " " + kind + " " + l.String() }
	}
	return &Certificate{
		Kind: kind, Standing: s, Verdict: v, Findings: []sign.Finding{{Code: "issuer_unknown", Verdict: v}},
		Title: say("title"), Life: say("life"), Headline: say("headline"), Advice: say("advice"),
	}
}

func with(c Card, change func(*Card)) Card {
	change(&c)
	return c
}

// cardStates are the states a card can be in, with the beginning of each title.
var cardStates = []struct {
	name   string
	card   Card
	ja, en string
}{
	{"reading", Card{Reading: true}, "カードを調べています", "Looking at the card"},
	{"no service", Card{Err: card.ErrNoService}, "読み取りサービスが動いていません", "Card service not running"},
	{"not permitted", Card{Err: card.ErrNotPermitted}, "読み取りサービスの利用が許可されていません", "Card service not permitted"},
	{"no reader", Card{Err: card.ErrNoReader}, "カードリーダーがありません", "No card reader"},
	{"unknown reader", Card{Err: &card.ReaderError{Names: []string{"B"}, Err: card.ErrUnknownReader}}, "選んだリーダーが見つかりません", "Chosen reader not found"},
	{"several", Card{Err: &card.ReaderError{Names: []string{"A", "B"}, Err: card.ErrSeveral}, Readers: []string{"A", "B"}}, "カードが複数あります", "More than one card"},
	{"no card", Card{Err: &card.ReaderError{Names: []string{"A"}, Err: card.ErrNoCard}}, "カードが置かれていません", "No card"},
	{"mute", Card{Err: card.ErrMuteCard}, "カードが応答しません", "The card does not answer"},
	{"other card", Card{Err: card.ErrOtherCard}, "署名に使えないカードです", "Not a card for signing"},
	{"in use", Card{Err: card.ErrInUse}, "ほかのソフトが使っています", "In use by another program"},
	{"removed", Card{Err: card.ErrRemoved}, "カードが離れました", "The card was removed"},
	{"malformed", Card{Err: card.ErrMalformed}, "カードを正しく読み取れません", "The card cannot be read"},
	{"unexpected", Card{Err: errors.New("odd")}, "カードを使えません", "The card cannot be used"},
	{"ready", goodCard(), "マイナンバーカードの準備ができました", "The My Number card is ready"},
	{"juki", with(goodCard(), func(c *Card) { c.Info.Kind, c.Info.Auth, c.Auth = card.KindJuki, false, nil }), "住民基本台帳カード（期限切れ）", "Juki card (expired)"},
	{"empty", with(goodCard(), func(c *Card) { c.Info.Sign, c.Info.Auth, c.Tries, c.Auth = false, false, nil, nil }), "電子証明書が入っていません", "No certificates on the card"},
	{"signing locked", withTries(0, 3), "署名用パスワードがロックされています", "Signing password locked"},
	{"authentication locked", withTries(5, 0), "利用者証明用暗証番号がロックされています", "Authentication PIN locked"},
	{"both locked", withTries(0, 0), "暗証番号がどちらもロックされています", "Both PINs locked"},
	{"expired", withStanding(Expired), "電子証明書の期限が切れています", "Certificate expired"},
	{"not genuine", withVerdict(sign.Failed), "電子証明書を確かめられません", "Certificate not confirmed"},
	{"of a CA not known", withVerdict(sign.Indeterminate), "電子証明書を確かめられません", "Certificate not confirmed"},
	{"ends soon", withStanding(EndsSoon), "電子証明書の期限が近づいています", "Certificate ends soon"},
	{"not yet", withStanding(NotYet), "電子証明書の期間が始まっていません", "Certificate not valid yet"},
}

func withTries(sign, auth int) Card {
	return with(goodCard(), func(c *Card) { c.Tries = map[card.Key]int{card.SignKey: sign, card.AuthKey: auth} })
}

func withVerdict(v sign.Verdict) Card {
	return with(goodCard(), func(c *Card) { c.Auth = judgedAs("auth", Good, v) })
}

func withStanding(s Standing) Card {
	return with(goodCard(), func(c *Card) { c.Auth = judgedAs("auth", s, sign.PassedRevocationUnchecked) })
}

func TestEachStateOfTheCardHasATitleASentenceAndANextStep(t *testing.T) {
	for _, l := range languages {
		w := newTestWindow(t, Backend{}, Settings{Lang: l})
		for _, state := range cardStates {
			w.show(state.card)
			title := state.ja
			if l == msg.En {
				title = state.en
			}
			_, words := w.cardState()
			if words.Title != title || words.Message == "" || words.Hint == "" && !w.card.Reading && state.name != "ready" {
				t.Errorf("%v, %s: %+v, want the title %q, a sentence and a next step", l, state.name, words, title)
			}
			said := w.texts()
			for _, want := range []string{w.say(msg.CardLine, title), "\n" + title + "\n", words.Message, words.Hint} {
				if !strings.Contains(said, want) {
					t.Errorf("%v, %s: %q is missing in\n%s", l, state.name, want, said)
				}
			}
		}
	}
}

func TestWhatTheRoomsSayCanBeDoneInTheWindow(t *testing.T) {
	w := newTestWindow(t, Backend{}, Settings{})
	for _, state := range cardStates {
		w.show(state.card)
		for _, option := range []string{" -r", "-v", "--", "emu:", "jpki dev", "jpki pin", "%!"} {
			if strings.Contains(w.texts(), option) {
				t.Errorf("%s: the window speaks of %q:\n%s", state.name, option, w.texts())
			}
		}
	}
}

func TestTroubleLeadsToTheDoctor(t *testing.T) {
	w := newTestWindow(t, Backend{}, Settings{})
	for _, state := range cardStates {
		if state.card.Err == nil {
			continue
		}
		w.enter(homeRoom)
		w.show(state.card)
		if w.tabTo("診断を開く"); w.current != doctorRoom {
			t.Errorf("%s: in room %d", state.name, w.current)
		}
	}
}

func TestTheCardsTitleIsSeenFromOtherRooms(t *testing.T) {
	w := newTestWindow(t, Backend{}, Settings{Lang: msg.En})
	w.enter(doctorRoom)
	w.show(Card{Err: card.ErrInUse})
	if !strings.Contains(w.texts(), "Card: In use by another program") {
		t.Error(w.texts())
	}
}

// watched is a backend that tells which source was asked for.
func watched(sources *[]string, w **testWindow) Backend {
	return Backend{Watch: func(ctx context.Context, source string, _ func(Card)) {
		(*w).runner.do(func() { *sources = append(*sources, source) })
		<-ctx.Done()
	}}
}

func TestOneOfSeveralReadersIsChosenWithAButton(t *testing.T) {
	var sources []string
	var w *testWindow
	w = newTestWindow(t, watched(&sources, &w), Settings{Lang: msg.En})
	w.show(Card{Err: card.ErrSeveral, Readers: []string{"Reader A", "Reader B"}})
	w.tabTo("Use “Reader B”")
	w.until("watching B", func() bool { return slices.Equal(sources, []string{"Reader B"}) })

	w.show(Card{Err: &card.ReaderError{Names: []string{"Reader A"}, Err: card.ErrUnknownReader}})
	w.tap("Use “Reader A”")
	w.until("watching A", func() bool { return len(sources) == 2 && sources[1] == "Reader A" })

	w.show(goodCard())
	w.tap("Look in all readers")
	w.until("watching all", func() bool { return len(sources) == 3 && sources[2] == "" })
}

func TestTheLargeButtonsLeadToTheirRooms(t *testing.T) {
	w := newTestWindow(t, Backend{}, Settings{})
	for _, c := range []Card{{Err: card.ErrNoReader}, goodCard()} {
		for label, want := range map[string]int{"署名する": signRoom, "署名を確かめる": verifyRoom, "証明書を見る": certificateRoom} {
			w.enter(homeRoom)
			w.show(c)
			if w.tabTo(label); w.current != want {
				t.Errorf("%s leads to room %d, want %d", label, w.current, want)
			}
		}
	}
}

func TestTriesAreShownAndTheLastOneStandsOut(t *testing.T) {
	w := newTestWindow(t, Backend{}, Settings{Lang: msg.En})
	w.show(withTries(0, 1))
	for _, want := range []string{"Signing password: locked", "Authentication PIN: 1 of 3 tries left: one more wrong try locks it"} {
		found := false
		walk(w.top(), func(o fyne.CanvasObject) {
			if line, ok := o.(*text); ok && line.content == want {
				found = line.heavy
			}
		})
		if !found {
			t.Errorf("%q is missing or not bold in\n%s", want, w.texts())
		}
	}
	if w.tap("To the PINs"); w.current != pinRoom {
		t.Error("the button does not lead to the PINs")
	}
	w.enter(homeRoom)
	w.show(with(goodCard(), func(c *Card) { delete(c.Tries, card.AuthKey) }))
	if said := w.texts(); strings.Contains(said, "Authentication PIN:") || !strings.Contains(said, "Signing password: 5 of 5 tries left") {
		t.Errorf("a PIN that the card lacks is shown:\n%s", said)
	}
}

func TestEverythingOnTheFirstPagesFitsIntoASmallWindow(t *testing.T) {
	long := strings.Repeat("Contactless Reader ", 6)
	for _, l := range languages {
		w := newTestWindow(t, Backend{}, Settings{Lang: l, Size: "large"})
		w.win.Resize(fyne.NewSize(450, 300))
		for _, c := range []Card{goodCard(), withTries(1, 0), {Err: card.ErrSeveral, Readers: []string{long, long}}} {
			w.show(c)
			w.fits(t, "home")
		}
		openAll(w)
		w.fits(t, "help")
	}
}

// narrow tells whether a text that stays on one line has too little space for that.
func narrow(o fyne.CanvasObject) bool {
	line, ok := o.(*text)
	return ok && line.single && o.Size().Width < o.MinSize().Width-1
}

// fits checks that nothing reaches over the right edge of the window.
func (w *testWindow) fits(t *testing.T, where string) {
	t.Helper()
	w.win.Resize(w.win.Canvas().Size().AddWidthHeight(0, 1))
	w.win.Resize(w.win.Canvas().Size().AddWidthHeight(0, -1))
	edge := w.win.Canvas().Size().Width
	walk(w.top(), func(o fyne.CanvasObject) {
		label := ""
		switch o := o.(type) {
		case *text:
			label = o.content
		case *button:
			label = o.label
		}
		if label == "" {
			return
		}
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
		if at.X < 0 || at.X+o.Size().Width > edge || narrow(o) || o.Size().Height < o.MinSize().Height-1 {
			t.Errorf("%v, %s, %s: %q is cut off: at %v, %v, needs %v", w.settings.Lang, w.settings.Size, where, label, at, o.Size(), o.MinSize())
		}
	})
}

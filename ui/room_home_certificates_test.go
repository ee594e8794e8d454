package ui

import (
	"context"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/sign"
	"github.com/jpki-desktop/jpki/ui/msg"
)

func TestACertificateIsShownWithItsVerdictAndAdvice(t *testing.T) {
	for _, l := range languages {
		w := newTestWindow(t, Backend{}, Settings{Lang: l})
		for _, v := range []sign.Verdict{sign.Passed, sign.PassedRevocationUnchecked, sign.Indeterminate, sign.Failed} {
			w.show(with(goodCard(), func(c *Card) { c.Auth = judgedAs("auth", Good, v) }))
			said := w.texts()
			for _, want := range []string{"title auth ", "life auth ", "headline auth ", "→ advice auth "} {
				if !strings.Contains(said, want+l.String()) {
					t.Errorf("%v, %v: %q is missing in\n%s", l, v, want, said)
				}
			}
			finding := msg.WindowFinding(l, sign.Finding{Code: "issuer_unknown"}).Message
			if why := v == sign.Failed || v == sign.Indeterminate; strings.Contains(said, finding) != why {
				t.Errorf("%v, %v: the reason is shown: %v, want %v", l, v, !why, why)
			}
		}
	}
}

func TestNoStateClaimsThatACertificateIsValid(t *testing.T) {
	for _, l := range languages {
		w := newTestWindow(t, Backend{}, Settings{Lang: l})
		for _, state := range cardStates {
			w.show(state.card)
			said := strings.ReplaceAll(w.texts(), "Certificate not valid yet", "")
			if strings.Contains(said, "有効") || strings.Contains(strings.ToLower(said), "valid") {
				t.Errorf("%v, %s claims more than a verdict:\n%s", l, state.name, said)
			}
		}
	}
}

func TestOnlyAVerdictWithNothingLeftOpenLooksGood(t *testing.T) {
	for v, want := range map[sign.Verdict]tone{sign.Passed: goodTone, sign.PassedRevocationUnchecked: plainTone, sign.Indeterminate: noteTone, sign.Failed: problemTone} {
		if got := max(standingTone(Good), verdictTone(v)); got != want {
			t.Errorf("%v looks like %v, want %v", v, got, want)
		}
	}
	if got := max(standingTone(Expired), verdictTone(sign.Passed)); got != problemTone {
		t.Errorf("an expired certificate looks like %v", got)
	}
}

func TestACertificateThatIsNotThereOrLockedIsSaidToBe(t *testing.T) {
	w := newTestWindow(t, Backend{}, Settings{Lang: msg.En})
	for _, test := range []struct {
		card Card
		want string
	}{
		{with(goodCard(), func(c *Card) { c.Info.Sign = false }), "The card has none."},
		{with(goodCard(), func(c *Card) { c.Info.Auth, c.Auth = false, nil }), "The card has none."},
		{withTries(0, 3), "It cannot be seen while the signing password is locked."},
		{with(goodCard(), func(c *Card) { c.Auth = nil }), "It could not be read. The check-up may tell why."},
		{with(goodCard(), func(c *Card) { c.Auth, c.Info.Kind = nil, card.KindAndroid }), "[Enter the PIN to see it]"},
		{goodCard(), "In most cases it ends on the same day as the authentication certificate."},
	} {
		w.show(test.card)
		if !strings.Contains(w.texts(), test.want) {
			t.Errorf("%q is missing in\n%s", test.want, w.texts())
		}
	}
}

// revealing is a window with a backend whose reading of certificates ends with answer.
func revealing(t *testing.T, answer func(ctx context.Context) ([]*Certificate, error)) (w *testWindow, asked *[]string) {
	asked = new([]string)
	w = newTestWindow(t, Backend{
		Certificates: func(ctx context.Context, source string, kinds []string, pin card.PINFunc) ([]*Certificate, error) {
			w.runner.do(func() { *asked = append(*asked, source+" "+strings.Join(kinds, ",")) })
			return answer(ctx)
		},
		ReadCard: func(context.Context, string) Card { return withTries(4, 3) },
	}, Settings{Lang: msg.En})
	w.show(goodCard())
	return w, asked
}

func TestTheSigningCertificateIsReadAndKeptWhileTheCardIsThere(t *testing.T) {
	w, asked := revealing(t, func(context.Context) ([]*Certificate, error) {
		return []*Certificate{judgedAs("sign", Good, sign.PassedRevocationUnchecked)}, nil
	})
	w.tabTo("Enter the signing password to see it")
	w.untilText("life sign en")
	if want := []string{" sign"}; !slices.Equal(*asked, want) {
		t.Errorf("asked for %q, want %q", *asked, want)
	}
	if title := w.win.Title(); !strings.Contains(title, "title sign en") {
		t.Errorf("the title is %q", title)
	}
	w.untilText("Signing password: 4 of 5 tries left")

	w.show(Card{Reading: true})
	w.show(goodCard())
	if !strings.Contains(w.texts(), "life sign en") {
		t.Error("the certificate is forgotten though the card is the same")
	}
	for _, next := range []Card{{Err: card.ErrNoCard}, with(goodCard(), func(c *Card) { c.ID = "B" })} {
		w.show(next)
		w.show(goodCard())
		if strings.Contains(w.texts(), "life sign en") {
			t.Fatalf("the certificate is kept after %+v", next)
		}
		w.tap("Enter the signing password to see it")
		w.untilText("life sign en")
	}
}

func TestWhyTheSigningCertificateCannotBeReadIsSaid(t *testing.T) {
	err := error(&card.PINError{Key: card.SignKey, Retries: 4})
	w, _ := revealing(t, func(context.Context) ([]*Certificate, error) { return nil, err })
	w.tap("Enter the signing password to see it")
	w.untilText("The signing password is wrong. 4 more wrong tries will lock it.")
	w.untilText("Signing password: 4 of 5 tries left")
	if title := w.win.Title(); !strings.Contains(title, "The signing password is wrong.") {
		t.Errorf("the title is %q", title)
	}
	err = errCancelled
	w.tap("Enter the signing password to see it")
	w.until("the work ends", func() bool { return w.works == 0 })
	if strings.Contains(w.texts(), "is wrong") {
		t.Error("an earlier problem is still shown after the user gave up")
	}
}

func TestReadingACertificateIsStopped(t *testing.T) {
	w, asked := revealing(t, func(ctx context.Context) ([]*Certificate, error) {
		<-ctx.Done()
		return nil, ctx.Err()
	})
	w.tap("Enter the signing password to see it")
	w.until("reading", func() bool { return len(*asked) == 1 })
	w.press(fyne.KeyEscape)
	w.until("the dialog closes", func() bool { return len(w.sheets) == 0 })
	if !strings.Contains(w.texts(), "[Enter the signing password to see it]") {
		t.Error(w.texts())
	}
}

func TestACertificateThatComesLateIsNotShownForAnotherCard(t *testing.T) {
	release := make(chan struct{})
	w, asked := revealing(t, func(context.Context) ([]*Certificate, error) {
		<-release
		return []*Certificate{judgedAs("sign", Good, sign.Passed)}, nil
	})
	w.backend.ReadCard = func(context.Context, string) Card { return w.card }
	w.tap("Enter the signing password to see it")
	w.until("reading", func() bool { return len(*asked) == 1 })
	w.show(with(goodCard(), func(c *Card) { c.ID = "B" }))
	close(release)
	w.until("the work ends", func() bool { return w.works == 0 })
	if strings.Contains(w.texts(), "life sign en") {
		t.Error("the certificate of a card that is gone is shown")
	}
}

func TestACertificateThatComesWhileInAnotherRoomIsThereLater(t *testing.T) {
	release := make(chan struct{})
	w, asked := revealing(t, func(context.Context) ([]*Certificate, error) {
		<-release
		return []*Certificate{judgedAs("sign", Good, sign.Passed)}, nil
	})
	w.tap("Enter the signing password to see it")
	w.until("reading", func() bool { return len(*asked) == 1 })
	w.enter(helpRoom)
	close(release)
	w.until("the work ends", func() bool { return w.works == 0 })
	w.enter(homeRoom)
	if !strings.Contains(w.texts(), "life sign en") {
		t.Error(w.texts())
	}
}

package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/adrg/xdg"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/card/emu"
	"github.com/jpki-desktop/jpki/cmd/internal/job"
	"github.com/jpki-desktop/jpki/sign"
	"github.com/jpki-desktop/jpki/ui"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// practice returns the backend of a user with a new practice card, and a folder.
func practice(t *testing.T) (ui.Backend, string) {
	t.Helper()
	dir := t.TempDir()
	for _, kind := range []string{"DATA", "CACHE", "STATE", "CONFIG"} {
		t.Setenv("XDG_"+kind+"_HOME", filepath.Join(dir, kind))
	}
	xdg.Reload()
	t.Cleanup(xdg.Reload)
	return newBackend(), dir
}

func answer(pin string) card.PINFunc {
	return func(card.Key, int) (card.PIN, error) { return card.PIN(pin), nil }
}

func TestSignedThenVerified(t *testing.T) {
	b, dir := practice(t)
	document := filepath.Join(dir, "申告.xtx")
	if err := os.WriteFile(document, []byte("<DATA/>"), 0o644); err != nil {
		t.Fatal(err)
	}
	steps := 0
	signed, err := b.Sign(t.Context(), ui.SignRequest{
		Source: ui.Practice, Files: []string{document, filepath.Join(dir, "missing")}, PIN: answer(emu.SignPIN),
		Progress: func(ui.Progress) { steps++ },
	})
	if err != nil || len(signed) != 2 || signed[0].Err != nil || signed[1].Err == nil || steps == 0 {
		t.Fatalf("signed %+v, %v, %d steps of progress", signed, err, steps)
	}
	if d := b.Describe(t.Context(), document); d.Kind != ui.TaxDocument || !d.Beside || !d.Signed() {
		t.Errorf("described as %+v", d)
	}
	for practice, want := range map[bool]sign.Verdict{true: sign.PassedRevocationUnchecked, false: sign.Indeterminate} {
		v, err := b.Verify(t.Context(), ui.VerifyRequest{File: signed[0].Output, Practice: practice, Progress: func(ui.Progress) {}})
		if err != nil || v.Verdict != want || !v.Practice {
			t.Fatalf("practice %v: %+v, %v", practice, v, err)
		}
		for _, l := range []msg.Lang{msg.Ja, msg.En} {
			text := string(v.Text(l))
			if !strings.Contains(text, v.Headline(l).Message) || !bytes.Contains(v.JSON(l), []byte(`"verdict": "`+string(want)+`"`)) {
				t.Errorf("the report lacks the verdict: %s\n%s", text, v.JSON(l))
			}
			if rows := append(v.Main(l, 0), v.Details(l, 0)...); len(rows) < 6 {
				t.Errorf("%v: only %d rows", l, len(rows))
			}
		}
	}
}

func TestCertificatesOfTheCardAreJudged(t *testing.T) {
	b, dir := practice(t)
	certs, err := b.Certificates(t.Context(), ui.Practice, []string{"sign"}, answer(emu.SignPIN))
	if err != nil || len(certs) != 1 {
		t.Fatal(certs, err)
	}
	c := certs[0]
	if c.Origin != ui.PracticeOrigin || c.Standing != ui.Good || c.Verdict != sign.PassedRevocationUnchecked {
		t.Errorf("judged %+v", c)
	}
	if life := c.Life(msg.Ja); !strings.HasPrefix(life, "あと ") {
		t.Errorf("life %q", life)
	}
	path := filepath.Join(dir, c.FileName(true))
	if err := b.Export(c, path, true, false); err != nil {
		t.Fatal(err)
	}
	again, err := b.FileCertificates(t.Context(), path)
	if err != nil || len(again) != 1 {
		t.Fatal(again, err)
	}
	if err := b.Export(c, path, true, false); err == nil {
		t.Error("a file that was there is overwritten")
	}
	if err := b.Remind(msg.Ja, certs, filepath.Join(dir, "r.ics"), false); err != nil {
		t.Error(err)
	}
}

func TestPINChangeKeepsAwayFromTheBirthDate(t *testing.T) {
	b, _ := practice(t)
	if _, err := b.Certificates(t.Context(), ui.Practice, []string{"sign"}, answer(emu.SignPIN)); err != nil {
		t.Fatal(err)
	}
	c := b.ReadCard(t.Context(), ui.Practice)
	if !c.Usable() || c.Auth == nil || c.Tries[card.SignKey] != 5 || !c.Info.Practice || c.ID == "" {
		t.Fatalf("the card is %+v", c)
	}
	var late error
	change := ui.PINChange{
		Source: ui.Practice, Key: card.AuthKey, Old: answer(emu.AuthPIN),
		New: func(problem error) (card.PIN, error) {
			if problem != nil {
				late = problem
				return nil, problem
			}
			return card.PIN("1111"), nil
		},
		Again: func() (card.PIN, error) { return card.PIN("1111"), nil },
	}
	if err := b.ChangePIN(t.Context(), change); err == nil || late == nil {
		t.Errorf("1111 is taken: %v, %v", err, late)
	}
	if b.WeakPIN(card.AuthKey, card.PIN("1111"), nil) == nil {
		t.Error("1111 is not weak")
	}
	change.New = func(error) (card.PIN, error) { return card.PIN("8259"), nil }
	change.Again = func() (card.PIN, error) { return card.PIN("8259"), nil }
	if err := b.ChangePIN(t.Context(), change); err != nil {
		t.Error(err)
	}
	if err := b.ChangePIN(t.Context(), change); err == nil {
		t.Error("the old PIN still holds")
	}
	if c := b.ReadCard(t.Context(), ui.Practice); c.Tries[card.AuthKey] != 2 {
		t.Errorf("tries %v", c.Tries)
	}
	if err := b.ResetPractice(); err != nil {
		t.Error(err)
	}
}

func TestDoctorOfThePracticeCard(t *testing.T) {
	b, _ := practice(t)
	d := b.Doctor(t.Context(), ui.Practice)
	if len(d.Checks) == 0 || d.System == "" || len(d.Text(msg.Ja)) == 0 {
		t.Errorf("the doctor says %+v", d)
	}
}

func TestWatchShowsThePracticeCardOnceAndEnds(t *testing.T) {
	b, _ := practice(t)
	ctx, cancel := context.WithCancel(t.Context())
	var states []ui.Card
	b.Watch(ctx, ui.Practice, func(c ui.Card) {
		states = append(states, c)
		if !c.Reading {
			cancel()
		}
	})
	if last := states[len(states)-1]; !last.Usable() || errors.Is(last.Err, card.ErrNoCard) {
		t.Errorf("the last state is %+v", last)
	}
}

// cardOf is the card that a new watch of source shows.
func cardOf(t *testing.T, b ui.Backend, source string) (last ui.Card) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	b.Watch(ctx, source, func(c ui.Card) {
		if last = c; !c.Reading {
			cancel()
		}
	})
	if !last.Usable() {
		t.Fatalf("the card is %+v", last)
	}
	return last
}

func TestTwoPhonesAreNotTakenForOne(t *testing.T) {
	b, dir := practice(t)
	file := filepath.Join(dir, "phone.json")
	if _, err := job.OpenPracticeProfile(file, "android"); err != nil {
		t.Fatal(err)
	}
	source := ui.Practice + file
	one, two := cardOf(t, b, source), cardOf(t, b, source)
	if one.Auth != nil || one.ID == "" || one.ID == two.ID {
		t.Errorf("without a certificate to tell them apart: %q, %q", one.ID, two.ID)
	}
	if now := b.ReadCard(t.Context(), source); now.ID != two.ID {
		t.Errorf("the same card is %q once it is read again, not %q", now.ID, two.ID)
	}
}

func TestABirthDateIsNotHeldAgainstAnotherCard(t *testing.T) {
	b, _ := practice(t)
	if _, err := b.Certificates(t.Context(), ui.Practice, []string{"sign"}, answer(emu.SignPIN)); err != nil {
		t.Fatal(err)
	}
	// A year is weak where it is the one of the holder's birth.
	born := func() (weak int) {
		for year := 1900; year < 2020; year++ {
			if b.WeakPIN(card.AuthKey, card.PIN(strconv.Itoa(year)), nil) != nil {
				weak++
			}
		}
		return weak
	}
	before := born()
	cardOf(t, b, ui.Practice)
	if after := born(); after >= before {
		t.Errorf("%d years are weak, before it was %d", after, before)
	}
}

func TestATimeThatAPracticeAuthoritySaysIsPractice(t *testing.T) {
	for kind, want := range map[sign.AnchorKind]bool{sign.AnchorPractice: true, sign.AnchorUser: false, sign.AnchorUnknown: false} {
		r := &sign.Report{Signatures: []sign.Signature{{
			Anchor: sign.Anchor{Kind: sign.AnchorPinned}, Timestamps: []sign.Timestamp{{Anchor: sign.Anchor{Kind: kind}}},
		}}}
		if got := signedInPractice(r); got != want {
			t.Errorf("%s: %v", kind, got)
		}
	}
}

func TestSettingsLastUntilTheNextStart(t *testing.T) {
	practice(t)
	want := ui.Settings{Lang: msg.En, Scheme: "black", Size: "large"}
	for range 2 { // into no folder, and over the old ones
		if err := save(want); err != nil {
			t.Fatal(err)
		}
	}
	if got := settings(""); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got := settings("ja"); got.Lang != msg.Ja {
		t.Error("--lang does not come first")
	}
}

func TestWhatIsNoSettingsIsNotRead(t *testing.T) {
	practice(t)
	t.Setenv("LC_ALL", "en_GB.UTF-8")
	usual := settings("")
	if usual != (ui.Settings{Lang: msg.En}) {
		t.Errorf("without any: %+v", usual)
	}
	path := settingsFile()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	long := `{"size":"large","more":"` + strings.Repeat("x", maxSettings) + `"}`
	for _, garbage := range []string{"", `{"size":"lar`, `{"size":"large","scheme":7}`, "\x00", long} {
		if err := os.WriteFile(path, []byte(garbage), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := settings(""); got != usual {
			t.Errorf("%.30q: %+v", garbage, got)
		}
	}
	os.Remove(path)
	if err := os.Mkdir(path, 0o700); err != nil {
		t.Fatal(err)
	}
	if got := settings(""); got != usual {
		t.Errorf("a folder: %+v", got)
	}
	if save(usual) == nil {
		t.Error("a folder was written")
	}
}

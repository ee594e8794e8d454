package cmd_test

import (
	"strings"
	"syscall"
	"testing"
	"time"
)

// changing starts a change of the authentication PIN on a terminal, and enters each key
// sequence when the text before it is on the screen.
func changing(t *testing.T, dir string, flags []string, dialogue ...[2]string) *terminal {
	t.Helper()
	term := onTerminal(t, dir, append([]string{"pin", "change", "auth", "-r", "emu:"}, flags...)...)
	for seen := 0; len(dialogue) > 0; dialogue = dialogue[1:] {
		seen = term.awaitAfter(seen, dialogue[0][0])
		term.typeKeys(dialogue[0][1])
	}
	return term
}

// awaitAfter waits until text is on the screen beyond the first seen bytes, and returns
// where it ends.
func (t *terminal) awaitAfter(seen int, text string) int {
	t.t.Helper()
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		screen := t.shown()
		if i := strings.Index(screen[seen:], text); i >= 0 {
			return seen + i + len(text)
		}
		if time.Now().After(deadline) {
			t.t.Fatalf("%q does not appear:\n%s", text, screen)
		}
	}
}

const (
	askOld   = "いまの利用者証明用暗証番号（あと 3 回）："
	askNew   = "新しい利用者証明用暗証番号："
	askAgain = "新しい利用者証明用暗証番号（確認のため、もう一度）："
)

// TestPINChangeOnATerminal changes a PIN at the highest level of output, and looks for
// the PINs on the screen and for the commands that it cost.
func TestPINChangeOnATerminal(t *testing.T) {
	dir, _ := home(t, 1)
	term := changing(t, dir, []string{"-v"}, [2]string{askOld, "1234\r"}, [2]string{askNew, "8257\x7f9\r"}, [2]string{askAgain, "8259\r"})
	code, screen := term.ends()
	if code != 0 || !strings.Contains(screen, "利用者証明用暗証番号を変更しました") {
		t.Fatalf("exit code %d:\n%s", code, screen)
	}
	if n := strings.Count(screen, "jpki: > "); n != 7 {
		t.Errorf("%d commands, not 7:\n%s", n, screen)
	}
	for _, explained := range []string{"数字 4 桁", "生年月日", "カードを動かさないで", "カードとは別の場所", "00 24 01 80 [masked]"} {
		if !strings.Contains(screen, explained) {
			t.Errorf("%q is not on the screen:\n%s", explained, screen)
		}
	}
	// The advice names 1234 as a bad PIN, so that the old one cannot be looked for.
	for _, secret := range []string{"8259", "8257", "825", "38 32 35", "31 32 33 34"} {
		if strings.Contains(screen, secret) {
			t.Errorf("%q is on the screen:\n%s", secret, screen)
		}
	}
}

func TestNewPINIsAskedForAgainOnATerminal(t *testing.T) {
	dir, _ := home(t, 1)
	term := changing(t, dir, nil, [2]string{askOld, "1234\r"},
		[2]string{askNew, "4321\r"}, [2]string{"順番どおりの並び", ""},
		[2]string{askNew, "8259\r"}, [2]string{askAgain, "8295\r"}, [2]string{"1 回目と 2 回目で違います", ""},
		[2]string{askNew, "8259\r"}, [2]string{askAgain, "8259\r"})
	if code, screen := term.ends(); code != 0 {
		t.Errorf("exit code %d:\n%s", code, screen)
	}
}

func TestThirdUnfitPINEndsTheChange(t *testing.T) {
	dir, _ := home(t, 1)
	term := changing(t, dir, nil, [2]string{askOld, "1234\r"},
		[2]string{askNew, "8259\r"}, [2]string{askAgain, "1\r"},
		[2]string{askNew, "8259\r"}, [2]string{askAgain, "2\r"},
		[2]string{askNew, "8259\r"}, [2]string{askAgain, "3\r"})
	code, screen := term.ends()
	if code != 4 || strings.Count(screen, askNew) != 3 || !strings.Contains(screen, "変更はしていません") {
		t.Errorf("exit code %d:\n%s", code, screen)
	}
	expectUntouched(t, dir)
}

// expectUntouched checks that no try of the practice card was spent.
func expectUntouched(t *testing.T, dir string) {
	t.Helper()
	if out, err := jpki(dir, "pin", "status", "-r", "emu:", "--lang", "en").Output(); !strings.Contains(string(out), "3 of 3") {
		t.Errorf("a try was spent: %v\n%s", err, out)
	}
}

// TestInterruptedPINChangeSaysWhatHolds stops a change at each question.
func TestInterruptedPINChangeSaysWhatHolds(t *testing.T) {
	questions := [][2]string{{askOld, "1234\r"}, {askNew, "8259\r"}, {askAgain, ""}}
	stops := map[string]func(*terminal){
		"Ctrl-C":  func(term *terminal) { term.typeKeys("\x03") },
		"SIGTERM": func(term *terminal) { term.cmd.Process.Signal(syscall.SIGTERM) },
	}
	for name, stop := range stops {
		for n := range questions {
			dir, _ := home(t, 1)
			dialogue := append([][2]string{}, questions[:n]...)
			term := changing(t, dir, nil, append(dialogue, [2]string{questions[n][0], ""})...)
			stop(term)
			code, screen := term.ends()
			if code != 130 || !strings.Contains(screen, "これまでの利用者証明用暗証番号のままです") {
				t.Errorf("%s at question %d: exit code %d:\n%s", name, n+1, code, screen)
			}
			expectUntouched(t, dir)
		}
	}
}

func TestPINChangeIsAskedInEnglish(t *testing.T) {
	dir, _ := home(t, 1)
	term := changing(t, dir, []string{"--lang", "en"},
		[2]string{"Present authentication PIN (tries left: 3): ", "9371\r"},
		[2]string{"New authentication PIN: ", "8259\r"},
		[2]string{"New authentication PIN, once more: ", "8259\r"})
	code, screen := term.ends()
	if code != 4 || !strings.Contains(screen, "2 more wrong tries will lock it") {
		t.Errorf("exit code %d:\n%s", code, screen)
	}
}

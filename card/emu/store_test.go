package emu_test

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jpki-desktop/jpki/card/emu"
)

func createCard(t testing.TB, p emu.Profile) (path string, c *emu.Card) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "練習用カード.json")
	c, err := emu.Create(path, p, content(t))
	if err != nil {
		t.Fatal(err)
	}
	return path, c
}

func openCard(t testing.TB, path string) *emu.Card {
	t.Helper()
	c, err := emu.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestFileKeepsCountersAndPINs(t *testing.T) {
	path, c := createCard(t, emu.Mynumber)
	send(t, c, selectJPKI, authPINEF, badPIN, signPINEF, goodSign, "00240180 06 58595A373839")
	again := openCard(t, path)
	if s := again.State(); s.Auth.Left != 2 || s.Sign.Left != 5 || s.Profile != emu.Mynumber {
		t.Errorf("%+v", s)
	}
	if got := sw(send(t, again, selectJPKI, signPINEF, "00200080 06 58595A373839", signKeyEF, signAnything)); got != "9000" {
		t.Errorf("signing with the new password: %s", got)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if found, _ := filepath.Glob(filepath.Join(filepath.Dir(path), "*")); len(found) != 2 {
		t.Errorf("beside the card: %q", found)
	}
}

func TestConnectionsShareTriesAndNothingElse(t *testing.T) {
	path, a := createCard(t, emu.Mynumber)
	b := openCard(t, path)
	send(t, a, selectJPKI, authPINEF, badPIN)
	if got := sw(send(t, b, selectJPKI, authPINEF, query)); got != "63C2" {
		t.Errorf("the other connection sees %s", got)
	}
	send(t, b, goodAuth)
	if got := sw(send(t, a, authKeyEF, signAnything)); got != "6982" {
		t.Errorf("signing after another's VERIFY: %s", got)
	}
	if got := a.State().Auth.Left; got != 3 {
		t.Errorf("%d tries left", got)
	}
	send(t, a, authPINEF, badPIN, badPIN, badPIN)
	if got := sw(send(t, b, "00240180 04 35363738")); got != "6984" {
		t.Errorf("CHANGE of a PIN that another has blocked: %s", got)
	}
}

func TestAnotherCardInThePlace(t *testing.T) {
	path, c := createCard(t, emu.Mynumber)
	send(t, c, selectJPKI, signPINEF)
	if _, err := emu.Create(path, emu.Mynumber, content(t)); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Transmit(unhex(t, goodSign)); !errors.Is(err, emu.ErrRemoved) {
		t.Errorf("replaced: %v", err)
	}
	c = openCard(t, path)
	send(t, c, selectJPKI, signPINEF)
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Transmit(unhex(t, goodSign)); !errors.Is(err, emu.ErrRemoved) {
		t.Errorf("deleted: %v", err)
	}
}

func TestTryThatCannotBeWrittenIsNotMade(t *testing.T) {
	path, c := createCard(t, emu.Mynumber)
	send(t, c, selectJPKI, signPINEF)
	// A directory in the way of the temporary file, not empty, stops root too.
	if err := os.MkdirAll(filepath.Join(path+".tmp", "x"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, pin := range []string{goodSign, badPIN} {
		if answer, err := c.Transmit(unhex(t, pin)); err == nil {
			t.Errorf("answered % X", answer)
		}
	}
	if got := c.State().Sign.Left; got != 5 {
		t.Errorf("%d tries left", got)
	}
	if _, err := emu.Create(path, emu.Mynumber, content(t)); err == nil {
		t.Error("made a card that could not be written")
	}
}

func TestFilesThatAreNoCard(t *testing.T) {
	path, _ := createCard(t, emu.Mynumber)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	edit := func(old, new string) string {
		if !strings.Contains(string(whole), old) {
			t.Fatalf("no %q in the file", old)
		}
		return strings.Replace(string(whole), old, new, 1)
	}
	for _, tc := range []struct{ name, data, want string }{
		{"empty", "", "EOF"},
		{"truncated", string(whole[:len(whole)/2]), "unexpected EOF"},
		{"two cards", string(whole) + string(whole), "something follows"},
		{"later version", edit(`"version": 1`, `"version": 2`), "version 2"},
		{"unknown profile", edit(`"mynumber"`, `"passport"`), `"passport"`},
		{"juki with two parts", edit(`"mynumber"`, `"juki"`), "no authentication part"},
		{"unknown field", edit(`"version"`, `"colour": 3, "version"`), "colour"},
		{"more tries than there are", edit(`"left": 5`, `"left": 6`), "6 tries left of 5"},
		{"fewer than none", edit(`"left": 3`, `"left": -1`), "-1 tries"},
		{"no parts", `{"version":1,"serial":"A","profile":"mynumber"}`, "neither"},
		{"no serial", `{"version":1,"profile":"mynumber"}`, "serial"},
		{"PIN of letters", edit(`"pin": "MTIzNA=="`, `"pin": "QUJDRA=="`), "breaks its rule"},
		{"damaged key", edit(`"key": "MIIE`, `"key": "MIIF`), "private key"},
		{"endless", strings.Repeat(" ", 70<<10), "over 65536 bytes"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "card")
			if err := os.WriteFile(path, []byte(tc.data), 0o600); err != nil {
				t.Fatal(err)
			}
			if _, err := emu.Open(path); err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("%v, want %q in it", err, tc.want)
			}
		})
	}
	if _, err := emu.Open(t.TempDir()); err == nil || !strings.Contains(err.Error(), "not a regular file") {
		t.Errorf("a directory: %v", err)
	}
	nowhere := filepath.Join(t.TempDir(), "none")
	if _, err := emu.Open(nowhere); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("nothing: %v", err)
	}
	if found, _ := filepath.Glob(nowhere + "*"); found != nil {
		t.Errorf("looking for a card left %q", found)
	}
}

// childVar names the card file, and the VERIFY to send again and again, in the process
// that the tests below start, which is this program.
const childVar = "JPKI_EMU_TEST_CHILD"

// TestChild is the child's work, and nothing in the parent. It says "sent" before each VERIFY and its answer after.
func TestChild(t *testing.T) {
	path, capdu, ok := strings.Cut(os.Getenv(childVar), "|")
	if !ok {
		return
	}
	c := openCard(t, path)
	send(t, c, selectJPKI, signPINEF)
	for range 1000 {
		fmt.Println("sent")
		fmt.Println("got", sw(send(t, c, capdu)))
	}
}

func startChild(t *testing.T, path, capdu string) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestChild$")
	cmd.Env = append(os.Environ(), childVar+"="+path+"|"+capdu)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd, bufio.NewScanner(out)
}

// killed runs a child, kills it after a while of its VERIFYs, and returns how many it
// sent and how many were answered 9000 and otherwise.
func killed(t *testing.T, path, capdu string, after time.Duration) (sent, good, bad int) {
	t.Helper()
	cmd, lines := startChild(t, path, capdu)
	for lines.Scan() {
		switch lines.Text() {
		case "sent":
			if sent++; sent == 1 {
				time.AfterFunc(after, func() { cmd.Process.Kill() })
			}
		case "got 9000":
			good++
		default:
			bad++
		}
	}
	if err := cmd.Wait(); err == nil {
		t.Fatal("the child ended by itself")
	}
	return sent, good, bad
}

func TestKilledProcessNeverWinsATry(t *testing.T) {
	for range 12 {
		path, _ := createCard(t, emu.Mynumber)
		after := time.Duration(rand.IntN(4000)) * time.Microsecond
		sent, _, bad := killed(t, path, badPIN, after)
		left := openCard(t, path).State().Sign.Left
		if left > max(0, 5-bad) || left < max(0, 5-sent) {
			t.Errorf("bad PIN: %d sent, %d answered, %d tries left of 5", sent, bad, left)
		}
	}
	for range 12 {
		path, c := createCard(t, emu.Mynumber)
		send(t, c, selectJPKI, signPINEF, badPIN, badPIN)
		after := time.Duration(rand.IntN(4000)) * time.Microsecond
		sent, good, bad := killed(t, path, goodSign, after)
		left := openCard(t, path).State().Sign.Left
		if bad != 0 || good > 0 && left < 4 || good == 0 && left != 3 && left != 2 && left != 5 {
			t.Errorf("good PIN: %d sent, %d good, %d bad, %d tries left", sent, good, bad, left)
		}
	}
}

func TestProcessesSpendTheSameTries(t *testing.T) {
	path, _ := createCard(t, emu.Mynumber)
	var wg sync.WaitGroup
	wrong := make(chan int, 2)
	for range 2 {
		cmd, lines := startChild(t, path, badPIN)
		wg.Go(func() {
			n := 0
			for lines.Scan() && lines.Text() != "got 6984" {
				if strings.HasPrefix(lines.Text(), "got 63C") {
					n++
				}
			}
			wrong <- n
			cmd.Process.Kill()
			_ = cmd.Wait() // says "killed"
		})
	}
	wg.Wait()
	if got := <-wrong + <-wrong; got != 5 {
		t.Errorf("two processes had %d tries together", got)
	}
}

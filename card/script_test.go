package card_test

import (
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"github.com/jpki-desktop/jpki/card"
)

// script is a connection that expects certain commands and answers them. Each line is
// "command > answer" in hexadecimal; "begin" and "end" stand for Begin and End.
type script struct {
	t     *testing.T
	lines []string
	sent  [][]byte // commands as they were handed over, not copies
}

func play(t *testing.T, lines ...string) *script {
	s := &script{t: t, lines: lines}
	t.Cleanup(func() {
		if len(s.lines) > 0 {
			t.Errorf("not sent: %s", strings.Join(s.lines, "; "))
		}
	})
	return s
}

// next takes the next line, which has to begin with got.
func (s *script) next(got string) (answer string) {
	s.t.Helper()
	if len(s.lines) == 0 {
		s.t.Fatalf("unexpected: %s", got)
	}
	command, answer, _ := strings.Cut(s.lines[0], ">")
	if want := strings.ReplaceAll(command, " ", ""); got != want {
		s.t.Fatalf("%s\nexpected: %s", got, want)
	}
	s.lines = s.lines[1:]
	return strings.ReplaceAll(answer, " ", "")
}

func (s *script) Begin() error { s.next("begin"); return nil }
func (s *script) End() error   { s.next("end"); return nil }
func (s *script) Close() error { return nil }

func (s *script) Transmit(capdu []byte) ([]byte, error) {
	s.t.Helper()
	s.sent = append(s.sent, capdu)
	answer, err := hex.DecodeString(s.next(fmt.Sprintf("%X", capdu)))
	if err != nil {
		s.t.Fatal(err)
	}
	return answer, nil
}

// Lines that many scripts share.
const (
	selectJPKI = "00A4040C 0A D392F000260100000001 > 9000"
	signPIN    = "00A4020C 02 001B > 9000"
	authPIN    = "00A4020C 02 0018 > 9000"
	signKey    = "00A4020C 02 001A > 9000"
	signCert   = "00A4020C 02 0001 > 9000"
	authCert   = "00A4020C 02 000A > 9000"
	verifySign = "00200080 06 414243313233 > 9000" // ABC123
	verifyAuth = "00200080 04 31323334 > 9000"     // 1234
)

// opened returns a card that was found, and what to play to it afterwards.
func opened(t *testing.T, lines ...string) (*card.Card, *script) {
	t.Helper()
	s := play(t, append([]string{"begin", selectJPKI}, lines...)...)
	c, err := card.New(s)
	if err != nil {
		t.Fatal(err)
	}
	return c, s
}

// telling returns a PINFunc that answers with pin, and checks how many tries it is told.
func telling(t *testing.T, pin card.PIN, tries int) card.PINFunc {
	return func(_ card.Key, left int) (card.PIN, error) {
		if left != tries {
			t.Errorf("told of %d tries, not %d", left, tries)
		}
		return pin, nil
	}
}

func unasked(t *testing.T) card.PINFunc {
	return func(k card.Key, _ int) (card.PIN, error) {
		t.Errorf("the %v PIN was asked for", k)
		return nil, fmt.Errorf("nobody knows the %v PIN", k)
	}
}

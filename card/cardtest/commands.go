package cardtest

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"github.com/jpki-desktop/jpki/card"
)

// Commands in hexadecimal, as the specification of the card would have them.
const (
	selectJPKI = "00A4040C0AD392F000260100000001"
	query      = "00200080"
	readFirst  = "00B0000000"
	fileToken  = "0006"
)

// files names the elementary files of a key.
type files struct{ cert, ca, key, pin string }

func filesOf(k card.Key) files {
	if k == card.SignKey {
		return files{"0001", "0002", "001A", "001B"}
	}
	return files{"000A", "000B", "0017", "0018"}
}

func selectFile(id string) string { return "00A4020C02" + id }

func verify(pin string) string {
	return fmt.Sprintf("00200080%02X%X", len(pin), pin)
}

// signSomething has the card sign four bytes, which it pads as it would a DigestInfo.
const signSomething = "802A0080040102030400"

// session sends raw commands inside one transaction.
type session struct {
	t    *testing.T
	conn card.Conn
}

func begin(t *testing.T, conn card.Conn) session {
	t.Helper()
	if err := conn.Begin(); err != nil {
		t.Fatalf("beginning a transaction: %v", err)
	}
	return session{t, conn}
}

// send returns the data and the status word of the last answer.
func (s session) send(capdus ...string) (data []byte, sw string) {
	s.t.Helper()
	for _, h := range capdus {
		capdu, err := hex.DecodeString(h)
		if err != nil {
			s.t.Fatalf("%s: %v", h, err)
		}
		answer, err := s.conn.Transmit(capdu)
		if err != nil {
			s.t.Fatalf("%s: %v", h, err)
		}
		n := len(answer) - 2
		if n < 0 || n > 256 {
			s.t.Fatalf("%s: an answer of %d bytes", h, len(answer))
		}
		data, sw = answer[:n], fmt.Sprintf("%X", answer[n:])
	}
	return data, sw
}

func (s session) end() {
	s.t.Helper()
	if err := s.conn.End(); err != nil {
		s.t.Fatalf("ending the transaction: %v", err)
	}
}

// commands checks the status words of single commands that spend no try.
func commands(t *testing.T, open func(t *testing.T) card.Conn, want Facts) {
	sign, conn := filesOf(card.SignKey), open(t)
	for _, c := range []struct {
		name string
		send []string
		want string
	}{
		{"SELECT application", []string{selectJPKI}, "9000"},
		{"SELECT another application", []string{"00A4040C0AD3921000310001010408"}, "6A82"},
		{"SELECT file", []string{selectJPKI, selectFile(sign.cert)}, "9000"},
		{"SELECT file with P1=00", []string{selectJPKI, "00A4000C02" + sign.cert}, "6A86"},
		{"SELECT missing file", []string{selectJPKI, selectFile("0003")}, "6A82"},
		{"query", []string{selectJPKI, selectFile(sign.pin), query}, fmt.Sprintf("63C%X", card.MaxTries(card.SignKey))},
		{"query of five bytes", []string{selectJPKI, selectFile(sign.pin), query + "00"}, "6700"},
		{"signing certificate before the password", []string{selectJPKI, selectFile(sign.cert), readFirst}, "6982"},
		{"signing before the password", []string{selectJPKI, selectFile(sign.key), signSomething}, "6982"},
		{"READ past the end", []string{selectJPKI, selectFile(fileToken), "00B0400000"}, "6B00"},
		{"READ with extended Le", []string{selectJPKI, selectFile(fileToken), "00B00000000100"}, "6700"},
		{"VERIFY with P2=00", []string{selectJPKI, selectFile(sign.pin), "0020000006" + strings.Repeat("41", 6)}, "6A86"},
		{"VERIFY of 17 bytes", []string{selectJPKI, selectFile(sign.pin), verify(strings.Repeat("A", 17))}, "6700"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := begin(t, conn)
			if _, sw := s.send(c.send...); sw != c.want {
				t.Errorf("%s: status %s, want %s", c.send[len(c.send)-1], sw, c.want)
			}
			s.end()
		})
	}
	t.Run("label", func(t *testing.T) {
		s := begin(t, conn)
		data, sw := s.send(selectJPKI, selectFile(fileToken), "00B0000020")
		if padded := fmt.Sprintf("%-32s", want.Label); sw != "9000" || string(data) != padded {
			t.Errorf("label %q, status %s; want %q", data, sw, padded)
		}
		s.end()
	})
}

// sessions checks what the card remembers, and for how long.
func sessions(t *testing.T, open func(t *testing.T) card.Conn, want Facts) {
	sign, conn := filesOf(card.SignKey), open(t)
	right, wrong := verify(want.SignPIN), verify(want.wrongPIN(card.SignKey))
	t.Run("counter goes down and up", func(t *testing.T) {
		s := begin(t, conn)
		s.expect("63C5", selectJPKI, selectFile(sign.pin), query)
		s.expect("63C4", wrong)
		s.expect("63C3", wrong)
		s.expect("63C3", query)
		s.expect("9000", right)
		s.expect("63C5", query)
		s.end()
	})
	t.Run("several signatures after one VERIFY", func(t *testing.T) {
		s := begin(t, conn)
		s.expect("9000", selectJPKI, selectFile(sign.pin), right)
		s.expect("9000", selectFile(sign.key))
		first, _ := s.send(signSomething)
		second, sw := s.send(signSomething)
		if sw != "9000" || len(first) == 0 || !bytes.Equal(first, second) {
			t.Errorf("signatures of %d and %d bytes, status %s; want twice the same", len(first), len(second), sw)
		}
		s.end()
	})
	t.Run("End clears the verified state", func(t *testing.T) {
		s := begin(t, conn)
		s.expect("9000", selectJPKI, selectFile(sign.pin), right)
		s.end()
		s = begin(t, conn)
		s.expect("6982", selectJPKI, selectFile(sign.key), signSomething)
		s.end()
	})
	t.Run("reading to the very end", func(t *testing.T) {
		s := begin(t, conn)
		read := 0
		for sw := ""; sw != "6B00" && read < 1<<16; {
			var data []byte
			data, sw = s.send(selectJPKI, selectFile(sign.ca), fmt.Sprintf("00B0%04X00", read))
			if sw != "9000" && sw != "6B00" {
				t.Fatalf("status %s at %d", sw, read)
			}
			read += len(data)
		}
		if read < len(want.SignCA) {
			t.Errorf("the file has %d bytes, the certificate %d", read, len(want.SignCA))
		}
		s.end()
	})
	t.Run("wrong PIN clears the verified state", func(t *testing.T) {
		s := begin(t, conn)
		s.expect("63C4", selectJPKI, selectFile(sign.pin), right, wrong)
		s.expect("6982", selectFile(sign.key), signSomething)
		s.end()
	})
}

func (s session) expect(want string, capdus ...string) {
	s.t.Helper()
	if _, sw := s.send(capdus...); sw != want {
		s.t.Errorf("after %d commands: status %s, want %s", len(capdus), sw, want)
	}
}

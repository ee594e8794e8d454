package report

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/mattn/go-runewidth"

	"github.com/jpki-desktop/jpki/ui/msg"
)

// TestRowsAlignByWidth prints labels of mixed widths: all values begin in one column.
func TestRowsAlignByWidth(t *testing.T) {
	var b bytes.Buffer
	WriteRows(&b, []Row{
		{Label: "氏名", Value: "@1"}, {Label: "SHA-256", Value: "@2"}, {Label: "利用者証明用電子証明書", Value: "@3"},
		{Label: "ﾊﾝｶｸ", Value: "@4"}, {Label: "𠮷", Value: "@5"}, {Label: "left out"},
	})
	lines := strings.Split(strings.TrimSpace(b.String()), "\n")
	if len(lines) != 5 {
		t.Fatalf("%d lines", len(lines))
	}
	for _, line := range lines {
		before, _, _ := strings.Cut("  "+strings.TrimSpace(line), "@")
		if got, want := runewidth.StringWidth(before), 2+22+2; got != want {
			t.Errorf("%q: value in column %d, want %d", line, got, want)
		}
	}
}

// TestNothingControlsTheTerminal passes hostile text through.
func TestNothingControlsTheTerminal(t *testing.T) {
	for in, want := range map[string]string{
		"a\x1b[2Jb": "a\uFFFD[2Jb", "\u202eabc": "\uFFFDabc", "葛󠄀城 𠮷田": "葛󠄀城 𠮷田", "a\nb\x7f\u009b": "a\uFFFDb\uFFFD\uFFFD",
	} {
		if got := Printable(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// TestDetailsAreKeptApart splits rows that stand in any order.
func TestDetailsAreKeptApart(t *testing.T) {
	rows := []Row{{Label: "a", Value: "1"}, {Label: "b", Value: "2", Detail: true}, {Label: "empty"}, {Label: "c", Note: "3"}, {Label: "d", Value: "4", Detail: true}}
	main, details := Split(rows)
	if labels(main) != "a c" || labels(details) != "b d" || len(rows) != 5 || rows[2].Label != "empty" {
		t.Errorf("main %q, details %q, rows %v", labels(main), labels(details), rows)
	}
}

func labels(rows []Row) string {
	var all []string
	for _, r := range rows {
		all = append(all, r.Label)
	}
	return strings.Join(all, " ")
}

// full is a disk without room.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }

var errFull = errors.New("no room")

// TestNoTextIsLostInSilence writes every text where there is no room.
func TestNoTextIsLostInSilence(t *testing.T) {
	for name, write := range map[string]func(io.Writer) error{
		"rows":        func(w io.Writer) error { return WriteRows(w, []Row{{Label: "a", Value: "1"}}) },
		"json":        func(w io.Writer) error { return WriteJSON(w, Tries{}) },
		"certificate": func(w io.Writer) error { return CertificateText(w, msg.Ja, checked(t)) },
		"check":       func(w io.Writer) error { return CheckText(w, msg.Ja, checked(t)) },
		"verify":      func(w io.Writer) error { return VerifyText(w, msg.Ja, verified(t)) },
		"doctor":      func(w io.Writer) error { return DoctorText(w, msg.Ja, diagnosis()) },
	} {
		if err := write(full{}); !errors.Is(err, errFull) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

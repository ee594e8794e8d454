package report

import (
	"bytes"
	"strings"
	"testing"

	"github.com/mattn/go-runewidth"
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

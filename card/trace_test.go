package card_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/jpki-desktop/jpki/card"
)

func TestTraceMasksSecrets(t *testing.T) {
	block := strings.Repeat("AB", 256)
	for _, c := range []struct {
		lines []string // of the script
		want  []string // all lines of the trace
	}{
		{[]string{"00A4040C 02 D392 > 9000"}, []string{"> 00 A4 04 0C 02 D3 92", "< 90 00"}},
		{[]string{"00200080 > 63C5"}, []string{"> 00 20 00 80", "< 63 C5"}},
		{[]string{"00200080 06 414243313233 > 9000"}, []string{"> 00 20 00 80 [masked]", "< 90 00"}},
		{[]string{"00200080 > 63C5", "00200080 00 > 6700"}, []string{"> 00 20 00 80", "< 63 C5", "> 00 20 00 80 [masked]", "< 67 00"}},
		{[]string{"00240180 04 35363738 > 9000"}, []string{"> 00 24 01 80 [masked]", "< 90 00"}},
		{[]string{"802A0080 04 01020304 00 > " + block + "9000"}, []string{"> 80 2A 00 80 [masked]", "< [masked] 90 00"}},
		{[]string{"802A0080 04 01020304 00 > 6180", "00C0000080 > 010203 9000"},
			[]string{"> 80 2A 00 80 [masked]", "< 61 80", "> 00 C0 00 00 80", "< [masked] 90 00"}},
		{[]string{"00B0000000 > " + block + "9000"}, []string{"> 00 B0 00 00 00", "< AB AB AB AB … (256 bytes) 90 00"}},
		{[]string{"00B0000004 > 308205AB 9000"}, []string{"> 00 B0 00 00 04", "< 30 82 05 AB 90 00"}},
		{[]string{"00B0010000 > 41 9000"}, []string{"> 00 B0 01 00 00", "< … (1 bytes) 90 00"}},
		{[]string{"00B0000000 > 6110", "00C0000010 > 4142434445 9000"},
			[]string{"> 00 B0 00 00 00", "< 61 10", "> 00 C0 00 00 10", "< … (5 bytes) 90 00"}},
		{[]string{"00B0 > 6700"}, []string{"> 00 B0", "< 67 00"}},
		{[]string{"00CA0000 > "}, []string{"> 00 CA 00 00", "< "}},
	} {
		var got []string
		s := play(t, c.lines...)
		conn := card.Trace(s, func(line string) { got = append(got, line) })
		for _, line := range c.lines {
			command, _, _ := strings.Cut(line, ">")
			var capdu []byte
			if _, err := fmt.Sscanf(strings.ReplaceAll(command, " ", ""), "%x", &capdu); err != nil {
				t.Fatal(err)
			}
			conn.Transmit(capdu)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q\nwant %q", got, c.want)
		}
	}
}

func TestTraceHandsEverythingThrough(t *testing.T) {
	want := errors.New("gone")
	var got []string
	conn := card.Trace(failing{want}, func(line string) { got = append(got, line) })
	_, err := conn.Transmit([]byte{0, 0x20, 0, 0x80, 1, 'A'})
	for _, err := range []error{err, conn.Begin(), conn.End(), conn.Close()} {
		if err != want {
			t.Errorf("%v, want %v", err, want)
		}
	}
	if !slices.Equal(got, []string{"> 00 20 00 80 [masked]", "< gone"}) {
		t.Errorf("%q", got)
	}
}

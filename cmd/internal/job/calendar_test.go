package job

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/emersion/go-ical"
)

// TestCalendarIsReadByAnotherParser gives calendars to a parser that is not ours.
func TestCalendarIsReadByAnotherParser(t *testing.T) {
	opened, _, err := insert(t)
	if err != nil {
		t.Fatal(err)
	}
	certs, err := opened.Certificates(Kinds(), password)
	if err != nil {
		t.Fatal(err)
	}
	reminders := Reminders(certs)
	const title = "署名用電子証明書の更新, ができる; ように\\なります\n二行目"
	data := Calendar(reminders, time.Now(), func(Reminder) (string, string) { return title, strings.Repeat("長い説明。", 40) })
	calendar, err := ical.NewDecoder(bytes.NewReader(data)).Decode()
	if err != nil {
		t.Fatal(err)
	}
	events := calendar.Events()
	if len(events) != len(reminders) || len(events) != 3*len(certs) {
		t.Fatalf("%d events of %d", len(events), len(reminders))
	}
	seen := map[string]bool{}
	for i, e := range events {
		checkEvent(t, &e, reminders[i], title)
		uid, _ := e.Props.Text(ical.PropUID)
		if seen[uid] || uid == "" {
			t.Errorf("identifier %q again", uid)
		}
		seen[uid] = true
	}
	again := Calendar(Reminders(certs), time.Now(), func(Reminder) (string, string) { return "", "" })
	for uid := range seen {
		if !strings.Contains(string(again), uid) {
			t.Errorf("identifier %s is not stable", uid)
		}
	}
}

func checkEvent(t *testing.T, e *ical.Event, r Reminder, title string) {
	t.Helper()
	start, err := e.DateTimeStart(time.UTC)
	if err != nil || !start.Equal(day(r.Day)) {
		t.Errorf("begins %v, want %v (%v)", start, day(r.Day), err)
	}
	if got, _ := e.Props.Text(ical.PropSummary); got != title {
		t.Errorf("title %q", got)
	}
	if len(e.Children) != 1 || e.Children[0].Name != ical.CompAlarm {
		t.Errorf("parts %v", e.Children)
	}
}

// TestLinesAreFoldedBetweenLetters checks RFC 5545 section 3.1.
func TestLinesAreFoldedBetweenLetters(t *testing.T) {
	for n := range 200 {
		var b strings.Builder
		property(&b, "SUMMARY", strings.Repeat("a", n)+strings.Repeat("字", n))
		for line := range strings.SplitSeq(strings.TrimSuffix(b.String(), "\r\n"), "\r\n") {
			if len(line) > foldAt || !utf8.ValidString(line) {
				t.Fatalf("%d: line %q", n, line)
			}
		}
		if unfolded := strings.ReplaceAll(b.String(), "\r\n ", ""); utf8.RuneCountInString(unfolded) != len("SUMMARY:\r\n")+2*n {
			t.Fatalf("%d: unfolded %q", n, unfolded)
		}
	}
}

func TestMonthsBefore(t *testing.T) {
	for _, c := range []struct {
		end    string
		months int
		want   string
	}{
		{"2031-04-23", 3, "2031-01-23"}, {"2031-05-31", 3, "2031-02-28"}, {"2028-05-31", 3, "2028-02-29"},
		{"2031-03-31", 1, "2031-02-28"}, {"2031-01-15", 1, "2030-12-15"}, {"2031-07-31", 1, "2031-06-30"},
	} {
		end, err := time.Parse(time.DateOnly, c.end)
		if err != nil {
			t.Fatal(err)
		}
		if got := monthsBefore(end, c.months).Format(time.DateOnly); got != c.want {
			t.Errorf("%d months before %s: %s, want %s", c.months, c.end, got, c.want)
		}
	}
}

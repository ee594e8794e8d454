package job

import (
	"encoding/hex"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// Reminder is one entry of a calendar: a day on which something is to be done about a
// certificate.
type Reminder struct {
	Kind  Kind
	Event Event
	Day   time.Time // any moment of that day in Japan
	uid   string
}

// Event is what a reminder is about.
type Event string

// The events.
const (
	RenewalOpens Event = "renewal_opens" // three months before the end
	OneMonthLeft Event = "one_month_left"
	LastDay      Event = "last_day"
)

// Reminders are the days to remember for certs, in the order of certs.
func Reminders(certs []*Certificate) []Reminder {
	var all []Reminder
	for _, c := range certs {
		for _, r := range []Reminder{
			{c.Kind, RenewalOpens, c.RenewalOpens(), ""},
			{c.Kind, OneMonthLeft, monthsBefore(c.NotAfter, 1), ""},
			{c.Kind, LastDay, c.NotAfter, ""},
		} {
			// The same certificate gives the same entries, so that importing again
			// updates a calendar and does not double it.
			r.uid = hex.EncodeToString(c.SHA256[:12]) + "-" + string(r.Event) + "@jpki"
			all = append(all, r)
		}
	}
	return all
}

// Calendar writes reminders as iCalendar (RFC 5545): entries for whole days in Japan, each
// with an alarm at nine in the morning. words are the title and the description of each.
func Calendar(reminders []Reminder, now time.Time, words func(Reminder) (title, description string)) []byte {
	var b strings.Builder
	property(&b, "BEGIN", "VCALENDAR")
	property(&b, "VERSION", "2.0")
	property(&b, "PRODID", "-//jpki//jpki//JA")
	property(&b, "CALSCALE", "GREGORIAN")
	property(&b, "METHOD", "PUBLISH")
	for _, r := range reminders {
		title, description := words(r)
		property(&b, "BEGIN", "VEVENT")
		property(&b, "UID", r.uid)
		property(&b, "DTSTAMP", now.UTC().Format("20060102T150405Z"))
		property(&b, "DTSTART;VALUE=DATE", day(r.Day).Format("20060102"))
		property(&b, "DTEND;VALUE=DATE", day(r.Day).AddDate(0, 0, 1).Format("20060102"))
		property(&b, "SUMMARY", escapeText(title))
		property(&b, "DESCRIPTION", escapeText(description))
		property(&b, "TRANSP", "TRANSPARENT")
		property(&b, "BEGIN", "VALARM")
		property(&b, "ACTION", "DISPLAY")
		property(&b, "DESCRIPTION", escapeText(title))
		property(&b, "TRIGGER", "PT9H")
		property(&b, "END", "VALARM")
		property(&b, "END", "VEVENT")
	}
	property(&b, "END", "VCALENDAR")
	return []byte(b.String())
}

// escapeText is a TEXT value (RFC 5545 section 3.3.11).
func escapeText(s string) string {
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`).Replace(s)
}

// foldAt is the most octets in a line (RFC 5545 section 3.1).
const foldAt = 75

// property writes one content line, folded between letters and never within one.
func property(b *strings.Builder, name, value string) {
	line := fmt.Sprintf("%s:%s", name, value)
	for len(line) > foldAt {
		n := foldAt
		for !utf8.RuneStart(line[n]) {
			n--
		}
		b.WriteString(line[:n] + "\r\n")
		line = " " + line[n:]
	}
	b.WriteString(line + "\r\n")
}

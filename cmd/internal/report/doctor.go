package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/mattn/go-runewidth"

	"github.com/jpki-desktop/jpki/cmd/internal/job"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// DoctorDocument is the result of jpki doctor (schema jpki.doctor/1).
type DoctorDocument struct {
	Schema  string      `json:"schema"`
	Checks  []checkJSON `json:"checks"`
	Cause   *causeJSON  `json:"cause"`   // the first problem; null if there is none
	Reached bool        `json:"reached"` // a card with JPKI was found
	Summary string      `json:"summary"`
}

// checkJSON is one thing that was looked at. Ok is false for problems alone, level tells
// notes and what was skipped apart too.
type checkJSON struct {
	Name   string `json:"name"`
	OK     bool   `json:"ok"`
	State  string `json:"state"`
	Level  string `json:"level"`
	Info   string `json:"info"`
	Remedy string `json:"remedy"`
}

type causeJSON struct {
	Name  string `json:"name"`
	State string `json:"state"`
}

// DoctorJSON returns the document about a diagnosis. Its messages are in the language l,
// all else is for scripts.
func DoctorJSON(l msg.Lang, d *job.Diagnosis) DoctorDocument {
	out := DoctorDocument{Schema: "jpki.doctor/1", Checks: []checkJSON{}, Reached: d.Reached, Summary: doctorSummary(l, d)}
	for _, c := range d.Checks {
		w := doctorWords(l, d, &c)
		out.Checks = append(out.Checks, checkJSON{c.Name, c.Level != job.Problem, c.State, string(c.Level), w.Message, w.Hint})
	}
	if c := d.Cause(); c != nil {
		out.Cause = &causeJSON{c.Name, c.State}
	}
	return out
}

// doctorWords are the words for a check.
func doctorWords(l msg.Lang, d *job.Diagnosis, c *job.Check) msg.Words {
	w := msg.Doctor(l, msg.System(d.Family), c.Name, c.State, c.Facts)
	if c.Level == job.OK || c.Level == job.Skipped {
		w.Hint = ""
	}
	return w
}

// DoctorSummary is a diagnosis in one line: the first cause that matters.
func DoctorSummary(l msg.Lang, d *job.Diagnosis) string { return Printable(doctorSummary(l, d)) }

func doctorSummary(l msg.Lang, d *job.Diagnosis) string {
	if cause := d.Cause(); cause != nil {
		return msg.DoctorHasCause.In(l, doctorWords(l, d, cause).Message)
	}
	if note := d.Attention(); note != nil {
		return msg.DoctorNoted.In(l, doctorWords(l, d, note).Message)
	}
	return msg.DoctorUsable.In(l)
}

// DoctorLine is a line of a diagnosis for people, [Printable].
type DoctorLine struct {
	Level  job.Level
	Mark   string // Level in words
	Label  string // what was looked at; several things that were skipped for one reason
	Info   string // what was found
	Remedy string // what to do; may be empty
}

var doctorMarks = map[job.Level]msg.Text{
	job.OK: msg.DoctorOK, job.Note: msg.DoctorNote, job.Problem: msg.DoctorProblem, job.Skipped: msg.DoctorSkipped,
}

// DoctorLines are the checks of a diagnosis in their order, those in one line that were
// left out for one reason.
func DoctorLines(l msg.Lang, d *job.Diagnosis) []DoctorLine {
	var lines []DoctorLine
	for i, c := range d.Checks {
		label := msg.DoctorLabel(c.Name).In(l)
		if c.Level == job.Skipped && i > 0 && d.Checks[i-1].State == c.State {
			lines[len(lines)-1].Label += msg.DoctorAnd.In(l) + label
			continue
		}
		w := doctorWords(l, d, &c)
		lines = append(lines, DoctorLine{c.Level, doctorMarks[c.Level].In(l), label, Printable(w.Message), Printable(w.Hint)})
	}
	return lines
}

// longestLabel is the width of the widest label that the others are aligned with.
const longestLabel = 26

// DoctorText writes a line for each check, its remedy below, and the summary, as jpki
// doctor prints them. It returns the error of w.
func DoctorText(w io.Writer, l msg.Lang, d *job.Diagnosis) error {
	var b bytes.Buffer
	lines := DoctorLines(l, d)
	mark, label := doctorColumns(lines)
	for _, line := range lines {
		fmt.Fprintf(&b, "%s  %s  %s\n", padded(line.Mark, mark), padded(line.Label, label), line.Info)
		if line.Remedy != "" {
			fmt.Fprintf(&b, "%s→ %s\n", strings.Repeat(" ", mark+2), line.Remedy)
		}
	}
	fmt.Fprintf(&b, "\n%s%s\n", msg.DoctorSummary.In(l), DoctorSummary(l, d))
	_, err := b.WriteTo(w)
	return err
}

// doctorColumns are the widths of marks and of labels on a terminal.
func doctorColumns(lines []DoctorLine) (mark, label int) {
	for _, line := range lines {
		mark = max(mark, runewidth.StringWidth(line.Mark))
		if width := runewidth.StringWidth(line.Label); width <= longestLabel {
			label = max(label, width)
		}
	}
	return mark, label
}

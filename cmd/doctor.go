package cmd

import (
	"context"
	"fmt"
	"runtime/debug"
	"strings"
	"time"

	"github.com/mattn/go-runewidth"
	"github.com/spf13/cobra"

	"github.com/jpki-desktop/jpki/cmd/internal/job"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// doctorJSON is the result of jpki doctor (schema jpki.doctor/1).
type doctorJSON struct {
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

type doctorOptions struct {
	app     *app
	details bool
}

func newDoctor(a *app) *cobra.Command {
	o := &doctorOptions{app: a}
	c := &cobra.Command{
		Use:     "doctor",
		Short:   a.say(msg.DoctorShort),
		Long:    a.say(msg.DoctorLong),
		Example: "  jpki doctor\n  jpki doctor -r emu:\n  jpki doctor --json",
		Args:    a.nothing,
		RunE:    func(c *cobra.Command, _ []string) error { return o.run(c.Context()) },
	}
	c.Flags().BoolVar(&o.details, "card-details", false, a.say(msg.FlagCardDetails))
	return c
}

func (o *doctorOptions) run(ctx context.Context) error {
	a := o.app
	v := buildVersion()
	doctor := job.Doctor{
		Source:  job.Source{Reader: a.reader},
		Version: fmt.Sprintf("%s (%s, %s/%s)", v.Version, v.Go, v.OS, v.Arch),
		Built:   built(),
		Details: o.details,
	}
	if a.verbose {
		doctor.Trace = func(line string) { fmt.Fprintf(a.stderr, "jpki: %s\n", line) }
	}
	d := doctor.Diagnose(ctx)
	if err := ctx.Err(); err != nil {
		return err
	}
	if a.json {
		if err := a.printJSON(a.doctorResult(d)); err != nil {
			return err
		}
	} else {
		a.printDoctor(d)
	}
	return status(doctorExit(d))
}

// built is when the source of this build was committed, zero if it does not say.
func built() time.Time {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return time.Time{}
	}
	for _, s := range info.Settings {
		if t, err := time.Parse(time.RFC3339, s.Value); s.Key == "vcs.time" && err == nil {
			return t
		}
	}
	return time.Time{}
}

// doctorExits has the exit code of a problem by the name of its check: the one that the
// other commands would end with. Those that it does not name are about the way to the card.
var doctorExits = map[string]int{
	"clock": exitFailed,
	"token": exitBad, "certificates": exitBad, "auth_certificate": exitBad, "auth_issuer": exitBad,
	"sign_ca": exitBad, "auth_ca": exitBad,
	"sign_pin": exitBlocked, "auth_pin": exitBlocked,
}

func doctorExit(d *job.Diagnosis) int {
	cause := d.Cause()
	if cause == nil {
		return exitDone
	}
	switch cause.State {
	case "removed", "hanging":
		return exitNoCard
	case "failed", "practice_unreadable":
		return exitFailed
	}
	if exit, ok := doctorExits[cause.Name]; ok {
		return exit
	}
	return exitNoCard
}

// doctorWords are the words for a check.
func (a *app) doctorWords(d *job.Diagnosis, c *job.Check) msg.Words {
	w := msg.Doctor(a.lang, msg.System(d.Family), c.Name, c.State, c.Facts)
	if c.Level == job.OK || c.Level == job.Skipped {
		w.Hint = ""
	}
	return w
}

// doctorSummary is the diagnosis in one line: the first cause that matters.
func (a *app) doctorSummary(d *job.Diagnosis) string {
	if cause := d.Cause(); cause != nil {
		return a.say(msg.DoctorHasCause, a.doctorWords(d, cause).Message)
	}
	if note := d.Attention(); note != nil {
		return a.say(msg.DoctorNoted, a.doctorWords(d, note).Message)
	}
	return a.say(msg.DoctorUsable)
}

func (a *app) doctorResult(d *job.Diagnosis) doctorJSON {
	r := doctorJSON{Schema: "jpki.doctor/1", Checks: []checkJSON{}, Reached: d.Reached, Summary: a.doctorSummary(d)}
	for _, c := range d.Checks {
		w := a.doctorWords(d, &c)
		r.Checks = append(r.Checks, checkJSON{c.Name, c.Level != job.Problem, c.State, string(c.Level), w.Message, w.Hint})
	}
	if c := d.Cause(); c != nil {
		r.Cause = &causeJSON{c.Name, c.State}
	}
	return r
}

var doctorMarks = map[job.Level]msg.Text{
	job.OK: msg.DoctorOK, job.Note: msg.DoctorNote, job.Problem: msg.DoctorProblem, job.Skipped: msg.DoctorSkipped,
}

// doctorLine is a line of the diagnosis for people.
type doctorLine struct{ mark, label, info, remedy string }

// doctorLines are the checks, those in one line that were left out for one reason.
func (a *app) doctorLines(d *job.Diagnosis) []doctorLine {
	var lines []doctorLine
	for i, c := range d.Checks {
		w := a.doctorWords(d, &c)
		l := doctorLine{a.say(doctorMarks[c.Level]), a.say(msg.DoctorLabel(c.Name)), w.Message, w.Hint}
		if c.Level == job.Skipped && i > 0 && d.Checks[i-1].State == c.State {
			last := &lines[len(lines)-1]
			last.label += a.say(msg.DoctorAnd) + l.label
			continue
		}
		lines = append(lines, l)
	}
	return lines
}

// printDoctor prints a line for each check, and its remedy below.
func (a *app) printDoctor(d *job.Diagnosis) {
	lines := a.doctorLines(d)
	mark, label := 0, 0
	for _, l := range lines {
		mark = max(mark, runewidth.StringWidth(l.mark))
		if width := runewidth.StringWidth(l.label); width <= longestLabel {
			label = max(label, width)
		}
	}
	for _, l := range lines {
		fmt.Fprintf(a.stdout, "%s  %s  %s\n", padded(l.mark, mark), padded(l.label, label), printable(l.info))
		if l.remedy != "" {
			fmt.Fprintf(a.stdout, "%s→ %s\n", strings.Repeat(" ", mark+2), printable(l.remedy))
		}
	}
	fmt.Fprintf(a.stdout, "\n%s%s\n", a.say(msg.DoctorSummary), printable(a.doctorSummary(d)))
}

// longestLabel is the width of the widest label that the others are aligned with.
const longestLabel = 26

// padded fills a text with spaces up to a width on a terminal.
func padded(text string, width int) string {
	return text + strings.Repeat(" ", max(0, width-runewidth.StringWidth(text)))
}

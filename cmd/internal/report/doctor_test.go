package report

import (
	"bytes"
	"strings"
	"testing"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/cmd/internal/job"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// diagnosis is one with a problem, and two things left out because of it.
func diagnosis() *job.Diagnosis {
	return &job.Diagnosis{Family: "debian", Checks: []job.Check{
		{Name: "network", State: "unused", Level: job.OK},
		{Name: "sign_pin", State: "failed", Level: job.Problem, Facts: []any{"a\x1b[2Jb"}},
		{Name: "sign_ca", State: "not_looked_at", Level: job.Skipped},
		{Name: "auth_ca", State: "not_looked_at", Level: job.Skipped},
	}}
}

// TestDoctorLinesJoinWhatWasLeftOut looks at the list that a window shows.
func TestDoctorLinesJoinWhatWasLeftOut(t *testing.T) {
	lines := DoctorLines(msg.En, diagnosis())
	if len(lines) != 3 {
		t.Fatalf("%+v", lines)
	}
	fine, problem, skipped := lines[0], lines[1], lines[2]
	if fine.Level != job.OK || fine.Remedy != "" || fine.Mark != msg.DoctorOK.En {
		t.Errorf("%+v", fine)
	}
	if problem.Level != job.Problem || problem.Remedy == "" || problem.Mark != msg.DoctorProblem.En || !strings.Contains(problem.Info, "a\uFFFD[2Jb") {
		t.Errorf("%+v", problem)
	}
	both := msg.DoctorLabel("sign_ca").En + msg.DoctorAnd.En + msg.DoctorLabel("auth_ca").En
	if skipped.Label != both || skipped.Remedy != "" {
		t.Errorf("%+v", skipped)
	}
}

// TestDoctorTextHoldsEveryLine looks for the list of a window in what the command line
// prints, and for the summary, which is about the problem.
func TestDoctorTextHoldsEveryLine(t *testing.T) {
	d := diagnosis()
	var b bytes.Buffer
	if err := DoctorText(&b, msg.Ja, d); err != nil {
		t.Fatal(err)
	}
	for _, l := range DoctorLines(msg.Ja, d) {
		for _, part := range []string{l.Mark, l.Label, l.Info + "\n", l.Remedy} {
			if !strings.Contains(b.String(), part) {
				t.Errorf("%q is missing in %s", part, b.String())
			}
		}
	}
	summary := DoctorSummary(msg.Ja, d)
	if strings.ContainsRune(summary, '\x1b') || !strings.HasSuffix(b.String(), summary+"\n") || !strings.Contains(summary, DoctorLines(msg.Ja, d)[1].Info) {
		t.Errorf("summary %q", summary)
	}
	if doc := DoctorJSON(msg.Ja, d); doc.Cause == nil || doc.Cause.Name != "sign_pin" || doc.Checks[1].OK || len(doc.Checks) != 4 {
		t.Errorf("%+v", doc)
	}
}

func TestTriesAreSaid(t *testing.T) {
	for _, x := range []struct {
		tries *Tries
		want  string
	}{
		{nil, "none"}, {&Tries{0, 5}, "locked"}, {&Tries{1, 5}, "1 of 5 tries left: one more wrong try locks it"}, {&Tries{2, 5}, "2 of 5 tries left"},
	} {
		if got := TriesLeft(msg.En, x.tries); got != x.want {
			t.Errorf("%v: %q, want %q", x.tries, got, x.want)
		}
	}
}

// TestBlockedPINHasARemedy shows a card whose signing password is locked and which has no
// authentication key.
func TestBlockedPINHasARemedy(t *testing.T) {
	info := &card.Info{Kind: card.KindMynumber, Practice: true, Sign: true, Label: "JPKIAPICCTOKEN2"}
	tries := map[card.Key]int{card.SignKey: 0}
	d := CardJSON("emu:", info, tries)
	if d.Kind != "practice" || d.Tries.Auth != nil || *d.Tries.Sign != (Tries{0, card.MaxTries(card.SignKey)}) {
		t.Errorf("%+v", d)
	}
	rows := CardRows(msg.En, d)
	if find(t, rows, "Signing password").Value != "locked" || find(t, rows, "Authentication certificate").Value != "none" {
		t.Errorf("%+v", rows)
	}
	if hints := BlockedHints(msg.En, d); len(hints) != 1 || hints[0] == "" {
		t.Errorf("%q", hints)
	}
	pins := PINJSON(msg.En, "emu:", info, tries)
	if got, want := PINRemedy(msg.En, pins), msg.PINRemedy(card.KindMynumber, true).En; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if len(PINKeyRows(msg.En, pins, card.SignKey)) != 3 || len(PINKeyRows(msg.En, pins, card.AuthKey)) != 1 {
		t.Errorf("%+v", PINRows(msg.En, pins))
	}
	tries[card.SignKey] = 3
	if got := PINRemedy(msg.En, PINJSON(msg.En, "emu:", info, tries)); got != "" {
		t.Errorf("not locked: %q", got)
	}
}

package cmd_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/jpki-desktop/jpki/cmd/internal/job"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// sampleFacts fit any text of the doctor: what is printed as a number is one.
func sampleFacts(t *testing.T, found msg.Words) []any {
	facts := []any{"FIRST", "SECOND", "THIRD", "FOURTH", "FIFTH"}
	for _, bad := range regexp.MustCompile(`%!d\(string=(\w+)\)`).FindAllStringSubmatch(found.Message+found.Hint, -1) {
		for i, name := range []string{"FIRST", "SECOND", "THIRD", "FOURTH", "FIFTH"} {
			if bad[1] == name {
				facts[i] = 1234
			}
		}
	}
	return facts
}

// TestDoctorHasWordsForEverything looks at the words of every outcome on every system, in
// both languages: what was found, and for problems what to do.
func TestDoctorHasWordsForEverything(t *testing.T) {
	kana := regexp.MustCompile(`[ぁ-んァ-ヶ]`)
	for name, outcomes := range job.Outcomes() {
		if label := msg.DoctorLabel(name); label.Ja == "" || label.En == "" || kana.MatchString(label.En) {
			t.Errorf("%s: label %v", name, label)
		}
		for state, level := range outcomes {
			for _, system := range msg.Systems() {
				var hints []bool
				for _, l := range []msg.Lang{msg.Ja, msg.En} {
					w := msg.Doctor(l, system, name, state, []any{"FIRST", "SECOND", "THIRD", "FOURTH", "FIFTH"})
					w = msg.Doctor(l, system, name, state, sampleFacts(t, w))
					all := w.Message + w.Hint
					if w.Message == "" || level == job.Problem && w.Hint == "" || strings.Contains(all, "%!") {
						t.Errorf("%s/%s on %s in %v: %q %q", name, state, system, l, w.Message, w.Hint)
					}
					if l == msg.En && kana.MatchString(all) || l == msg.Ja && w.Hint != "" && !kana.MatchString(w.Hint) {
						t.Errorf("%s/%s in the wrong language: %q", name, state, all)
					}
					hints = append(hints, w.Hint != "")
				}
				if hints[0] != hints[1] {
					t.Errorf("%s/%s on %s has a remedy in one language only", name, state, system)
				}
			}
		}
	}
}

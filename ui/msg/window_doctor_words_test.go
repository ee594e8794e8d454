package msg

import (
	"errors"
	"regexp"
	"strings"
	"testing"

	"github.com/jpki-desktop/jpki/card"
)

// commandLine is what only the command line has.
var commandLine = regexp.MustCompile(`jpki (doctor|dev|cert|pin|card)|[「“]-|JPKI_READER|emu:`)

func TestTheWindowsCheckUpNamesNoOptionOrCommand(t *testing.T) {
	facts := []any{"A", "B", "C", "D"}
	for code := range diagnoses {
		name, state, ok := strings.Cut(code, ".")
		if !ok {
			name, state = "token", code
		}
		for _, s := range Systems() {
			for _, l := range []Lang{Ja, En} {
				words := WindowDoctor(l, s, name, state, facts)
				if found := commandLine.FindString(words.Message + words.Hint); found != "" {
					t.Errorf("%s on %s: %q in %q, %q", code, s, found, words.Message, words.Hint)
				}
				own, plain := windowDiagnoses[code], Doctor(l, s, name, state, facts)
				if own.found == (Text{}) && words.Message != plain.Message || plain.Hint != "" && words.Hint == "" {
					t.Errorf("%s on %s: %q, %q", code, s, words.Message, words.Hint)
				}
			}
		}
	}
}

func TestEveryWindowDiagnosisIsOneOfTheDoctors(t *testing.T) {
	for code := range windowDiagnoses {
		if _, ok := diagnoses[code]; !ok {
			t.Errorf("the doctor never says %q", code)
		}
	}
}

// spentTry ended a change, and may have cost a try.
type spentTry struct{ error }

func (spentTry) Unchanged() (card.Key, bool) { return card.SignKey, true }

func TestTheWindowSendsNobodyToTheCommandLineForTries(t *testing.T) {
	for _, l := range []Lang{Ja, En} {
		words := WindowError(l, spentTry{errors.New("odd")})
		if commandLine.MatchString(words.Message) || !strings.Contains(words.Message, RoomPINs.In(l)) {
			t.Errorf("%q", words.Message)
		}
		if command := Error(l, spentTry{errors.New("odd")}).Message; !strings.Contains(command, "jpki pin status") {
			t.Errorf("%q", command)
		}
	}
}

package msg

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/jpki-desktop/jpki/sign"
)

func TestNoFindingInTheWindowNamesAnOptionOfTheCommandLine(t *testing.T) {
	codes := slices.Concat(slices.Collect(maps.Keys(findings)), slices.Collect(maps.Keys(revocationFindings)), slices.Collect(maps.Keys(timestampFindings)))
	if len(codes) < 100 {
		t.Fatalf("only %d codes", len(codes))
	}
	for _, code := range codes {
		for _, l := range []Lang{Ja, En} {
			words := WindowFinding(l, sign.Finding{Code: code, Detail: "detail"})
			if strings.Contains(words.Message+words.Hint, "--") {
				t.Errorf("%s, %s: %s → %s", code, l, words.Message, words.Hint)
			}
		}
	}
}

func TestHintsOfTheWindowTakeThePlaceOfThoseThatNeedIt(t *testing.T) {
	for code, hint := range windowHints {
		if hint.Ja == "" || hint.En == "" {
			t.Errorf("%s has no hint in one language", code)
		}
		if before := Finding(En, sign.Finding{Code: code}); before.Message == code {
			t.Errorf("%s is no finding", code)
		} else if !strings.Contains(before.Hint, "--") {
			t.Errorf("%s: the hint %q does as it is", code, before.Hint)
		}
	}
}

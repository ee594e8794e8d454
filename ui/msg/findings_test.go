package msg

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jpki-desktop/jpki/sign"
)

// elsewhere are the codes that packages sign and job add to those of the verifiers.
var elsewhere = []string{"file_empty", "revocation_unchecked", "certificate_expired", "clock_behind"}

// codesIn returns the exported string constants of a file of codes.
func codesIn(t *testing.T, path string) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || !spec.Names[0].IsExported() {
			return true
		}
		for _, v := range spec.Values {
			if code, ok := literal(v); ok {
				codes = append(codes, code)
			}
		}
		return true
	})
	if len(codes) < 20 {
		t.Fatalf("%s: only %d codes", path, len(codes))
	}
	return codes
}

func TestEveryFindingHasWords(t *testing.T) {
	codes := slices.Concat(codesIn(t, "../../sign/pki/findings.go"), codesIn(t, "../../sign/cms/findings.go"), elsewhere)
	words := slices.Concat(slices.Collect(maps.Keys(findings)), slices.Collect(maps.Keys(revocationFindings)), slices.Collect(maps.Keys(timestampFindings)))
	for _, code := range codes {
		if !slices.Contains(words, code) {
			t.Errorf("%s has no words", code)
		}
	}
	for _, code := range words {
		if !slices.Contains(codes, code) {
			t.Errorf("%s has words and no code", code)
		}
	}
}

func TestWordsOfFindingsTakeTheirArguments(t *testing.T) {
	when := time.Date(2027, 6, 1, 3, 0, 0, 0, time.UTC)
	for _, all := range []map[string]entry{findings, revocationFindings, timestampFindings} {
		for code, e := range all {
			if e.message.Ja == "" || e.message.En == "" || (e.hint.Ja == "") != (e.hint.En == "") {
				t.Errorf("%s is not in both languages", code)
			}
			for _, l := range []Lang{Ja, En} {
				w := Finding(l, sign.Finding{Code: code, Detail: "detail", Time: when})
				if text := w.Message + w.Hint; strings.Contains(text, "%!") || strings.Contains(text, "%[") {
					t.Errorf("%s: %s", code, text)
				}
			}
		}
	}
}

func TestNoFindingHasTwoSetsOfWords(t *testing.T) {
	for code := range revocationFindings {
		if _, twice := findings[code]; twice {
			t.Errorf("%s has words in two places", code)
		}
	}
}

func TestReasonsForRevocationAreWords(t *testing.T) {
	f := sign.Finding{Code: "revoked", Detail: "affiliationChanged", Time: time.Date(2027, 6, 1, 3, 0, 0, 0, time.UTC)}
	if got, want := Finding(Ja, f).Message, "証明書は 2027年6月1日（令和9年） 12:00:00 に失効しています（理由：氏名や住所などの変更）。"; got != want {
		t.Errorf("got %s", got)
	}
	if got := RevocationReason("somethingNew").In(En); got != "somethingNew" {
		t.Errorf("got %s", got)
	}
}

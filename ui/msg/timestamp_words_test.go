package msg

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jpki-desktop/jpki/sign"
)

// timestampError is an error of the time-stamp client or of an extension, as job makes it.
type timestampError struct {
	code string
	args []any
}

func (e timestampError) Error() string { return e.code }
func (e timestampError) Code() string  { return e.code }
func (e timestampError) Args() []any   { return e.args }

func TestEveryErrorAboutTimestampsHasWords(t *testing.T) {
	var codes []string
	for _, path := range []string{"../../sign/pki/tsa.go", "../../cmd/internal/job/extend.go"} {
		source, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`"((tsa|evidence|extend)_[a-z_]+)"`).FindAllSubmatch(source, -1) {
			codes = append(codes, string(m[1]))
		}
	}
	slices.Sort(codes)
	codes = slices.Compact(codes)
	if words := slices.Sorted(maps.Keys(timestampErrors)); !slices.Equal(codes, words) {
		t.Errorf("codes %v\nwords %v", codes, words)
	}
	f := sign.Finding{Code: "crl_expired", Detail: "ca.crl", Time: time.Now()}
	for _, code := range codes {
		for _, l := range []Lang{Ja, En} {
			args := []any{"detail", time.Now()}
			if code == "tsa_token_bad" || code == "evidence_missing" || code == "extend_bad" {
				args = []any{"detail", f}
			}
			w := Error(l, timestampError{code, args})
			if text := w.Message + w.Hint; w.Code != code || w.Hint == "" || strings.Contains(text, "%!") || strings.Contains(text, "%[") {
				t.Errorf("%s: %+v", code, w)
			}
		}
	}
}

package msg

import (
	"errors"
	"strings"
	"testing"
)

// codedError is an error of the catalogue, as the programs make them.
type codedError struct {
	error
	code string
}

func (e codedError) Code() string { return e.code }
func (e codedError) Args() []any  { return []any{"jpki-gui"} }

func TestWindowErrorsSayWhatHappenedAndWhatToDo(t *testing.T) {
	for code := range windowErrors {
		for _, l := range []Lang{Ja, En} {
			w := Error(l, codedError{errors.New(code), code})
			if w.Code != code || w.Hint == "" || !strings.Contains(w.Message, "jpki-gui") || strings.Contains(w.Message+w.Hint, "%!") {
				t.Errorf("%s: %+v", code, w)
			}
		}
	}
}

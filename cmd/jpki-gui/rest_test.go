package main

import (
	"testing"

	"fyne.io/fyne/v2/test"
)

func TestNothingRunsAfterTheEnd(t *testing.T) {
	test.NewTempApp(t)
	r, runs := &rest{}, 0
	r.do(func() { runs++ })
	r.end()
	r.do(func() { runs++ })
	r.rest() // would panic, since there is no display
	if runs != 1 {
		t.Errorf("%d functions were run", runs)
	}
}

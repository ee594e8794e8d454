package theme

import (
	"testing"
)

func TestEveryPairOfColoursHasItsContrastInEveryScheme(t *testing.T) {
	for _, scheme := range Schemes() {
		th := New(scheme, Normal)
		for _, p := range Pairs() {
			if c := p.Contrast(th); c < p.Least {
				t.Errorf("%s: %s on %v: contrast %.2f, want at least %.1f", scheme, p.Fore, p.On, c, p.Least)
			}
		}
	}
}

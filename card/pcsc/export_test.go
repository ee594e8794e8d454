package pcsc

import (
	"context"
	"testing"
	"time"

	"github.com/ebfe/scard"
)

// SetPatience shortens the time that another program may keep the card busy.
func SetPatience(t *testing.T, d time.Duration) {
	before := patience
	patience = d
	t.Cleanup(func() { patience = before })
}

// Look takes note of all readers, and returns what waits until they differ from that.
func Look(t *testing.T) (awaitDifference func(context.Context) error) {
	t.Helper()
	s, err := establish()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Release() })
	found, err := survey(s)
	if err != nil {
		t.Fatal(err)
	}
	for i := range found {
		found[i].CurrentState = found[i].EventState &^ scard.StateChanged
	}
	return func(ctx context.Context) error { return awaitChange(ctx, s, found) }
}

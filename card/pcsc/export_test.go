package pcsc

import (
	"testing"
	"time"
)

// SetPatience shortens the time that another program may keep the card busy.
func SetPatience(t *testing.T, d time.Duration) {
	before := patience
	patience = d
	t.Cleanup(func() { patience = before })
}

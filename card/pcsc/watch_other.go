//go:build !linux

package pcsc

import (
	"context"
	"time"
)

// bell never rings: neither Windows nor macOS tells a program without rights that their
// service, which they start at the first reader, has come up. Trying again costs one call.
type bell struct{}

func listen() bell { return bell{} }

func (bell) deaf() bool { return true }

// await waits until the pause has passed or ctx ended.
func (bell) await(ctx context.Context, pause time.Duration) (rang bool) {
	passed, stop := timer(pause)
	defer stop()
	select {
	case <-passed:
	case <-ctx.Done():
	}
	return false
}

func (bell) close() {}

package pcsc

import (
	"context"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// bell rings when something happens to the socket of pcscd: by inotify, so that nothing
// has to be tried while nothing happens. Without inotify (there is a limit for each user)
// it is deaf.
type bell struct {
	watcher *fsnotify.Watcher
	socket  string
}

// listen watches the folder of the socket, or the nearest one above that exists.
func listen() bell {
	b := bell{socket: socketPath()}
	var err error
	if b.watcher, err = fsnotify.NewWatcher(); err != nil {
		return bell{}
	}
	for folder := filepath.Dir(b.socket); ; folder = filepath.Dir(folder) {
		if b.watcher.Add(folder) == nil {
			return b
		}
		if folder == filepath.Dir(folder) {
			b.close()
			return bell{}
		}
	}
}

func (b bell) deaf() bool { return b.watcher == nil }

// await waits until the socket or a folder above it came, went or changed (true), or until
// the pause has passed or ctx ended. A pause of 0 has no end.
func (b bell) await(ctx context.Context, pause time.Duration) (rang bool) {
	passed, stop := timer(pause)
	defer stop()
	for {
		select {
		case e := <-b.events():
			if b.concerns(e.Name) {
				return true
			}
		case <-b.errors():
			return true
		case <-passed:
			return false
		case <-ctx.Done():
			return false
		}
	}
}

func (b bell) events() <-chan fsnotify.Event {
	if b.deaf() {
		return nil
	}
	return b.watcher.Events
}

// errors tells of events that were lost.
func (b bell) errors() <-chan error {
	if b.deaf() {
		return nil
	}
	return b.watcher.Errors
}

// concerns reports whether path is the socket or above it.
func (b bell) concerns(path string) bool {
	return path == b.socket || strings.HasPrefix(b.socket, strings.TrimSuffix(path, "/")+"/")
}

func (b bell) close() {
	if !b.deaf() {
		b.watcher.Close() // nothing can be done about one that will not close
	}
}

//go:build !unix

package pcsc

// socketRefused reports false: the service has no socket here, and tells by itself when
// it refuses somebody.
func socketRefused() bool { return false }

// dialSocket returns nil, since there is no socket to tell more.
func dialSocket() error { return nil }

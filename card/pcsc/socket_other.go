//go:build !unix

package pcsc

// socketRefused reports false: the service has no socket here, and tells by itself when
// it refuses somebody.
func socketRefused() bool { return false }

//go:build !unix

package pcsc

// dialSocket returns nil: the service has no socket here.
func dialSocket() error { return nil }

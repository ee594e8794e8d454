//go:build !linux

package pcsctest

import "testing"

// Socket is empty: there is no pcscd of the test's own here.
const Socket = ""

// A Service is a pcscd of the test's own; on this system there is none.
type Service struct{}

// StartPCSCD skips the test: it needs the namespace.
func StartPCSCD(t testing.TB) *Service {
	t.Helper()
	unable(t, "no pcscd of the test's own on this system")
	return nil
}

// StartBarePCSCD skips the test: it needs the namespace.
func StartBarePCSCD(t testing.TB) *Service {
	t.Helper()
	unable(t, "no pcscd of the test's own on this system")
	return nil
}

// Start does nothing.
func (s *Service) Start() {}

// Stop does nothing.
func (s *Service) Stop() {}

// Log is empty.
func (s *Service) Log() string { return "" }

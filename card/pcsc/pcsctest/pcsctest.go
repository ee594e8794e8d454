// Package pcsctest runs a test against a real smart card service, as net/http/httptest
// runs one against a real server: [InNamespace] gives the test a network and a mount
// namespace of its own, [StartPCSCD] runs Debian's pcscd with the software readers of
// vsmartcard-vpcd inside, and [Insert] puts a card into one of them.
//
// Use it where the way through PC/SC is the thing under test. A test of the card's
// protocol alone needs none of it: a fake card.Conn or the practice card in process is
// faster. It is not for the programs themselves.
//
// Where the means are missing (another system than Linux, no pcscd, no right to make
// namespaces) the test is skipped, unless the environment variable
// JPKI_TEST_REQUIRE_PCSCD is set: then it fails.
package pcsctest

import (
	"os"
	"testing"
)

// Addresses on which vpcd waits for a card, and the names of the readers that belong to
// them (vsmartcard-vpcd: one port a slot, counted up from 0x8C7B).
const (
	Addr    = "127.0.0.1:35963"
	Addr2   = "127.0.0.1:35964"
	Reader  = "Virtual PCD 00 00"
	Reader2 = "Virtual PCD 00 01"
)

// require is the variable that turns a missing means into a failure.
const require = "JPKI_TEST_REQUIRE_PCSCD"

// unable ends the test: as skipped, or as failed where the means are required.
func unable(t testing.TB, format string, args ...any) {
	t.Helper()
	if os.Getenv(require) != "" {
		t.Fatalf("SMART CARD SERVICE NOT TESTED, though "+require+" is set: "+format, args...)
	}
	t.Skipf("SMART CARD SERVICE NOT TESTED: "+format, args...)
}

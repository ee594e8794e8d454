package pcsctest

import (
	"testing"

	"github.com/ebfe/scard"
)

// OtherProgram is another program's connection to the service, until t ends.
func OtherProgram(t testing.TB) *scard.Context {
	t.Helper()
	other, err := scard.EstablishContext()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { other.Release() })
	return other
}

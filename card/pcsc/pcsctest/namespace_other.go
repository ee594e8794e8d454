//go:build !linux

package pcsctest

import (
	"runtime"
	"testing"
)

// InNamespace skips the test: namespaces are a thing of Linux.
func InNamespace(t *testing.T) bool {
	t.Helper()
	unable(t, "no namespaces on %s", runtime.GOOS)
	return false
}

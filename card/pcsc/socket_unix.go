//go:build unix

package pcsc

import (
	"errors"
	"io/fs"
	"net"
	"os"
	"time"
)

// socketRefused reports whether it is for want of permission that pcscd cannot be
// reached. The client library says "no service" in that case too.
func socketRefused() bool { return errors.Is(dialSocket(), fs.ErrPermission) }

// dialSocket connects to the socket of pcscd for a moment and returns why it could not.
func dialSocket() error {
	path := os.Getenv("PCSCLITE_CSOCK_NAME") // the library's own variable
	if path == "" {
		path = "/run/pcscd/pcscd.comm"
	}
	c, err := net.DialTimeout("unix", path, time.Second)
	if err != nil {
		return err
	}
	return c.Close()
}

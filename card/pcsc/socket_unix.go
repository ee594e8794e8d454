//go:build unix

package pcsc

import (
	"net"
	"os"
	"time"
)

// dialSocket connects to the socket of pcscd for a moment and returns why it could not.
// The library tells less: "no service" for everything.
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

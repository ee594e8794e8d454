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
	c, err := net.DialTimeout("unix", socketPath(), time.Second)
	if err != nil {
		return err
	}
	return c.Close()
}

// socketPath is where pcsc-lite looks for the socket of pcscd.
func socketPath() string {
	path := os.Getenv("PCSCLITE_CSOCK_NAME") // the library's own variable
	if path == "" {
		path = "/run/pcscd/pcscd.comm"
	}
	return path
}

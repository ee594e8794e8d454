package pcsctest

import (
	"net"

	"golang.org/x/sys/unix"
)

// quickAck has the next segment acknowledged at once. vpcd writes length and data
// separately, and waits between the two for an acknowledgement that the kernel holds back
// for 40 ms.
func quickAck(c net.Conn) {
	tcp, ok := c.(*net.TCPConn)
	if !ok {
		return
	}
	if raw, err := tcp.SyscallConn(); err == nil {
		raw.Control(func(fd uintptr) { // without it the card is slow, no more
			unix.SetsockoptInt(int(fd), unix.IPPROTO_TCP, unix.TCP_QUICKACK, 1)
		})
	}
}

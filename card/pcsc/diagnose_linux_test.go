package pcsc_test

import (
	"encoding/binary"
	"errors"
	"io"
	"net"
	"os"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/card/pcsc"
	"github.com/jpki-desktop/jpki/card/pcsc/pcsctest"
)

const limit = 300 * time.Millisecond

func TestDiagnoseService(t *testing.T) {
	service, ok := inService(t)
	if !ok {
		return
	}
	c, _ := newCard(t)
	insert(t, c, pcsctest.Addr2)
	before := c.Count().Total()
	d := pcsc.Diagnose(t.Context(), os.DirFS("/"), 5*time.Second)
	if d.Access != pcsc.Granted || d.Err != nil || len(d.Readers) != 2 || !d.Process || d.Version == "" || d.Library == "" {
		t.Fatalf("%+v", d)
	}
	for i, r := range d.Readers {
		// The driver of vsmartcard tells nothing of itself.
		if r.Kind != pcsc.Virtual || r.Driver != "" || r.Present != (i == 1) || (r.ATR != nil) != (i == 1) {
			t.Errorf("%+v", r)
		}
	}
	if n := c.Count().Total() - before; n != 0 {
		t.Errorf("the card got %d commands", n)
	}
	t.Run("stopped", func(t *testing.T) {
		service.Stop()
		expectAccess(t, pcsc.Stopped)
	})
}

func TestDiagnoseNoReader(t *testing.T) {
	if !pcsctest.InNamespace(t) {
		return
	}
	pcsctest.StartBarePCSCD(t)
	expectAccess(t, pcsc.Granted)
}

func TestDiagnoseBadServices(t *testing.T) {
	if !pcsctest.InNamespace(t) {
		return
	}
	t.Run("socket that nobody listens at", func(t *testing.T) {
		l := listen(t)
		l.SetUnlinkOnClose(false)
		l.Close()
		expectAccess(t, pcsc.StaleSocket)
		os.Remove(pcsctest.Socket)
	})
	t.Run("other version", func(t *testing.T) {
		answer(t, func(c net.Conn) { refuseVersion(c) })
		expectAccess(t, pcsc.Mismatched)
	})
	t.Run("closes at once", func(t *testing.T) { // as pcscd does when polkit says no
		answer(t, awaitMessage)
		expectAccess(t, pcsc.PolicyRefused)
		if _, err := pcsc.Readers(); !errors.Is(err, card.ErrNotPermitted) {
			t.Errorf("readers: %v", err)
		}
	})
	t.Run("does not answer", func(t *testing.T) {
		done := make(chan struct{})
		answer(t, func(net.Conn) { <-done })
		start := time.Now()
		expectAccess(t, pcsc.Hanging)
		if took := time.Since(start); took > limit+time.Second {
			t.Errorf("took %v", took)
		}
		close(done)
	})
}

func expectAccess(t *testing.T, want pcsc.Access) {
	t.Helper()
	d := pcsc.Diagnose(t.Context(), nil, limit)
	if d.Access != want || (d.Err == nil) != (want == pcsc.Granted) || len(d.Readers) != 0 {
		t.Errorf("access %s (%v), want %s", d.Access, d.Err, want)
	}
}

func listen(t *testing.T) *net.UnixListener {
	t.Helper()
	l, err := net.ListenUnix("unix", &net.UnixAddr{Name: pcsctest.Socket, Net: "unix"})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// answer plays a service that treats each connection by respond and closes it.
func answer(t *testing.T, respond func(net.Conn)) {
	l := listen(t)
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				respond(c)
			}()
		}
	}()
}

// awaitMessage returns when the client has sent something, and leaves it unread.
func awaitMessage(c net.Conn) {
	raw, err := c.(*net.UnixConn).SyscallConn()
	if err != nil {
		return
	}
	raw.Read(func(fd uintptr) bool {
		_, _, err := unix.Recvfrom(int(fd), make([]byte, 1), unix.MSG_PEEK)
		return err != unix.EAGAIN
	})
}

// refuseVersion answers a client's first message (pcsc-lite, winscard_msg.h: header of
// size and command, then major, minor and result) with SCARD_E_SERVICE_STOPPED, as pcscd
// does when it speaks another version.
func refuseVersion(c net.Conn) {
	var m struct{ Size, Command, Major, Minor, Result uint32 }
	if binary.Read(c, binary.NativeEndian, &m) != nil {
		return
	}
	const serviceStopped = 0x8010001E
	binary.Write(c, binary.NativeEndian, []uint32{4, 99, serviceStopped})
	io.Copy(io.Discard, c)
}

package pcsc_test

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/ebfe/scard"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/card/pcsc"
	"github.com/jpki-desktop/jpki/card/pcsc/pcsctest"
)

// find looks for a card, and closes it at once.
func find(o pcsc.Options) (string, error) {
	c, reader, err := pcsc.Find(context.Background(), o)
	if err == nil {
		err = c.Close()
	}
	return reader, err
}

// expect checks that err is the state want in exactly those readers.
func expect(t *testing.T, err, want error, readers ...string) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("%v, want %v", err, want)
		return
	}
	e, ok := errors.AsType[*card.ReaderError](err)
	if ok != (len(readers) > 0) || ok && !slices.Equal(e.Names, readers) {
		t.Errorf("%v, want it said of %q", err, readers)
	}
}

// otherCard answers every command as a card without the application does, and counts the
// commands.
func otherCard(n *atomic.Int32) func([]byte) []byte {
	return func([]byte) []byte {
		n.Add(1)
		return []byte{0x6A, 0x82}
	}
}

func TestFindTellsWhyThereIsNoCard(t *testing.T) {
	service, ok := inService(t)
	if !ok {
		return
	}
	t.Run("no card", func(t *testing.T) {
		_, err := find(pcsc.Options{})
		expect(t, err, card.ErrNoCard, pcsctest.Reader, pcsctest.Reader2)
	})
	t.Run("no card in the named reader", func(t *testing.T) {
		_, err := find(pcsc.Options{Reader: "pcd 00 01"})
		expect(t, err, card.ErrNoCard, pcsctest.Reader2)
	})
	t.Run("unknown reader", func(t *testing.T) {
		_, err := find(pcsc.Options{Reader: "Pasori"})
		expect(t, err, card.ErrUnknownReader, pcsctest.Reader, pcsctest.Reader2)
	})
	t.Run("ambiguous reader", func(t *testing.T) {
		_, err := find(pcsc.Options{Reader: "virtual"})
		expect(t, err, card.ErrSeveral, pcsctest.Reader, pcsctest.Reader2)
	})
	t.Run("other card", func(t *testing.T) {
		var n atomic.Int32
		defer pcsctest.Insert(t, pcsctest.Addr2, otherCard(&n))()
		awaitPresence(t, pcsctest.Reader2, true)
		_, err := find(pcsc.Options{})
		expect(t, err, card.ErrOtherCard, pcsctest.Reader2)
		if n.Load() != 1 {
			t.Errorf("the card was bothered with %d commands", n.Load())
		}
	})
	awaitPresence(t, pcsctest.Reader2, false)
	t.Run("mute card", func(t *testing.T) {
		defer pcsctest.Insert(t, pcsctest.Addr, nil)()
		awaitPresence(t, pcsctest.Reader, true)
		_, err := find(pcsc.Options{})
		expect(t, err, card.ErrMuteCard, pcsctest.Reader)
	})
	awaitPresence(t, pcsctest.Reader, false)
	t.Run("unknown reader to open", func(t *testing.T) {
		_, err := pcsc.Open("Pasori")
		expect(t, err, card.ErrUnknownReader, "Pasori")
	})
	t.Run("empty reader to open", func(t *testing.T) {
		_, err := pcsc.Open(pcsctest.Reader)
		expect(t, err, card.ErrNoCard, pcsctest.Reader)
	})
	t.Run("no permission", func(t *testing.T) { withoutPermission(t) })
	t.Run("no service", func(t *testing.T) {
		service.Stop()
		_, err := find(pcsc.Options{Wait: time.Minute})
		expect(t, err, card.ErrNoService)
		_, err = pcsc.Readers()
		expect(t, err, card.ErrNoService)
	})
	t.Run("socket that nobody listens at", func(t *testing.T) {
		l, err := net.ListenUnix("unix", &net.UnixAddr{Name: pcsctest.Socket, Net: "unix"})
		if err != nil {
			t.Fatal(err)
		}
		l.SetUnlinkOnClose(false)
		l.Close()
		_, err = find(pcsc.Options{})
		expect(t, err, card.ErrNoService)
	})
}

// asNobody is the variable that makes [TestAsNobody] do something.
const asNobody = "PCSC_TEST_AS_NOBODY"

// withoutPermission runs [TestAsNobody] as a user whom the socket shuts out.
func withoutPermission(t *testing.T) {
	if err := os.Chmod(pcsctest.Socket, 0); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(pcsctest.Socket, 0o777)
	// The program lies in a directory of root's own.
	program := filepath.Join(filepath.Dir(pcsctest.Socket), "test")
	if err := copyProgram(program); err != nil {
		t.Fatal(err)
	}
	defer os.Remove(program)
	cmd := exec.Command(program, "-test.run=^TestAsNobody$", "-test.v")
	cmd.Env = append(os.Environ(), asNobody+"=1", "GOCOVERDIR=")
	cmd.Dir = "/"
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	out, err := cmd.CombinedOutput()
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, syscall.EPERM) {
		t.Skipf("REFUSED PERMISSION NOT TESTED: this user cannot become another one: %v", err)
	}
	if err != nil || !strings.Contains(string(out), "--- PASS: TestAsNobody") {
		t.Errorf("as another user: %v\n%s", err, out)
	}
}

func copyProgram(to string) error {
	from, err := os.Open("/proc/self/exe")
	if err != nil {
		return err
	}
	defer from.Close()
	f, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY, 0o755)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, from)
	return errors.Join(err, f.Close())
}

func TestAsNobody(t *testing.T) {
	if os.Getenv(asNobody) == "" {
		return
	}
	_, err := find(pcsc.Options{})
	expect(t, err, card.ErrNotPermitted)
	_, err = pcsc.Readers()
	expect(t, err, card.ErrNotPermitted)
}

func TestFindChoosesAmongReaders(t *testing.T) {
	if _, ok := inService(t); !ok {
		return
	}
	second, _ := newCard(t)
	insert(t, second, pcsctest.Addr2)
	if reader, err := find(pcsc.Options{}); err != nil || reader != pcsctest.Reader2 {
		t.Errorf("beside an empty reader: %q, %v", reader, err)
	}
	t.Run("beside another card", func(t *testing.T) {
		var n atomic.Int32
		defer pcsctest.Insert(t, pcsctest.Addr, otherCard(&n))()
		awaitPresence(t, pcsctest.Reader, true)
		if reader, err := find(pcsc.Options{}); err != nil || reader != pcsctest.Reader2 {
			t.Errorf("found %q, %v", reader, err)
		}
	})
	awaitPresence(t, pcsctest.Reader, false)
	first, _ := newCard(t)
	insert(t, first, pcsctest.Addr)
	_, err := find(pcsc.Options{})
	expect(t, err, card.ErrSeveral, pcsctest.Reader, pcsctest.Reader2)
	second.PowerOn()
	if reader, err := find(pcsc.Options{Reader: "00 01"}); err != nil || reader != pcsctest.Reader2 {
		t.Errorf("by a part of the name: %q, %v", reader, err)
	}
	if n := second.Count().Total(); n != 1 {
		t.Errorf("finding took %d commands, not 1", n)
	}
	if reader, err := find(pcsc.Options{Reader: pcsctest.Reader}); err != nil || reader != pcsctest.Reader {
		t.Errorf("by its name: %q, %v", reader, err)
	}
}

func TestReadersTellTheirState(t *testing.T) {
	if _, ok := inService(t); !ok {
		return
	}
	c, _ := newCard(t)
	insert(t, c, pcsctest.Addr2)
	readers, err := pcsc.Readers()
	if err != nil || len(readers) != 2 {
		t.Fatalf("%v, %v", readers, err)
	}
	if r := readers[0]; r.Name != pcsctest.Reader || r.Present || r.ATR != nil || r.InUse || r.Mute {
		t.Errorf("empty reader: %+v", r)
	}
	if r := readers[1]; r.Name != pcsctest.Reader2 || !r.Present || len(r.ATR) < 2 || r.ATR[0] != 0x3B || r.InUse || r.Mute {
		t.Errorf("reader with a card: %+v", r)
	}
}

// otherProgram is another program's connection to the service, until t ends.
func otherProgram(t *testing.T) *scard.Context {
	t.Helper()
	other, err := scard.EstablishContext()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { other.Release() })
	return other
}

func TestCardInUse(t *testing.T) {
	if _, ok := inService(t); !ok {
		return
	}
	c, _ := newCard(t)
	insert(t, c, pcsctest.Addr)
	other := otherProgram(t)
	t.Run("exclusively", func(t *testing.T) {
		theirs := connect(t, other, scard.ShareExclusive)
		_, err := find(pcsc.Options{})
		expect(t, err, card.ErrInUse, pcsctest.Reader)
		readers, err := pcsc.Readers()
		if err != nil || !readers[0].InUse {
			t.Errorf("readers %+v, %v", readers, err)
		}
		theirs.Disconnect(scard.LeaveCard)
		if _, err := find(pcsc.Options{}); err != nil {
			t.Errorf("afterwards: %v", err)
		}
	})
	t.Run("in a transaction", func(t *testing.T) {
		pcsc.SetPatience(t, 200*time.Millisecond)
		conn, err := pcsc.Open(pcsctest.Reader)
		if err != nil {
			t.Fatal(err)
		}
		theirs := connect(t, other, scard.ShareShared)
		if err := theirs.BeginTransaction(); err != nil {
			t.Fatal(err)
		}
		expect(t, conn.Begin(), card.ErrInUse, pcsctest.Reader)
		start := time.Now()
		if err := conn.Close(); err != nil || time.Since(start) > time.Second {
			t.Errorf("closing took %v: %v", time.Since(start), err)
		}
		_, err = find(pcsc.Options{})
		expect(t, err, card.ErrInUse, pcsctest.Reader)
		ctx, cancel := context.WithCancel(t.Context())
		pcsc.SetPatience(t, time.Minute)
		time.AfterFunc(50*time.Millisecond, cancel)
		if _, _, err := pcsc.Find(ctx, pcsc.Options{}); !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled: %v", err)
		}
		theirs.EndTransaction(scard.LeaveCard)
		theirs.Disconnect(scard.LeaveCard)
		if _, err := find(pcsc.Options{}); err != nil {
			t.Errorf("afterwards: %v", err)
		}
	})
}

func connect(t *testing.T, s *scard.Context, mode scard.ShareMode) *scard.Card {
	t.Helper()
	c, err := s.Connect(pcsctest.Reader, mode, scard.ProtocolT1|scard.ProtocolT0)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

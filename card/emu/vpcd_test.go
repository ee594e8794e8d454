package emu_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"testing"
	"time"

	"github.com/jpki-desktop/jpki/card/emu"
)

// reader is the reader's side of vpcd: it listens, and the card connects.
type reader struct {
	t      *testing.T
	conn   net.Conn
	result chan error // of Serve
	cancel context.CancelFunc
}

func newReader(t *testing.T, c *emu.Card) *reader {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	ctx, cancel := context.WithCancel(t.Context())
	r := &reader{t: t, result: make(chan error, 1), cancel: cancel}
	go func() { r.result <- emu.Serve(ctx, l.Addr().String(), c, nil) }()
	if r.conn, err = l.Accept(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cancel(); r.conn.Close() })
	r.conn.SetDeadline(time.Now().Add(10 * time.Second))
	return r
}

// tell sends a message as vpcd does, in two pieces.
func (r *reader) tell(message ...byte) {
	r.t.Helper()
	head := binary.BigEndian.AppendUint16(nil, uint16(len(message)))
	for _, piece := range [][]byte{head, message} {
		if _, err := r.conn.Write(piece); err != nil {
			r.t.Fatal(err)
		}
	}
}

func (r *reader) hear() ([]byte, error) {
	var head [2]byte
	if _, err := io.ReadFull(r.conn, head[:]); err != nil {
		return nil, err
	}
	answer := make([]byte, binary.BigEndian.Uint16(head[:]))
	_, err := io.ReadFull(r.conn, answer)
	return answer, err
}

func (r *reader) ask(message ...byte) []byte {
	r.t.Helper()
	r.tell(message...)
	answer, err := r.hear()
	if err != nil {
		r.t.Fatal(err)
	}
	return answer
}

func (r *reader) outcome() error {
	r.t.Helper()
	select {
	case err := <-r.result:
		return err
	case <-time.After(10 * time.Second):
		r.t.Fatal("Serve does not end")
		return nil
	}
}

func TestServeAnswersAReader(t *testing.T) {
	c := newCard(t, emu.Mynumber)
	r := newReader(t, c)
	if got := r.ask(4); !bytes.Equal(got, unhex(t, "3BE000FF8131FE4514")) {
		t.Errorf("ATR % X", got)
	}
	r.tell(1)
	for _, capdu := range []string{selectJPKI, signPINEF, goodSign, signCertEF} {
		if got := sw(r.ask(unhex(t, capdu)...)); got != "9000" {
			t.Fatalf("%s: %s", capdu, got)
		}
	}
	if got := r.ask(unhex(t, readAll)...); len(got) != 258 || !bytes.HasPrefix(content(t).SignCert, got[:256]) {
		t.Errorf("%d bytes of the signing certificate", len(got))
	}
	for _, control := range []byte{0, 1, 2} {
		r.ask(unhex(t, selectJPKI)...)
		r.tell(control)
		if got := sw(r.ask(unhex(t, authCertEF)...)); got != "6A82" {
			t.Errorf("after control %d: %s", control, got)
		}
	}
	r.tell() // an empty message means nothing
	if got := r.ask(unhex(t, "00A4")...); sw(got) != "6700" {
		t.Errorf("two bytes: % X", got)
	}
	if got := c.Count().Select; got != 3+3+3 {
		t.Errorf("the card counted %d SELECTs over the power cycles", got)
	}
	r.cancel()
	if err := r.outcome(); err != nil {
		t.Errorf("the end of the context: %v", err)
	}
}

func TestServeIsFast(t *testing.T) {
	r := newReader(t, newCard(t, emu.Mynumber))
	r.conn.(*net.TCPConn).SetNoDelay(false) // as vpcd, which sets nothing
	begin := time.Now()
	for range 20 {
		r.ask(unhex(t, selectJPKI)...)
	}
	if per := time.Since(begin) / 20; per > 20*time.Millisecond {
		t.Errorf("a command takes %v: the reader waits for acknowledgements", per)
	}
}

func TestServeEndsWhenAFaultRemovesTheCard(t *testing.T) {
	c := newCard(t, emu.Mynumber)
	inject(t, c, "remove@2")
	r := newReader(t, c)
	r.ask(unhex(t, selectJPKI)...)
	r.tell(unhex(t, signPINEF)...)
	if answer, err := r.hear(); err == nil {
		t.Errorf("answered % X", answer)
	}
	if err := r.outcome(); !errors.Is(err, emu.ErrRemoved) {
		t.Errorf("Serve: %v", err)
	}
	if err := emu.Serve(t.Context(), "127.0.0.1:1", c, nil); !errors.Is(err, emu.ErrRemoved) {
		t.Errorf("serving a removed card: %v", err)
	}
}

func TestServeEndsDuringADelay(t *testing.T) {
	c := newCard(t, emu.Mynumber)
	inject(t, c, "delay=1m@1")
	r := newReader(t, c)
	r.tell(unhex(t, selectJPKI)...)
	time.Sleep(20 * time.Millisecond) // the card is at it now, or nearly
	r.cancel()
	if err := r.outcome(); err != nil {
		t.Errorf("Serve: %v", err)
	}
}

func TestServeTellsWhatIsWrong(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	c := newCard(t, emu.Mynumber)
	for _, addr := range []string{l.Addr().String(), "nonsense"} {
		if err := emu.Serve(t.Context(), addr, c, nil); !errors.Is(err, emu.ErrNoVPCD) {
			t.Errorf("%s: %v", addr, err)
		}
	}
	r := newReader(t, c)
	r.conn.Close()
	if err := r.outcome(); !errors.Is(err, io.EOF) || errors.Is(err, emu.ErrRemoved) {
		t.Errorf("vpcd hung up: %v", err)
	}
	done, cancel := context.WithCancel(t.Context())
	cancel()
	if err := emu.Serve(done, "127.0.0.1:1", c, nil); err != nil {
		t.Errorf("a context that has ended: %v", err)
	}
}

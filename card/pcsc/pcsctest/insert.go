package pcsctest

import (
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"sync"
	"testing"
)

// ATR is the answer to reset of the cards that [Insert] puts in: T=1, no history.
var ATR = []byte{0x3B, 0x80, 0x80, 0x01, 0x01}

// Control messages of vpcd, of one byte each, besides power on (01) and reset (02). A
// longer message is a command.
const (
	powerOff = 0x00
	sendATR  = 0x04
)

// unusable is longer than an answer to reset may be (33 bytes, ISO 7816-3 section 8.1);
// vpcd waits for ever for the rest of an empty one.
var unusable = make([]byte, 64)

// Insert puts a card into the reader at addr ([Addr] or [Addr2]) that answers every
// command with what respond returns for it; nil pulls the card without an answer. A nil
// respond makes a mute card, which does not answer when it is powered up. Respond is
// not called by two goroutines at once. The card stays until pull is called (it may be
// called twice) or t ends.
//
// It is for cards that the practice card cannot play: another kind of card, a broken one.
func Insert(t testing.TB, addr string, respond func(capdu []byte) []byte) (pull func()) {
	t.Helper()
	c, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatalf("inserting a card: %v", err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		serve(c, respond)
	}()
	pull = sync.OnceFunc(func() {
		c.Close()
		<-done
	})
	t.Cleanup(pull)
	return pull
}

// serve is the card's side of the connection, until it ends.
func serve(c net.Conn, respond func([]byte) []byte) {
	defer c.Close()
	powered := false // and not yet asked for the answer to reset
	for {
		m, err := receive(c)
		if err != nil {
			return
		}
		var answer []byte
		switch {
		case len(m) == 1 && m[0] != sendATR:
			powered = m[0] != powerOff
			continue
		case len(m) == 1 && powered && respond == nil: // vpcd's question at other times is whether a card is there
			powered, answer = false, unusable
		case len(m) == 1:
			answer = ATR
		case respond != nil:
			answer = respond(m)
		}
		if answer == nil || send(c, answer) != nil {
			return
		}
	}
}

// receive reads one message: two bytes of length, big endian, then as many bytes.
func receive(c net.Conn) ([]byte, error) {
	quickAck(c)
	var size [2]byte
	if _, err := io.ReadFull(c, size[:]); err != nil {
		return nil, err
	}
	quickAck(c)
	m := make([]byte, binary.BigEndian.Uint16(size[:]))
	_, err := io.ReadFull(c, m)
	return m, err
}

func send(c net.Conn, m []byte) error {
	if len(m) > 0xFFFF {
		return fmt.Errorf("message of %d bytes", len(m))
	}
	_, err := c.Write(append(binary.BigEndian.AppendUint16(nil, uint16(len(m))), m...))
	return err
}

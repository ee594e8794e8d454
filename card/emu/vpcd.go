package emu

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
)

// ErrNoVPCD says that no vpcd (the virtual reader of the vsmartcard project, a driver of
// pcscd) could be reached at the address.
var ErrNoVPCD = errors.New("no virtual card reader answers")

// answerToReset is one of the many that JPKI cards have, the one in OpenSC's table:
// direct convention, T=1.
var answerToReset = []byte{0x3B, 0xE0, 0x00, 0xFF, 0x81, 0x31, 0xFE, 0x45, 0x14}

// Controls of vpcd: messages of one byte. Longer ones are commands.
const (
	vpcdOff   = 0
	vpcdOn    = 1
	vpcdReset = 2
	vpcdATR   = 4
)

// Serve puts the card into the virtual reader of the vpcd that listens at addr
// (host:port) and answers until ctx ends, which is no error and takes the card out.
// Inserted is called once the card is in; it may be nil. Serve returns [ErrNoVPCD] when nobody listens there, [ErrRemoved] when a fault takes the
// card out, and an error when vpcd hangs up. Power-off and reset by the PC/SC service
// are [Card.Reset]: the counts of commands go on.
func Serve(ctx context.Context, addr string, c *Card, inserted func()) error {
	if err := c.absent(); err != nil {
		return err
	}
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", addr)
	if err != nil {
		if ctx.Err() != nil {
			return nil
		}
		return fmt.Errorf("%w: %w", ErrNoVPCD, err)
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { conn.Close() })()
	if inserted != nil {
		inserted()
	}
	err = c.serve(ctx, conn)
	if ctx.Err() != nil {
		return nil
	}
	return err
}

func (c *Card) serve(ctx context.Context, conn net.Conn) error {
	for {
		message, err := receive(conn)
		if err != nil {
			return fmt.Errorf("reading from the virtual card reader: %w", err)
		}
		answer, err := c.heed(ctx, message)
		if err != nil {
			return err
		}
		if answer == nil {
			continue
		}
		framed := append(binary.BigEndian.AppendUint16(nil, uint16(len(answer))), answer...)
		if _, err := conn.Write(framed); err != nil {
			return fmt.Errorf("writing to the virtual card reader: %w", err)
		}
	}
}

// heed obeys a control, which has no answer but the ATR, or carries a command out.
func (c *Card) heed(ctx context.Context, message []byte) ([]byte, error) {
	switch {
	case len(message) > 1:
		return c.transmit(ctx, message)
	case len(message) == 0:
		return nil, nil
	}
	switch message[0] {
	case vpcdOff, vpcdOn, vpcdReset:
		c.Reset()
	case vpcdATR:
		return answerToReset, nil
	}
	return nil, nil
}

// receive reads a message: two bytes of length, most significant first, and the rest.
func receive(conn net.Conn) ([]byte, error) {
	var head [2]byte
	if err := readFull(conn, head[:]); err != nil {
		return nil, err
	}
	message := make([]byte, binary.BigEndian.Uint16(head[:]))
	return message, readFull(conn, message)
}

// readFull acknowledges at once what it reads: vpcd writes a message in two pieces, and
// its system holds the second back until the first is acknowledged, 48 ms a command.
func readFull(conn net.Conn, buf []byte) error {
	quickAck(conn)
	_, err := io.ReadFull(conn, buf)
	return err
}

package emu

import (
	"encoding/binary"
	"fmt"
)

// status is a status word (ISO 7816-4 section 5.6).
type status uint16

const (
	swOK           status = 0x9000
	swWrong        status = 0x63C0 // plus the tries left
	swLength       status = 0x6700
	swFileKind     status = 0x6981
	swSecurity     status = 0x6982
	swBlocked      status = 0x6984
	swNoFile       status = 0x6986
	swData         status = 0x6A80
	swNotFound     status = 0x6A82
	swParameters   status = 0x6A86
	swOffset       status = 0x6B00
	swInstruction  status = 0x6D00
	swClass        status = 0x6E00
	swFirstCommand status = 0x6F00
)

// Error makes a status word what a command returns when the card refuses it.
func (s status) Error() string { return fmt.Sprintf("status %04X", uint16(s)) }

func (s status) after(data []byte) []byte {
	return binary.BigEndian.AppendUint16(data, uint16(s))
}

// Instructions (ISO 7816-4 section 5.4.2, ISO 7816-8 for PERFORM SECURITY OPERATION).
const (
	insVerify = 0x20
	insChange = 0x24
	insSign   = 0x2A
	insSelect = 0xA4
	insRead   = 0xB0
)

// command is a short command APDU (ISO 7816-4 section 5.1).
type command struct {
	cla, ins, p1, p2 byte
	data             []byte
	le               int // bytes expected, 1 to 256; 0 if the field is absent
}

// split cuts the body of a command into data and Le, and reports whether it is well
// formed. An extended length begins with 00, which a short Lc cannot be: card generations
// differ on it, so it is refused.
func (c *command) split(body []byte) bool {
	if len(body) == 0 {
		return true
	}
	if len(body) > 1 {
		lc := int(body[0])
		if lc == 0 || len(body) < 1+lc || len(body) > 2+lc {
			return false
		}
		c.data, body = body[1:1+lc], body[1+lc:]
	}
	if len(body) == 1 {
		c.le = int(body[0])
		if c.le == 0 {
			c.le = 256
		}
	}
	return true
}

package card

import "fmt"

// Instruction bytes (ISO 7816-4 section 5.4.2, ISO 7816-8 for PSO).
const (
	insVerify      = 0x20
	insChange      = 0x24
	insSign        = 0x2A // PERFORM SECURITY OPERATION
	insSelect      = 0xA4
	insReadBinary  = 0xB0
	insGetResponse = 0xC0
)

// Status words (ISO 7816-4 section 5.6).
const (
	swOK           = 0x9000
	swSecurity     = 0x6982
	swAuthBlocked  = 0x6983
	swDataBlocked  = 0x6984
	swNotFound     = 0x6A82
	swOutOfRange   = 0x6B00
	swNoDiagnosis  = 0x6F00
	sw1MoreToFetch = 0x61
	sw1Warning     = 0x62
	sw1Counter     = 0x63
	sw1WrongLe     = 0x6C
)

// maxChained bounds the GET RESPONSE commands for one answer, to 16 KiB of data.
const maxChained = 64

// shortLe is the Le byte of a short command for n bytes, 1 to 256.
func shortLe(n int) byte { return byte(n) }

// exchange sends a command and collects its whole answer: the data and the last status
// word. A reader under T=0 may pass on 61xx (more to fetch) and 6Cxx (the right Le is xx),
// which are not seen under T=1; hasLe tells that the last byte of capdu is Le, without
// which there is nothing to repeat with another one.
func (c *Card) exchange(capdu []byte, hasLe bool) (data []byte, sw uint16, err error) {
	data, sw, err = c.transmit(capdu)
	if err == nil && hasLe && sw>>8 == sw1WrongLe {
		capdu[len(capdu)-1] = byte(sw)
		data, sw, err = c.transmit(capdu)
	}
	for n := 0; err == nil && sw>>8 == sw1MoreToFetch && n < maxChained; n++ {
		var more []byte
		more, sw, err = c.transmit([]byte{0x00, insGetResponse, 0x00, 0x00, byte(sw)})
		data = append(data, more...)
	}
	return data, sw, err
}

// transmit sends one command and splits the answer. If the connection fails, the hold is
// over and no PIN is kept: who knows which card comes next.
func (c *Card) transmit(capdu []byte) (data []byte, sw uint16, err error) {
	answer, err := c.conn.Transmit(capdu)
	if err != nil {
		c.abandon()
		return nil, 0, err
	}
	n := len(answer) - 2 // the status word
	if n < 0 {
		return nil, 0, fmt.Errorf("%w: %d bytes", ErrMalformed, len(answer))
	}
	return answer[:n:n], uint16(answer[n])<<8 | uint16(answer[n+1]), nil
}

// expectOK returns a [*StatusError] for any status word but 9000.
func expectOK(ins byte, sw uint16) error {
	if sw == swOK {
		return nil
	}
	return &StatusError{Ins: ins, SW: sw}
}

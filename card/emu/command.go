package emu

import (
	"bytes"
	"crypto/rsa"
	"encoding/binary"
	"errors"
)

// applicationID is the JPKI application, the same on every kind of card.
var applicationID = []byte{0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01}

// execute carries one command out. An error means that there is no answer.
func (c *Card) execute(capdu []byte) ([]byte, error) {
	data, err := c.dispatch(capdu)
	if refusal, ok := errors.AsType[status](err); ok {
		return refusal.after(nil), nil
	}
	if err != nil {
		return nil, err
	}
	return swOK.after(data), nil
}

// dispatch returns the data of the answer. A refusal is a [status] as the error.
func (c *Card) dispatch(capdu []byte) ([]byte, error) {
	if len(capdu) < 4 {
		return nil, swLength
	}
	cmd := command{cla: capdu[0], ins: capdu[1], p1: capdu[2], p2: capdu[3]}
	run := c.instruction(cmd)
	switch {
	case cmd.cla != 0x00 && cmd.cla != 0x80:
		return nil, swClass
	case run == nil:
		return nil, swInstruction
	case !cmd.split(capdu[4:]):
		return nil, swLength
	}
	return run(cmd)
}

func (c *Card) instruction(cmd command) func(command) ([]byte, error) {
	switch uint16(cmd.cla)<<8 | uint16(cmd.ins) {
	case insSelect:
		return c.selectFile
	case insRead:
		return c.readBinary
	case insVerify:
		return c.verify
	case insChange:
		return c.changeReferenceData
	case 0x80<<8 | insSign:
		return c.computeSignature
	}
	return nil
}

// selectFile is SELECT. What was selected stays so when nothing is found.
func (c *Card) selectFile(cmd command) ([]byte, error) {
	switch {
	case len(cmd.data) == 0:
		return nil, swLength
	case cmd.p1 == 0x04:
		return nil, c.selectApplication(cmd)
	case cmd.p1 == 0x02 && cmd.p2 == 0x0C:
		return nil, c.selectEF(cmd)
	case !c.session.application:
		return nil, swNotFound
	}
	return nil, swParameters
}

func (c *Card) selectApplication(cmd command) error {
	switch {
	case !bytes.Equal(cmd.data, applicationID):
		return swNotFound
	case cmd.p2 != 0x0C:
		return swParameters
	case cmd.le != 0:
		return swLength
	}
	// Whether the verified state outlives a new SELECT is unknown: a client must not
	// count on it.
	clear(c.session.verified)
	c.session.application, c.session.file = true, nil
	return nil
}

func (c *Card) selectEF(cmd command) error {
	if len(cmd.data) != 2 || cmd.le != 0 {
		return swLength
	}
	f := c.files[binary.BigEndian.Uint16(cmd.data)]
	if !c.session.application || f == nil {
		return swNotFound
	}
	c.session.file = f
	return nil
}

// readBinary is READ BINARY.
func (c *Card) readBinary(cmd command) ([]byte, error) {
	f := c.session.file
	offset := int(cmd.p1)<<8 | int(cmd.p2)
	switch {
	case cmd.data != nil || cmd.le == 0:
		return nil, swLength
	case f == nil:
		return nil, swNoFile
	case f.data == nil:
		return nil, swFileKind
	case f.guard != nil && !c.session.verified[f.guard]:
		return nil, swSecurity
	case cmd.p1&0x80 != 0: // a short file identifier, ISO 7816-4 section 11.2.2
		return nil, swParameters
	case offset >= f.size:
		return nil, swOffset
	}
	return f.read(offset, c.shorten(cmd.le), c.filler()), nil
}

// computeSignature is PERFORM SECURITY OPERATION, COMPUTE DIGITAL SIGNATURE. The card
// pads whatever it is given (RFC 8017 section 9.2 without the DigestInfo, which the
// caller builds).
func (c *Card) computeSignature(cmd command) ([]byte, error) {
	f := c.session.file
	switch {
	case cmd.p1 != 0x00 || cmd.p2 != 0x80:
		return nil, swParameters
	case f == nil || f.key == nil || !c.session.verified[f.key]:
		return nil, swSecurity
	case len(cmd.data) == 0 || cmd.le != keySize:
		return nil, swLength
	}
	signature, err := rsa.SignPKCS1v15(nil, f.key.key, 0, cmd.data)
	if err != nil { // the data leaves no room for the padding
		return nil, swLength
	}
	return signature, nil
}

package cms

import (
	"bytes"
	"math/bits"
	"slices"
)

// Identifier octets (ITU-T X.690 section 8.1.2).
const (
	tagInteger         = 0x02
	tagBitString       = 0x03
	tagOctetString     = 0x04
	tagNull            = 0x05
	tagOID             = 0x06
	tagUTCTime         = 0x17
	tagGeneralizedTime = 0x18
	tagSequence        = 0x30
	tagSet             = 0x31

	constructed  = 0x20
	context0     = 0x80 // [0] primitive
	context0Cons = 0xA0 // [0] constructed
	context1Cons = 0xA1
	context4Cons = 0xA4
)

// maxHeader is the length of the longest header: of contents of 2^56 bytes or more.
const maxHeader = 10

// header is the DER header of an element with n bytes of contents.
func header(tag byte, n int64) []byte { return appendHeader(nil, tag, n) }

func appendHeader(dst []byte, tag byte, n int64) []byte {
	if n < 0x80 {
		return append(dst, tag, byte(n))
	}
	size := (bits.Len64(uint64(n)) + 7) / 8
	dst = append(dst, tag, 0x80|byte(size))
	for i := size - 1; i >= 0; i-- {
		dst = append(dst, byte(n>>(8*i)))
	}
	return dst
}

// tlv is the element with parts as contents.
func tlv(tag byte, parts ...[]byte) []byte {
	return begin(tag, slices.Concat(parts...), 0)
}

// begin is the beginning of an element: its header and those contents that come before
// the last after bytes.
func begin(tag byte, before []byte, after int64) []byte {
	return append(header(tag, int64(len(before))+after), before...)
}

// setOf is the SET OF elements, or that with another tag, in the order of DER (X.690
// section 11.6).
func setOf(tag byte, elements ...[]byte) []byte {
	return tlv(tag, slices.SortedFunc(slices.Values(elements), bytes.Compare)...)
}

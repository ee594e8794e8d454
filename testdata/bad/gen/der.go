package main

import (
	"bytes"
	"encoding/asn1"
	"math/big"
	"slices"
	"time"
)

// Tags (ITU-T X.690).
const (
	tagInteger  = 0x02
	tagOctets   = 0x04
	tagUTCTime  = 0x17
	tagSequence = 0x30
	tagSet      = 0x31
	tag0        = 0xA0
	tag1        = 0xA1
)

// el is an element in DER.
func el(tag byte, parts ...[]byte) []byte {
	contents := bytes.Join(parts, nil)
	return append(header(tag, len(contents)), contents...)
}

// header is the header of an element with n octets of contents.
func header(tag byte, n int) []byte {
	if n < 0x80 {
		return []byte{tag, byte(n)}
	}
	length := big.NewInt(int64(n)).Bytes()
	return append([]byte{tag, 0x80 | byte(len(length))}, length...)
}

// set is a SET OF in the order of DER, with another tag in place of SET if implicit.
func set(tag byte, elements [][]byte) []byte {
	return el(tag, slices.SortedFunc(slices.Values(elements), bytes.Compare)...)
}

func oid(arcs ...int) []byte { return marshal(asn1.ObjectIdentifier(arcs)) }

func marshal(v any) []byte {
	der, err := asn1.Marshal(v)
	if err != nil {
		panic(err) // one of the constants here
	}
	return der
}

func utcTime(t time.Time) []byte { return el(tagUTCTime, []byte(t.UTC().Format("060102150405Z"))) }

var null = []byte{5, 0}

// Object identifiers.
var (
	oidData                 = oid(1, 2, 840, 113549, 1, 7, 1)
	oidSignedData           = oid(1, 2, 840, 113549, 1, 7, 2)
	oidContentType          = oid(1, 2, 840, 113549, 1, 9, 3)
	oidMessageDigest        = oid(1, 2, 840, 113549, 1, 9, 4)
	oidSigningTime          = oid(1, 2, 840, 113549, 1, 9, 5)
	oidSigningCertificateV2 = oid(1, 2, 840, 113549, 1, 9, 16, 2, 47)
	oidMD5                  = oid(1, 2, 840, 113549, 2, 5)
	oidSHA1                 = oid(1, 3, 14, 3, 2, 26)
	oidSHA256               = oid(2, 16, 840, 1, 101, 3, 4, 2, 1)
	oidSHA384               = oid(2, 16, 840, 1, 101, 3, 4, 2, 2)
	oidRSA                  = oid(1, 2, 840, 113549, 1, 1, 1)
	oidMGF1                 = oid(1, 2, 840, 113549, 1, 1, 8)
	oidPSS                  = oid(1, 2, 840, 113549, 1, 1, 10)
	oidSHA512WithRSA        = oid(1, 2, 840, 113549, 1, 1, 13)
	oidECDSAWithSHA256      = oid(1, 2, 840, 10045, 4, 3, 2)
	oidECDSAWithSHA384      = oid(1, 2, 840, 10045, 4, 3, 3)
)

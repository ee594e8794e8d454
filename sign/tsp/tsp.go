// Package tsp reads and writes the messages of the Time-Stamp Protocol (RFC 3161): the
// request, the response, and the TSTInfo inside a token.
//
// It is for those who ask an authority (package pki) and for those who verify its tokens
// (package cms). It opens no connection and checks no signature: what [InfoOf] returns is
// what a token says, proven by nothing.
package tsp

import (
	"crypto"
	_ "crypto/sha1"   // to name the digest of old tokens
	_ "crypto/sha256" // to know the size of digests
	_ "crypto/sha512"
	"encoding/asn1"
	"errors"
	"math/big"

	"golang.org/x/crypto/cryptobyte"
	casn1 "golang.org/x/crypto/cryptobyte/asn1"
)

// Media types of the protocol over HTTP (RFC 3161 section 3.4).
const (
	QueryType = "application/timestamp-query"
	ReplyType = "application/timestamp-reply"
)

// Values of PKIStatus (RFC 3161 section 2.4.2).
const (
	Granted         = 0
	GrantedWithMods = 1
)

var errMalformed = errors.New("malformed time-stamp message")

var hashes = map[crypto.Hash]asn1.ObjectIdentifier{
	crypto.SHA1:   {1, 3, 14, 3, 2, 26},
	crypto.SHA256: {2, 16, 840, 1, 101, 3, 4, 2, 1},
	crypto.SHA384: {2, 16, 840, 1, 101, 3, 4, 2, 2},
	crypto.SHA512: {2, 16, 840, 1, 101, 3, 4, 2, 3},
}

// Request is a TimeStampReq (RFC 3161 section 2.4.1) over a digest made with h, SHA-1 or
// SHA-2. It asks for the authority's certificate, and for no policy.
func Request(h crypto.Hash, digest []byte, nonce *big.Int) []byte {
	var b cryptobyte.Builder
	b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1Int64(1)
		b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
				b.AddASN1ObjectIdentifier(hashes[h])
				b.AddASN1NULL() // some authorities refuse a request without it
			})
			b.AddASN1OctetString(digest)
		})
		b.AddASN1BigInt(nonce)
		b.AddASN1Boolean(true)
	})
	return b.BytesOrPanic()
}

// Response is a TimeStampResp (RFC 3161 section 2.4.2).
type Response struct {
	Status  int
	Text    string // of the authority, empty if none; anything may be in it
	Failure string // name of the first PKIFailureInfo, empty if none
	Token   []byte // ContentInfo; nil unless one is there
}

// failures are the bits of PKIFailureInfo.
var failures = map[int]string{
	0: "badAlg", 2: "badRequest", 5: "badDataFormat", 14: "timeNotAvailable",
	15: "unacceptedPolicy", 16: "unacceptedExtension", 17: "addInfoNotAvailable", 25: "systemFailure",
}

// ParseResponse reads a TimeStampResp. Whether a token must be there follows from Status,
// and is the caller's to see.
func ParseResponse(der []byte) (*Response, error) {
	s := cryptobyte.String(der)
	var outer, status, token cryptobyte.String
	r := &Response{}
	if !s.ReadASN1(&outer, casn1.SEQUENCE) || !s.Empty() || !outer.ReadASN1(&status, casn1.SEQUENCE) ||
		!status.ReadASN1Integer(&r.Status) || r.Status < 0 || !r.readReasons(&status) {
		return nil, errMalformed
	}
	if !outer.Empty() {
		if !outer.ReadASN1Element(&token, casn1.SEQUENCE) || !outer.Empty() {
			return nil, errMalformed
		}
		r.Token = token
	}
	return r, nil
}

// readReasons reads what comes after the number in a PKIStatusInfo.
func (r *Response) readReasons(status *cryptobyte.String) bool {
	var texts cryptobyte.String
	var present bool
	if !status.ReadOptionalASN1(&texts, &present, casn1.SEQUENCE) {
		return false
	}
	if present && !texts.Empty() {
		var text cryptobyte.String
		if !texts.ReadASN1(&text, casn1.UTF8String) {
			return false
		}
		r.Text = string(text)
	}
	if status.Empty() {
		return true
	}
	var bits asn1.BitString
	if !status.ReadASN1BitString(&bits) || !status.Empty() {
		return false
	}
	for i := range bits.BitLength {
		if bits.At(i) == 1 && failures[i] != "" {
			r.Failure = failures[i]
			break
		}
	}
	return true
}

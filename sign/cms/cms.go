// Package cms makes and verifies CMS SignedData (RFC 5652) as CAdES-B-B (ETSI EN 319
// 122-1) as streams: content is read once and never held, whatever its size.
//
// Use it for .p7s and .p7m files, and for the signatures inside other formats that are
// CMS. S/MIME messages (RFC 8551) are read, in both forms, and not written. It does not
// decide whom to trust: certificates are judged by the [sign.Judge] of the caller. It does
// not encrypt.
//
// [Sign] signs one content. [Prepare] and [Pending.Finish] are its halves, for a key that
// should be held only briefly, such as one on a card: all content is hashed first.
package cms

import (
	"bytes"
	"context"
	"fmt"
	"io"
)

// Info is what the head of a SignedData tells.
type Info struct {
	Attached bool // the content is inside
	PEM      bool // the file is RFC 7468 text
}

// Inspect reads the head of a SignedData, and no more than a buffer of what follows. It
// returns an error when sig cannot be read or is none.
func Inspect(sig io.Reader) (Info, error) {
	r, armored, err := open(context.Background(), sig)
	if err != nil {
		return Info{}, err
	}
	if r.message != nil {
		return Info{Attached: true}, nil
	}
	sd, err := readHead(r)
	if err != nil {
		return Info{}, fmt.Errorf("reading head of signature: %w", err)
	}
	return Info{Attached: sd.attached, PEM: armored}, nil
}

// HeadSize is how many bytes of a file tell whether it is a SignedData: a hundred for DER,
// BER and PEM; the header of an S/MIME message may be long.
const HeadSize = maxMessageHead

// Detect tells whether a file that begins with prefix, [HeadSize] bytes of it, looks like a
// SignedData in DER, BER, PEM or S/MIME.
func Detect(prefix []byte) bool {
	r, _, err := open(context.Background(), bytes.NewReader(prefix))
	return err == nil && (r.message != nil || enterSignedData(r) == nil)
}

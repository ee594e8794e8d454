package cms

import (
	"context"
	"fmt"
	"io"
)

// Certificates returns the certificates inside a SignedData, in DER and in the order of
// the file, whether anybody signed or not (RFC 5652 section 5: a file of certificates
// has no signers). Nothing about them is checked.
func Certificates(ctx context.Context, sig io.Reader) ([][]byte, error) {
	r, _, err := open(ctx, sig)
	if err != nil {
		return nil, err
	}
	sd, err := readHead(r)
	if err == nil && sd.attached {
		err = sd.readContent(r, io.Discard)
	}
	if err == nil {
		err = sd.readTail(r)
	}
	if err != nil {
		return nil, fmt.Errorf("reading certificates: %w", err)
	}
	return sd.certificates, nil
}

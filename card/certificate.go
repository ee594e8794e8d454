package card

import (
	"crypto/x509"
	"errors"
	"fmt"
)

const (
	maxRead  = 256  // bytes that one short READ BINARY may ask for
	maxReads = 1024 // READ BINARY commands for one file: 32 bytes an answer are enough
)

// Certificate reads and parses the certificate of k; see [Card.RawCertificate].
func (c *Card) Certificate(k Key, pin PINFunc) (*x509.Certificate, error) {
	return parse(c.RawCertificate(k, pin))
}

// CA reads and parses the certificate of the authority that issued the one of k. That it
// lies on the card is no reason to trust it.
func (c *Card) CA(k Key) (*x509.Certificate, error) {
	return parse(c.RawCA(k))
}

func parse(der []byte, err error) (*x509.Certificate, error) {
	if err != nil {
		return nil, err
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, fmt.Errorf("parsing certificate: %w: %w", ErrMalformed, err)
	}
	return cert, nil
}

// RawCertificate reads the DER of the certificate of k. The signing certificate is read
// only after its password was verified; the authentication certificate may be, on a phone.
// Then pin is asked, unless an earlier PIN is kept. A card without it is
// [ErrNoCertificate].
func (c *Card) RawCertificate(k Key, pin PINFunc) ([]byte, error) {
	if k == SignKey {
		if err := c.unlock(k, pin); err != nil {
			return nil, err
		}
		return c.readCertificate(fileSignCert)
	}
	der, err := c.readCertificate(fileAuthCert)
	if status, ok := errors.AsType[*StatusError](err); !ok || status.SW != swSecurity {
		return der, err
	}
	if err := c.unlock(k, pin); err != nil {
		return nil, err
	}
	return c.readCertificate(fileAuthCert)
}

// RawCA reads the DER of the certificate of the authority that issued the one of k. It
// needs no PIN.
func (c *Card) RawCA(k Key) ([]byte, error) {
	return c.readCertificate(fileOf(k, fileSignCA, fileAuthCA))
}

func (c *Card) readCertificate(file uint16) ([]byte, error) {
	err := absentMeansNone(c.selectFile(file))
	var der []byte
	if err == nil {
		der, err = c.readDER()
	}
	if err != nil {
		return nil, fmt.Errorf("reading certificate: %w", err)
	}
	return der, nil
}

// readDER reads the DER value at the beginning of the selected file, which is larger than
// it. The first answer already shows the length, so nothing is read to find it out.
func (c *Card) readDER() ([]byte, error) {
	var der []byte
	total := 0 // 0 = not known yet
	for range maxReads {
		ask := maxRead
		if total > 0 {
			ask = min(maxRead, total-len(der))
		}
		data, err := c.readBinary(len(der), ask)
		if err != nil && !errors.Is(err, errPastEnd) {
			return nil, err
		}
		if len(der) == 0 && blank(data) {
			return nil, ErrNoCertificate
		}
		if len(data) == 0 {
			return nil, fmt.Errorf("%w: the file ends after %d bytes", ErrMalformed, len(der))
		}
		der = append(der, data...)
		if total, err = derLength(der); err != nil {
			return nil, err
		}
		if total > 0 && len(der) >= total {
			return der[:total:total], nil
		}
	}
	return nil, fmt.Errorf("%w: %d bytes in %d answers", ErrMalformed, len(der), maxReads)
}

// blank reports whether a file that begins with data holds nothing: it is empty, or begins
// with filler (FF or 00).
func blank(data []byte) bool {
	return len(data) == 0 || data[0] == 0xFF || data[0] == 0x00
}

var errPastEnd = errors.New("past the end of the file")

// readBinary reads at most n bytes (1 to 256) of the selected file from offset (below
// [maxFile]), fewer if the card has or gives fewer. Beyond the end is errPastEnd.
func (c *Card) readBinary(offset, n int) ([]byte, error) {
	capdu := []byte{0x00, insReadBinary, byte(offset >> 8), byte(offset), shortLe(n)}
	data, sw, err := c.exchange(capdu, true)
	switch {
	case err != nil:
		return nil, err
	case sw == swOutOfRange:
		return nil, errPastEnd
	case sw>>8 == sw1Warning && len(data) > 0: // 6282: the file ended before Le bytes
		return data, nil
	}
	return data, expectOK(insReadBinary, sw)
}

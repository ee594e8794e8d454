package card

import "fmt"

// maxFile is the largest file that READ BINARY can address: P1 and P2 hold an offset of
// 15 bits (ISO 7816-4 section 7.2.2).
const maxFile = 0x7FFF

// derLength returns the length in bytes of the DER SEQUENCE that begins b, header
// included, or 0 if b is too short to tell (never so from 4 bytes on). Anything that no
// certificate in a file can begin with is [ErrMalformed]: another tag, a length that is
// indefinite or not in its shortest form (X.690 section 10.1), or one beyond [maxFile].
func derLength(b []byte) (int, error) {
	if len(b) >= 1 && b[0] != 0x30 {
		return 0, fmt.Errorf("%w: tag %02X in place of a SEQUENCE", ErrMalformed, b[0])
	}
	if len(b) < 2 {
		return 0, nil
	}
	n, header, least := int(b[1]), 2, 0
	switch {
	case n == 0x81:
		header, least = 3, 0x80
	case n == 0x82:
		header, least = 4, 0x100
	case n >= 0x80:
		return 0, fmt.Errorf("%w: length byte %02X", ErrMalformed, b[1])
	}
	if len(b) < header {
		return 0, nil
	}
	if header > 2 {
		n = 0
		for _, c := range b[2:header] {
			n = n<<8 | int(c)
		}
	}
	if n < least || header+n > maxFile {
		return 0, fmt.Errorf("%w: length %d", ErrMalformed, n)
	}
	return header + n, nil
}

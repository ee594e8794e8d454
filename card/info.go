package card

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
)

// tokenSize is the length in bytes of the token information, labelSize that of the label
// at its beginning.
const (
	tokenSize = 160
	labelSize = 32
)

// practiceMark follows the label on a practice card. What real cards have there is not
// known, but it is not this.
var practiceMark = []byte("JPKI-PRACTICE")

// kinds maps labels to kinds. Five sources know the first three, one the last.
var kinds = map[string]Kind{
	"JPKIAPICCTOKEN2": KindMynumber,
	"JPKIAPICCTOKEN":  KindJuki,
	"JPKIAPGPSETOKEN": KindAndroid,
	"JPKIAPIOSTOKEN":  KindIOS,
}

// Info reads what kind of card it is and which certificates it holds, in four commands
// and without a PIN.
func (c *Card) Info() (*Info, error) {
	info, err := c.token()
	if err != nil {
		return nil, err
	}
	info.Sign, info.Auth = true, info.Kind != KindJuki
	present, err := c.readSmall(fileCertificates, certificatesSize)
	if err != nil {
		return nil, fmt.Errorf("reading which certificates exist: %w", err)
	}
	if len(present) >= 2 {
		info.Sign, info.Auth = exists(present[0], info.Sign), exists(present[1], info.Auth)
	}
	return info, nil
}

// certificatesSize is the length in bytes of what [fileCertificates] holds.
const certificatesSize = 3

// exists reads one byte of [fileCertificates]. Measured is only 8F, for a certificate
// that exists; an erased byte tells nothing, and of others the top bit is taken.
func exists(b byte, otherwise bool) bool {
	if b == 0xFF {
		return otherwise
	}
	return b&0x80 != 0
}

// token reads the token information: label, kind, and whether it is a practice card.
func (c *Card) token() (*Info, error) {
	data, err := c.readSmall(fileToken, tokenSize)
	if err != nil {
		return nil, fmt.Errorf("reading the token information: %w", err)
	}
	n := min(labelSize, len(data))
	info := &Info{Label: printableLabel(data[:n]), Practice: bytes.HasPrefix(data[n:], practiceMark)}
	info.Kind = kindOf(info.Label)
	c.kind = info.Kind
	return info, nil
}

func kindOf(label string) Kind {
	if kind, ok := kinds[label]; ok {
		return kind
	}
	return KindUnknown
}

// printableLabel is a label without its padding of spaces or zeros.
func printableLabel(data []byte) string {
	return strings.Map(printable, strings.TrimRight(string(data), " \x00"))
}

// printable lets nothing but visible ASCII pass: a label ends up on somebody's terminal.
func printable(r rune) rune {
	if r < ' ' || r > '~' {
		return '?'
	}
	return r
}

// readSmall reads the first n bytes of a file, or less if it is shorter; nothing if there
// is no such file.
func (c *Card) readSmall(file uint16, n int) ([]byte, error) {
	err := c.selectFile(file)
	if status, ok := errors.AsType[*StatusError](err); ok && status.SW == swNotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	data, err := c.readBinary(0, n)
	if errors.Is(err, errPastEnd) {
		return nil, nil
	}
	return data[:min(n, len(data))], err
}

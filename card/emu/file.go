package emu

import (
	"bytes"
	"fmt"
)

// The elementary files of the JPKI application, on which many independent sources agree.
const (
	efSignCert = 0x0001
	efSignCA   = 0x0002
	efToken    = 0x0006
	efPresent  = 0x0008
	efAuthCert = 0x000A
	efAuthCA   = 0x000B
	efAuthKey  = 0x0017
	efAuthPIN  = 0x0018
	efSignKey  = 0x001A
	efSignPIN  = 0x001B
)

const (
	certificateSize = 3800 // of an EF that holds one: measured, about
	tokenSize       = 160
	labelSize       = 32
)

// file is an elementary file: data to read, or the key or the PIN of a part.
type file struct {
	data  []byte // with filler behind it up to size
	size  int
	guard *part // whose PIN must be verified before the data is read
	key   *part
	pin   *part
}

// read returns n bytes of the file from offset, fewer at its end.
func (f *file) read(offset, n int, filler byte) []byte {
	out := bytes.Repeat([]byte{filler}, min(n, f.size-offset))
	if offset < len(f.data) {
		copy(out, f.data[offset:])
	}
	return out
}

func transparent(data []byte) *file { return &file{data: data, size: len(data)} }

func certificate(der []byte) *file { return &file{data: der, size: certificateSize} }

// files lays the card's files out.
func (img *image) files() map[uint16]*file {
	files := map[uint16]*file{efToken: transparent(img.token())}
	if img.Profile != Juki {
		// Nobody has published the files of a 住民基本台帳カード: this one is not
		// believed to be among them.
		files[efPresent] = transparent(img.present())
	}
	if p := img.Sign; p != nil {
		img.addPart(files, p, [4]uint16{efSignCert, efSignCA, efSignKey, efSignPIN})
		files[efSignCert].guard = p
	}
	if p := img.Auth; p != nil {
		img.addPart(files, p, [4]uint16{efAuthCert, efAuthCA, efAuthKey, efAuthPIN})
		if img.Profile == Android {
			files[efAuthCert].guard = p
		}
	}
	return files
}

func (img *image) addPart(files map[uint16]*file, p *part, ids [4]uint16) {
	files[ids[0]] = certificate(p.Cert)
	if p.CA != nil {
		files[ids[1]] = certificate(p.CA)
	}
	files[ids[2]] = &file{key: p}
	files[ids[3]] = &file{pin: p}
}

// token returns the token information. Behind the label, where the content of real cards
// is not known, the card says what it is, so that none can be taken for a real one.
func (img *image) token() []byte {
	token := fmt.Appendf(nil, "%-*s%s", labelSize, img.Profile.label(), "JPKI-PRACTICE")
	return append(token, make([]byte, tokenSize-len(token))...)
}

// present returns which certificates exist. That 8F 8F 00 means both was measured on a
// real card by one source; that 00 means none, and the order, are guesses.
func (img *image) present() []byte {
	out := make([]byte, 3)
	for i, p := range []*part{img.Sign, img.Auth} {
		if p != nil {
			out[i] = 0x8F
		}
	}
	return out
}

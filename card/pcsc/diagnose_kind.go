package pcsc

import "strings"

// ReaderKind is what a reader is, as far as its name tells.
type ReaderKind string

// The kinds of readers. Only a [RealReader] takes a card that one can hold in the hand.
const (
	RealReader   ReaderKind = "reader"
	Virtual      ReaderKind = "virtual"       // software: vsmartcard, Windows virtual smart cards
	WindowsHello ReaderKind = "windows_hello" // the sign-in of Windows
	TPM          ReaderKind = "tpm"           // a security chip of the computer
	Token        ReaderKind = "token"         // a USB key with a chip of its own, such as a YubiKey
)

// kindsByName pairs a part of a reader's name, in lower case, with its kind; the first
// that occurs counts.
var kindsByName = []struct {
	part string
	kind ReaderKind
}{
	{"windows hello", WindowsHello},
	{"tpm", TPM},
	{"virtual", Virtual}, // Virtual PCD, Microsoft Virtual Smart Card, Windows' vSmartCard
	{"vpcd", Virtual},
	{"yubikey", Token},
	{"yubico", Token},
	{"nitrokey", Token},
	{"gnuk", Token},
	{"solokey", Token},
	{"canokey", Token},
	{"etoken", Token},
}

func kindOfReader(name string) ReaderKind {
	name = strings.ToLower(name)
	for _, k := range kindsByName {
		if strings.Contains(name, k.part) {
			return k.kind
		}
	}
	return RealReader
}

// visible lets printable ASCII through: what a device tells of itself ends up on a
// terminal.
func visible(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r == 0:
			return -1
		case r < ' ' || r > '~':
			return '?'
		}
		return r
	}, s))
}

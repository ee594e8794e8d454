package emu_test

import (
	"bytes"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/card/emu"
	"github.com/jpki-desktop/jpki/sign/testca"
)

var _ card.Conn = (*emu.Card)(nil)

// practice is the content of the cards of all tests, made once.
var practice = sync.OnceValues(func() (emu.Content, error) {
	var c emu.Content
	signCA, err1 := testca.New()
	authCA, err2 := testca.New(testca.ForAuthentication())
	signKey, err3 := rsa.GenerateKey(rand.Reader, 2048)
	authKey, err4 := rsa.GenerateKey(rand.Reader, 2048)
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		return c, err
	}
	sign, err1 := signCA.IssueSigning(&signKey.PublicKey, testca.SampleOwner())
	auth, err2 := authCA.IssueAuth(&authKey.PublicKey)
	if err := errors.Join(err1, err2); err != nil {
		return c, err
	}
	return emu.Content{
		SignCert: sign.Raw, SignCA: signCA.Cert.Raw, SignKey: signKey,
		AuthCert: auth.Raw, AuthCA: authCA.Cert.Raw, AuthKey: authKey,
	}, nil
})

func content(t testing.TB) emu.Content {
	t.Helper()
	c, err := practice()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func newCard(t testing.TB, p emu.Profile) *emu.Card {
	t.Helper()
	c, err := emu.New(p, content(t))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func unhex(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(strings.ReplaceAll(s, " ", ""))
	if err != nil {
		t.Fatalf("%q: %v", s, err)
	}
	return b
}

// send sends commands in hexadecimal and returns the last answer.
func send(t testing.TB, c *emu.Card, capdus ...string) []byte {
	t.Helper()
	var answer []byte
	for _, capdu := range capdus {
		var err error
		if answer, err = c.Transmit(unhex(t, capdu)); err != nil {
			t.Fatalf("%s: %v", capdu, err)
		}
	}
	return answer
}

// sw returns the status word of an answer, in hexadecimal.
func sw(answer []byte) string {
	return fmt.Sprintf("%04X", answer[max(0, len(answer)-2):])
}

// Commands that the tests put together.
const (
	selectJPKI   = "00A4040C 0A D392F000260100000001"
	signCertEF   = "00A4020C 02 0001"
	authCertEF   = "00A4020C 02 000A"
	authKeyEF    = "00A4020C 02 0017"
	authPINEF    = "00A4020C 02 0018"
	signKeyEF    = "00A4020C 02 001A"
	signPINEF    = "00A4020C 02 001B"
	query        = "00200080"
	goodSign     = "00200080 06 414243313233"
	goodAuth     = "00200080 04 31323334"
	badPIN       = "00200080 04 39393939"
	readAll      = "00B00000 00"
	signAnything = "802A0080 04 01020304 00"
)

func TestStatusWords(t *testing.T) {
	for _, tc := range []struct {
		name    string
		profile emu.Profile
		send    []string // commands; all but the last one must be 9000 or 63Cx
		want    string   // status word of the last one
	}{
		{"application selected", emu.Mynumber, []string{selectJPKI}, "9000"},
		{"application unknown", emu.Mynumber, []string{"00A4040C 0A D3921000310001010408"}, "6A82"},
		{"part of the application's name", emu.Mynumber, []string{"00A4040C 05 D392F00026"}, "6A82"},
		{"application with another P2", emu.Mynumber, []string{"00A40400 0A D392F000260100000001"}, "6A86"},
		{"application with Le", emu.Mynumber, []string{selectJPKI + "00"}, "6700"},
		{"SELECT without name", emu.Mynumber, []string{"00A4040C"}, "6700"},
		{"file before the application", emu.Mynumber, []string{authCertEF}, "6A82"},
		{"file by P1=00", emu.Mynumber, []string{selectJPKI, "00A4000C 02 000A"}, "6A86"},
		{"master file by P1=00 before the application", emu.Mynumber, []string{"00A40000 02 3F00"}, "6A82"},
		{"file with P2=00", emu.Mynumber, []string{selectJPKI, "00A40200 02 000A"}, "6A86"},
		{"file unknown", emu.Mynumber, []string{selectJPKI, "00A4020C 02 0003"}, "6A82"},
		{"file name of one byte", emu.Mynumber, []string{selectJPKI, "00A4020C 01 0A"}, "6700"},
		{"file with Le", emu.Mynumber, []string{selectJPKI, authCertEF + "00"}, "6700"},

		{"read", emu.Mynumber, []string{selectJPKI, authCertEF, readAll}, "9000"},
		{"read without file", emu.Mynumber, []string{selectJPKI, readAll}, "6986"},
		{"read without Le", emu.Mynumber, []string{selectJPKI, authCertEF, "00B00000"}, "6700"},
		{"read with data", emu.Mynumber, []string{selectJPKI, authCertEF, "00B00000 01 00 00"}, "6700"},
		{"read with extended Le", emu.Mynumber, []string{selectJPKI, authCertEF, "00B00000 000400"}, "6700"},
		{"read the last byte", emu.Mynumber, []string{selectJPKI, authCertEF, "00B00ED7 00"}, "9000"},
		{"read past the end", emu.Mynumber, []string{selectJPKI, authCertEF, "00B00ED8 00"}, "6B00"},
		{"read by short file identifier", emu.Mynumber, []string{selectJPKI, authCertEF, "00B08A00 00"}, "6A86"},
		{"read a key", emu.Mynumber, []string{selectJPKI, signKeyEF, readAll}, "6981"},
		{"read a PIN", emu.Mynumber, []string{selectJPKI, signPINEF, readAll}, "6981"},
		{"signing certificate before the password", emu.Mynumber, []string{selectJPKI, signCertEF, readAll}, "6982"},
		{"signing certificate after the other PIN", emu.Mynumber, []string{selectJPKI, authPINEF, goodAuth, signCertEF, readAll}, "6982"},
		{"signing certificate after the password", emu.Mynumber, []string{selectJPKI, signPINEF, goodSign, signCertEF, readAll}, "9000"},
		{"signing certificate after a new SELECT", emu.Mynumber, []string{selectJPKI, signPINEF, goodSign, selectJPKI, signCertEF, readAll}, "6982"},
		{"signing certificate of a juki card", emu.Juki, []string{selectJPKI, signPINEF, goodSign, signCertEF, readAll}, "9000"},
		{"authentication certificate of a juki card", emu.Juki, []string{selectJPKI, authCertEF}, "6A82"},
		{"authentication PIN of a juki card", emu.Juki, []string{selectJPKI, authPINEF}, "6A82"},
		{"authentication certificate of a phone", emu.Android, []string{selectJPKI, authCertEF, readAll}, "6982"},
		{"authentication certificate of a phone after its PIN", emu.Android, []string{selectJPKI, authPINEF, goodAuth, authCertEF, readAll}, "9000"},

		{"query", emu.Mynumber, []string{selectJPKI, signPINEF, query}, "63C5"},
		{"query of the other PIN", emu.Mynumber, []string{selectJPKI, authPINEF, query}, "63C3"},
		{"query after a good VERIFY", emu.Mynumber, []string{selectJPKI, signPINEF, goodSign, query}, "63C5"},
		{"query after a bad VERIFY", emu.Mynumber, []string{selectJPKI, signPINEF, badPIN, query}, "63C4"},
		{"query of five bytes", emu.Mynumber, []string{selectJPKI, signPINEF, query + "00"}, "6700"},
		{"query of a certificate", emu.Mynumber, []string{selectJPKI, authCertEF, query}, "6981"},
		{"query without file", emu.Mynumber, []string{selectJPKI, query}, "6986"},
		{"query with one try left", emu.OneTryLeft, []string{selectJPKI, authPINEF, query}, "63C1"},
		{"query when blocked", emu.Blocked, []string{selectJPKI, authPINEF, query}, "63C0"},
		{"VERIFY good", emu.Mynumber, []string{selectJPKI, authPINEF, goodAuth}, "9000"},
		{"VERIFY with P2=00", emu.Mynumber, []string{selectJPKI, authPINEF, "00200000 04 31323334"}, "6A86"},
		{"VERIFY folds no case", emu.Mynumber, []string{selectJPKI, signPINEF, "00200080 06 616263313233"}, "63C4"},
		{"VERIFY of a prefix", emu.Mynumber, []string{selectJPKI, signPINEF, "00200080 05 4142433132"}, "63C4"},
		{"VERIFY of 17 bytes", emu.Mynumber, []string{selectJPKI, signPINEF, "00200080 11" + strings.Repeat("41", 17)}, "6700"},
		{"VERIFY of a key file", emu.Mynumber, []string{selectJPKI, signKeyEF, goodSign}, "6981"},
		{"VERIFY with a short body", emu.Mynumber, []string{selectJPKI, signPINEF, "00200080 06 4142"}, "6700"},
		{"last try", emu.OneTryLeft, []string{selectJPKI, authPINEF, badPIN}, "63C0"},
		{"VERIFY good when blocked", emu.Blocked, []string{selectJPKI, authPINEF, goodAuth}, "6984"},
		{"VERIFY good after the last try", emu.OneTryLeft, []string{selectJPKI, authPINEF, badPIN, goodAuth}, "6984"},

		{"CHANGE before VERIFY", emu.Mynumber, []string{selectJPKI, authPINEF, "00240180 04 35363738"}, "6982"},
		{"CHANGE", emu.Mynumber, []string{selectJPKI, authPINEF, goodAuth, "00240180 04 35363738"}, "9000"},
		{"CHANGE twice after one VERIFY", emu.Mynumber, []string{selectJPKI, authPINEF, goodAuth, "00240180 04 35363738", "00240180 04 35363738"}, "6982"},
		{"CHANGE with P1=00", emu.Mynumber, []string{selectJPKI, authPINEF, goodAuth, "00240080 04 35363738"}, "6A86"},
		{"CHANGE to three digits", emu.Mynumber, []string{selectJPKI, authPINEF, goodAuth, "00240180 03 353637"}, "6A80"},
		{"CHANGE to letters in place of digits", emu.Mynumber, []string{selectJPKI, authPINEF, goodAuth, "00240180 04 41424344"}, "6A80"},
		{"CHANGE to lower case", emu.Mynumber, []string{selectJPKI, signPINEF, goodSign, "00240180 06 616263313233"}, "6A80"},
		{"CHANGE to letters alone", emu.Mynumber, []string{selectJPKI, signPINEF, goodSign, "00240180 06 414243444546"}, "6A80"},
		{"CHANGE to four characters", emu.Mynumber, []string{selectJPKI, signPINEF, goodSign, "00240180 04 41423132"}, "6A80"},
		{"CHANGE to four characters on a juki card", emu.Juki, []string{selectJPKI, signPINEF, goodSign, "00240180 04 41423132"}, "9000"},
		{"CHANGE with another PIN verified", emu.Mynumber, []string{selectJPKI, signPINEF, goodSign, authPINEF, "00240180 04 35363738"}, "6982"},
		{"CHANGE of a certificate", emu.Mynumber, []string{selectJPKI, authCertEF, "00240180 04 35363738"}, "6981"},
		{"CHANGE without body", emu.Mynumber, []string{selectJPKI, authPINEF, goodAuth, "00240180"}, "6700"},

		{"SIGN", emu.Mynumber, []string{selectJPKI, signPINEF, goodSign, signKeyEF, signAnything}, "9000"},
		{"SIGN twice after one VERIFY", emu.Mynumber, []string{selectJPKI, signPINEF, goodSign, signKeyEF, signAnything, signAnything}, "9000"},
		{"SIGN before VERIFY", emu.Mynumber, []string{selectJPKI, signKeyEF, signAnything}, "6982"},
		{"SIGN with the other key's PIN", emu.Mynumber, []string{selectJPKI, signPINEF, goodSign, authKeyEF, signAnything}, "6982"},
		{"SIGN after a bad VERIFY", emu.Mynumber, []string{selectJPKI, signPINEF, goodSign, badPIN, signKeyEF, signAnything}, "6982"},
		{"SIGN without key file", emu.Mynumber, []string{selectJPKI, signPINEF, goodSign, signAnything}, "6982"},
		{"SIGN by class 00", emu.Mynumber, []string{selectJPKI, signPINEF, goodSign, signKeyEF, "002A0080 04 01020304 00"}, "6D00"},
		{"SIGN as P1=9E P2=9A", emu.Mynumber, []string{selectJPKI, signPINEF, goodSign, signKeyEF, "802A9E9A 04 01020304 00"}, "6A86"},
		{"SIGN without Le", emu.Mynumber, []string{selectJPKI, signPINEF, goodSign, signKeyEF, "802A0080 04 01020304"}, "6700"},
		{"SIGN with a small Le", emu.Mynumber, []string{selectJPKI, signPINEF, goodSign, signKeyEF, "802A0080 04 01020304 80"}, "6700"},
		{"SIGN without data", emu.Mynumber, []string{selectJPKI, signPINEF, goodSign, signKeyEF, "802A0080 00"}, "6700"},
		{"SIGN of the most data", emu.Mynumber, []string{selectJPKI, signPINEF, goodSign, signKeyEF, "802A0080 F5" + strings.Repeat("00", 245) + "00"}, "9000"},
		{"SIGN of too much data", emu.Mynumber, []string{selectJPKI, signPINEF, goodSign, signKeyEF, "802A0080 F6" + strings.Repeat("00", 246) + "00"}, "6700"},
		{"SIGN with extended length", emu.Mynumber, []string{selectJPKI, signPINEF, goodSign, signKeyEF, "802A0080 000004 01020304 0000"}, "6700"},

		{"OpenSC's probe for OpenPGP", emu.Mynumber, []string{"00A40400 06 D27600012401 00"}, "6A82"},
		{"OpenSC's probe by GET DATA", emu.Mynumber, []string{"00CADF30 05"}, "6D00"},
		{"OpenSC's probe for PIV", emu.Mynumber, []string{"00CB3FFF 03 5C017E 08"}, "6D00"},
		{"nothing", emu.Mynumber, []string{""}, "6700"},
		{"three bytes", emu.Mynumber, []string{"00A404"}, "6700"},
		{"instruction unknown", emu.Mynumber, []string{selectJPKI, "00CA0000 00"}, "6D00"},
		{"class 80 of a known instruction", emu.Mynumber, []string{selectJPKI, "80A4020C 02 000A"}, "6D00"},
		{"class unknown", emu.Mynumber, []string{selectJPKI, "90A4020C 02 000A"}, "6E00"},
		{"secure messaging", emu.Mynumber, []string{selectJPKI, "0CA4020C 02 000A"}, "6E00"},
		{"channel 1", emu.Mynumber, []string{selectJPKI, "01A4020C 02 000A"}, "6E00"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c := newCard(t, tc.profile)
			last := len(tc.send) - 1
			for _, capdu := range tc.send[:last] {
				if got := sw(send(t, c, capdu)); got != "9000" && got[:3] != "63C" {
					t.Fatalf("on the way: %s: %s", capdu, got)
				}
			}
			if got := sw(send(t, c, tc.send[last])); got != tc.want {
				t.Errorf("%s: %s, want %s", tc.send[last], got, tc.want)
			}
		})
	}
}

func TestUnknownApplicationKeepsTheSelection(t *testing.T) {
	c := newCard(t, emu.Mynumber)
	send(t, c, selectJPKI, authCertEF, "00A4040C 02 1234", "00A4020C 02 1234")
	if got := sw(send(t, c, readAll)); got != "9000" {
		t.Errorf("reading afterwards: %s", got)
	}
}

func TestReadCoversTheFile(t *testing.T) {
	for _, filler := range []byte{0xFF, 0x00} {
		c := newCard(t, emu.Mynumber)
		if filler == 0 {
			c.Inject(emu.Fault{Kind: emu.FaultFiller})
		}
		send(t, c, selectJPKI, authCertEF)
		var got []byte
		for len(got) < 3800 {
			answer := send(t, c, fmt.Sprintf("00B0%04X F0", len(got)))
			if len(answer) > 0xF0+2 || sw(answer) != "9000" {
				t.Fatalf("offset %d: %d bytes, %s", len(got), len(answer), sw(answer))
			}
			got = append(got, answer[:len(answer)-2]...)
		}
		der := content(t).AuthCert
		want := append(bytes.Clone(der), bytes.Repeat([]byte{filler}, 3800-len(der))...)
		if !bytes.Equal(got, want) {
			t.Errorf("filler %02X: the file is not the certificate with filler behind it", filler)
		}
	}
}

func TestSmallFiles(t *testing.T) {
	label := func(s string) []byte { return append([]byte(s), bytes.Repeat([]byte{' '}, 32-len(s))...) }
	for p, want := range map[emu.Profile][]byte{
		emu.Mynumber: label("JPKIAPICCTOKEN2"),
		emu.Juki:     label("JPKIAPICCTOKEN"),
		emu.Android:  label("JPKIAPGPSETOKEN"),
	} {
		answer := send(t, newCard(t, p), selectJPKI, "00A4020C 02 0006", readAll)
		if len(answer) != 160+2 || !bytes.Equal(answer[:32], want) {
			t.Errorf("%s: token information of %d bytes begins with %q", p, len(answer)-2, answer[:32])
		}
	}
	answer := send(t, newCard(t, emu.Mynumber), selectJPKI, "00A4020C 02 0008", readAll)
	if !bytes.Equal(answer, []byte{0x8F, 0x8F, 0x00, 0x90, 0x00}) {
		t.Errorf("EF 0008: % X", answer)
	}
}

func TestSignatureIsPKCS1OverWhatIsGiven(t *testing.T) {
	c := newCard(t, emu.Mynumber)
	digest := sha256.Sum256([]byte("申告書"))
	info := append(unhex(t, "3031300D060960864801650304020105000420"), digest[:]...)
	for _, tc := range []struct {
		pinEF, pin, keyEF string
		key               *rsa.PrivateKey
	}{
		{signPINEF, goodSign, signKeyEF, content(t).SignKey},
		{authPINEF, goodAuth, authKeyEF, content(t).AuthKey},
	} {
		answer := send(t, c, selectJPKI, tc.pinEF, tc.pin, tc.keyEF, "802A0080 33"+hex.EncodeToString(info)+"00")
		if len(answer) != 258 {
			t.Fatalf("an answer of %d bytes", len(answer))
		}
		if err := rsa.VerifyPKCS1v15(&tc.key.PublicKey, crypto.SHA256, digest[:], answer[:256]); err != nil {
			t.Error(err)
		}
	}
}

func TestGoodPINFillsTheCounter(t *testing.T) {
	c := newCard(t, emu.Mynumber)
	send(t, c, selectJPKI, authPINEF, badPIN, badPIN)
	if got := c.State().Auth; got != (emu.Tries{Left: 1, Max: 3}) {
		t.Errorf("after two bad ones: %+v", got)
	}
	send(t, c, goodAuth)
	if got := c.State().Auth; got != (emu.Tries{Left: 3, Max: 3}) {
		t.Errorf("after a good one: %+v", got)
	}
	if got := c.State().Sign; got != (emu.Tries{Left: 5, Max: 5}) {
		t.Errorf("the other PIN: %+v", got)
	}
}

func TestChangedPINReplacesTheOld(t *testing.T) {
	c := newCard(t, emu.Mynumber)
	send(t, c, selectJPKI, signPINEF, goodSign, "00240180 06 58595A373839")
	if got := sw(send(t, c, goodSign)); got != "63C4" {
		t.Errorf("the old one: %s", got)
	}
	if got := sw(send(t, c, "00200080 06 58595A373839")); got != "9000" {
		t.Errorf("the new one: %s", got)
	}
}

func TestTransactionThatSentAPINEndsWithoutPower(t *testing.T) {
	for _, tc := range []struct {
		name, send, then, want string
	}{
		{"no PIN", query, readAll, "9000"},
		{"good PIN", goodSign, signCertEF, "6A82"},
		{"bad PIN", badPIN, signCertEF, "6A82"},
	} {
		c := newCard(t, emu.Mynumber)
		if err := c.Begin(); err != nil {
			t.Fatal(err)
		}
		send(t, c, selectJPKI, signPINEF, tc.send)
		if tc.name == "no PIN" {
			send(t, c, authCertEF)
		}
		if err := c.End(); err != nil {
			t.Fatal(err)
		}
		before := c.Count()
		if got := sw(send(t, c, tc.then)); got != tc.want {
			t.Errorf("%s: %s after End: %s, want %s", tc.name, tc.then, got, tc.want)
		}
		if before.Total() < 3 {
			t.Errorf("%s: End forgot the count: %+v", tc.name, before)
		}
	}
}

func TestCloseEndsTheConnectionUntilPowerOn(t *testing.T) {
	c := newCard(t, emu.Mynumber)
	send(t, c, selectJPKI)
	for range 2 {
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := c.Transmit(unhex(t, selectJPKI)); err == nil {
		t.Error("a command went through a closed connection")
	}
	if err := c.Begin(); err == nil {
		t.Error("a transaction began on a closed connection")
	}
	c.PowerOn()
	if got := c.Count(); got != (emu.Count{}) {
		t.Errorf("after PowerOn: %+v", got)
	}
	if got := sw(send(t, c, authCertEF)); got != "6A82" {
		t.Errorf("the application is still selected: %s", got)
	}
}

func TestResetForgetsTheSession(t *testing.T) {
	c := newCard(t, emu.Mynumber)
	send(t, c, selectJPKI, signPINEF, goodSign)
	c.Reset()
	if got := sw(send(t, c, signCertEF)); got != "6A82" {
		t.Errorf("the application is still selected: %s", got)
	}
	if got := sw(send(t, c, selectJPKI, signCertEF, readAll)); got != "6982" {
		t.Errorf("the password is still verified: %s", got)
	}
}

func TestCountTellsInstructionsApart(t *testing.T) {
	c := newCard(t, emu.Mynumber)
	send(t, c, selectJPKI, signPINEF, query, badPIN, goodSign, signKeyEF, signAnything, readAll,
		"00240180 04 35363738", "00CA0000 00", "00")
	want := emu.Count{Select: 3, Read: 1, Query: 1, Verify: 2, Change: 1, Sign: 1, Other: 2}
	if got := c.Count(); got != want || got.Total() != 11 {
		t.Errorf("%+v, want %+v", got, want)
	}
}

func TestCardWithoutOnePart(t *testing.T) {
	whole := content(t)
	c, err := emu.New(emu.Mynumber, emu.Content{AuthCert: whole.AuthCert, AuthKey: whole.AuthKey})
	if err != nil {
		t.Fatal(err)
	}
	for capdu, want := range map[string]string{signCertEF: "6A82", signPINEF: "6A82", "00A4020C 02 000B": "6A82", authCertEF: "9000"} {
		if got := sw(send(t, c, selectJPKI, capdu)); got != want {
			t.Errorf("%s: %s, want %s", capdu, got, want)
		}
	}
	if got := c.State().Sign; got != (emu.Tries{}) {
		t.Errorf("tries of a missing PIN: %+v", got)
	}
}

func TestContentThatMakesNoCard(t *testing.T) {
	whole := content(t)
	small, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]emu.Content{
		"nothing":             {},
		"key alone":           {SignKey: whole.SignKey},
		"certificate alone":   {SignCert: whole.SignCert},
		"certificate too big": {SignCert: make([]byte, 3801), SignKey: whole.SignKey},
		"CA too big":          {SignCert: whole.SignCert, SignCA: make([]byte, 3801), SignKey: whole.SignKey},
		"RSA-1024":            {SignCert: whole.SignCert, SignKey: small},
	} {
		if _, err := emu.New(emu.Mynumber, c); err == nil {
			t.Errorf("%s: made a card", name)
		}
	}
	if _, err := emu.New("passport", whole); err == nil {
		t.Error("made a card of an unknown profile")
	}
	if _, err := emu.New(emu.Juki, emu.Content{AuthCert: whole.AuthCert, AuthKey: whole.AuthKey}); err == nil {
		t.Error("made a juki card without a signing part")
	}
}

func TestEveryProfileMakesACard(t *testing.T) {
	for _, p := range emu.Profiles() {
		s := newCard(t, p).State()
		files := 10
		if p == emu.Juki {
			files = 5
		}
		if s.Profile != p || s.Label == "" || len(s.Files) != files {
			t.Errorf("%s: %+v", p, s)
		}
	}
}

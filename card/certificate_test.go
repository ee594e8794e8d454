package card_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/jpki-desktop/jpki/card"
)

// sequence is a DER SEQUENCE of n bytes altogether, n from 0x104 to 0x7FFF.
func sequence(n int) []byte {
	return append([]byte{0x30, 0x82, byte((n - 4) >> 8), byte(n - 4)}, bytes.Repeat([]byte{0xA5}, n-4)...)
}

// read is a line of a script: READ BINARY at offset with that Le, answered by data.
func read(offset int, le byte, data []byte, status string) string {
	return fmt.Sprintf("00B0%04X%02X > %X%s", offset, le, data, status)
}

func TestCertificateIsCutAtItsLength(t *testing.T) {
	der := sequence(600)
	filler := func(n int) []byte { return bytes.Repeat([]byte{0xFF}, n) }
	whole := func(from, to int) []byte { return append(bytes.Clone(der), filler(400)...)[from:to] }
	long := []byte{0x30, 0x81, 0x80}
	long = append(long, make([]byte, 0x80)...)
	for _, c := range []struct {
		name  string
		want  []byte
		lines []string
	}{
		{"in three answers", der, []string{
			read(0, 0, der[:256], "9000"), read(256, 0, der[256:512], "9000"), read(512, 88, der[512:], "9000")}},
		{"in one answer, with filler", sequence(0x104)[:0x104], []string{
			read(0, 0, sequence(0x104)[:256], "9000"), read(256, 4, append(sequence(0x104)[256:], filler(9)...), "9000")}},
		{"length of one byte", []byte{0x30, 3, 1, 2, 3}, []string{read(0, 0, append([]byte{0x30, 3, 1, 2, 3}, filler(20)...), "9000")}},
		{"length byte 81", long, []string{read(0, 0, append(bytes.Clone(long), filler(20)...), "9000")}},
		{"short answers", der, []string{
			read(0, 0, der[:100], "9000"), read(100, 0, der[100:300], "9000"), read(300, 0, der[300:556], "9000"), read(556, 44, der[556:], "9000")}},
		{"length not in the first answer", []byte{0x30, 3, 1, 2, 3}, []string{
			read(0, 0, []byte{0x30}, "9000"), read(1, 0, []byte{3, 1}, "9000"), read(3, 2, []byte{2, 3}, "9000")}},
		{"right Le told", der, []string{
			"00B0000000 > 6C80", "00B0000080 > " + fmt.Sprintf("%X9000", der[:128]),
			read(128, 0, der[128:384], "9000"), read(384, 216, der[384:], "9000")}},
		{"to be fetched", der, []string{
			"00B0000000 > 6180", "00C0000080 > " + fmt.Sprintf("%X6100", der[:128]), "00C0000000 > " + fmt.Sprintf("%X9000", der[128:384]),
			read(384, 216, der[384:], "9000")}},
		{"file ends with it", der, []string{
			read(0, 0, whole(0, 256), "9000"), read(256, 0, whole(256, 512), "9000"), read(512, 88, der[512:], "6282")}},
	} {
		t.Run(c.name, func(t *testing.T) {
			crd, _ := opened(t, append([]string{authCert}, c.lines...)...)
			got, err := crd.RawCertificate(card.AuthKey, unasked(t))
			if err != nil || !bytes.Equal(got, c.want) {
				t.Errorf("%d bytes, %v; want %d", len(got), err, len(c.want))
			}
		})
	}
}

func TestFileWithoutCertificate(t *testing.T) {
	der := sequence(600)
	for _, c := range []struct {
		name  string
		want  error
		lines []string
	}{
		{"empty", card.ErrNoCertificate, []string{"00B0000000 > 9000"}},
		{"empty by status", card.ErrNoCertificate, []string{"00B0000000 > 6B00"}},
		{"filler FF", card.ErrNoCertificate, []string{"00B0000000 > FFFFFFFF9000"}},
		{"filler 00", card.ErrNoCertificate, []string{"00B0000000 > 000000009000"}},
		{"another tag", card.ErrMalformed, []string{"00B0000000 > 31020102 9000"}},
		{"indefinite length", card.ErrMalformed, []string{"00B0000000 > 30800000 9000"}},
		{"length of three bytes", card.ErrMalformed, []string{"00B0000000 > 3083010000 9000"}},
		{"length not shortest", card.ErrMalformed, []string{"00B0000000 > 30817F00 9000"}},
		{"longer than can be addressed", card.ErrMalformed, []string{"00B0000000 > 30827FFC 9000"}},
		{"ends early", card.ErrMalformed, []string{read(0, 0, der[:256], "9000"), "00B0010000 > 6B00"}},
		{"ends in silence", card.ErrMalformed, []string{read(0, 0, der[:256], "9000"), "00B0010000 > 9000"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			crd, _ := opened(t, append([]string{authCert}, c.lines...)...)
			if _, err := crd.RawCertificate(card.AuthKey, unasked(t)); !errors.Is(err, c.want) {
				t.Errorf("%v, want %v", err, c.want)
			}
		})
	}
	t.Run("other status", func(t *testing.T) {
		crd, _ := opened(t, authCert, "00B0000000 > 6986")
		_, err := crd.RawCertificate(card.AuthKey, unasked(t))
		expectStatus(t, err, 0x6986)
	})
	t.Run("no certificate inside", func(t *testing.T) {
		crd, _ := opened(t, authCert, "00B0000000 > 3003020101 9000")
		if _, err := crd.Certificate(card.AuthKey, unasked(t)); !errors.Is(err, card.ErrMalformed) {
			t.Errorf("%v", err)
		}
	})
}

func TestSigningCertificateComesAfterItsPassword(t *testing.T) {
	c, _ := opened(t, signPIN, "00200080 > 63C4", "end",
		"begin", selectJPKI, signPIN, verifySign, signCert, "00B0000000 > 3003010203 9000")
	pin := card.PIN("abc123")
	got, err := c.RawCertificate(card.SignKey, telling(t, pin, 4))
	if err != nil || len(got) != 5 {
		t.Errorf("%X, %v", got, err)
	}
}

func TestAuthenticationCertificateOfAPhoneComesAfterItsPIN(t *testing.T) {
	c, _ := opened(t, authCert, "00B0000000 > 6982", authPIN, "00200080 > 63C3", "end",
		"begin", selectJPKI, authPIN, verifyAuth, authCert, "00B0000000 > 3003010203 9000")
	got, err := c.RawCertificate(card.AuthKey, telling(t, card.PIN("1234"), 3))
	if err != nil || len(got) != 5 {
		t.Errorf("%X, %v", got, err)
	}
}

func TestInfo(t *testing.T) {
	const selectToken, selectList = "00A4020C 02 0006 > ", "00A4020C 02 0008 > "
	token := func(label string) string { return fmt.Sprintf("%X9000", fmt.Sprintf("%-32s", label)) }
	both, none := []string{selectList + "9000", "00B0000003 > 8F8F00 9000"}, []string{selectList + "6A82"}
	for _, c := range []struct {
		name  string
		token string // answer to reading the token information
		list  []string
		want  card.Info
	}{
		{"mynumber", token("JPKIAPICCTOKEN2"), both, card.Info{Kind: card.KindMynumber, Label: "JPKIAPICCTOKEN2", Sign: true, Auth: true}},
		{"juki", token("JPKIAPICCTOKEN"), none, card.Info{Kind: card.KindJuki, Label: "JPKIAPICCTOKEN", Sign: true}},
		{"padded with zeros", fmt.Sprintf("%X0000009000", "JPKIAPGPSETOKEN"), both, card.Info{Kind: card.KindAndroid, Label: "JPKIAPGPSETOKEN", Sign: true, Auth: true}},
		{"iPhone", token("JPKIAPIOSTOKEN"), none, card.Info{Kind: card.KindIOS, Label: "JPKIAPIOSTOKEN", Sign: true, Auth: true}},
		{"unknown", token("FUTURE"), none, card.Info{Kind: card.KindUnknown, Label: "FUTURE", Sign: true, Auth: true}},
		{"unfit for a terminal", fmt.Sprintf("%X9000", "\x1B[2J\xFF\x80"), both, card.Info{Kind: card.KindUnknown, Label: "?[2J??", Sign: true, Auth: true}},
		{"empty", "9000", both, card.Info{Kind: card.KindUnknown, Sign: true, Auth: true}},
		{"only signing", token("JPKIAPICCTOKEN2"), []string{selectList + "9000", "00B0000003 > 8F0000 9000"}, card.Info{Kind: card.KindMynumber, Label: "JPKIAPICCTOKEN2", Sign: true}},
		{"only authentication", token("JPKIAPICCTOKEN2"), []string{selectList + "9000", "00B0000003 > 008F00 9000"}, card.Info{Kind: card.KindMynumber, Label: "JPKIAPICCTOKEN2", Auth: true}},
		{"list erased", token("JPKIAPICCTOKEN"), []string{selectList + "9000", "00B0000003 > FFFFFF 9000"}, card.Info{Kind: card.KindJuki, Label: "JPKIAPICCTOKEN", Sign: true}},
		{"list empty", token("JPKIAPICCTOKEN2"), []string{selectList + "9000", "00B0000003 > 6B00"}, card.Info{Kind: card.KindMynumber, Label: "JPKIAPICCTOKEN2", Sign: true, Auth: true}},
	} {
		t.Run(c.name, func(t *testing.T) {
			crd, _ := opened(t, append([]string{selectToken + "9000", "00B00000A0 > " + c.token}, c.list...)...)
			got, err := crd.Info()
			if err != nil || *got != c.want {
				t.Errorf("%+v, %v; want %+v", got, err, c.want)
			}
		})
	}
	t.Run("practice card", func(t *testing.T) {
		crd, _ := opened(t, selectToken+"9000", "00B00000A0 > "+fmt.Sprintf("%X9000", fmt.Sprintf("%-32sJPKI-PRACTICE", "JPKIAPICCTOKEN2")), both[0], both[1])
		if got, err := crd.Info(); err != nil || !got.Practice || got.Kind != card.KindMynumber {
			t.Errorf("%+v, %v", got, err)
		}
	})
	t.Run("without token information", func(t *testing.T) {
		crd, _ := opened(t, append([]string{selectToken + "6A82"}, both...)...)
		if got, err := crd.Info(); err != nil || got.Kind != card.KindUnknown || got.Label != "" {
			t.Errorf("%+v, %v", got, err)
		}
	})
	t.Run("refused", func(t *testing.T) {
		crd, _ := opened(t, selectToken+"6982")
		_, err := crd.Info()
		expectStatus(t, err, 0x6982)
		if !strings.Contains(err.Error(), "token information") {
			t.Errorf("%v does not say what was read", err)
		}
	})
}

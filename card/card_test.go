package card_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/jpki-desktop/jpki/card"
)

func TestNewSelectsTheApplication(t *testing.T) {
	const command = "00A4040C 0A D392F000260100000001 > "
	for _, c := range []struct {
		name    string
		answers []string
		other   bool   // want ErrOtherCard
		status  uint16 // want this in a StatusError; 0 = no error
	}{
		{"at once", []string{"9000"}, false, 0},
		{"after 6F00", []string{"6F00", "9000"}, false, 0},
		{"6F00 twice", []string{"6F00", "6F00"}, false, 0x6F00},
		{"6F00, then absent", []string{"6F00", "6A82"}, true, 0x6A82},
		{"absent", []string{"6A82"}, true, 0x6A82},
		{"instruction unknown", []string{"6D00"}, true, 0x6D00},
		{"class unknown", []string{"6E00"}, true, 0x6E00},
		{"defect", []string{"6581"}, false, 0x6581},
	} {
		t.Run(c.name, func(t *testing.T) {
			lines := []string{"begin"}
			for _, a := range c.answers {
				lines = append(lines, command+a)
			}
			if c.status != 0 {
				lines = append(lines, "end")
			}
			_, err := card.New(play(t, lines...))
			if errors.Is(err, card.ErrOtherCard) != c.other {
				t.Errorf("%v", err)
			}
			expectStatus(t, err, c.status)
		})
	}
}

// expectStatus checks that err holds that status word, or is nil for 0.
func expectStatus(t *testing.T, err error, want uint16) {
	t.Helper()
	status, ok := errors.AsType[*card.StatusError](err)
	if ok != (want != 0) || ok && status.SW != want || !ok && err != nil {
		t.Errorf("%v, want status %04X", err, want)
	}
}

func TestAnswerWithoutStatusWordIsMalformed(t *testing.T) {
	for _, answer := range []string{"", "90"} {
		_, err := card.New(play(t, "begin", "00A4040C 0A D392F000260100000001 > "+answer, "end"))
		if !errors.Is(err, card.ErrMalformed) {
			t.Errorf("%q: %v", answer, err)
		}
	}
}

func TestReleaseEndsTheHoldAndTheNextCommandBeginsAnother(t *testing.T) {
	c, _ := opened(t, "end",
		"begin", selectJPKI, authPIN, "00200080 > 63C3", "end")
	for range 2 { // the second one has nothing to do
		if err := c.Release(); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := c.Retries(card.AuthKey); n != 3 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	for range 2 {
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestRetriesReadsEveryFormOfTheCounter(t *testing.T) {
	for _, c := range []struct {
		answer string
		want   int
		status uint16
	}{
		{"63C5", 5, 0},
		{"63C1", 1, 0},
		{"63C0", 0, 0},
		{"6983", 0, 0},
		{"6984", 0, 0},
		{"9000", 5, 0},
		{"6300", 0, 0x6300},
		{"6700", 0, 0x6700},
	} {
		t.Run(c.answer, func(t *testing.T) {
			crd, _ := opened(t, signPIN, "00200080 > "+c.answer)
			got, err := crd.Retries(card.SignKey)
			if got != c.want {
				t.Errorf("%d, want %d", got, c.want)
			}
			expectStatus(t, err, c.status)
		})
	}
}

func TestMissingKeyIsNoCertificate(t *testing.T) {
	c, _ := opened(t,
		"00A4020C 02 0018 > 6A82",
		"00A4020C 02 000A > 6A82",
		"00A4020C 02 000B > 6A82",
		"00A4020C 02 001B > 6A82")
	_, tries := c.Retries(card.AuthKey)
	_, cert := c.RawCertificate(card.AuthKey, unasked(t))
	_, ca := c.RawCA(card.AuthKey)
	_, sign := c.RawCertificate(card.SignKey, unasked(t))
	for what, err := range map[string]error{"tries": tries, "certificate": cert, "CA": ca, "signing certificate": sign} {
		if !errors.Is(err, card.ErrNoCertificate) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// failing is a connection whose every step fails.
type failing struct{ err error }

func (f failing) Begin() error                    { return f.err }
func (f failing) End() error                      { return f.err }
func (f failing) Close() error                    { return f.err }
func (f failing) Transmit([]byte) ([]byte, error) { return nil, f.err }

func TestConnectionErrorsAreKept(t *testing.T) {
	want := &card.ReaderError{Names: []string{"R"}, Err: card.ErrInUse}
	_, err := card.New(failing{want})
	if got, ok := errors.AsType[*card.ReaderError](err); !ok || got != want {
		t.Errorf("%v, want %v", err, want)
	}
}

func TestErrorsSayWhatHappened(t *testing.T) {
	for _, c := range []struct {
		err  error
		want string
	}{
		{&card.PINError{Key: card.SignKey}, "sign PIN is blocked"},
		{&card.PINError{Key: card.AuthKey, Retries: 2}, "wrong auth PIN, 2 tries left"},
		{&card.PINFormatError{Key: card.AuthKey, Min: 4, Max: 4}, "malformed auth PIN"},
		{&card.StatusError{Ins: 0xA4, SW: 0x6A82}, "command A4: status 6A82"},
		{&card.ReaderError{Names: []string{"A", "B"}, Err: card.ErrSeveral}, "several readers qualify (A, B)"},
	} {
		if got := c.err.Error(); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

func TestPrintingACardShowsNoPIN(t *testing.T) {
	c, _ := opened(t, authPIN, "00200080 > 63C3", "end",
		"begin", selectJPKI, authPIN, verifyAuth, "00A4020C 02 0017 > 6A82", "end")
	signer := c.Signer(card.AuthKey, &practiceKey(t).PublicKey, telling(t, card.PIN("1234"), 3))
	if _, err := signer.Sign(nil, make([]byte, 32), sha256); !errors.Is(err, card.ErrNoCertificate) {
		t.Fatal(err)
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%x", "%s", "%q", "%d"} {
		for _, v := range []any{c, *c, signer} {
			out := fmt.Sprintf(verb, v)
			for _, secret := range []string{"1234", "31323334", "49 50 51 52", "0x31, 0x32"} {
				if strings.Contains(out, secret) {
					t.Errorf("%s of %T shows the PIN: %s", verb, v, out)
				}
			}
		}
	}
	c.Close()
}

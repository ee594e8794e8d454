// Package cardtest holds the conformance suite of cards with the JPKI application, as
// testing/fstest does for file systems: the practice card is held to it in process and
// through the PC/SC service, so that both ways are known to be the same card.
//
// It wrongs the card on purpose: it changes PINs and blocks them. Never run it on a card
// that somebody needs.
package cardtest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/jpki-desktop/jpki/card"
)

// Facts are what the card under test is known to hold. A key without a certificate is
// one that the card does not have.
type Facts struct {
	Kind             card.Kind
	Label            string
	Practice         bool // the card calls itself a practice card
	SignPIN, AuthPIN string
	NewSignPIN       string // another one that the card accepts
	NewAuthPIN       string
	SignCert, SignCA []byte // DER
	AuthCert, AuthCA []byte // DER
	AuthLocked       bool   // the authentication certificate wants its PIN, as on a phone
}

// Conformance runs the suite as subtests of t. Open returns a connection to a new card
// each time, with all tries left, and arranges for it to be closed when its test ends.
func Conformance(t *testing.T, open func(t *testing.T) card.Conn, want Facts) {
	t.Run("commands", func(t *testing.T) { commands(t, open, want) })
	t.Run("sessions", func(t *testing.T) { sessions(t, open, want) })
	for _, k := range []card.Key{card.AuthKey, card.SignKey} {
		t.Run(k.String(), func(t *testing.T) {
			if want.cert(k) == nil {
				absentKey(t, open, k)
				return
			}
			presentKey(t, open, want, k)
		})
	}
	t.Run("info", func(t *testing.T) { info(t, open, want) })
	t.Run("budgets", func(t *testing.T) { budgets(t, open, want) })
}

func (f Facts) cert(k card.Key) []byte {
	if k == card.SignKey {
		return f.SignCert
	}
	return f.AuthCert
}

func (f Facts) ca(k card.Key) []byte {
	if k == card.SignKey {
		return f.SignCA
	}
	return f.AuthCA
}

func (f Facts) pin(k card.Key) string {
	if k == card.SignKey {
		return f.SignPIN
	}
	return f.AuthPIN
}

func (f Facts) newPIN(k card.Key) string {
	if k == card.SignKey {
		return f.NewSignPIN
	}
	return f.NewAuthPIN
}

// wrongPIN is well-formed for k, and neither its PIN nor the new one.
func (f Facts) wrongPIN(k card.Key) string {
	candidates := []string{"0917", "7190", "1790"}
	if k == card.SignKey {
		candidates = []string{"WRONG1", "WRONG2", "WRONG3"}
	}
	for _, c := range candidates {
		if c != f.pin(k) && c != f.newPIN(k) {
			return c
		}
	}
	panic("three candidates for two PINs")
}

// answering returns a PINFunc that answers with pin.
func answering(pin string) card.PINFunc {
	return func(card.Key, int) (card.PIN, error) { return card.PIN(pin), nil }
}

// unasked returns a PINFunc that fails t.
func unasked(t *testing.T) card.PINFunc {
	return func(k card.Key, tries int) (card.PIN, error) {
		t.Errorf("the %v PIN was asked for with %d tries left", k, tries)
		return nil, fmt.Errorf("nobody is there to tell the %v PIN", k)
	}
}

// counter counts the commands that pass through a connection.
type counter struct {
	card.Conn
	n    int
	last []string // commands since the count was looked at, without data
}

func (c *counter) Transmit(capdu []byte) ([]byte, error) {
	c.n++
	c.last = append(c.last, fmt.Sprintf("% X", capdu[:min(4, len(capdu))]))
	return c.Conn.Transmit(capdu)
}

// expect checks the number of commands since the last call.
func (c *counter) expect(t *testing.T, what string, want int) {
	t.Helper()
	if c.n != want {
		t.Errorf("%s took %d commands, not %d:\n%s", what, c.n, want, strings.Join(c.last, "\n"))
	}
	c.n, c.last = 0, nil
}

func newCard(t *testing.T, conn card.Conn) *card.Card {
	t.Helper()
	c, err := card.New(conn)
	if err != nil {
		t.Fatalf("selecting the application: %v", err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

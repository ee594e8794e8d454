package cardtest

import (
	"crypto"
	"crypto/x509"
	"testing"

	"github.com/jpki-desktop/jpki/card"
)

// budgets checks how many commands a session takes: a contactless card takes up to a
// tenth of a second for each.
func budgets(t *testing.T, open func(t *testing.T) card.Conn, want Facts) {
	t.Run("what is on the card", func(t *testing.T) {
		conn := &counter{Conn: open(t)}
		c := newCard(t, conn)
		if _, err := c.Info(); err != nil {
			t.Fatal(err)
		}
		most := 5
		for _, k := range []card.Key{card.AuthKey, card.SignKey} {
			if want.cert(k) != nil {
				most += 2
				expectTries(t, c, k, card.MaxTries(k))
			}
		}
		if want.Kind == card.KindJuki {
			most-- // there is no list of certificates to read
		}
		conn.expect(t, "looking at the card", most)
	})
	t.Run("signing", func(t *testing.T) {
		conn := &counter{Conn: open(t)}
		c := newCard(t, conn)
		raw, err := c.RawCertificate(card.SignKey, answering(want.SignPIN))
		if err != nil {
			t.Fatal(err)
		}
		conn.expect(t, "reading the signing certificate", 7+reads(raw))
		if err := c.Release(); err != nil { // while files are hashed
			t.Fatal(err)
		}
		cert, err := x509.ParseCertificate(raw)
		if err != nil {
			t.Fatal(err)
		}
		for _, most := range []int{5, 1, 1} {
			if err := sign(c, card.SignKey, cert.PublicKey, crypto.SHA256, unasked(t)); err != nil {
				t.Fatal(err)
			}
			conn.expect(t, "a signature", most)
		}
	})
	t.Run("PIN change", func(t *testing.T) {
		conn := &counter{Conn: open(t)}
		c := newCard(t, conn)
		if err := c.Release(); err != nil {
			t.Fatal(err)
		}
		conn.expect(t, "finding the card", 1)
		if err := c.ChangePIN(card.SignKey, card.PIN(want.SignPIN), card.PIN(want.NewSignPIN)); err != nil {
			t.Fatal(err)
		}
		conn.expect(t, "changing the PIN", 4)
	})
	if want.AuthCert == nil || want.AuthLocked {
		return
	}
	t.Run("authentication certificate", func(t *testing.T) {
		conn := &counter{Conn: open(t)}
		raw, err := newCard(t, conn).RawCertificate(card.AuthKey, unasked(t))
		if err != nil {
			t.Fatal(err)
		}
		conn.expect(t, "reading the authentication certificate", 2+reads(raw))
	})
}

// reads is how many READ BINARY commands a certificate takes.
func reads(der []byte) int { return (len(der) + 255) / 256 }

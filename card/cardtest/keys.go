package cardtest

import (
	"bytes"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"errors"
	"testing"

	"github.com/jpki-desktop/jpki/card"
)

func info(t *testing.T, open func(t *testing.T) card.Conn, want Facts) {
	got, err := newCard(t, open(t)).Info()
	if err != nil {
		t.Fatal(err)
	}
	expected := card.Info{Kind: want.Kind, Label: want.Label, Sign: want.SignCert != nil, Auth: want.AuthCert != nil, Practice: want.Practice}
	if *got != expected {
		t.Errorf("info %+v, want %+v", *got, expected)
	}
}

func absentKey(t *testing.T, open func(t *testing.T) card.Conn, k card.Key) {
	c := newCard(t, open(t))
	if n, err := c.Retries(k); !errors.Is(err, card.ErrNoCertificate) {
		t.Errorf("tries of a key that is not there: %d, %v", n, err)
	}
	if _, err := c.RawCertificate(k, unasked(t)); !errors.Is(err, card.ErrNoCertificate) {
		t.Errorf("certificate that is not there: %v", err)
	}
	if _, err := c.RawCA(k); !errors.Is(err, card.ErrNoCertificate) {
		t.Errorf("certificate of the authority that is not there: %v", err)
	}
}

func presentKey(t *testing.T, open func(t *testing.T) card.Conn, want Facts, k card.Key) {
	cert, err := x509.ParseCertificate(want.cert(k))
	if err != nil {
		t.Fatalf("in the facts: %v", err)
	}
	pub := cert.PublicKey
	t.Run("certificates", func(t *testing.T) {
		c := newCard(t, open(t))
		if got, err := c.RawCA(k); err != nil || !bytes.Equal(got, want.ca(k)) {
			t.Errorf("certificate of the authority: %d bytes, %v; want %d", len(got), err, len(want.ca(k)))
		}
		ask := answering(want.pin(k))
		if k == card.AuthKey && !want.AuthLocked {
			ask = unasked(t)
		}
		if got, err := c.RawCertificate(k, ask); err != nil || !bytes.Equal(got, want.cert(k)) {
			t.Errorf("certificate: %d bytes, %v; want %d", len(got), err, len(want.cert(k)))
		}
	})
	t.Run("signatures", func(t *testing.T) { signatures(t, newCard(t, open(t)), k, pub, want.pin(k)) })
	t.Run("wrong PIN", func(t *testing.T) { wrongPIN(t, newCard(t, open(t)), k, pub, want) })
	t.Run("PIN change", func(t *testing.T) { changePIN(t, newCard(t, open(t)), k, want) })
	t.Run("blocked", func(t *testing.T) { blocked(t, newCard(t, open(t)), k, pub, want) })
}

// sign returns an error if a signature is refused or not verified by pub.
func sign(c *card.Card, k card.Key, pub crypto.PublicKey, hash crypto.Hash, ask card.PINFunc) error {
	digest := make([]byte, hash.Size())
	rand.Read(digest)
	signature, err := c.Signer(k, pub, ask).Sign(nil, digest, hash)
	if err != nil {
		return err
	}
	return rsa.VerifyPKCS1v15(pub.(*rsa.PublicKey), hash, digest, signature)
}

func signatures(t *testing.T, c *card.Card, k card.Key, pub crypto.PublicKey, pin string) {
	ask := answering(pin)
	for _, hash := range []crypto.Hash{crypto.SHA256, crypto.SHA384, crypto.SHA512} {
		if err := sign(c, k, pub, hash, ask); err != nil {
			t.Errorf("%v: %v", hash, err)
		}
		ask = unasked(t) // the card keeps the PIN
	}
	if err := c.Release(); err != nil {
		t.Fatal(err)
	}
	if err := sign(c, k, pub, crypto.SHA256, ask); err != nil {
		t.Errorf("after Release: %v", err)
	}
}

func wrongPIN(t *testing.T, c *card.Card, k card.Key, pub crypto.PublicKey, want Facts) {
	most := card.MaxTries(k)
	err := sign(c, k, pub, crypto.SHA256, answering(want.wrongPIN(k)))
	if refused, ok := errors.AsType[*card.PINError](err); !ok || *refused != (card.PINError{Key: k, Retries: most - 1}) {
		t.Errorf("wrong PIN: %v", err)
	}
	expectTries(t, c, k, most-1)
	if err := sign(c, k, pub, crypto.SHA256, answering("1")); !isMalformed(err) {
		t.Errorf("malformed PIN: %v", err)
	}
	expectTries(t, c, k, most-1)
	if err := sign(c, k, pub, crypto.SHA256, answering(want.pin(k))); err != nil {
		t.Errorf("right PIN: %v", err)
	}
	expectTries(t, c, k, most)
}

func isMalformed(err error) bool {
	_, ok := errors.AsType[*card.PINFormatError](err)
	return ok
}

func expectTries(t *testing.T, c *card.Card, k card.Key, want int) {
	t.Helper()
	if got, err := c.Retries(k); err != nil || got != want {
		t.Errorf("%d tries left, %v; want %d", got, err, want)
	}
}

func changePIN(t *testing.T, c *card.Card, k card.Key, want Facts) {
	change := func(old, new string) error { return c.ChangePIN(k, card.PIN(old), card.PIN(new)) }
	if err := change(want.wrongPIN(k), want.newPIN(k)); err == nil {
		t.Error("a change with a wrong PIN was accepted")
	}
	expectTries(t, c, k, card.MaxTries(k)-1)
	if err := change(want.pin(k), "1"); !isMalformed(err) {
		t.Errorf("change to a malformed PIN: %v", err)
	}
	expectTries(t, c, k, card.MaxTries(k)-1)
	if err := change(want.pin(k), want.newPIN(k)); err != nil {
		t.Fatalf("there: %v", err)
	}
	if err := change(want.newPIN(k), want.pin(k)); err != nil {
		t.Errorf("back: %v", err)
	}
	expectTries(t, c, k, card.MaxTries(k))
}

func blocked(t *testing.T, c *card.Card, k card.Key, pub crypto.PublicKey, want Facts) {
	for left := card.MaxTries(k) - 1; left >= 0; left-- {
		err := sign(c, k, pub, crypto.SHA256, answering(want.wrongPIN(k)))
		if refused, ok := errors.AsType[*card.PINError](err); !ok || refused.Retries != left {
			t.Fatalf("wrong PIN: %v, want %d tries left", err, left)
		}
	}
	expectTries(t, c, k, 0)
	err := sign(c, k, pub, crypto.SHA256, unasked(t))
	if refused, ok := errors.AsType[*card.PINError](err); !ok || refused.Retries != 0 {
		t.Errorf("signing when blocked: %v", err)
	}
	err = c.ChangePIN(k, card.PIN(want.pin(k)), card.PIN(want.newPIN(k)))
	if refused, ok := errors.AsType[*card.PINError](err); !ok || refused.Retries != 0 {
		t.Errorf("changing when blocked: %v", err)
	}
}

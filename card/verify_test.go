package card_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/jpki-desktop/jpki/card"
)

func sign(t *testing.T, c *card.Card, ask card.PINFunc) error {
	_, err := c.Signer(card.SignKey, &practiceKey(t).PublicKey, ask).Sign(nil, digestOf(sha256), sha256)
	return err
}

func TestRefusedPINIsForgotten(t *testing.T) {
	const verify = "00200080 06 414243313233 > "
	for _, c := range []struct {
		answer  string
		retries int
		status  uint16
	}{
		{"63C4", 4, 0}, {"63C1", 1, 0}, {"63C0", 0, 0}, {"6983", 0, 0}, {"6984", 0, 0},
		{"6985", 0, 0x6985}, {"6700", 0, 0x6700}, {"6C06", 0, 0x6C06},
	} {
		t.Run(c.answer, func(t *testing.T) {
			pin := card.PIN("ABC123")
			crd, s := opened(t, signPIN, "00200080 > 63C5", "end", "begin", selectJPKI, signPIN, verify+c.answer)
			err := sign(t, crd, telling(t, pin, 5))
			refused, ok := errors.AsType[*card.PINError](err)
			if ok != (c.status == 0) || ok && *refused != (card.PINError{Key: card.SignKey, Retries: c.retries}) {
				t.Errorf("%v", err)
			}
			if !ok {
				expectStatus(t, err, c.status)
			}
			expectWiped(t, s, pin)
		})
	}
}

func TestKeptPINThatIsRefusedIsNotTriedAgain(t *testing.T) {
	pin := card.PIN("ABC123")
	c, s := opened(t, signPIN, "00200080 > 63C5", "end",
		"begin", selectJPKI, signPIN, verifySign, signKey, pso(t, practiceKey(t), sha256, digestOf(sha256)), "end",
		"begin", selectJPKI, signPIN, "00200080 06 414243313233 > 63C4",
		"00200080 > 63C4", "end") // and now it is asked for
	if err := sign(t, c, telling(t, pin, 5)); err != nil {
		t.Fatal(err)
	}
	if err := c.Release(); err != nil {
		t.Fatal(err)
	}
	if refused, ok := errors.AsType[*card.PINError](sign(t, c, unasked(t))); !ok || refused.Retries != 4 {
		t.Errorf("%v", refused)
	}
	expectWiped(t, s, pin)
	stop := errors.New("stop")
	err := sign(t, c, func(card.Key, int) (card.PIN, error) { return nil, stop })
	if err != stop {
		t.Errorf("%v, want %v unchanged", err, stop)
	}
}

func TestBlockedPINIsNotAskedFor(t *testing.T) {
	for _, answer := range []string{"63C0", "6983", "6984"} {
		c, _ := opened(t, signPIN, "00200080 > "+answer)
		err := sign(t, c, unasked(t))
		if refused, ok := errors.AsType[*card.PINError](err); !ok || refused.Retries != 0 {
			t.Errorf("%s: %v", answer, err)
		}
	}
}

func TestMalformedPINNeverReachesTheCard(t *testing.T) {
	for _, entered := range []string{"", "ABC", "ABC12é", "ABC-123", "ABCDEFGH123456789", "ABC 12"} {
		pin := card.PIN(entered)
		c, s := opened(t, signPIN, "00200080 > 63C5", "end")
		err := sign(t, c, telling(t, pin, 5))
		if rule, ok := errors.AsType[*card.PINFormatError](err); !ok || rule.Min != 6 || rule.Max != 16 {
			t.Errorf("%q: %v", entered, err)
		}
		expectWiped(t, s, pin)
	}
}

func TestShortPasswordIsForJukiCardsOnly(t *testing.T) {
	lookUp := func(label string) []string {
		return []string{signPIN, "00200080 > 63C5", "end", "begin", selectJPKI,
			"00A4020C 02 0006 > 9000", fmt.Sprintf("00B00000A0 > %X9000", fmt.Sprintf("%-32s", label))}
	}
	t.Run("mynumber", func(t *testing.T) {
		c, _ := opened(t, lookUp("JPKIAPICCTOKEN2")...)
		if _, ok := errors.AsType[*card.PINFormatError](sign(t, c, telling(t, card.PIN("ABC1"), 5))); !ok {
			t.Error("a password of 4 characters was let through")
		}
	})
	t.Run("juki", func(t *testing.T) {
		c, _ := opened(t, append(lookUp("JPKIAPICCTOKEN"), signPIN, "00200080 04 41424331 > 9000", signKey,
			pso(t, practiceKey(t), sha256, digestOf(sha256)))...)
		if err := sign(t, c, telling(t, card.PIN("ABC1"), 5)); err != nil {
			t.Error(err)
		}
	})
}

func TestNobodyToAsk(t *testing.T) {
	c, _ := opened(t)
	if err := sign(t, c, nil); err == nil {
		t.Error("signed without a PIN")
	}
}

func TestOnePINVerifiedAtATime(t *testing.T) {
	key := practiceKey(t)
	c, _ := opened(t, signPIN, "00200080 > 63C5", "end",
		"begin", selectJPKI, signPIN, verifySign, signKey, pso(t, key, sha256, digestOf(sha256)),
		authPIN, "00200080 > 63C3", "end",
		"begin", selectJPKI, authPIN, verifyAuth, "00A4020C 02 0017 > 9000", pso(t, key, sha256, digestOf(sha256)),
		signPIN, verifySign, signKey, pso(t, key, sha256, digestOf(sha256)))
	if err := sign(t, c, telling(t, card.PIN("ABC123"), 5)); err != nil {
		t.Fatal(err)
	}
	auth := c.Signer(card.AuthKey, &key.PublicKey, telling(t, card.PIN("1234"), 3))
	if _, err := auth.Sign(nil, digestOf(sha256), sha256); err != nil {
		t.Fatal(err)
	}
	if err := sign(t, c, unasked(t)); err != nil {
		t.Fatal(err)
	}
}

func TestChangePIN(t *testing.T) {
	t.Run("changed", func(t *testing.T) {
		old, new := card.PIN("abc123"), card.PIN("xyz789")
		c, s := opened(t, "end", "begin", selectJPKI, signPIN, verifySign, "00240180 06 58595A373839 > 9000")
		if err := c.Release(); err != nil {
			t.Fatal(err)
		}
		if err := c.ChangePIN(card.SignKey, old, new); err != nil {
			t.Error(err)
		}
		expectWiped(t, s, old, new)
	})
	t.Run("old one wrong", func(t *testing.T) {
		old, new := card.PIN("1234"), card.PIN("5678")
		c, s := opened(t, authPIN, "00200080 04 31323334 > 63C2")
		err := c.ChangePIN(card.AuthKey, old, new)
		if refused, ok := errors.AsType[*card.PINError](err); !ok || *refused != (card.PINError{Key: card.AuthKey, Retries: 2}) {
			t.Errorf("%v", err)
		}
		expectWiped(t, s, old, new)
	})
	t.Run("new one refused", func(t *testing.T) {
		old, new := card.PIN("1234"), card.PIN("5678")
		c, s := opened(t, authPIN, verifyAuth, "00240180 04 35363738 > 6A80")
		expectStatus(t, c.ChangePIN(card.AuthKey, old, new), 0x6A80)
		expectWiped(t, s, old, new)
	})
	for _, pins := range [][2]string{{"123", "5678"}, {"1234", "567"}, {"", ""}} {
		old, new := card.PIN(pins[0]), card.PIN(pins[1])
		c, s := opened(t)
		if _, ok := errors.AsType[*card.PINFormatError](c.ChangePIN(card.AuthKey, old, new)); !ok {
			t.Errorf("%q was let through", pins)
		}
		expectWiped(t, s, old, new)
	}
}

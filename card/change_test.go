package card_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/jpki-desktop/jpki/card"
)

// changing plays a change of the authentication PIN whose last command has this answer.
func changing(t *testing.T, answer string) error {
	t.Helper()
	old, new := card.PIN("1234"), card.PIN("5678")
	c, s := opened(t, authPIN, verifyAuth, "00240180 04 35363738 > "+answer)
	err := c.ChangePIN(card.AuthKey, old, new)
	expectWiped(t, s, old, new)
	return err
}

func TestRefusedChangeLeavesTheOldPIN(t *testing.T) {
	for _, sw := range []uint16{0x6400, 0x6700, 0x6982, 0x6983, 0x6984, 0x6985, 0x6A80, 0x6B00, 0x6C04, 0x6D00, 0x6E00} {
		err := changing(t, fmt.Sprintf("%04X", sw))
		if errors.Is(err, card.ErrChangeUnclear) {
			t.Errorf("%04X: %v", sw, err)
		}
		expectStatus(t, err, sw)
	}
}

func TestChangeWithoutAClearAnswerIsUnclear(t *testing.T) {
	for _, answer := range []string{"6200", "6300", "63C2", "6581", "6F00", "9001", "90", ""} {
		if err := changing(t, answer); !errors.Is(err, card.ErrChangeUnclear) {
			t.Errorf("%q: %v", answer, err)
		}
	}
}

func TestKindIsReadOnce(t *testing.T) {
	c, _ := opened(t, "00A4020C 02 0006 > 9000", fmt.Sprintf("00B00000A0 > %X9000", fmt.Sprintf("%-32s", "JPKIAPICCTOKEN")))
	for range 2 {
		if kind, err := c.Kind(); kind != card.KindJuki || err != nil {
			t.Errorf("%v, %v", kind, err)
		}
	}
}

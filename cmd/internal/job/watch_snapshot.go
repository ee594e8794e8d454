package job

import (
	"context"
	"errors"

	"github.com/jpki-desktop/jpki/card"
)

// Snapshot is what a card tells without a PIN, or why there is none to tell.
type Snapshot struct {
	Reading bool   // a card came and is being read; nothing else is known yet, and another Snapshot follows
	Err     error  // why no card can be used, as from [Open]; nil if there is one or it is being read
	Reader  string // where the card is; "" if none was found

	// Arrival counts from 1 the cards that a [WatchCard] read: it is the same for the same
	// card until that is taken out. 0 without a card, and from [ReadCard].
	Arrival int

	card.Info
	Tries map[card.Key]int // tries left, 0 = blocked; a key that the card lacks is not in it

	// Certificate is that for authentication: nil if the card has none, wants a PIN for it,
	// as phones do, or if CertificateErr says why it cannot be read.
	Certificate    *Certificate
	CertificateErr error
}

// ReadCard reads the card that s describes and lets go of it, powered down by the service
// when nobody else uses it. It may wait for another program's transaction, for 10 seconds
// at most.
func ReadCard(ctx context.Context, s Source) Snapshot {
	c, err := Open(ctx, s)
	if err != nil {
		return Snapshot{Err: err}
	}
	defer c.Close()
	shot := Snapshot{Reader: c.Reader}
	if err := shot.read(c); err != nil {
		return Snapshot{Err: c.in(err), Reader: c.Reader}
	}
	return shot
}

// read fills in what c tells. An error is one of the way to the card.
func (s *Snapshot) read(c *Card) error {
	info, err := c.Info()
	if err != nil {
		return err
	}
	s.Info, s.Tries = *info, map[card.Key]int{}
	for _, k := range []card.Key{card.AuthKey, card.SignKey} {
		tries, err := c.Retries(k)
		if err == nil {
			s.Tries[k] = tries
		} else if !errors.Is(err, card.ErrNoCertificate) {
			return err
		}
	}
	return s.readCertificate(c)
}

// readCertificate reads the authentication certificate. One that is damaged is no reason
// to hide the rest.
func (s *Snapshot) readCertificate(c *Card) error {
	certs, err := c.Certificates([]Kind{AuthCert}, func(card.Key, int) (card.PIN, error) { return nil, ErrSkip })
	_, status := errors.AsType[*card.StatusError](err)
	_, blocked := errors.AsType[*card.PINError](err)
	switch {
	case err == nil && len(certs) == 1:
		s.Certificate = certs[0]
	case err == nil, blocked, errors.Is(err, card.ErrNoCertificate):
	case status, errors.Is(err, card.ErrMalformed):
		s.CertificateErr = err
	default:
		return err
	}
	return nil
}

package emu

import "bytes"

// Certificates returns the certificates of the card, DER: nil for one that it has not.
func (c *Card) Certificates() (sign, auth []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.image.Sign.certificate(), c.image.Auth.certificate()
}

func (p *part) certificate() []byte {
	if p == nil {
		return nil
	}
	return bytes.Clone(p.Cert)
}

// Renew puts other keys and certificates on the card, as a municipal office does. PINs and
// tries stay as they are. To whoever has the card open in a reader it is another one
// then, and the first one removed.
func (c *Card) Renew(content Content) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.locked(func() error {
		next, err := newImage(c.image.Profile, content)
		if err != nil {
			return err
		}
		next.Sign.follow(c.image.Sign)
		next.Auth.follow(c.image.Auth)
		c.image, c.files = next, next.files()
		c.powerUp()
		return c.keep()
	})
}

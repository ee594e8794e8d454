package emu

import (
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
)

const (
	imageVersion = 1
	keySize      = 256 // bytes of an RSA-2048 modulus
)

// image is what persists of a card, and the form of its file.
type image struct {
	Version int     `json:"version"`
	Serial  string  `json:"serial"` // random: tells one card from the next in the same place
	Profile Profile `json:"profile"`
	Sign    *part   `json:"sign,omitempty"`
	Auth    *part   `json:"auth,omitempty"`
}

// part is one key with what belongs to it.
type part struct {
	Cert []byte `json:"cert"`         // DER
	CA   []byte `json:"ca,omitempty"` // DER
	Key  []byte `json:"key"`          // PKCS#1 RSAPrivateKey, DER
	PIN  []byte `json:"pin"`
	Left int    `json:"left"` // tries

	key  *rsa.PrivateKey
	rule rule
}

func newImage(p Profile, c Content) (image, error) {
	img := image{Version: imageVersion, Serial: rand.Text(), Profile: p}
	img.Sign = newPart(c.SignCert, c.SignCA, c.SignKey, SignPIN, p.left(signRule.tries))
	if p != Juki {
		img.Auth = newPart(c.AuthCert, c.AuthCA, c.AuthKey, AuthPIN, p.left(authRule.tries))
	}
	if err := img.settle(); err != nil {
		return image{}, fmt.Errorf("making a practice card: %w", err)
	}
	return img, nil
}

func newPart(cert, ca []byte, key *rsa.PrivateKey, pin string, left int) *part {
	if cert == nil && key == nil {
		return nil
	}
	p := &part{Cert: bytes.Clone(cert), CA: bytes.Clone(ca), PIN: []byte(pin), Left: left}
	if key != nil {
		p.Key = x509.MarshalPKCS1PrivateKey(key)
	}
	return p
}

// settle checks an image and derives what is not written.
func (img *image) settle() error {
	switch {
	case img.Version != imageVersion:
		return fmt.Errorf("version %d of the file is not known", img.Version)
	case !slices.Contains(Profiles(), img.Profile):
		return fmt.Errorf("profile %.40q is not known", img.Profile)
	case img.Serial == "" || len(img.Serial) > 64:
		return errors.New("the serial is not 1 to 64 bytes long")
	case img.Sign == nil && img.Auth == nil:
		return errors.New("the card has neither a signing nor an authentication part")
	case img.Profile == Juki && img.Auth != nil:
		return errors.New("a card of profile juki has no authentication part")
	}
	if err := img.Sign.settle(img.Profile.signRule()); err != nil {
		return fmt.Errorf("signing part: %w", err)
	}
	if err := img.Auth.settle(authRule); err != nil {
		return fmt.Errorf("authentication part: %w", err)
	}
	return nil
}

func (p *part) settle(r rule) (err error) {
	if p == nil {
		return nil
	}
	p.rule = r
	switch {
	case len(p.Cert) == 0 || len(p.Cert) > certificateSize:
		return fmt.Errorf("a certificate of %d bytes is not 1 to %d long", len(p.Cert), certificateSize)
	case len(p.CA) > certificateSize:
		return fmt.Errorf("a CA certificate of %d bytes is over %d long", len(p.CA), certificateSize)
	case !r.allows(p.PIN):
		return errors.New("the PIN breaks its rule")
	case p.Left < 0 || p.Left > r.tries:
		return fmt.Errorf("%d tries left of %d", p.Left, r.tries)
	}
	if p.key, err = x509.ParsePKCS1PrivateKey(p.Key); err != nil {
		return fmt.Errorf("reading the private key: %w", err)
	}
	if p.key.Size() != keySize {
		return fmt.Errorf("the key has %d bits, not %d", p.key.N.BitLen(), keySize*8)
	}
	return nil
}

func parseImage(data []byte) (image, error) {
	var img image
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&img); err != nil {
		return image{}, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return image{}, errors.New("something follows the card in the file")
	}
	return img, img.settle()
}

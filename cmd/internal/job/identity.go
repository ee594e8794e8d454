package job

import (
	"bytes"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/adrg/xdg"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/sign"
	"github.com/jpki-desktop/jpki/sign/pki"
)

// Identity reads who signs from the card: the signing certificate, which asks for its
// password, and that of its CA, from the cache if it was ever read before. The card is
// released afterwards, and takes part again when the Signer is used.
func (c *Card) Identity(pin card.PINFunc) (*sign.Identity, error) {
	cert, err := c.Certificate(card.SignKey, pin)
	if err != nil {
		return nil, c.in(err)
	}
	chain, err := c.chain(cert)
	if err != nil {
		return nil, c.in(err)
	}
	if err := c.Release(); err != nil {
		return nil, c.in(err)
	}
	return &sign.Identity{Cert: cert, Chain: chain, Signer: c.Signer(card.SignKey, cert.PublicKey, pin)}, nil
}

// in adds the reader's name to a state of the card.
func (c *Card) in(err error) error {
	var named *card.ReaderError
	if errors.As(err, &named) {
		return err
	}
	for _, state := range []error{card.ErrRemoved, card.ErrInUse, card.ErrMuteCard, card.ErrNoCard} {
		if errors.Is(err, state) {
			return &card.ReaderError{Names: []string{c.Reader}, Err: err}
		}
	}
	return err
}

// chain returns the CA certificate that issued cert, or none if the card holds none. One
// that did not issue it means that one of the two was misread.
func (c *Card) chain(cert *x509.Certificate) ([]*x509.Certificate, error) {
	if ca := cachedCA(cert); ca != nil {
		return []*x509.Certificate{ca}, nil
	}
	der, err := c.RawCA(card.SignKey)
	if errors.Is(err, card.ErrNoCertificate) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	ca, err := x509.ParseCertificate(der)
	if err == nil {
		err = cert.CheckSignatureFrom(ca)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: the certificate is not from the CA beside it: %w", card.ErrMalformed, err)
	}
	cacheCA(ca)
	return []*x509.Certificate{ca}, nil
}

// cachePaths are where the certificate of the CA with the given key identifier may be:
// under a name that says so if it is a practice authority's.
func cachePaths(keyID []byte) (real, practice string) {
	dir := filepath.Join(xdg.CacheHome, "jpki", "ca")
	name := hex.EncodeToString(keyID) + ".cer"
	return filepath.Join(dir, name), filepath.Join(dir, "practice-"+name)
}

// cachedCA returns the certificate of the CA that issued cert from the user's cache, or
// nil. What lies there is checked like what a card says: it must have signed cert.
func cachedCA(cert *x509.Certificate) *x509.Certificate {
	if len(cert.AuthorityKeyId) == 0 {
		return nil
	}
	real, practice := cachePaths(cert.AuthorityKeyId)
	for _, path := range []string{real, practice} {
		der, err := os.ReadFile(path)
		if err != nil {
			continue
		}
		if ca, err := x509.ParseCertificate(der); err == nil && cert.CheckSignatureFrom(ca) == nil {
			return ca
		}
	}
	return nil
}

// cacheCA keeps ca so that the next signature need not read it from the card again. It
// is kept only if its key is pinned, or as a practice authority's under such a name. A
// cache that cannot be written costs time and nothing else.
func cacheCA(ca *x509.Certificate) {
	real, practice := cachePaths(ca.SubjectKeyId)
	path := ""
	if _, ok := pki.NewStore(pki.Pinned()...).AnchorOf(ca); ok {
		path = real
	} else if pki.Classify(ca).Origin == pki.OriginPractice {
		path = practice
	}
	if path == "" || os.MkdirAll(filepath.Dir(path), 0o700) != nil {
		return
	}
	if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, ca.Raw) {
		return
	}
	if out, err := NewOutput(path, true); err == nil {
		if _, err := out.Write(ca.Raw); err == nil {
			out.Commit()
		}
		out.Abort()
	}
}

// checkValidity refuses a certificate whose signatures nobody would accept today.
func checkValidity(cert *x509.Certificate, now time.Time) error {
	switch {
	case now.After(cert.NotAfter):
		return fail("certificate_expired", nil, cert.NotAfter)
	case now.Before(cert.NotBefore):
		return fail("certificate_not_yet_valid", nil, cert.NotBefore)
	}
	return nil
}

package job

import (
	"bytes"
	"context"
	"errors"
	"io"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/sign/cms"
	"github.com/jpki-desktop/jpki/sign/pki"
)

// Certificates reads certificates of the card. Those that it lacks are left out, as is
// the signing certificate if pin returns [ErrSkip], or if it is one of several and its
// PIN is locked.
func (c *Card) Certificates(kinds []Kind, pin card.PINFunc) ([]*Certificate, error) {
	anchors := pki.NewStore(append(pki.Pinned(), practiceAnchors(c.Reader)...)...)
	var certs []*Certificate
	for _, kind := range kinds {
		asked := false
		der, err := c.rawCertificate(kind, func(k card.Key, tries int) (card.PIN, error) {
			asked = true
			return pin(k, tries)
		})
		locked := errors.As(err, new(*card.PINError)) && !asked
		if len(kinds) > 1 && (errors.Is(err, card.ErrNoCertificate) || locked) || errors.Is(err, ErrSkip) {
			continue
		}
		if err != nil {
			return nil, c.in(err)
		}
		cert := newCertificate(kind, der, anchors)
		if cert == nil {
			return nil, card.ErrMalformed
		}
		certs = append(certs, cert)
	}
	return certs, c.in(c.Release())
}

// ErrSkip is what a card.PINFunc returns to leave out what the PIN guards.
var ErrSkip = errors.New("left out")

func (c *Card) rawCertificate(kind Kind, pin card.PINFunc) ([]byte, error) {
	switch kind {
	case SignCert:
		return c.RawCertificate(card.SignKey, pin)
	case AuthCert:
		return c.RawCertificate(card.AuthKey, pin)
	case SignCA:
		return c.RawCA(card.SignKey)
	}
	return c.RawCA(card.AuthKey)
}

// FileCertificates reads the certificates of a file: DER, PEM, PKCS#7, or those inside
// a signature.
func FileCertificates(ctx context.Context, path string, stdin io.Reader) ([]*Certificate, error) {
	in, err := openInput(ctx, path, stdin, nil)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	all, err := splitFile(ctx, in)
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, fail("certificate_unreadable", err, path)
	}
	anchors := pki.NewStore(append(pki.Pinned(), practiceAnchors("")...)...)
	var certs []*Certificate
	for _, der := range all {
		if cert := newCertificate("", der, anchors); cert != nil {
			certs = append(certs, cert)
		}
	}
	if len(certs) == 0 {
		return nil, fail("certificate_unreadable", nil, path)
	}
	return certs, nil
}

// splitFile returns the certificates of a file in DER. A signature may have any size, a
// file of certificates 4 MiB.
func splitFile(ctx context.Context, r io.Reader) ([][]byte, error) {
	head := make([]byte, 4096)
	n, err := io.ReadFull(r, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return nil, err
	}
	whole := io.MultiReader(bytes.NewReader(head[:n]), r)
	if cms.Detect(head[:n]) {
		return cms.Certificates(ctx, whole)
	}
	data, err := io.ReadAll(io.LimitReader(whole, 4<<20+1))
	if err != nil {
		return nil, err
	}
	return pki.SplitCertificates(data)
}

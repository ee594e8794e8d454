package cms

import (
	"context"
	"crypto"
	"crypto/rand"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/jpki-desktop/jpki/sign"
)

// Sign signs src as id and writes the SignedData to dst. It is [Prepare] and
// [Pending.Finish].
func Sign(ctx context.Context, dst io.Writer, src io.Reader, id *sign.Identity, o *sign.Options) error {
	p, err := Prepare(ctx, dst, src, id.Cert, id.Chain, o)
	if err != nil {
		return err
	}
	return p.Finish(ctx, id.Signer)
}

// maxSize bounds content so that no length overflows.
const maxSize = 1 << 62

// Pending is a SignedData that lacks its signature.
type Pending struct {
	dst        io.Writer
	pem        bool
	out        io.WriteCloser // to dst, once something is written
	hash       crypto.Hash
	method     method
	cert       *x509.Certificate
	chain      []*x509.Certificate
	attached   bool
	time       time.Time
	attributes attributes
}

// Prepare reads src to its end and hashes it. Attached content is written to dst in the
// same pass, with all that precedes it; otherwise nothing is written yet. The claimed time
// of signing, unless o tells it, is that of the call. A nil o is the zero Options.
//
// It returns [sign.ErrSizeChanged] when src is not of o.Size bytes; that is not checked
// for detached signatures whose o.Size is 0.
func Prepare(ctx context.Context, dst io.Writer, src io.Reader, cert *x509.Certificate, chain []*x509.Certificate, o *sign.Options) (*Pending, error) {
	if o == nil {
		o = &sign.Options{}
	}
	p, err := newPending(cert, chain, o)
	if err != nil {
		return nil, err
	}
	p.dst = dst
	sum, err := p.readContent(ctx, src, o.Size)
	if err != nil {
		return nil, err
	}
	p.attributes = p.attributesOver(sum)
	return p, nil
}

func newPending(cert *x509.Certificate, chain []*x509.Certificate, o *sign.Options) (*Pending, error) {
	p := &Pending{hash: o.Digest, cert: cert, chain: chain, attached: o.Attached, pem: o.PEM, time: o.Time}
	if p.hash == 0 {
		p.hash = crypto.SHA256
	}
	if p.time.IsZero() {
		p.time = time.Now()
	}
	var err error
	p.method, err = methodFor(cert.PublicKey, p.hash)
	switch y := p.time.UTC().Year(); {
	case err != nil:
		return nil, err
	case o.Size < 0 || o.Size > maxSize:
		return nil, fmt.Errorf("content of %d bytes cannot be signed", o.Size)
	case y < 0 || y > 9999:
		return nil, fmt.Errorf("the year %d cannot be written as a time of signing", y)
	case p.attached && p.method.size == 0:
		return nil, errors.New("attached content needs a signature whose length is known beforehand: ECDSA has none")
	}
	return p, nil
}

// readContent hashes src, and writes everything up to its end if it is attached.
func (p *Pending) readContent(ctx context.Context, src io.Reader, size int64) ([]byte, error) {
	hash := p.hash.New()
	w := io.Writer(hash)
	if p.attached {
		if err := p.write(p.head(size)); err != nil {
			return nil, err
		}
		w = io.MultiWriter(hash, p.out)
	}
	exact := p.attached || size > 0
	if exact {
		src = io.LimitReader(src, size+1) // never more than one byte of a file that grows
	}
	n, err := copyContent(ctx, w, src)
	if err == nil && exact && n != size {
		err = sign.ErrSizeChanged
	}
	return hash.Sum(nil), err
}

// Finish signs and writes the rest: everything, when the signature is detached. It is
// called once. The signer must hold the key of Prepare's certificate: a signature that
// does not fit it is not written.
func (p *Pending) Finish(ctx context.Context, signer crypto.Signer) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("signing: %w", err)
	}
	digest := sum(p.hash, p.attributes.encode(tagSet))
	value, err := signer.Sign(rand.Reader, digest, p.hash)
	if err != nil {
		return fmt.Errorf("signing: %w", err)
	}
	if err := p.method.check(p.cert.PublicKey, digest, value); err != nil {
		return fmt.Errorf("checking signature against the certificate: %w", err)
	}
	rest := p.tail(p.attributes, value)
	if !p.attached {
		rest = append(p.before(tlv(tagSequence, oidData.der()), int64(len(rest))), rest...)
	}
	if err := p.write(rest); err != nil {
		return err
	}
	if err := p.out.Close(); err != nil {
		return fmt.Errorf("writing signature: %w", err)
	}
	return nil
}

// write writes to dst, as PEM if wanted.
func (p *Pending) write(der []byte) (err error) {
	if p.out == nil {
		p.out, err = newOutput(p.dst, p.pem)
	}
	if err == nil {
		_, err = p.out.Write(der)
	}
	if err != nil {
		return fmt.Errorf("writing signature: %w", err)
	}
	return nil
}

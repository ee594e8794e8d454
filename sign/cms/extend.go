package cms

import (
	"context"
	"crypto"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/jpki-desktop/jpki/sign"
)

// ErrTooLarge says that a signature would become larger than a verifier reads: what is
// beside its content, such as CRLs, may have 16 MiB.
var ErrTooLarge = errors.New("more than 16 MiB beside the content")

// ErrMessage says that a signature is a part of an S/MIME message, which is not rewritten.
var ErrMessage = errors.New("the signature is a part of a message")

// TokenError says that a time-stamp authority gave a token that proves nothing.
type TokenError struct {
	Finding sign.Finding // one of the codes that begin with timestamp_
}

func (e *TokenError) Error() string { return "checking time-stamp: " + e.Finding.Code }

// ExtendOptions say how to raise the level of a signature.
type ExtendOptions struct {
	Level      sign.Level // LevelT or LevelLT
	Authority  sign.Authority
	Timestamps sign.Judge // of time-stamp authorities; nil = none is known, so that the level is T at most
	Now        time.Time  // zero = the present
}

// Extend writes the signature src to dst with its level raised (EN 319 122-1 section 6).
// Level T adds a time-stamp to every signer, whether it has one or not. LevelLT adds one
// where there is none that can be trusted, and the certificates and revocation data by
// which signers and time-stamps can be judged later. What was signed, and the signature
// values, stay byte for byte; the form around them becomes DER. Src is read twice.
//
// Nothing is written before all is at hand. Tokens are checked: a [*TokenError] says that
// one is bad. Other errors are those of the authority, of reading and writing, of ctx,
// and [ErrTooLarge].
func Extend(ctx context.Context, dst io.Writer, src io.ReadSeeker, o *ExtendOptions) error {
	if o.Authority == nil || o.Level != sign.LevelT && o.Level != sign.LevelLT {
		return fmt.Errorf("no level %q to extend to", o.Level)
	}
	x := &extension{ExtendOptions: o}
	if err := x.read(ctx, src); err != nil {
		return err
	}
	if err := x.extend(ctx); err != nil {
		return err
	}
	if _, err := src.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("reading signature: %w", err)
	}
	return x.write(ctx, dst, src)
}

// extension is a SignedData whose level is being raised.
type extension struct {
	*ExtendOptions
	*verification
	pem  bool
	size int64 // bytes of attached content
}

// read reads the signature to its end, and counts its content.
func (x *extension) read(ctx context.Context, src io.Reader) error {
	r, armored, err := open(ctx, src)
	if err != nil {
		return err
	}
	if r.message != nil {
		return ErrMessage
	}
	x.pem = armored
	x.verification = newVerification(&sign.VerifyOptions{Judge: nobody{}, Timestamps: x.Timestamps, Now: x.Now})
	if x.signedData, err = readHead(r); err == nil && x.attached {
		err = x.readContent(r, (*counter)(&x.size))
	}
	if err == nil {
		err = x.readTail(r)
	}
	if err == nil {
		err = r.finish()
	}
	if err != nil {
		return fmt.Errorf("reading signature: %w", err)
	}
	x.parse()
	return nil
}

// counter counts what is written to it.
type counter int64

func (c *counter) Write(p []byte) (int, error) { *c += counter(len(p)); return len(p), nil }

// extend adds to every signer what the level asks for.
func (x *extension) extend(ctx context.Context) error {
	if len(x.signers) == 0 {
		return &fault{code: NoSigners}
	}
	for i := range x.signers {
		if err := x.extendSigner(ctx, i); err != nil {
			return err
		}
	}
	if slices.ContainsFunc(x.revocations, func(der []byte) bool { return der[0] != tagSequence }) {
		x.version = []byte{tagInteger, 1, 5} // RFC 5652 section 5.1
	}
	if len(x.certificates) > maxCertificates || len(x.revocations) > maxRevocations {
		return ErrTooLarge
	}
	return nil
}

func (x *extension) extendSigner(ctx context.Context, i int) error {
	si, ok := readSigner(x.signers[i])
	if !ok {
		return &fault{Malformed, "SignerInfo"}
	}
	earliest := x.earliest(ctx, si)
	if x.Level == sign.LevelT || earliest == nil {
		token, t, err := x.token(ctx, si.value)
		if err != nil {
			return err
		}
		a := attribute{oidSignatureTimestamp, [][]byte{token}}
		if x.signers[i], ok = withUnsigned(x.signers[i], a); !ok {
			return &fault{Malformed, "SignerInfo"}
		}
		if earliest == nil {
			earliest = t
		}
	}
	if x.Level == sign.LevelT {
		return nil
	}
	return x.prove(ctx, si, earliest)
}

// earliest returns the earliest time-stamp that can be trusted, nil if there is none.
func (x *extension) earliest(ctx context.Context, si *signer) (found *sign.Timestamp) {
	for _, token := range si.unsigned.all(oidSignatureTimestamp) {
		if x.beside++; x.beside > maxBesides {
			break
		}
		if t := x.timestamp(ctx, token, si.value); t.Trusted && (found == nil || t.Time.Before(found.Time)) {
			found = &t
		}
	}
	return found
}

// token asks for a time-stamp over the signature value, and checks what it gets. Whether
// its authority is trusted is for whoever verifies to say.
func (x *extension) token(ctx context.Context, value []byte) ([]byte, *sign.Timestamp, error) {
	token, err := x.Authority.Timestamp(ctx, crypto.SHA256, sum(crypto.SHA256, value))
	if err != nil {
		return nil, nil, err
	}
	t := x.timestamp(ctx, token, value)
	if !t.Trusted && (x.Level == sign.LevelLT || t.Findings[0].Code != TimestampUntrusted) {
		return nil, nil, &TokenError{t.Findings[0]}
	}
	return token, &t, nil
}

// prove adds what shows that the certificates of the signer and of its time-stamp were
// good: at the time proven, and now.
func (x *extension) prove(ctx context.Context, si *signer, t *sign.Timestamp) error {
	ids, _ := si.attributes.certIDs()
	for _, cert := range x.parsed {
		if !si.names(cert) || !namedByAll(ids, cert) {
			continue
		}
		e, err := x.Authority.Evidence(ctx, cert, x.parsed, t.Time)
		if err != nil {
			return err
		}
		x.add(e)
		if e, err = x.Authority.Evidence(ctx, t.Authority, append(t.Chain, x.parsed...), x.now); err != nil {
			return err
		}
		e.Certificates = append(e.Certificates, t.Authority)
		x.add(e)
		return nil
	}
	return &fault{CertificateMissing, nameText(si.issuer)}
}

// write writes the SignedData, whose content comes from src.
func (x *extension) write(ctx context.Context, dst io.Writer, src io.Reader) error {
	tail := x.tail()
	if len(tail) > maxBeside {
		return ErrTooLarge
	}
	out, err := newOutput(dst, x.pem)
	if err != nil {
		return fmt.Errorf("writing signature: %w", err)
	}
	if _, err := out.Write(x.head(int64(len(tail)))); err != nil {
		return fmt.Errorf("writing signature: %w", err)
	}
	if x.attached {
		if err := x.copyContent(ctx, out, src); err != nil {
			return err
		}
	}
	if _, err := out.Write(tail); err != nil {
		return fmt.Errorf("writing signature: %w", err)
	}
	if err := out.Close(); err != nil {
		return fmt.Errorf("writing signature: %w", err)
	}
	return nil
}

// head is all that precedes the content, which after bytes follow.
func (x *extension) head(after int64) []byte {
	encapsulated := x.contentType.der()
	if x.attached {
		content := begin(context0Cons, header(tagOctetString, x.size), x.size)
		return before(x.version, x.algorithms, begin(tagSequence, append(encapsulated, content...), x.size), x.size+after)
	}
	return before(x.version, x.algorithms, tlv(tagSequence, encapsulated), after)
}

// tail is all that follows the content.
func (x *extension) tail() []byte {
	var tail []byte
	if len(x.certificates) > 0 {
		tail = append(tail, setOf(context0Cons, x.certificates...)...)
	}
	if len(x.revocations) > 0 {
		tail = append(tail, setOf(context1Cons, x.revocations...)...)
	}
	return append(tail, setOf(tagSet, x.signers...)...)
}

// copyContent passes the content on from the second reading of the signature.
func (x *extension) copyContent(ctx context.Context, dst io.Writer, src io.Reader) error {
	r, _, err := open(ctx, src)
	if err != nil {
		return err
	}
	sd, err := readHead(r)
	if err != nil || !sd.attached {
		return errors.Join(sign.ErrSizeChanged, err)
	}
	var n counter
	if err := sd.readContent(r, io.MultiWriter(dst, &n)); err != nil {
		return fmt.Errorf("copying content: %w", err)
	}
	if int64(n) != x.size {
		return sign.ErrSizeChanged
	}
	return nil
}

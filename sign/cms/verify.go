package cms

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/jpki-desktop/jpki/sign"
)

// Verify verifies every signature of the SignedData sig, which is DER, BER, PEM or S/MIME
// of any size. Content is what a detached signature covers, nil if it is not at hand;
// beside attached content it is compared with that, and beside the part of a message with
// the one that was signed: its octets, or its text, whatever its line ends. Both are read
// once.
//
// Whatever is wrong with the file is in the report, by the codes of this package and of
// o.Judge, which must be there. Errors are those of reading, of o.Extract and of ctx.
func Verify(ctx context.Context, sig, content io.Reader, o *sign.VerifyOptions) (*sign.Report, error) {
	if o == nil || o.Judge == nil {
		return nil, errors.New("nobody to judge certificates")
	}
	v := newVerification(o)
	report := &sign.Report{Format: sign.CMS}
	err := v.read(ctx, sig, content)
	if f := (*fault)(nil); errors.As(err, &f) {
		report.Findings = append(report.Findings, f.finding())
	} else if err != nil {
		return nil, err
	}
	if v.complete {
		if err := v.verifyAll(ctx, report); err != nil {
			return nil, err
		}
	}
	report.Settle()
	return report, nil
}

// verifyAll adds every signature to report.
func (v *verification) verifyAll(ctx context.Context, report *sign.Report) error {
	if len(v.signers) == 0 {
		report.Findings = append(report.Findings, finding(NoSigners, ""))
	}
	if v.letter {
		report.Findings = append(report.Findings, finding(HeaderUnsigned, ""))
	}
	for _, der := range v.signers {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("verifying signature: %w", err)
		}
		report.Signatures = append(report.Signatures, v.verify(ctx, der))
	}
	return nil
}

// verification is what the signers of one file share.
type verification struct {
	*signedData
	options  *sign.VerifyOptions
	now, at  time.Time
	complete bool                // the SignedData was read to its end
	parsed   []*x509.Certificate // those of the certificates that can be parsed
	broken   [][]byte            // and those that cannot
	content  *digests            // nil = not at hand
	differ   bool                // the content inside is not the one at hand
	letter   bool                // sig comes with the header of a letter
	message  *lines              // the signed part of an S/MIME message, nil if sig is none
	given    *lines              // the content at hand beside it
	beside   int                 // time-stamps and countersignatures so far

	// Those of the options, informed by the evidence inside.
	signerJudge, timestampJudge sign.Judge
}

func newVerification(o *sign.VerifyOptions) *verification {
	v := &verification{options: o, now: o.Now, at: o.At, signerJudge: o.Judge, timestampJudge: o.Timestamps}
	if v.now.IsZero() {
		v.now = time.Now()
	}
	if v.at.IsZero() {
		v.at = v.now
	}
	return v
}

// read reads sig and content. Its error is a fault when it is about sig.
func (v *verification) read(ctx context.Context, sig, content io.Reader) error {
	r, _, err := open(ctx, sig)
	if err != nil {
		return err
	}
	defer r.release()
	v.letter = r.letter
	if r.message != nil {
		if err := v.readMessage(ctx, r); err != nil {
			return err
		}
	}
	if v.signedData, err = readHead(r); err != nil {
		return err
	}
	switch {
	case v.attached && v.message != nil:
		return r.malformed("content both in the message and in its signature")
	case v.attached:
		if err := v.readAttached(ctx, r, content); err != nil {
			return err
		}
	}
	if err := v.readTail(r); err != nil {
		return err
	}
	v.complete = true
	v.parse()
	trailing := r.finish()
	if v.message != nil {
		v.attached = true
		if err := v.compare(ctx, content); err != nil {
			return err
		}
	}
	if !v.attached && content != nil {
		v.content = newDigests(v.digests)
		if _, err := copyContent(ctx, v.content, content); err != nil {
			return err
		}
	}
	return trailing
}

// readAttached hashes the content inside, while it is extracted and compared.
func (v *verification) readAttached(ctx context.Context, r *reader, content io.Reader) error {
	v.content = newDigests(v.digests)
	sinks := []io.Writer{v.content}
	if v.options.Extract != nil {
		sinks = append(sinks, v.options.Extract)
	}
	if content == nil {
		return v.readContent(r, io.MultiWriter(sinks...))
	}
	c := newComparer(interruptible{ctx, content, "reading content"})
	if err := v.readContent(r, io.MultiWriter(append(sinks, c)...)); err != nil {
		return err
	}
	var err error
	v.differ, err = c.close()
	return err
}

// parse parses the certificates; the set may hold other things, which are passed over.
func (v *verification) parse() {
	for _, der := range v.certificates {
		if cert, err := x509.ParseCertificate(der); err == nil {
			v.parsed = append(v.parsed, cert)
		} else {
			v.broken = append(v.broken, der)
		}
	}
	v.parsed = append(v.parsed, v.options.Certificates...)
	if e := v.evidence(); e != nil {
		v.signerJudge, v.timestampJudge = informed(v.signerJudge, e), informed(v.timestampJudge, e)
	}
}

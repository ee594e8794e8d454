package cms

import (
	"bytes"
	"context"
	"crypto"
	"io"
)

// textWriter passes text to dst with its line ends made canonical (RFC 8551 section 3.1.1):
// CR LF in place of LF alone.
type textWriter struct {
	dst   io.Writer
	buf   []byte
	after byte // the last octet so far
}

func (w *textWriter) Write(p []byte) (int, error) {
	w.buf = w.buf[:0]
	for rest := p; len(rest) > 0; {
		i := bytes.IndexByte(rest, '\n')
		if i < 0 {
			w.buf = append(w.buf, rest...)
			break
		}
		w.buf = append(w.buf, rest[:i]...)
		if i > 0 && rest[i-1] != '\r' || i == 0 && (len(rest) < len(p) || w.after != '\r') {
			w.buf = append(w.buf, '\r')
		}
		w.buf = append(w.buf, '\n')
		rest = rest[i+1:]
	}
	if len(p) > 0 {
		w.after = p[len(p)-1]
	}
	if _, err := w.dst.Write(w.buf); err != nil {
		return 0, err
	}
	return len(p), nil
}

// lines is content as those see it who sign its octets, and those who sign it as text.
type lines struct {
	algorithms       []oid
	exact, canonical *digests
}

// readLines hashes src both ways, and passes it to others.
func readLines(ctx context.Context, src io.Reader, algorithms []oid, others ...io.Writer) (*lines, error) {
	l := &lines{algorithms, newDigests(algorithms), newDigests(algorithms)}
	sinks := append([]io.Writer{l.exact, &textWriter{dst: l.canonical}}, others...)
	_, err := copyContent(ctx, io.MultiWriter(sinks...), src)
	return l, err
}

// signedAs is l as the signer saw it whose message-digest attribute is claimed.
func (l *lines) signedAs(h crypto.Hash, claimed []byte) *digests {
	if bytes.Equal(l.exact.sum(h), claimed) {
		return l.exact
	}
	return l.canonical
}

// are tells whether l is what was signed: as octets, or as text.
func (l *lines) are(h crypto.Hash, signed *digests) bool {
	sum := signed.sum(h)
	return bytes.Equal(l.exact.sum(h), sum) || bytes.Equal(l.canonical.sum(h), sum)
}

// readMessage hashes the part that is signed of the message in r, and passes on to the
// signature. The part is extracted as it stands.
func (v *verification) readMessage(ctx context.Context, r *reader) error {
	signed, err := r.message.signedPart()
	if err != nil {
		return err
	}
	var others []io.Writer
	if v.options.Extract != nil {
		others = append(others, v.options.Extract)
	}
	if v.message, err = readLines(ctx, signed, r.message.digests, others...); err != nil {
		return err
	}
	v.content = v.message.canonical
	return r.begin()
}

// compare hashes the content at hand, to be compared with the signed part.
func (v *verification) compare(ctx context.Context, content io.Reader) (err error) {
	if content != nil {
		v.given, err = readLines(ctx, content, v.message.algorithms)
	}
	return err
}

package cms

import (
	"bytes"
	"context"
	"crypto"
	"hash"
	"io"
)

// headSize is how much of the content is kept, to recognise signed attributes in it.
const headSize = 4 << 10

// digests is content as its signers see it: hashed by each of their algorithms.
type digests struct {
	size   int64
	head   []byte
	hashes map[crypto.Hash]hash.Hash
}

// newDigests hashes by those of algorithms that are known.
func newDigests(algorithms []oid) *digests {
	d := &digests{hashes: map[crypto.Hash]hash.Hash{}}
	for _, id := range algorithms {
		if h, ok := hashes[id]; ok && d.hashes[h] == nil {
			d.hashes[h] = h.New()
		}
	}
	return d
}

func (d *digests) Write(p []byte) (int, error) {
	d.size += int64(len(p))
	d.head = append(d.head, p[:min(len(p), headSize-len(d.head))]...)
	for _, h := range d.hashes {
		h.Write(p)
	}
	return len(p), nil
}

// sum is the digest by h, nil if it was not computed.
func (d *digests) sum(h crypto.Hash) []byte {
	if d.hashes[h] == nil {
		return nil
	}
	return d.hashes[h].Sum(nil)
}

// isSignedAttributes tells whether the content is the DER of signed attributes: somebody
// took them from a signature in order to pass them off as signed content.
func (d *digests) isSignedAttributes() bool {
	return len(d.head) > 0 && d.head[0] == tagSet &&
		bytes.Contains(d.head, oidContentType.der()) && bytes.Contains(d.head, oidMessageDigest.der())
}

// copyContent passes content to w in large pieces and returns its size.
func copyContent(ctx context.Context, w io.Writer, content io.Reader) (int64, error) {
	type writer struct{ io.Writer } // hides any ReadFrom with smaller pieces
	src := interruptible{ctx, content, "reading content"}
	buf := buffers.Get().(*[bufferSize]byte)
	defer buffers.Put(buf)
	return io.CopyBuffer(writer{w}, src, buf[:])
}

// comparer compares what is written to it with what other holds.
type comparer struct {
	other  io.Reader
	buf    []byte
	differ bool
}

func newComparer(other io.Reader) *comparer {
	return &comparer{other: other, buf: make([]byte, bufferSize)}
}

func (c *comparer) Write(p []byte) (int, error) {
	for rest := p; len(rest) > 0 && !c.differ; {
		n, err := io.ReadFull(c.other, c.buf[:min(len(rest), len(c.buf))])
		c.differ = err != nil || !bytes.Equal(c.buf[:n], rest[:n])
		if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
			return 0, err
		}
		rest = rest[n:]
	}
	return len(p), nil
}

// close tells whether anything was different, more in other included.
func (c *comparer) close() (differ bool, err error) {
	if c.differ {
		return true, nil
	}
	_, err = io.ReadFull(c.other, c.buf[:1])
	if err == io.EOF {
		return false, nil
	}
	return true, err
}

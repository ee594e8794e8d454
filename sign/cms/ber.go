package cms

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
)

const (
	bufferSize = 256 << 10 // large enough to hash at the speed of the processor
	maxDepth   = 32        // elements inside each other
	maxBeside  = 16 << 20  // bytes of all elements that are not content
	endless    = -1        // the length of an element that ends with end-of-contents octets
)

// element is the header of a BER element (ITU-T X.690 section 8.1).
type element struct {
	tag    byte  // class, constructed bit and number; numbers over 30 are not read
	length int64 // bytes of contents, or endless
}

func (e element) constructed() bool { return e.tag&constructed != 0 }

// isString tells whether the values of e's type may come in segments that are OCTET
// STRINGs: itself, and the character strings (X.690 sections 8.7 and 8.23).
func (e element) isString() bool {
	n := e.tag &^ constructed
	return n == tagOctetString || n == 12 || 18 <= n && n <= 22 || 25 <= n && n <= 30
}

// reader reads BER as a stream. Every position is checked against the ends of the elements
// around it before anything is done with a length.
type reader struct {
	src    *bufio.Reader
	pos    int64   // bytes read so far
	budget int64   // bytes that elements beside the content may still take
	scopes []scope // the open elements, innermost last
	held   []byte  // the element that is being read in definite form

	letter  bool     // the SignedData comes with the header of a letter
	message *message // the multipart/signed around the SignedData, whose signed part comes first
}

// scope is an open element.
type scope struct {
	end     int64 // where it or the nearest element of definite length around it ends
	endless bool
}

func newReader(src *bufio.Reader) *reader {
	return &reader{src: src, budget: maxBeside}
}

func (r *reader) scope() scope {
	if len(r.scopes) == 0 {
		return scope{end: math.MaxInt64}
	}
	return r.scopes[len(r.scopes)-1]
}

// malformed is a fault of the file at the present position.
func (r *reader) malformed(detail string) error {
	return &fault{Malformed, fmt.Sprintf("%s at byte %d", detail, r.pos)}
}

// next reads the header of the next element inside the innermost open one. It returns
// false at the end of that one, which is then closed.
func (r *reader) next() (element, bool, error) {
	s := r.scope()
	if !s.endless && r.pos == s.end {
		r.close()
		return element{}, false, nil
	}
	tag, err := r.octet()
	if err != nil {
		return element{}, false, err
	}
	e := element{tag: tag}
	if e.length, err = r.length(); err != nil {
		return element{}, false, err
	}
	if tag == 0 && e.length == 0 && s.endless {
		r.close()
		return element{}, false, nil
	}
	return e, true, r.check(e, s)
}

// check refuses headers that no element inside s can have.
func (r *reader) check(e element, s scope) error {
	switch {
	case e.tag == 0:
		return r.malformed("end-of-contents out of place")
	case e.tag&0x1F == 0x1F:
		return r.malformed("tag number over 30")
	case e.length == endless && !e.constructed():
		return r.malformed("primitive element without a length")
	case e.length > s.end-r.pos:
		return r.malformed("element larger than the one around it")
	}
	return nil
}

// length reads the length octets of a header (X.690 section 8.1.3).
func (r *reader) length() (int64, error) {
	first, err := r.octet()
	switch {
	case err != nil:
		return 0, err
	case first < 0x80:
		return int64(first), nil
	case first == 0x80:
		return endless, nil
	}
	var n int64
	for range first & 0x7F {
		b, err := r.octet()
		if err != nil {
			return 0, err
		}
		if n > math.MaxInt64>>8 {
			return 0, r.malformed("length overflows")
		}
		n = n<<8 | int64(b)
	}
	return n, nil
}

func (r *reader) octet() (byte, error) {
	if r.pos >= r.scope().end {
		return 0, r.malformed("header larger than the element around it")
	}
	b, err := r.src.ReadByte()
	if err != nil {
		return 0, r.ended(err)
	}
	r.pos++
	return b, nil
}

// ended makes the end of the file a fault of the file; other errors are the reader's.
func (r *reader) ended(err error) error {
	if errors.Is(err, io.EOF) {
		return r.malformed("the file ends")
	}
	return err
}

// enter opens e, whose header was read last.
func (r *reader) enter(e element) error {
	if len(r.scopes) == maxDepth {
		return &fault{TooDeep, fmt.Sprintf("more than %d levels at byte %d", maxDepth, r.pos)}
	}
	s := scope{end: r.scope().end, endless: e.length == endless}
	if !s.endless {
		s.end = r.pos + e.length
	}
	r.scopes = append(r.scopes, s)
	return nil
}

func (r *reader) close() {
	if len(r.scopes) > 0 {
		r.scopes = r.scopes[:len(r.scopes)-1]
	}
}

// expect reads the header of the next element, which must be there with one of tags.
func (r *reader) expect(tags ...byte) (element, error) {
	e, ok, err := r.next()
	if err == nil && (!ok || !slices.Contains(tags, e.tag)) {
		err = r.malformed(fmt.Sprintf("no element %X", tags))
	}
	return e, err
}

// into opens the next element, which must be there with tag.
func (r *reader) into(tag byte) error {
	e, err := r.expect(tag)
	if err != nil {
		return err
	}
	return r.enter(e)
}

// done closes the innermost open element, which must be at its end.
func (r *reader) done() error {
	_, more, err := r.next()
	if err == nil && more {
		err = r.malformed("one element too many")
	}
	return err
}

package cms

import (
	"io"
	"slices"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
)

// chunk returns at most n of the next bytes, at least one, without passing them: they are
// valid until the next call.
func (r *reader) chunk(n int64) ([]byte, error) {
	if r.src.Buffered() == 0 {
		if _, err := r.src.Peek(1); err != nil {
			return nil, r.ended(err)
		}
	}
	return r.src.Peek(int(min(n, int64(r.src.Buffered()))))
}

// copy passes the next n bytes to w.
func (r *reader) copy(w io.Writer, n int64) error {
	for n > 0 {
		b, err := r.chunk(n)
		if err != nil {
			return err
		}
		if _, err := w.Write(b); err != nil {
			return err
		}
		n -= int64(len(b))
		r.pos += int64(len(b))
		if _, err := r.src.Discard(len(b)); err != nil {
			return err
		}
	}
	return nil
}

// octets passes the value of the OCTET STRING e, or of another string in segments, to w:
// its contents, or those of the segments (X.690 sections 8.7 and 8.23).
func (r *reader) octets(e element, w io.Writer) error {
	if e.tag == tagOctetString {
		return r.copy(w, e.length)
	}
	if err := r.enter(e); err != nil {
		return err
	}
	for {
		segment, more, err := r.next()
		if err != nil || !more {
			return err
		}
		if segment.tag&^constructed != tagOctetString {
			return r.malformed("segment of another type")
		}
		if err := r.octets(segment, w); err != nil {
			return err
		}
	}
}

// whole reads the next element, which must have tag, in definite form.
func (r *reader) whole(tag byte) ([]byte, error) {
	e, err := r.expect(tag)
	if err != nil {
		return nil, err
	}
	return r.definite(e)
}

// elements reads the elements inside e, each in definite form. More than limit are a fault
// with code.
func (r *reader) elements(e element, limit int, code string) ([][]byte, error) {
	if err := r.enter(e); err != nil {
		return nil, err
	}
	var all [][]byte
	for {
		inner, more, err := r.next()
		if err != nil || !more {
			return all, err
		}
		if len(all) == limit {
			return nil, &fault{code: code}
		}
		der, err := r.definite(inner)
		if err != nil {
			return nil, err
		}
		all = append(all, der)
	}
}

// definite reads the element e, whose header was read last, in the form that DER gives it:
// definite shortest lengths and strings in one piece (X.690 section 10). It neither sorts
// sets nor touches values, and it leaves BIT STRINGs in segments: only certificates have
// any, and those are DER.
func (r *reader) definite(e element) ([]byte, error) {
	// What a header claims is believed up to a page: more grows as it arrives.
	r.held = make([]byte, 0, min(max(e.length, 0)+maxHeader, 4096))
	err := r.hold(e)
	return r.held, err
}

// hold appends e in definite form to held.
func (r *reader) hold(e element) error {
	if err := r.spend(2); err != nil {
		return err
	}
	start, tag := len(r.held), e.tag
	var err error
	switch {
	case !e.constructed():
		err = r.copy((*holder)(r), e.length)
	case e.isString():
		tag &^= constructed
		err = r.octets(e, (*holder)(r))
	default:
		err = r.holdInner(e)
	}
	var h [maxHeader]byte
	r.held = slices.Insert(r.held, start, appendHeader(h[:0], tag, int64(len(r.held)-start))...)
	return err
}

func (r *reader) holdInner(e element) error {
	if err := r.enter(e); err != nil {
		return err
	}
	for {
		inner, more, err := r.next()
		if err != nil || !more {
			return err
		}
		if err := r.hold(inner); err != nil {
			return err
		}
	}
}

// holder appends to a reader's held what arrives, as far as its budget goes: a length
// alone allocates nothing.
type holder reader

func (h *holder) Write(p []byte) (int, error) {
	if err := (*reader)(h).spend(int64(len(p))); err != nil {
		return 0, err
	}
	h.held = append(h.held, p...)
	return len(p), nil
}

// spend takes n from the budget.
func (r *reader) spend(n int64) error {
	if n > r.budget {
		return &fault{code: TooLarge}
	}
	r.budget -= n
	return nil
}

// contents returns the contents of der, one element with tag.
func contents(der cryptobyte.String, tag byte) ([]byte, bool) {
	var value cryptobyte.String
	ok := der.ReadASN1(&value, asn1.Tag(tag)) && der.Empty()
	return value, ok
}

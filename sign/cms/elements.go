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

// octets passes the value of the OCTET STRING e to w: its contents, or those of its
// segments (X.690 section 8.7).
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
	return r.appendElement(nil, e)
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
		der, err := r.appendElement(nil, inner)
		if err != nil {
			return nil, err
		}
		all = append(all, der)
	}
}

// appendElement appends the element e, whose header was read last, in the form that DER
// gives it: definite shortest lengths and strings in one piece (X.690 section 10). It
// neither sorts sets nor touches values.
func (r *reader) appendElement(dst []byte, e element) ([]byte, error) {
	if err := r.spend(2); err != nil {
		return nil, err
	}
	start, tag := len(dst), e.tag
	var err error
	switch {
	case !e.constructed():
		dst, err = r.appendValue(dst, e.length)
	case e.isString():
		tag &^= constructed
		dst, err = r.appendSegments(dst, e)
	default:
		dst, err = r.appendElements(dst, e)
	}
	if err != nil {
		return nil, err
	}
	return slices.Insert(dst, start, header(tag, int64(len(dst)-start))...), nil
}

// spend takes n from the budget, before anything of that size is allocated.
func (r *reader) spend(n int64) error {
	if n > r.budget {
		return &fault{code: CodeTooLarge}
	}
	r.budget -= n
	return nil
}

// appender is a byte slice that grows only as its bytes arrive.
type appender []byte

func (a *appender) Write(p []byte) (int, error) {
	*a = append(*a, p...)
	return len(p), nil
}

func (r *reader) appendValue(dst []byte, n int64) ([]byte, error) {
	if err := r.spend(n); err != nil {
		return nil, err
	}
	err := r.copy((*appender)(&dst), n)
	return dst, err
}

func (r *reader) appendElements(dst []byte, e element) ([]byte, error) {
	if err := r.enter(e); err != nil {
		return nil, err
	}
	for {
		inner, more, err := r.next()
		if err != nil || !more {
			return dst, err
		}
		if dst, err = r.appendElement(dst, inner); err != nil {
			return nil, err
		}
	}
}

// appendSegments appends the value of the string e, which comes in segments: of BIT
// STRINGs, whose first octet counts unused bits of the last one, or else OCTET STRINGs
// (X.690 sections 8.6.4 and 8.23.6).
func (r *reader) appendSegments(dst []byte, e element) ([]byte, error) {
	segments, err := r.elements(e, maxBeside, CodeTooLarge)
	if err != nil {
		return nil, err
	}
	bits := e.tag&^constructed == tagBitString
	if !bits {
		for _, s := range segments {
			value, ok := contents(s, tagOctetString)
			if !ok {
				return nil, r.malformed("segment of another type")
			}
			dst = append(dst, value...)
		}
		return dst, nil
	}
	start := len(dst)
	dst = append(dst, 0)
	for _, s := range segments {
		value, ok := contents(s, tagBitString)
		if !ok || len(value) == 0 || dst[start] != 0 {
			return nil, r.malformed("segment of another type")
		}
		dst[start] = value[0]
		dst = append(dst, value[1:]...)
	}
	return dst, nil
}

// contents returns the contents of der, one element with tag.
func contents(der cryptobyte.String, tag byte) ([]byte, bool) {
	var value cryptobyte.String
	ok := der.ReadASN1(&value, asn1.Tag(tag)) && der.Empty()
	return value, ok
}

package cms

import (
	"errors"
	"io"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
)

const (
	maxSigners      = 64
	maxCertificates = 256
	maxRevocations  = 256 // CRLs and OCSP responses
)

// signedData is a SignedData (RFC 5652 section 5.1) but for its content.
type signedData struct {
	version      []byte // an element
	algorithms   []byte // the element digestAlgorithms
	digests      []oid  // what is in it
	contentType  oid    // eContentType
	attached     bool   // eContent is there
	certificates [][]byte
	revocations  [][]byte // each a RevocationInfoChoice (RFC 5652 section 10.2.1)
	signers      [][]byte // each a SignerInfo in definite form
}

// enterSignedData opens the ContentInfo (RFC 5652 section 3) and the SignedData in it.
func enterSignedData(r *reader) error {
	none := &fault{code: NotSignedData}
	if err := r.into(tagSequence); err != nil {
		return otherwise(err, none)
	}
	contentType, err := r.whole(tagOID)
	if err != nil {
		return otherwise(err, none)
	}
	if id, ok := contents(contentType, tagOID); !ok || oid(id) != oidSignedData {
		return &fault{NotSignedData, oid(id).String()}
	}
	return r.into(context0Cons)
}

// otherwise replaces err by other if err is a fault of the file.
func otherwise(err error, other *fault) error {
	if f := (*fault)(nil); errors.As(err, &f) {
		return other
	}
	return err
}

// readHead reads a SignedData up to the header of its content.
func readHead(r *reader) (*signedData, error) {
	if err := enterSignedData(r); err != nil {
		return nil, err
	}
	if err := r.into(tagSequence); err != nil {
		return nil, err
	}
	sd := &signedData{}
	var err error
	if sd.version, err = r.whole(tagInteger); err != nil { // follows from the rest
		return nil, err
	}
	if sd.algorithms, err = r.whole(tagSet); err != nil {
		return nil, err
	}
	if sd.digests, err = digestAlgorithms(r, sd.algorithms); err != nil {
		return nil, err
	}
	return sd, sd.readContentType(r)
}

func digestAlgorithms(r *reader, set cryptobyte.String) ([]oid, error) {
	var ids []oid
	if !set.ReadASN1(&set, asn1.SET) {
		return nil, r.malformed("digestAlgorithms")
	}
	for !set.Empty() {
		a, ok := readAlgorithm(&set)
		if !ok || len(ids) == maxValues {
			return nil, r.malformed("digestAlgorithms")
		}
		ids = append(ids, a.id)
	}
	return ids, nil
}

// readContentType reads encapContentInfo (RFC 5652 section 5.2) up to eContent.
func (sd *signedData) readContentType(r *reader) error {
	if err := r.into(tagSequence); err != nil {
		return err
	}
	der, err := r.whole(tagOID)
	if err != nil {
		return err
	}
	id, _ := contents(der, tagOID)
	sd.contentType = oid(id)
	e, more, err := r.next()
	switch {
	case err != nil || !more:
		return err
	case e.tag != context0Cons:
		return r.malformed("no content")
	}
	sd.attached = true
	return r.enter(e)
}

// readContent passes the content inside to w.
func (sd *signedData) readContent(r *reader, w io.Writer) error {
	e, err := r.expect(tagOctetString, tagOctetString|constructed)
	if err != nil {
		return err
	}
	if err := r.octets(e, w); err != nil {
		return err
	}
	if err := r.done(); err != nil { // [0]
		return err
	}
	return r.done() // encapContentInfo
}

// readTail reads what comes after the content.
func (sd *signedData) readTail(r *reader) error {
	e, err := r.expect(context0Cons, context1Cons, tagSet)
	if err != nil {
		return err
	}
	if e.tag == context0Cons {
		if sd.certificates, err = r.elements(e, maxCertificates, TooManyCertificates); err != nil {
			return err
		}
		if e, err = r.expect(context1Cons, tagSet); err != nil {
			return err
		}
	}
	if e.tag == context1Cons {
		if sd.revocations, err = r.elements(e, maxRevocations, TooManyRevocations); err != nil {
			return err
		}
		if e, err = r.expect(tagSet); err != nil {
			return err
		}
	}
	if sd.signers, err = r.elements(e, maxSigners, TooManySigners); err != nil {
		return err
	}
	for range 3 { // SignedData, [0], ContentInfo
		if err := r.done(); err != nil {
			return err
		}
	}
	return nil
}

// finish looks for bytes after the end.
func (r *reader) finish() error {
	_, err := r.src.ReadByte()
	switch err {
	case io.EOF:
		return nil
	case nil:
		return &fault{code: TrailingData}
	}
	return err
}

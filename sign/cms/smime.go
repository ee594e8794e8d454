package cms

import (
	"bufio"
	"encoding/base64"
	"io"
	"mime"
	"slices"
	"strings"
)

// maxMessageHead bounds what may stand before a message's content, in bytes: its header,
// and the text between that and the first part.
const maxMessageHead = 64 << 10

// message is an S/MIME message (RFC 8551) of a signature. Its header has not been passed.
type message struct {
	src       *bufio.Reader
	head      int    // bytes of the header, 0 if it does not end
	delimiter []byte // "--" and the boundary of multipart/signed; nil = application/pkcs7-mime
	encoding  string // Content-Transfer-Encoding
	digests   []oid  // those of a multipart/signed that micalg names
	letter    bool   // the header says things that readers take for signed
}

// openMessage makes a reader of src, which is S/MIME or else DER or BER.
func openMessage(src *bufio.Reader) (*reader, error) {
	m, err := peekMessage(src)
	if err != nil || m == nil {
		return newReader(src), err
	}
	r := newReader(bufio.NewReaderSize(m.body(), bufferSize))
	r.letter = m.letter
	if m.delimiter != nil {
		r.message = m
		return r, nil
	}
	return r, r.begin()
}

// begin reads the first octets, so that what is wrong with a message is told as such, and
// not taken for another kind of file.
func (r *reader) begin() error {
	if _, err := r.src.Peek(1); err != io.EOF {
		return err
	}
	return nil
}

// peekMessage recognises a message by its header, nil if src is none. A header that goes on
// after the end of src is good enough, so that the first bytes of a file tell what it is.
func peekMessage(src *bufio.Reader) (*message, error) {
	first, err := src.Peek(1)
	if err == io.EOF || err == nil && !isLetter(first[0]) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	text, err := src.Peek(maxMessageHead)
	if err != nil && err != io.EOF {
		return nil, err
	}
	h, size, ok := readMessageHeader(text)
	m := &message{src: src, head: size, encoding: h.encoding, letter: h.letter}
	if !ok || !m.setType(h.contentType) {
		return nil, nil
	}
	return m, nil
}

// setType takes over what a Content-Type says. It returns false if that is not a signature's.
func (m *message) setType(contentType string) bool {
	media, parameters, err := mime.ParseMediaType(contentType)
	switch {
	case err != nil:
		return false
	case isPKCS7(media, "mime"):
		return signedDataType(parameters["smime-type"])
	case media != "multipart/signed" || !isPKCS7(strings.ToLower(parameters["protocol"]), "signature"):
		return false
	}
	boundary := parameters["boundary"]
	m.delimiter, m.digests = []byte("--"+boundary), digestsNamed(parameters["micalg"])
	return 0 < len(boundary) && len(boundary) <= 70 // RFC 2046 section 5.1.1
}

func isLetter(b byte) bool { return 'A' <= b&^0x20 && b&^0x20 <= 'Z' }

// isPKCS7 tells whether media is application/pkcs7-what, or the same by its older name.
func isPKCS7(media, what string) bool {
	return media == "application/pkcs7-"+what || media == "application/x-pkcs7-"+what
}

// signedDataType tells whether a smime-type (RFC 8551 section 3.2.2) can be that of a
// SignedData. Software older than the parameter leaves it out.
func signedDataType(name string) bool { return name == "" || strings.EqualFold(name, "signed-data") }

// digestsNamed are the digests that a micalg (RFC 8551 section 3.5.3.2) names. It is only
// a hint of what to compute, so one that says nothing means all.
func digestsNamed(micalg string) (ids []oid) {
	names := map[string]oid{
		"md5": oidMD5, "sha1": oidSHA1, "sha256": oidSHA256, "sha384": oidSHA384, "sha512": oidSHA512,
	}
	for name := range strings.SplitSeq(strings.ToLower(micalg), ",") {
		id, ok := names[strings.ReplaceAll(strings.TrimSpace(name), "-", "")]
		if !ok {
			return []oid{oidMD5, oidSHA1, oidSHA256, oidSHA384, oidSHA512}
		}
		ids = append(ids, id)
	}
	return ids
}

// body passes the header and returns a reader of the signature. In a multipart/signed that
// reads nothing before the signed part has been read to its end.
func (m *message) body() io.Reader {
	if m.delimiter == nil {
		return &lazy{start: func() (io.Reader, error) {
			if err := m.skipHead(); err != nil {
				return nil, err
			}
			return decoded(m.src, m.encoding)
		}}
	}
	return &lazy{start: m.signaturePart}
}

func (m *message) skipHead() error {
	if m.head == 0 {
		return &fault{Malformed, "message header without an end"}
	}
	_, err := m.src.Discard(m.head)
	return err
}

// decoded undoes the Content-Transfer-Encoding of src (RFC 2045 section 6).
func decoded(src io.Reader, encoding string) (io.Reader, error) {
	switch {
	case encoding == "base64":
		return base64Reader{base64.NewDecoder(base64.StdEncoding.Strict(), src)}, nil
	case slices.Contains([]string{"", "binary", "8bit", "7bit"}, encoding):
		return src, nil
	}
	return nil, &fault{Malformed, "Content-Transfer-Encoding"}
}

// lazy is a reader that is made when it is read.
type lazy struct {
	start func() (io.Reader, error)
	src   io.Reader
	err   error
}

func (l *lazy) Read(p []byte) (int, error) {
	if l.src == nil && l.err == nil {
		l.src, l.err = l.start()
	}
	if l.err != nil {
		return 0, l.err
	}
	return l.src.Read(p)
}

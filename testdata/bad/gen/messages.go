package main

import (
	"bytes"
	"encoding/base64"
	"fmt"
)

// messages are S/MIME messages (RFC 8551).
var messages = []hostile{
	{"message", passed, "", func(w *world) made { return w.message(document, "") }},
	{"message-opaque", passed, "", func(w *world) made {
		head := "Content-Type: application/pkcs7-mime; smime-type=signed-data\nContent-Transfer-Encoding: base64\n\n"
		return made{signature: append([]byte(head), base64.StdEncoding.EncodeToString(w.good().der())...)}
	}},
	{"message-with-a-subject", passed, "header_unsigned", func(w *world) made {
		m := w.message(document, "")
		m.signature = append([]byte("Subject: something else\n"), m.signature...)
		return m
	}},
	{"message-altered", "failed", "digest_mismatch", func(w *world) made { return w.message([]byte("another document"), "") }},
	{"message-with-words-after", "failed", "trailing_data", func(w *world) made { return w.message(document, "I agree.") }},
	{"message-with-a-third-part", "failed", "malformed", func(w *world) made {
		m := w.message(document, "")
		m.signature = bytes.Replace(m.signature, []byte("\n--b--"), []byte("\n--b\n\nI agree.\n--b--"), 1)
		return m
	}},
	{"message-without-an-end", "failed", "malformed", func(w *world) made {
		m := w.message(document, "")
		m.signature = bytes.Replace(m.signature, []byte("\n--b--"), nil, 1)
		return m
	}},
	{"message-of-two-types", "no_signature", "not_signed_data", func(w *world) made {
		m := w.message(document, "")
		m.signature = append([]byte("Content-Type: text/plain\n"), m.signature...)
		return m
	}},
	{"message-with-content-twice", "failed", "malformed", func(w *world) made {
		return made{signature: multipart(document, w.good().der(), "")}
	}},
}

// message is a multipart/signed with the signature of document, over content.
func (w *world) message(content []byte, after string) made {
	s := w.good()
	s.content = nil
	return made{signature: multipart(content, s.der(), after)}
}

func multipart(content, signature []byte, after string) []byte {
	return fmt.Appendf(nil, "MIME-Version: 1.0\nContent-Type: multipart/signed; micalg=sha-256;\n"+
		" protocol=\"application/pkcs7-signature\"; boundary=b\n\n--b\n%s\n--b\n"+
		"Content-Type: application/pkcs7-signature\nContent-Transfer-Encoding: base64\n\n%s\n--b--\n%s",
		content, base64.StdEncoding.EncodeToString(signature), after)
}

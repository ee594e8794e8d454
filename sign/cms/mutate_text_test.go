package cms

import (
	"bytes"
	"crypto"
	"encoding/base64"
	"strings"
	"testing"

	"github.com/jpki-desktop/jpki/sign"
)

// decodedText is the DER in the base64 of a PEM file or of a message: what comes between
// two markers.
func decodedText(text []byte, begin, end string) ([]byte, bool) {
	_, rest, ok1 := bytes.Cut(text, []byte(begin))
	b64, _, ok2 := bytes.Cut(rest, []byte(end))
	der, err := base64.StdEncoding.DecodeString(string(b64))
	return der, ok1 && ok2 && err == nil
}

// sameButUnsigned tells whether two signatures differ in nothing but bytes without signed
// meaning, and those in more spans.
func sameButUnsigned(a, b []byte, more ...[2]int) bool {
	if len(a) != len(b) {
		return false
	}
	free := append(unsigned(a), more...)
	for i := range a {
		if a[i] != b[i] && !within(free, i) {
			return false
		}
	}
	return true
}

// TestNoAlteredByteOfPEMIsAccepted changes each character of a PEM file: what is accepted
// decodes to the same signature.
func TestNoAlteredByteOfPEMIsAccepted(t *testing.T) {
	content := []byte("the content of the file")
	for _, o := range []sign.Options{{PEM: true}, {PEM: true, Attached: true}} {
		const begin, end = "-----BEGIN CMS-----\n", "-----END CMS-----"
		text := mustSign(t, content, signerRSA(), o)
		der, ok := decodedText(text, begin, end)
		if !ok {
			t.Fatalf("no PEM: %s", text)
		}
		detached := content
		if o.Attached {
			detached = nil
		}
		for i := range text {
			for _, flip := range []byte{0xFF, 1, 0x20, 1 << (i % 8)} {
				bad := bytes.Clone(text)
				bad[i] ^= flip
				if verifyBytes(t, bad, detached, judging(signerRSA())).Verdict != sign.PassedRevocationUnchecked {
					continue
				}
				if again, ok := decodedText(bad, begin, end); (!ok || !sameButUnsigned(der, again)) && i < len(text)-1 {
					t.Errorf("attached %v: character %d, %q → %q, is accepted", o.Attached, i, text[i], bad[i])
				}
			}
		}
	}
}

// TestNoAlteredByteOfAMessageIsAccepted changes each octet of an S/MIME message: what is
// accepted has the same content, and a signature that decodes to the same.
func TestNoAlteredByteOfAMessageIsAccepted(t *testing.T) {
	content := []byte("first line\r\nsecond line")
	sig := mustSign(t, content, signerRSA(), sign.Options{})
	b64 := base64.StdEncoding.EncodeToString(sig)
	m := []byte(smimeOf(signedType, "preamble", string(content), signatureType+b64))
	listed := bytes.Index(sig, digestAlgorithm(crypto.SHA256)) // the message's micalg takes the place of digestAlgorithms
	micalg := [2]int{listed, listed + len(digestAlgorithm(crypto.SHA256))}
	accepted := 0
	for i := range m {
		for _, flip := range []byte{0xFF, 1, 0x20, 1 << (i % 8)} {
			bad := bytes.Clone(m)
			bad[i] ^= flip
			o := judging(signerRSA())
			var extracted bytes.Buffer
			o.Extract = &extracted
			if verifyBytes(t, bad, nil, o).Verdict != sign.PassedRevocationUnchecked {
				continue
			}
			accepted++
			if sameText(extracted.String()) != sameText(string(content)) {
				t.Errorf("octet %d, %q → %q: %q is accepted", i, m[i], bad[i], &extracted)
			}
			if start := strings.Index(string(m), b64); i >= start && i < start+len(b64) {
				again, err := base64.StdEncoding.DecodeString(string(bad[start : start+len(b64)]))
				if err != nil || !sameButUnsigned(sig, again, micalg) {
					t.Errorf("octet %d of the signature, %q → %q, is accepted", i-start, m[i], bad[i])
				}
			}
		}
	}
	if accepted == 0 {
		t.Error("not even the preamble may change")
	}
}

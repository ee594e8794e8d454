package cms

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"mime/multipart"
	"net/mail"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/jpki-desktop/jpki/sign"
)

const text = "first line\r\nsecond line\n--dashes\n\nthe last one"

// opensslMessages are S/MIME messages that OpenSSL writes, by the arguments of its cms -sign,
// the content that each extracts to,
// and the findings.
var opensslMessages = []struct{ arguments, content, codes string }{
	{"", "first line\r\nsecond line\r\n--dashes\r\n\r\nthe last one", ""},
	{"-text", "Content-Type: text/plain\r\n\r\nfirst line\r\nsecond line\r\n--dashes\r\n\r\nthe last one", ""},
	{"-crlfeol", "first line\r\nsecond line\r\n--dashes\r\n\r\nthe last one", ""},
	{"-stream", "first line\r\nsecond line\r\n--dashes\r\n\r\nthe last one", ""},
	{"-binary", text, ""},
	{"-md sha512 -binary", text, ""},
	{"-md sha384 -text -crlfeol", "Content-Type: text/plain\r\n\r\nfirst line\r\nsecond line\r\n--dashes\r\n\r\nthe last one", ""},
	{"-nodetach", "first line\r\nsecond line\r\n--dashes\r\n\r\nthe last one", ""},
	{"-nodetach -stream -binary", text, ""},
	{"-nodetach -binary -crlfeol", text, ""},
	{"-from a@example.jp -to b@example.jp -subject subject", "first line\r\nsecond line\r\n--dashes\r\n\r\nthe last one", HeaderUnsigned},
}

// smimeMessage is what OpenSSL makes of text.
func (o openSSL) smimeMessage(t testing.TB, arguments string) []byte {
	t.Helper()
	o.write(t, "content", []byte(text))
	o.must(t, "cms -sign -cades -in content -signer rsa.pem -inkey rsa.key -out sig "+arguments)
	return o.read(t, "sig")
}

func TestMessagesOfOpenSSLVerify(t *testing.T) {
	o := newOpenSSL(t)
	for _, test := range opensslMessages {
		t.Run(test.arguments, func(t *testing.T) {
			sig := o.smimeMessage(t, test.arguments)
			for name, src := range map[string]io.Reader{"whole": bytes.NewReader(sig), "bytewise": slow{bytes.NewReader(sig)}} {
				options := judging(signerRSA())
				var extracted bytes.Buffer
				options.Extract = &extracted
				r, err := Verify(t.Context(), src, nil, options)
				if err != nil {
					t.Fatal(err)
				}
				wantPassed(t, r)
				s := r.Signatures[0]
				if codes(r) != test.codes || !s.Covers.Attached || s.Covers.Bytes != int64(len(test.content)) || sameText(extracted.String()) != sameText(test.content) {
					t.Errorf("%s: findings %q, covers %+v, extracts %q", name, codes(r), s.Covers, &extracted)
				}
			}
			if info, err := Inspect(bytes.NewReader(sig[:1000])); err != nil || !info.Attached || !Detect(sig[:1000]) {
				t.Errorf("head: %+v, %v", info, err)
			}
		})
	}
}

func sameText(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }

func TestMessageWithUnixLineEndsVerifies(t *testing.T) {
	o := newOpenSSL(t)
	sig := bytes.ReplaceAll(o.smimeMessage(t, ""), []byte("\r\n"), []byte("\n"))
	wantPassed(t, verifyBytes(t, sig, nil, judging(signerRSA())))
	sig = bytes.ReplaceAll(sig, []byte("\n"), []byte("\r\n"))
	wantPassed(t, verifyBytes(t, sig, nil, judging(signerRSA())))
}

func TestMessageIsComparedWithContentAtHand(t *testing.T) {
	o := newOpenSSL(t)
	for _, arguments := range []string{"", "-binary", "-stream", "-md sha384"} {
		sig := o.smimeMessage(t, arguments)
		for content, code := range map[string]string{
			text: "", sameText(text): "", "first line": ContentMismatch, text + "\n": ContentMismatch,
		} {
			if arguments == "-binary" && content == sameText(text) {
				code = ContentMismatch // other octets
			}
			r := verifyBytes(t, sig, []byte(content), judging(signerRSA()))
			if codes(r) != code {
				t.Errorf("%q with %q: %s", arguments, content, details(r))
			}
		}
	}
	if _, err := Verify(t.Context(), bytes.NewReader(o.smimeMessage(t, "")), failing{}, judging()); err == nil {
		t.Error("content that cannot be read")
	}
}

// message builds a multipart/signed of parts, for tests that spoil it.
func smimeOf(contentType string, parts ...string) string {
	return "MIME-Version: 1.0\nContent-Type: " + contentType + "\n\n" + strings.Join(parts, "\n--b\n") + "\n--b--\n"
}

const (
	signedType    = `multipart/signed; protocol="application/pkcs7-signature"; micalg=sha-256; boundary=b`
	signatureType = "Content-Type: application/pkcs7-signature\nContent-Transfer-Encoding: base64\n\n"
)

func TestBrokenMessages(t *testing.T) {
	b64 := strings.Join(strings.Split(string(mustSign(t, []byte("content"), signerRSA(), sign.Options{PEM: true})), "\n")[1:], "\n")
	b64, _, _ = strings.Cut(b64, "-----")
	attached := strings.Join(strings.Split(string(mustSign(t, []byte("content"), signerRSA(), sign.Options{PEM: true, Attached: true, Size: 7})), "\n")[1:], "\n")
	attached, _, _ = strings.Cut(attached, "-----")
	binary := string(binarySignature(t, []byte("content")))
	good := smimeOf(signedType, "preamble", "content", signatureType+b64)
	none := codesAre{sign.NoSignature, NotSignedData}
	malformed := codesAre{sign.Failed, Malformed}
	for name, test := range map[string]struct {
		message string
		want    codesAre
	}{
		"good":                          {good, codesAre{sign.PassedRevocationUnchecked, ""}},
		"no preamble":                   {strings.Replace(good, "preamble\n", "", 1), codesAre{sign.PassedRevocationUnchecked, ""}},
		"folded header":                 {strings.Replace(good, "; protocol", ";\n\tprotocol", 1), codesAre{sign.PassedRevocationUnchecked, ""}},
		"blanks after the delimiter":    {strings.Replace(good, "\n--b\n", "\n--b \t\r\n", 1), codesAre{sign.PassedRevocationUnchecked, ""}},
		"no last line end":              {strings.TrimRight(good, "\n"), codesAre{sign.PassedRevocationUnchecked, ""}},
		"white space after":             {good + "\r\n \t\n", codesAre{sign.PassedRevocationUnchecked, ""}},
		"no micalg":                     {strings.Replace(good, "micalg=sha-256; ", "", 1), codesAre{sign.PassedRevocationUnchecked, ""}},
		"unknown micalg":                {strings.Replace(good, "sha-256", "sha3", 1), codesAre{sign.PassedRevocationUnchecked, ""}},
		"binary":                        {smimeOf(signedType, "", "content", "Content-Transfer-Encoding: binary\n\n"+binary), codesAre{sign.PassedRevocationUnchecked, ""}},
		"another micalg":                {strings.Replace(good, "sha-256", "sha-512", 1), codesAre{sign.Indeterminate, DigestUnlisted}},
		"content changed":               {strings.Replace(good, "content\n", "Content\n", 1), codesAre{sign.Failed, DigestMismatch}},
		"line added":                    {strings.Replace(good, "content\n", "content\n\n", 1), codesAre{sign.Failed, DigestMismatch}},
		"header added":                  {strings.Replace(good, "\ncontent\n", "\nX: y\n\ncontent\n", 1), codesAre{sign.Failed, DigestMismatch}},
		"text after":                    {good + "more", codesAre{sign.Failed, TrailingData}},
		"base64 after the end":          {strings.Replace(good, "\n--b--", "AAAA\n--b--", 1), malformed},
		"three parts":                   {smimeOf(signedType, "", "content", signatureType+b64, "more"), malformed},
		"one part":                      {smimeOf(signedType, "", "content"), malformed},
		"no part":                       {smimeOf(signedType, ""), malformed},
		"no last delimiter":             {strings.Replace(good, "--b--", "", 1), malformed},
		"no delimiter":                  {strings.ReplaceAll(good, "--b", "--c"), malformed},
		"header alone":                  {good[:strings.Index(good, "\n\n")+1], malformed},
		"signature without a header":    {smimeOf(signedType, "", "content", b64), malformed},
		"signature in another encoding": {strings.Replace(good, "base64", "quoted-printable", 1), malformed},
		"no base64":                     {strings.Replace(good, "base64\n\nM", "base64\n\n!", 1), malformed},
		"content twice":                 {smimeOf(signedType, "", "content", signatureType+attached), malformed},
		"endless preamble":              {smimeOf(signedType, strings.Repeat("x\n", maxMessageHead), "content", signatureType+b64), codesAre{sign.Failed, TooLarge}},
		"endless header":                {strings.Repeat("X: y\n", maxMessageHead/5+1) + good, none},
		"two content types":             {"Content-Type: text/plain\n" + good, none},
		"two encodings":                 {strings.Replace(good, "--b\nContent-T", "--b\nContent-Transfer-Encoding: binary\nContent-T", 2), codesAre{sign.Failed, Malformed}},
		"odd line in the header":        {"no field\n" + good, none},
		"another protocol":              {strings.Replace(good, "pkcs7-signature", "pgp-signature", 1), none},
		"no boundary":                   {strings.Replace(good, "boundary=b", "b=b", 1), none},
		"boundary too long":             {strings.ReplaceAll(good, "boundary=b", "boundary="+strings.Repeat("b", 71)), none},
		"another type":                  {strings.Replace(good, "multipart/signed", "multipart/mixed", 1), none},
		"encrypted":                     {"Content-Type: application/pkcs7-mime; smime-type=enveloped-data\n\n", none},
		"opaque, empty":                 {"Content-Type: application/pkcs7-mime; smime-type=signed-data\n\n", none},
		"opaque, header alone":          {"Content-Type: application/pkcs7-mime\n", malformed},
		"letters":                       {"hello", none},
	} {
		r := verifyBytes(t, []byte(test.message), nil, judging(signerRSA()))
		if r.Verdict != test.want.verdict || codes(r) != test.want.codes {
			t.Errorf("%s: %s %s, not %v", name, r.Verdict, details(r), test.want)
		}
	}
}

type codesAre struct {
	verdict sign.Verdict
	codes   string
}

// binarySignature signs content with a signature that stands in a message as it is: one
// that ends in CR would make one line end with the LF of the delimiter after it.
func binarySignature(t *testing.T, content []byte) []byte {
	for at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC); ; at = at.Add(time.Second) {
		sig := mustSign(t, content, signerRSA(), sign.Options{Time: at})
		if sig[len(sig)-1] != '\r' {
			return sig
		}
	}
}

// TestDelimitersAreFoundAtAnyPlace shifts a delimiter across the end of the reader's buffer.
func TestDelimitersAreFoundAtAnyPlace(t *testing.T) {
	for _, end := range []string{"\n", "\r\n"} {
		for n := range 12 {
			content := strings.Repeat("x", bufferSize-8+n)
			sig := binarySignature(t, []byte(content))
			m := smimeOf(signedType, "", content, "Content-Type: application/pkcs7-signature\n\n"+string(sig))
			m = strings.Replace(m, content+"\n", content+end, 1)
			r := verifyBytes(t, []byte(m), nil, judging(signerRSA()))
			if r.Verdict != sign.PassedRevocationUnchecked || r.Signatures[0].Covers.Bytes != int64(len(content)) {
				t.Errorf("%d octets, %q: %s", len(content), end, details(r))
			}
		}
	}
}

// TestMessageOfAnySizePassesInConstantMemory reads many short lines, and one long one.
func TestMessageOfAnySizePassesInConstantMemory(t *testing.T) {
	for name, piece := range map[string]string{"lines": "short\r\n", "one line": "0123456789abcdef", "line ends": "\r\n", "bare line ends": "\n"} {
		n := 1 << 26 / len(piece)
		content := func() io.Reader {
			return io.LimitReader(repeating(bytes.Repeat([]byte(piece), 1<<12)), int64(n*len(piece)))
		}
		var sig bytes.Buffer
		if err := Sign(t.Context(), &sig, content(), signerRSA().Identity, nil); err != nil {
			t.Fatal(err)
		}
		head, tail := smimeOf(signedType, "", ""), "\n--b\n"+signatureType+base64.StdEncoding.EncodeToString(sig.Bytes())+"\n--b--\n"
		head = head[:strings.Index(head, "--b\n")+4]
		before := allocated()
		r, err := Verify(t.Context(), io.MultiReader(strings.NewReader(head), content(), strings.NewReader(tail)), nil, judging(signerRSA()))
		if err != nil {
			t.Fatal(err)
		}
		wantPassed(t, r)
		if used := allocated() - before; used > 8<<20 {
			t.Errorf("%s: %d bytes allocated altogether", name, used)
		}
	}
}

// FuzzMessage: what passes in a message is what another reader of MIME finds in it, and
// memory is bounded.
func FuzzMessage(f *testing.F) {
	sig := mustSign(f, fuzzedContent, signerRSA(), sign.Options{PEM: true})
	b64 := regexp.MustCompile(`(?s)-----[^\n]*\n`).ReplaceAllString(string(sig), "")
	f.Add([]byte(smimeOf(signedType, "", string(fuzzedContent), signatureType+b64)))
	f.Add([]byte(smimeOf(signedType, "preamble", string(fuzzedContent)+"\r", signatureType+b64)))
	f.Add([]byte("Content-Type: application/pkcs7-mime; smime-type=signed-data\nContent-Transfer-Encoding: base64\n\n" + b64))
	f.Fuzz(func(t *testing.T, m []byte) {
		before := allocated()
		var extracted bytes.Buffer
		o := judging(signerRSA())
		o.Extract = &extracted
		r := verifyBytes(t, m, nil, o)
		if n := allocated() - before; n > 16<<20+100*uint64(len(m)) {
			t.Errorf("%d bytes allocated for %d", n, len(m))
		}
		if r.Verdict != sign.PassedRevocationUnchecked {
			return
		}
		if !bytes.Equal(extracted.Bytes(), fuzzedContent) {
			t.Errorf("%q passes", &extracted)
		}
		if first, err := firstPart(m); err == nil && first != "" && sameText(first) != string(fuzzedContent) {
			t.Errorf("another reader finds %q", first)
		}
	})
}

// firstPart is the first part of a message as the standard library reads it.
func firstPart(m []byte) (string, error) {
	message, err := mail.ReadMessage(bytes.NewReader(m))
	if err != nil {
		return "", err
	}
	boundary := regexp.MustCompile(`boundary="?([^";]+)`).FindStringSubmatch(message.Header.Get("Content-Type"))
	if boundary == nil {
		return "", nil
	}
	body, err := io.ReadAll(message.Body)
	if err != nil {
		return "", err
	}
	r := multipart.NewReader(bytes.NewReader(body), boundary[1])
	p, err := r.NextRawPart()
	if err != nil {
		return "", err
	}
	rest, err := io.ReadAll(p)
	if len(p.Header) > 0 { // it took signed text for a header
		return "", fmt.Errorf("part with header %v", p.Header)
	}
	return string(rest), err
}

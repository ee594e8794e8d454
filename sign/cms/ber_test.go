package cms

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"testing"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	"github.com/jpki-desktop/jpki/sign"
)

// toBER writes der, one element, in the longest way that BER has: endless lengths, and
// strings in segments of at most size bytes that are in segments themselves.
func toBER(der []byte, size int) []byte {
	s := cryptobyte.String(der)
	var value cryptobyte.String
	var tag asn1.Tag
	if !s.ReadAnyASN1(&value, &tag) || !s.Empty() {
		panic(fmt.Sprintf("no element: %x", der))
	}
	e := element{tag: byte(tag)}
	out := []byte{e.tag | constructed, 0x80}
	switch {
	case e.constructed():
		for !value.Empty() {
			var inner cryptobyte.String
			value.ReadAnyASN1Element(&inner, new(asn1.Tag))
			out = append(out, toBER(inner, size)...)
		}
	case e.isString():
		for len(value) > 0 {
			n := min(size, len(value))
			out = append(out, tlv(tagOctetString|constructed, tlv(tagOctetString, value[:n]), tlv(tagOctetString))...)
			value = value[n:]
		}
	default:
		long := []byte{e.tag, 0x88, 0, 0, 0, 0, byte(len(value) >> 24), byte(len(value) >> 16), byte(len(value) >> 8), byte(len(value))}
		return append(long, value...)
	}
	return append(out, 0, 0)
}

func readerOf(ber []byte) *reader {
	return newReader(bufio.NewReader(bytes.NewReader(ber)))
}

func normalized(ber []byte) ([]byte, error) {
	r := readerOf(ber)
	e, _, err := r.next()
	if err != nil {
		return nil, err
	}
	return r.definite(e)
}

func TestBERComesBackAsDER(t *testing.T) {
	sig := mustSign(t, bytes.Repeat([]byte("content"), 100), signerRSA(), sign.Options{Attached: true})
	for _, der := range [][]byte{sig, signerEC().Cert.Raw, tlv(tagOctetString), tlv(tagSequence), tlv(tagBitString, []byte{3, 8})} {
		for _, size := range []int{1, 7, 1000} {
			again, err := normalized(toBER(der, size))
			if err != nil || !bytes.Equal(again, der) {
				t.Errorf("segments of %d: %v\n%x, not\n%x", size, err, again, der)
			}
		}
		if again, err := normalized(der); err != nil || !bytes.Equal(again, der) {
			t.Errorf("DER: %v", err)
		}
	}
}

func TestSignatureInBERVerifies(t *testing.T) {
	content := bytes.Repeat([]byte("content"), 1000)
	for _, size := range []int{1, 100, 10_000} {
		wantPassed(t, verifyBytes(t, toBER(mustSign(t, content, signerEC(), sign.Options{}), size), content, judging(signerEC())))
		attached := toBER(mustSign(t, content, signerRSA(), sign.Options{Attached: true}), size)
		wantPassed(t, verifyBytes(t, attached, nil, judging(signerRSA())))
		if info, err := Inspect(bytes.NewReader(attached)); err != nil || !info.Attached || !Detect(attached[:100]) {
			t.Errorf("head: %+v, %v", info, err)
		}
		if r := verifyBytes(t, append(attached, 0), nil, judging(signerRSA())); codes(r) != TrailingData {
			t.Errorf("a byte after it: %s", codes(r))
		}
	}
}

func TestBadBERIsAFault(t *testing.T) {
	for name, test := range map[string]struct {
		ber  string
		want string
	}{
		"nothing":                       {"", "the file ends at byte 0"},
		"tag alone":                     {"\x30", "the file ends at byte 1"},
		"length cut":                    {"\x30\x82\x01", "the file ends at byte 3"},
		"contents cut":                  {"\x04\x05abc", "the file ends at byte 5"},
		"length over 63 bits":           {"\x04\x88\x80\x00\x00\x00\x00\x00\x00\x00", "length overflows"},
		"length over 64 bits":           {"\x04\x89\x01\x00\x00\x00\x00\x00\x00\x00\x00", "length overflows"},
		"length of 126 bytes":           {"\x04\xfe" + strings.Repeat("\xff", 126), "length overflows"},
		"the longest length":            {"\x04\x88\x7f\xff\xff\xff\xff\xff\xff\xff", "larger than the one around it"},
		"over the budget":               {"\x04\x84\x01\x00\x00\x01" + strings.Repeat("x", 1<<24+1), TooLarge},
		"larger than its parent":        {"\x30\x03\x04\x02ab", "larger than the one around it"},
		"header larger than its parent": {"\x30\x01\x04\x00", "header larger than the element around it"},
		"larger than an endless one's":  {"\x30\x05\x30\x80\x04\x02ab\x00\x00", "larger than the one around it"},
		"endless one without an end":    {"\x30\x04\x30\x80\x05\x00\x00\x00", "header larger than the element around it"},
		"endless primitive":             {"\x04\x80a\x00\x00", "primitive element without a length"},
		"end-of-contents in a definite": {"\x30\x02\x00\x00", "end-of-contents out of place"},
		"end-of-contents first":         {"\x00\x00", "end-of-contents out of place"},
		"end-of-contents with contents": {"\x30\x80\x00\x01a\x00\x00", "end-of-contents out of place"},
		"long tag":                      {"\x1f\x81\x01\x00", "tag number over 30"},
		"string of other segments":      {"\x24\x04\x0c\x02ab", "segment of another type"},
		"string of itself":              {"\x2c\x04\x0c\x02ab", "segment of another type"},
		"deep":                          {strings.Repeat("\x30\x80", 33), TooDeep},
		"deep string":                   {strings.Repeat("\x24\x80", 33), TooDeep},
	} {
		der, err := normalized([]byte(test.ber))
		if f := (*fault)(nil); !errors.As(err, &f) || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %x, %v", name, der, err)
		}
	}
}

func TestNestingOf32IsRead(t *testing.T) {
	if _, err := normalized([]byte(strings.Repeat("\x30\x80", maxDepth) + strings.Repeat("\x00\x00", maxDepth))); err != nil {
		t.Error(err)
	}
}

// TestLengthOfNothingAllocatesNothing claims 16 MiB in a file of 6 bytes.
func TestLengthOfNothingAllocatesNothing(t *testing.T) {
	hostile := []byte("\x04\x84\x00\xff\xff\xf0")
	if n := testing.Benchmark(func(b *testing.B) {
		b.ReportAllocs()
		for range b.N {
			if _, err := normalized(hostile); err == nil {
				b.Fatal("accepted")
			}
		}
	}).AllocedBytesPerOp(); n > 64<<10 {
		t.Errorf("%d bytes allocated", n)
	}
}

func TestLengthsInDER(t *testing.T) {
	for n, want := range map[int64]string{
		0: "0400", 0x7F: "047f", 0x80: "048180", 0xFF: "0481ff", 0x100: "04820100", 1 << 24: "048401000000",
		5 << 30: "04850140000000", math.MaxInt64: "04887fffffffffffffff",
	} {
		if got := fmt.Sprintf("%x", header(tagOctetString, n)); got != want {
			t.Errorf("%d: %s, not %s", n, got, want)
		}
		e, more, err := readerOf(header(tagOctetString, n)).next()
		if n < math.MaxInt64-100 && (err != nil || !more || e.length != n) {
			t.Errorf("%d reads as %+v, %v", n, e, err)
		}
	}
}

func TestPEM(t *testing.T) {
	content := []byte("content")
	good := string(mustSign(t, content, signerRSA(), sign.Options{PEM: true}))
	label := func(s string) string { return strings.ReplaceAll(good, "CMS", s) }
	for _, line := range strings.Split(good, "\n") {
		if len(line) > 64 {
			t.Errorf("line of %d columns", len(line))
		}
	}
	for name, test := range map[string]struct{ sig, codes string }{
		"as made":              {good, ""},
		"of PKCS #7":           {label("PKCS7"), ""},
		"with CRLF":            {strings.ReplaceAll(good, "\n", "\r\n"), ""},
		"after white space":    {"\ufeff\n \r\n" + good + "\r\n\t ", ""},
		"without a last LF":    {strings.TrimSuffix(good, "\n"), ""},
		"in one line":          {good[:22] + strings.ReplaceAll(good[22:len(good)-22], "\n", "") + good[len(good)-22:], ""},
		"of something else":    {label("CERTIFICATE"), NotSignedData},
		"with another end":     {strings.Replace(good, "END CMS", "END PKCS7", 1), Malformed},
		"with no end":          {good[:len(good)-22], Malformed},
		"after text":           {"I promise nothing.\n" + good, NotSignedData},
		"before text":          {good + "I promise nothing.\n", TrailingData},
		"twice":                {good + good, TrailingData},
		"with a stray letter":  {good[:200] + "!" + good[200:], Malformed},
		"with bits at the end": {"-----BEGIN CMS-----\nMB==\n-----END CMS-----\n", NotSignedData},
		"empty":                {"-----BEGIN CMS-----\n-----END CMS-----\n", NotSignedData},
		"head alone":           {"-----BEGIN CMS-----", NotSignedData},
	} {
		r := verifyBytes(t, []byte(test.sig), content, judging(signerRSA()))
		if got, _, _ := strings.Cut(codes(r), " "); got != test.codes {
			t.Errorf("%s: %s", name, details(r))
		}
	}
}

func TestWhatIsNoSignedDataIsNotDetected(t *testing.T) {
	for name, data := range map[string]string{
		"nothing": "", "text": "申告書", "PDF": "%PDF-1.7\n", "XML": "<?xml version='1.0'?><a/>", "zeros": strings.Repeat("\x00", 100),
		"certificate": string(signerRSA().Cert.Raw), "PEM": string(certificatePEM(signerRSA().Cert)),
		"encrypted": string(tlv(tagSequence, dotted("1.2.840.113549.1.7.3").der(), tlv(context0Cons))),
	} {
		if Detect([]byte(data)) {
			t.Errorf("%s is detected", name)
		}
		if info, err := Inspect(strings.NewReader(data)); err == nil {
			t.Errorf("%s: %+v", name, info)
		}
		if r := verifyBytes(t, []byte(data), nil, judging()); r.Verdict != sign.NoSignature || codes(r) != NotSignedData {
			t.Errorf("%s: %s %s", name, r.Verdict, codes(r))
		}
	}
}

func TestInspectReadsTheHeadOnly(t *testing.T) {
	sig := mustSign(t, make([]byte, 4*bufferSize), signerRSA(), sign.Options{Attached: true})
	src := &io.LimitedReader{R: bytes.NewReader(sig), N: int64(len(sig))}
	if info, err := Inspect(src); err != nil || !info.Attached {
		t.Fatalf("%+v, %v", info, err)
	}
	if read := int64(len(sig)) - src.N; read > bufferSize {
		t.Errorf("%d bytes were read", read)
	}
}

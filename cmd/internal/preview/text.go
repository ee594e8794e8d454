package preview

import (
	"bytes"
	"errors"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// MaxText is how much of a text is read, in bytes.
const MaxText = 16 << 10

// decode turns the beginning of a text file into text with line ends of one kind. whole
// tells that it is all of the file, else a letter cut off at the end is left out. It
// returns false if data are no text in an encoding that is known.
func decode(data []byte, whole bool) (string, bool) {
	if name := declared(data); name != nil {
		if text, ok := decodeAs(name, data, whole); ok {
			return text, true
		}
	}
	for _, e := range likely(data) {
		if text, ok := decodeAs(e, data, whole); ok {
			return text, true
		}
	}
	return "", false
}

var (
	bomLE, bomBE = []byte{0xff, 0xfe}, []byte{0xfe, 0xff}
	xmlLE, xmlBE = []byte("<\x00?\x00"), []byte("\x00<\x00?")
)

// likely are the encodings that data may be in, the likeliest first. Data in Shift_JIS are
// hardly ever sound EUC-JP; the other way round they often are, as half-width kana.
func likely(data []byte) []encoding.Encoding {
	switch {
	case bytes.HasPrefix(data, bomLE), bytes.HasPrefix(data, bomBE):
		return []encoding.Encoding{unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)}
	case bytes.HasPrefix(data, xmlLE):
		return []encoding.Encoding{unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)}
	case bytes.HasPrefix(data, xmlBE):
		return []encoding.Encoding{unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)}
	}
	return []encoding.Encoding{unicode.UTF8BOM, japanese.EUCJP, japanese.ShiftJIS}
}

var xmlEncoding = regexp.MustCompile(`^(?:\x{feff})?<\?xml[^>]{0,100}?\sencoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']`)

// declared is the encoding that an XML declaration names, nil if there is none.
func declared(data []byte) encoding.Encoding {
	m := xmlEncoding.FindSubmatch(data[:min(len(data), 256)])
	if m == nil {
		return nil
	}
	e, err := htmlindex.Get(string(m[1]))
	if err != nil {
		return nil
	}
	return e
}

// decodeAs decodes data in the encoding e, and returns false if they are not sound in it
// or hold what no text does.
func decodeAs(e encoding.Encoding, data []byte, whole bool) (string, bool) {
	out := make([]byte, 3*len(data)+utf8.UTFMax) // one byte becomes U+FFFD at worst
	n, _, err := e.NewDecoder().Transform(out, data, whole)
	if err != nil && (whole || !errors.Is(err, transform.ErrShortSrc)) {
		return "", false
	}
	text := string(out[:n])
	if strings.ContainsFunc(text, notText) {
		return "", false
	}
	return strings.ReplaceAll(text, "\r\n", "\n"), true
}

// notText tells whether r does not occur in text: it stands for what cannot be decoded, or
// is a control character other than those of lines and pages.
func notText(r rune) bool {
	switch r {
	case '\t', '\n', '\r', '\f':
		return false
	}
	return r == utf8.RuneError || r < ' ' || 0x7f <= r && r <= 0x9f
}

var (
	xmlBegin = regexp.MustCompile(`^\s*(?:<\?xml\s|<!--|<!DOCTYPE\s+(?i:x|[a-z]+:)|<[A-Za-z_][^<>]*\sxmlns[:=])`)
	taxSpace = regexp.MustCompile(`\sxmlns(?::\w{1,20})?\s*=\s*["']http://xml\.e-tax\.nta\.go\.jp/`)
)

func isXML(text string) bool { return xmlBegin.MatchString(text) }

// isTax tells whether text is XML that uses the namespace of e-Tax's forms.
func isTax(text string) bool { return isXML(text) && taxSpace.MatchString(text) }

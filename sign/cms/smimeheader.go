package cms

import (
	"bytes"
	"strings"
)

// messageHeader is what a MIME header (RFC 2045 sections 5 and 6) tells of a body.
type messageHeader struct {
	contentType, encoding string
	letter                bool // it names a sender, a recipient, a date or a subject
}

// readMessageHeader reads the header that text begins with. It is none if a line cannot be
// in one, or if one of the two fields is there twice, when readers would differ about what
// the message is. Size is 0 if text does not hold the empty line that ends it.
func readMessageHeader(text []byte) (h messageHeader, size int, ok bool) {
	fields := map[string]string{}
	name := ""
	for rest := text; ; {
		line, after, ended := bytes.Cut(rest, []byte("\n"))
		if !ended {
			break
		}
		rest, line = after, bytes.TrimSuffix(line, []byte("\r"))
		if len(line) == 0 {
			size = len(text) - len(rest)
			break
		}
		if line[0] == ' ' || line[0] == '\t' {
			fields[name] += string(line)
			continue
		}
		key, value, ok := fieldOf(line)
		if _, twice := fields[key]; !ok || twice && strings.HasPrefix(key, "content-t") {
			return h, 0, false
		}
		name, fields[key] = key, value
	}
	h = messageHeader{contentType: fields["content-type"], encoding: strings.ToLower(strings.TrimSpace(fields["content-transfer-encoding"]))}
	for _, name := range []string{"from", "to", "cc", "date", "subject"} {
		h.letter = h.letter || fields[name] != ""
	}
	return h, size, true
}

// fieldOf reads the first line of a header field (RFC 5322 section 2.2).
func fieldOf(line []byte) (name, value string, ok bool) {
	key, text, found := strings.Cut(string(line), ":")
	key = strings.TrimRight(key, " \t")
	odd := func(r rune) bool { return r < 33 || r > 126 }
	return strings.ToLower(key), text, found && key != "" && !strings.ContainsFunc(key, odd)
}

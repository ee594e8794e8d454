package main

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"

	"github.com/jpki-desktop/jpki/ui/msg"
)

// roff writes a page in the language of man(7).
func (b *book) roff(p page) []byte {
	var out bytes.Buffer
	line := func(format string, args ...any) { fmt.Fprintf(&out, format+"\n", args...) }
	line(`.TH %s 1 "%s" "jpki %s" jpki`, escape(strings.ToUpper(p.name)), b.date, escape(b.version))
	// Neither hyphens nor wide spaces belong into lines that people copy.
	line(".nh\n.ad l")
	line(".SH %s\n%s \\- %s", msg.ManName.In(b.lang), escape(p.name), escape(p.short))
	line(".SH %s", msg.ManSynopsis.In(b.lang))
	line("%s", text(p.synopsis[0]))
	for _, use := range p.synopsis[1:] {
		line(".br\n%s", text(use))
	}
	for _, s := range p.sections {
		line(".SH %s", s.title.In(b.lang))
		out.WriteString(prose(s.text))
		for _, i := range s.items {
			line(".TP\n%s\n%s", i.heading(), text(i.text))
		}
		if len(s.lines) > 0 {
			out.WriteString(verbatim(s.lines))
		}
	}
	return out.Bytes()
}

// heading is the term in bold, its value in italics.
func (i item) heading() string {
	if i.value == "" {
		return `\fB` + escape(i.term) + `\fR`
	}
	return `\fB` + escape(i.term) + `\fR \fI` + escape(i.value) + `\fR`
}

// prose fills the lines of a text, and keeps those that are indented, and empty lines
// between paragraphs.
func prose(s string) string {
	var out strings.Builder
	var filled, kept []string
	flush := func() {
		if len(filled) > 0 {
			out.WriteString(text(joined(filled)) + "\n")
		}
		if len(kept) > 0 {
			out.WriteString(verbatim(kept))
		}
		filled, kept = nil, nil
	}
	for line := range strings.Lines(s) {
		line = strings.TrimRight(line, "\n")
		switch {
		case line == "":
			flush()
			out.WriteString(".PP\n")
		case line[0] == ' ':
			kept = append(kept, line)
		default:
			if len(kept) > 0 {
				flush()
			}
			filled = append(filled, line)
		}
	}
	flush()
	return strings.ReplaceAll(out.String(), ".PP\n.RS", ".RS")
}

// joined puts lines together with spaces, but for Japanese, which has none.
func joined(lines []string) string {
	all := lines[0]
	for _, next := range lines[1:] {
		last := lastRune(all)
		if !strings.ContainsRune(notFirst, last) && !(isWide(last) && isWide(firstRune(next))) {
			all += " "
		}
		all += next
	}
	return all
}

// verbatim keeps lines as they are, indented.
func verbatim(lines []string) string {
	var out strings.Builder
	out.WriteString(".RS 4\n.nf\n")
	for _, l := range lines {
		out.WriteString(escape(strings.TrimPrefix(l, "  ")) + "\n")
	}
	out.WriteString(".fi\n.RE\n")
	return out.String()
}

// escape writes s so that roff takes no letter of it for its own.
func escape(s string) string {
	s = strings.NewReplacer(`\`, `\e`, "-", `\-`, `"`, `\(dq`).Replace(s)
	if strings.HasPrefix(s, ".") || strings.HasPrefix(s, "'") {
		s = `\&` + s
	}
	return s
}

var hyphenInWord = regexp.MustCompile(`(\pL)\\-(\pL)`)

// text is escaped text that may be wrapped: words keep their hyphens, and Japanese and long
// choices may be cut where their rules allow, which roff does not know by itself.
func text(s string) string {
	var out strings.Builder
	var before rune
	for _, r := range s {
		if mayCut(before, r) {
			out.WriteString("\x00")
		}
		out.WriteRune(r)
		before = r
	}
	escaped := hyphenInWord.ReplaceAllString(escape(out.String()), "$1-$2")
	return strings.NewReplacer("\x00", `\:`, "|", `|\:`).Replace(escaped)
}

// mayCut tells whether a line may end between two letters of Japanese, or after Japanese
// punctuation.
func mayCut(before, after rune) bool {
	if strings.ContainsRune(notFirst, after) || strings.ContainsRune(notLast, before) || !isWide(before) {
		return false
	}
	return isWide(after) || after != ' ' && strings.ContainsRune(notFirst, before)
}

// Letters that begin no line, and that end none (JIS X 4051).
const (
	notFirst = "、。，．・：；？！ー」』）】〕］｝々ぁぃぅぇぉっゃゅょァィゥェォッャュョ…"
	notLast  = "「『（【〔［｛"
)

// isWide tells the letters of Japanese from those that are separated by spaces.
func isWide(r rune) bool { return r >= 0x2E80 }

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

func lastRune(s string) (last rune) {
	for _, r := range s {
		last = r
	}
	return last
}

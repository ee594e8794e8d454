package ui

import (
	"fmt"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"golang.org/x/text/unicode/norm"

	"github.com/jpki-desktop/jpki/ui/theme"
)

// A letter is the least that is drawn as one: a character with its combining marks and
// variation selectors, or one character of what stands for a letter that no font has.
type letter struct {
	text  string        // what is drawn
	font  fyne.Resource // which has all of it
	index int           // of its first character in the text, in characters
	count int           // of the characters it stands for
	glued bool          // no line begins with it unless it fills a line alone
}

// most marks on one letter; more are noise made to cover the lines above and below
const maxMarks = 8

const newLine = "\n"

// letters cuts a text into letters. Nothing is left out: what cannot be drawn, and what
// would change the drawing of its neighbours unseen, becomes 〓 and its code.
func letters(s string, bold bool) []letter {
	var all []letter
	runes := []rune(s)
	for i := 0; i < len(runes); {
		n := clusterLen(runes[i:])
		all = append(all, drawn(runes[i:i+n], i, bold)...)
		i += n
	}
	return all
}

// clusterLen is how many characters at the beginning belong together: a base and its
// marks, or the two characters of a line break of Windows.
func clusterLen(runes []rune) int {
	if runes[0] == '\r' && len(runes) > 1 && runes[1] == '\n' {
		return 2
	}
	n := 1
	for n <= maxMarks && n < len(runes) && attaches(runes[n]) && !unicode.IsSpace(runes[0]) {
		n++
	}
	return n
}

// attaches tells whether r is drawn on the letter before it: a combining mark or a
// variation selector (Unicode 16.0, 23.4).
func attaches(r rune) bool { return unicode.Is(unicode.M, r) }

func selects(r rune) bool { return unicode.Is(unicode.Variation_Selector, r) }

// drawn returns the letters for a base and its marks.
func drawn(cluster []rune, index int, bold bool) []letter {
	one := letter{index: index, count: len(cluster), font: plainFont(bold)}
	switch r := cluster[0]; {
	case strings.ContainsRune("\n\r\v\f\u0085\u2028\u2029", r):
		one.text = newLine
		return []letter{one}
	case r == '\t' || unicode.Is(unicode.Zs, r) && r != '\u3000' && r != '\u00a0':
		one.text = " "
		return []letter{one}
	}
	shape := composed(cluster)
	if font := fontOf(shape, bold); font != nil {
		one.text, one.font = string(shape), font
		return []letter{one}
	}
	if font := fontOf(cluster[:1], bold); font != nil {
		one.text, one.font, one.count = string(cluster[:1]), font, 1
		return append([]letter{one}, codes(cluster[1:], index+1, bold)...)
	}
	all := codes(cluster, index, bold)
	all[0].glued = false
	return all
}

// signs are signs of the terminal that the fonts lack, and the like that they have.
var signs = map[rune]rune{'✗': '×'}

// composed turns か and its mark into が: file names of macOS come in two, and fonts draw
// one better. A letter whose form is selected stays as it is.
func composed(cluster []rune) []rune {
	if sign, ok := signs[cluster[0]]; ok && len(cluster) == 1 {
		return []rune{sign}
	}
	if len(cluster) == 1 || selects(cluster[1]) {
		return cluster
	}
	return []rune(norm.NFC.String(string(cluster)))
}

func plainFont(bold bool) fyne.Resource {
	if bold {
		return theme.Bold
	}
	return theme.Regular
}

// fontOf returns the first font that has every character, or nil.
func fontOf(cluster []rune, bold bool) fyne.Resource {
	if attaches(cluster[0]) {
		return nil
	}
	var font fyne.Resource
	for _, r := range cluster {
		if selects(r) {
			continue // no font lists selectors; those it does not know leave the letter as it is
		}
		f, ok := theme.Font(r, bold)
		if !ok || unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Co, unicode.Cs) {
			return nil
		}
		if font == nil || f == theme.Fallback {
			font = f
		}
	}
	for _, r := range cluster {
		if font == theme.Fallback && !selects(r) && !theme.FallbackHas(r) {
			return nil
		}
	}
	return font
}

// codes writes characters as 〓(U+2A6D6), glued so that a code is not torn.
func codes(runes []rune, index int, bold bool) []letter {
	var all []letter
	for i, r := range runes {
		for _, c := range fmt.Sprintf("〓(U+%04X)", r) {
			all = append(all, letter{text: string(c), font: plainFont(bold), index: index + i, count: 1, glued: true})
		}
	}
	return all
}

// A line is the letters from, until to; those until end are the spaces and the line
// break after them, which are not drawn.
type line struct{ from, to, end int }

// wrap breaks letters into lines of at most width. Lines end at a line break, at a
// space, and between letters of Japanese where its rules of line breaking (JIS X 4051,
// 禁則処理) let them; a word longer than a line is cut where the line ends.
func wrap(all []letter, width float32, measure func(letter) float32) []line {
	var lines []line
	for from, more := 0, true; more; {
		var l line
		l, more = nextLine(all, from, width, measure)
		lines = append(lines, l)
		from = l.end
	}
	return lines
}

// slack is what a line may be too long by: the rounding of widths added up.
const slack = 0.1

// nextLine returns the line that begins at from, and whether another follows.
func nextLine(all []letter, from int, width float32, measure func(letter) float32) (line, bool) {
	used, last := float32(0), 0 // last is the latest place where the line may end
	for i := from; i < len(all); i++ {
		l := all[i]
		if l.text == newLine {
			return line{from, trimmed(all, from, i), i + 1}, true
		}
		if i > from && mayBreak(all[i-1], l) {
			last = i
		}
		used += measure(l)
		if used > width+slack && l.text != " " && i > from {
			if last == 0 {
				last = i
			}
			return line{from, trimmed(all, from, last), last}, true
		}
	}
	return line{from, trimmed(all, from, len(all)), len(all)}, false
}

// trimmed returns the end of a line without the spaces before to.
func trimmed(all []letter, from, to int) int {
	for to > from && all[to-1].text == " " {
		to--
	}
	return to
}

// mayBreak tells whether a line may end between two letters.
func mayBreak(a, b letter) bool {
	before, after := first(a.text), first(b.text)
	switch {
	case b.glued || after == ' ':
		return false
	case before == ' ':
		return true
	case strings.ContainsRune(notAtStart, after) || strings.ContainsRune(notAtEnd, before):
		return false
	case before == after && strings.ContainsRune(notParted, before):
		return false
	}
	return ideographic(before) || ideographic(after)
}

func first(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

// Letters with which a line does not begin, with which it does not end, and which are
// not parted from their like (JIS X 4051, 4.3; W3C, Requirements for Japanese Text
// Layout, appendix A).
const (
	notAtStart = "、。，．・：；？！゛゜ヽヾゝゞ々〻ー〜～‐–—…‥’”）〕］｝〉》」』】〙〗｠»｣｡､･ｰ,.:;?!)]}%％℃°" +
		"ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿｧｨｩｪｫｬｭｮｯﾞﾟ"
	notAtEnd  = "‘“（〔［｛〈《「『【〘〖｟«｢([{￥＄¥$#＃№〒"
	notParted = "…‥—―〜"
)

// ideographic tells whether lines are broken beside r as in Japanese: at any letter.
func ideographic(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Bopomofo) ||
		r >= 0x2e80 && r <= 0x33ff || r >= 0xff00 && r <= 0xffef || strings.ContainsRune("…‥—―“”‘’●○◎■□▲△▼▽◆◇★☆※→←↑↓", r)
}

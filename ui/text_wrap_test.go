package ui

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/jpki-desktop/jpki/ui/theme"
)

// columns measures as a terminal does: 1 for ASCII, 2 for the rest.
func columns(l letter) float32 {
	if l.text[0] < utf8.RuneSelf {
		return 1
	}
	return 2
}

func wrapped(s string, width float32) []string {
	all := letters(s, false)
	var lines []string
	for _, l := range wrap(all, width, columns) {
		var b strings.Builder
		for _, c := range all[l.from:l.to] {
			b.WriteString(c.text)
		}
		lines = append(lines, b.String())
	}
	return lines
}

func TestLinesBreakByTheRulesOfJapanese(t *testing.T) {
	for _, c := range []struct {
		why, text string
		width     float32
		want      string // lines, parted by |
	}{
		{"nothing", "", 10, ""},
		{"one line", "署名する", 10, "署名する"},
		{"a line as wide as the text", "署名する", 8, "署名する"},
		{"between any two letters", "署名を確かめる", 8, "署名を確|かめる"},
		{"no comma at the start", "署名を、確かめる", 6, "署名|を、確|かめる"},
		{"no full stop at the start", "確かめます。次", 10, "確かめま|す。次"},
		{"no closing bracket at the start", "「署名」の", 6, "「署|名」の"},
		{"no opening bracket at the end", "署名「検証」", 6, "署名|「検|証」"},
		{"several marks keep together", "です」。次", 6, "で|す」。|次"},
		{"no small kana at the start", "しゃしょうちゅう", 8, "しゃしょ|うちゅう"},
		{"no long vowel mark at the start", "カードリーダー", 4, "カー|ド|リー|ダー"},
		{"no repetition mark at the start", "佐々木様", 2, "佐|々|木|様"},
		{"a repetition mark with its letter", "佐々木様", 4, "佐々|木様"},
		{"dots are not parted", "あの……", 6, "あ|の……"},
		{"words stay whole", "open the window", 8, "open the|window"},
		{"spaces hang at the end", "open    the", 5, "open|the"},
		{"words beside Japanese", "証明書をPDFに", 10, "証明書を|PDFに"},
		{"numbers stay whole", "あと1,399日です", 8, "あと|1,399日|です"},
		{"a date stays whole", "期限2030-09-22まで", 12, "期限|2030-09-22ま|で"},
		{"a path stays whole", "保存先/home/a/b.pdf", 12, "保存先|/home/a/b.pd|f"},
		{"a word longer than a line is cut", "abcdefghij", 4, "abcd|efgh|ij"},
		{"line breaks are kept", "一\n二\n\n三", 10, "一|二||三"},
		{"line breaks of Windows", "一\r\n二", 10, "一|二"},
		{"no room at all", "ab", 0, "a|b"},
	} {
		if got := strings.Join(wrapped(c.text, c.width), "|"); got != c.want {
			t.Errorf("%s: %q in %v: %s, want %s", c.why, c.text, c.width, got, c.want)
		}
	}
}

func TestNoLetterIsLostWhateverTheWidth(t *testing.T) {
	text := "甲野 太郎「署名」……/home/a/very-long-file-name.pdf、123,456円（税込）。"
	for width := range 40 {
		got := strings.ReplaceAll(strings.Join(wrapped(text, float32(width)), ""), " ", "")
		if got != strings.ReplaceAll(text, " ", "") {
			t.Errorf("width %d: %s", width, got)
		}
	}
}

func TestALetterIsDrawnInAFontThatHasItOrShownByItsCode(t *testing.T) {
	for _, c := range []struct{ why, text, want string }{
		{"of the first font", "髙﨑葛", "髙﨑葛"},
		{"of the second font", "𠮷野", "𠮷野"},
		{"in neither font", "\U0002A6D6", "〓(U+2A6D6)"},
		{"a control character", "a\x07b", "a〓(U+0007)b"},
		{"a bidirectional override", "a\u202efdp", "a〓(U+202E)fdp"},
		{"an isolate", "\u2066x", "〓(U+2066)x"},
		{"a zero-width space", "a\u200bb", "a〓(U+200B)b"},
		{"a byte order mark", "\ufeffa", "〓(U+FEFF)a"},
		{"a letter of private use", "\ue000", "〓(U+E000)"},
		{"a damaged byte", "a\xffb", "a〓(U+FFFD)b"},
		{"letters written to the left", "אב", "〓(U+05D0)〓(U+05D1)"},
		{"a mark with its base composed", "か\u3099", "が"},
		{"a mark without a base", "\u0301a", "〓(U+0301)a"},
		{"a mark that no font has", "a\u0488", "a〓(U+0488)"},
		{"a variation selector with its base", "葛\U000E0100飾", "葛\U000E0100飾"},
		{"an odd space", "a\u2003b", "a b"},
	} {
		var got strings.Builder
		for _, l := range letters(c.text, false) {
			got.WriteString(l.text)
		}
		if got.String() != c.want {
			t.Errorf("%s: %q is drawn as %q, want %q", c.why, c.text, got.String(), c.want)
		}
	}
}

func TestARareLetterComesFromTheSecondFont(t *testing.T) {
	all := letters("𠮷野", true)
	if len(all) != 2 || all[0].font != theme.Fallback || all[1].font != theme.Bold {
		t.Errorf("𠮷野 in bold is drawn as %v", all)
	}
}

func TestManyMarksOnOneLetterAreNotPiledUp(t *testing.T) {
	for _, l := range letters("a"+strings.Repeat("\u0301", 1000), false) {
		if n := utf8.RuneCountInString(l.text); n > maxMarks+1 {
			t.Errorf("a letter of %d characters", n)
		}
	}
}

func TestACodeIsNotTornBetweenLines(t *testing.T) {
	got := wrapped("甲野\U0002A6D6郎", 12)
	if want := []string{"甲野", "〓(U+2A6D6)", "郎"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

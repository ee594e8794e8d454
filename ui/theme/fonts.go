package theme

import (
	_ "embed"
	"sync"

	"fyne.io/fyne/v2"
	"golang.org/x/image/font/sfnt"
)

var (
	//go:embed fonts/BIZUDPGothic-Regular.ttf
	regularData []byte
	//go:embed fonts/BIZUDPGothic-Bold.ttf
	boldData []byte
	//go:embed fonts/NotoSansJP-Regular.ttf
	fallbackData []byte
)

// The fonts of the window. BIZ UDPGothic is drawn for legibility; Noto Sans JP has the
// rare letters of names that it lacks, such as U+20BB7.
var (
	Regular  fyne.Resource = fyne.NewStaticResource("BIZUDPGothic-Regular.ttf", regularData)
	Bold     fyne.Resource = fyne.NewStaticResource("BIZUDPGothic-Bold.ttf", boldData)
	Fallback fyne.Resource = fyne.NewStaticResource("NotoSansJP-Regular.ttf", fallbackData)
)

// A letters knows which letters a font has. The font is read when it is first asked, and
// each answer is kept: a page asks for the same few hundred letters again and again.
type letters struct {
	font  func() *sfnt.Font
	known sync.Map // rune → bool
}

func lettersOf(data []byte) *letters {
	return &letters{font: sync.OnceValue(func() *sfnt.Font {
		f, err := sfnt.Parse(data)
		if err != nil {
			panic("reading the font in the program: " + err.Error()) // a test reads all three
		}
		return f
	})}
}

func (l *letters) has(r rune) bool {
	if has, ok := l.known.Load(r); ok {
		return has.(bool)
	}
	var buf sfnt.Buffer
	glyph, err := l.font().GlyphIndex(&buf, r)
	has := err == nil && glyph != 0
	l.known.Store(r, has)
	return has
}

var regularLetters, boldLetters, fallbackLetters = lettersOf(regularData), lettersOf(boldData), lettersOf(fallbackData)

// Font returns the font for the letter r: [Regular] or [Bold], else [Fallback], else
// false, as nothing in the program can draw r. It says nothing of control characters
// and of letters that change how others are drawn: whether r may be drawn at all is for
// the caller to decide.
func Font(r rune, bold bool) (fyne.Resource, bool) {
	switch {
	case !bold && regularLetters.has(r):
		return Regular, true
	case bold && boldLetters.has(r):
		return Bold, true
	case fallbackLetters.has(r):
		return Fallback, true
	}
	return nil, false
}

// FallbackHas tells whether [Fallback] has the letter r: where a letter and the marks on
// it are to be drawn in one font.
func FallbackHas(r rune) bool { return fallbackLetters.has(r) }

package ui

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/jpki-desktop/jpki/ui/theme"
)

// text is a paragraph that breaks its lines as Japanese and English do, draws every
// letter in a font of the program, and shows as 〓 with its code what none of them has.
// It is as high as the width it was last given makes it, and tells its parents when that
// changes. For text of people, files and certificates it takes the place of
// widget.Label, which searches the fonts of the system and may leave letters out.
type text struct {
	widget.BaseWidget
	content string
	scale   fyne.ThemeSizeName
	ink     fyne.ThemeColorName
	align   fyne.TextAlign
	heavy   bool
	single  bool
	marks   map[int]bool
	found   measure
}

// A measure is how large a text was found to be. Laying out a page asks for it again and
// again.
type measure struct {
	content string
	heavy   bool
	size    float32
	natural float32
	width   float32 // for which lines is
	lines   int
}

// newText returns a paragraph in the size and colour of body text.
func newText(s string) *text {
	t := &text{content: s, scale: fynetheme.SizeNameText, ink: fynetheme.ColorNameForeground}
	t.ExtendBaseWidget(t)
	return t
}

// sized sets the text size: a name of Fyne, such as caption, subheading or heading text.
func (t *text) sized(name fyne.ThemeSizeName) *text { t.scale = name; return t }

// small is for captions and hints.
func (t *text) small() *text { return t.sized(fynetheme.SizeNameCaptionText) }

// heading is for the head of a part of a room: larger, and bold.
func (t *text) heading() *text { return t.sized(fynetheme.SizeNameSubHeadingText).bold() }

// title is for the head of a room: the largest, and bold.
func (t *text) title() *text { return t.sized(fynetheme.SizeNameHeadingText).bold() }

// bold makes the text bold.
func (t *text) bold() *text { t.heavy = true; return t }

// coloured sets the colour by its name in the theme.
func (t *text) coloured(name fyne.ThemeColorName) *text { t.ink = name; return t }

// aligned sets where lines stand in the width; the default is the leading edge.
func (t *text) aligned(a fyne.TextAlign) *text { t.align = a; return t }

// inline keeps the text on one line, as wide as it is: for labels in a row.
func (t *text) inline() *text { t.single = true; return t }

// marked boxes and underlines letters, given by their indexes in characters: those that
// the card holds in place of others.
func (t *text) marked(indexes []int) *text {
	t.marks = make(map[int]bool, len(indexes))
	for _, i := range indexes {
		t.marks[i] = true
	}
	return t
}

// SetText shows another text.
func (t *text) SetText(s string) {
	if s == t.content {
		return
	}
	t.content = s
	t.Refresh()
}

// setColour shows the text in another colour of the theme.
func (t *text) setColour(name fyne.ThemeColorName) {
	if name != t.ink {
		t.ink = name
		t.Refresh()
	}
}

// AccessibilityLabel implements [fyne.Accessible] with the whole text.
func (t *text) AccessibilityLabel() string { return t.content }

// AccessibilityRole implements [fyne.Accessible].
func (t *text) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer implements [fyne.Widget].
func (t *text) CreateRenderer() fyne.WidgetRenderer {
	t.ExtendBaseWidget(t)
	p := &paragraph{text: t}
	p.read()
	return p
}

// A paragraph draws a text.
type paragraph struct {
	text    *text
	letters []letter
	lines   []line
	width   float32 // for which the lines are; 0 before the first Layout
	objects []fyne.CanvasObject
}

func (p *paragraph) size() float32 { return p.text.Theme().Size(p.text.scale) }

func (p *paragraph) ink() color.Color {
	return p.text.Theme().Color(p.text.ink, fyne.CurrentApp().Settings().ThemeVariant())
}

// lineHeight leaves room between lines: Japanese has no ascenders that would keep them
// apart. Heads are short and need less.
func (p *paragraph) lineHeight() float32 {
	factor := float32(1.5)
	if p.text.scale == fynetheme.SizeNameHeadingText || p.text.scale == fynetheme.SizeNameSubHeadingText {
		factor = 1.35
	}
	return p.size() * factor
}

func (p *paragraph) measure(l letter) float32 { return renderedWidth(l.text, p.size(), l.font) }

func renderedWidth(s string, size float32, font fyne.Resource) float32 {
	measured, _ := fyne.CurrentApp().Driver().RenderedTextSize(s, size, fyne.TextStyle{}, font)
	return measured.Width
}

// read takes over the text and breaks it for the width it has.
func (p *paragraph) read() {
	p.letters = letters(p.text.content, p.text.heavy)
	p.breakLines()
}

// unbound is a width that no line reaches.
const unbound = 1 << 20

func (p *paragraph) breakLines() {
	width := p.width
	if width == 0 || p.text.single {
		width = unbound
	}
	p.lines = wrap(p.letters, width, p.measure)
	if p.width > 0 {
		p.draw()
	}
}

// Layout implements [fyne.WidgetRenderer].
func (p *paragraph) Layout(size fyne.Size) {
	if size.Width == p.width {
		return
	}
	p.width = size.Width
	p.breakLines()
	canvas.Refresh(p.text) // so that the window asks for the new height
}

// MinSize implements [fyne.WidgetRenderer].
func (p *paragraph) MinSize() fyne.Size {
	width := p.size()
	if p.text.single {
		width = p.natural()
	}
	return fyne.NewSize(width, float32(len(p.lines))*p.lineHeight())
}

// natural is the width of the longest line when none is broken.
func (t *text) natural() float32 { return t.measure().natural }

// heightAt is the height that the text has at a width.
func (t *text) heightAt(width float32) float32 {
	p, m := &paragraph{text: t}, t.measure()
	if m.lines == 0 || m.width != width {
		p.letters = letters(t.content, t.heavy)
		m.width, m.lines = width, len(wrap(p.letters, width, p.measure))
	}
	return float32(m.lines) * p.lineHeight()
}

// measure is what is known of the size of the text as it is now.
func (t *text) measure() *measure {
	p := &paragraph{text: t}
	now := measure{content: t.content, heavy: t.heavy, size: p.size()}
	if m := &t.found; m.content != now.content || m.heavy != now.heavy || m.size != now.size {
		p.letters = letters(t.content, t.heavy)
		now.natural = p.natural()
		t.found = now
	}
	return &t.found
}

func (p *paragraph) natural() float32 {
	longest := float32(0)
	for _, l := range wrap(p.letters, unbound, p.measure) {
		longest = max(longest, p.lineWidth(l))
	}
	return longest
}

// lineWidth adds up as [wrap] does, so that a line fits into its own width.
func (p *paragraph) lineWidth(l line) float32 {
	width := float32(0)
	for _, c := range p.letters[l.from:l.to] {
		width += p.measure(c)
	}
	return width
}

// Refresh implements [fyne.WidgetRenderer].
func (p *paragraph) Refresh() {
	p.read()
	canvas.Refresh(p.text)
}

// Objects implements [fyne.WidgetRenderer].
func (p *paragraph) Objects() []fyne.CanvasObject { return p.objects }

// Destroy implements [fyne.WidgetRenderer].
func (p *paragraph) Destroy() {}

// A run is letters of one line which are drawn at once.
type run struct {
	text   string
	font   fyne.Resource
	width  float32
	marked bool
}

func (p *paragraph) runs(l line) []run {
	var all []run
	var b strings.Builder
	for i := l.from; i < l.to; i++ {
		c := p.letters[i]
		b.WriteString(c.text)
		if i+1 < l.to && p.letters[i+1].font == c.font && p.marked(p.letters[i+1]) == p.marked(c) {
			continue
		}
		all = append(all, run{text: b.String(), font: c.font, width: renderedWidth(b.String(), p.size(), c.font), marked: p.marked(c)})
		b.Reset()
	}
	return all
}

func (p *paragraph) marked(c letter) bool {
	for i := range c.count {
		if p.text.marks[c.index+i] {
			return true
		}
	}
	return false
}

func (p *paragraph) draw() {
	p.objects = p.objects[:0:0]
	for i, l := range p.lines {
		runs, width := p.runs(l), float32(0)
		for _, r := range runs {
			width += r.width
		}
		x := p.start(width)
		for _, r := range runs {
			p.drawRun(r, x, float32(i)*p.lineHeight())
			x += r.width
		}
	}
}

// start is where a line of this width begins.
func (p *paragraph) start(width float32) float32 {
	switch p.text.align {
	case fyne.TextAlignCenter:
		return max(0, (p.width-width)/2)
	case fyne.TextAlignTrailing:
		return max(0, p.width-width)
	}
	return 0
}

// drawRun puts a run's baseline at the same height whatever its font.
func (p *paragraph) drawRun(r run, x, y float32) {
	size, height := p.size(), p.lineHeight()
	drawn := &canvas.Text{Text: r.text, Color: p.ink(), TextSize: size, FontSource: r.font}
	measured, base := fyne.CurrentApp().Driver().RenderedTextSize(r.text, size, fyne.TextStyle{}, r.font)
	drawn.Move(fyne.NewPos(x, y+(height-size)/2+size*baseline-base))
	drawn.Resize(measured)
	p.objects = append(p.objects, drawn)
	if r.marked {
		p.drawMark(x, y, r.width)
	}
}

// baseline is how far below a letter's upper edge it stands, in text sizes: that of BIZ
// UDPGothic.
const baseline = 0.88

// drawMark draws a box with a thick lower edge: a sign that needs no colour.
func (p *paragraph) drawMark(x, y, width float32) {
	bar := p.text.Theme().Size(theme.SizeNameBar) / 2
	box := canvas.NewRectangle(color.Transparent)
	box.StrokeColor, box.StrokeWidth = p.ink(), 1
	box.Move(fyne.NewPos(x, y+1))
	box.Resize(fyne.NewSize(width, p.lineHeight()-2))
	under := canvas.NewRectangle(p.ink())
	under.Move(fyne.NewPos(x, y+p.lineHeight()-1-bar))
	under.Resize(fyne.NewSize(width, bar))
	p.objects = append(p.objects, box, under)
}

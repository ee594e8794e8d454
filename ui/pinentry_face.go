package ui

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"

	"github.com/jpki-desktop/jpki/ui/theme"
)

// A pinFace draws a pinEntry.
type pinFace struct {
	entry       *pinEntry
	ring, field *canvas.Rectangle
	letters     *canvas.Text
	caret       *canvas.Rectangle // stands still: one that blinks would keep the processor awake
}

func newPINFace(p *pinEntry) *pinFace {
	return &pinFace{
		entry: p,
		ring:  canvas.NewRectangle(color.Transparent), field: canvas.NewRectangle(color.Transparent),
		letters: &canvas.Text{FontSource: theme.Regular}, caret: canvas.NewRectangle(color.Transparent),
	}
}

func (f *pinFace) dress() {
	f.ring.StrokeColor, f.ring.StrokeWidth = f.colour(theme.ColorNameRing), f.size(theme.SizeNameRing)
	f.ring.CornerRadius = f.size(fynetheme.SizeNameInputRadius) + f.margin()
	f.ring.Hidden, f.caret.Hidden = !f.entry.focused, !f.entry.focused
	f.field.FillColor, f.field.StrokeColor = f.colour(fynetheme.ColorNameInputBackground), f.colour(fynetheme.ColorNameInputBorder)
	f.field.StrokeWidth, f.field.CornerRadius = f.size(fynetheme.SizeNameInputBorder), f.size(fynetheme.SizeNameInputRadius)
	f.letters.Color, f.caret.FillColor = f.colour(fynetheme.ColorNameForeground), f.colour(fynetheme.ColorNameForeground)
	f.letters.TextSize = f.size(fynetheme.SizeNameSubHeadingText)
	f.letters.Text = f.sight()
}

const dot = "●"

// sight is what is to be seen: the letters' end, as much as there is room for.
func (f *pinFace) sight() string {
	letters := f.entry.letters
	if room := int((f.entry.Size().Width - 2*f.inset()) / f.letters.TextSize); room > 0 {
		letters = letters[max(0, len(letters)-room):]
	}
	if f.entry.shown {
		// Drawing takes a string, which cannot be wiped: whoever shows a PIN accepts
		// that it stays in memory until that is used for something else.
		return string(letters)
	}
	return strings.Repeat(dot, len(letters))
}

func (f *pinFace) colour(name fyne.ThemeColorName) color.Color {
	return f.entry.Theme().Color(name, fyne.CurrentApp().Settings().ThemeVariant())
}

func (f *pinFace) size(name fyne.ThemeSizeName) float32 { return f.entry.Theme().Size(name) }

func (f *pinFace) margin() float32 {
	return f.size(theme.SizeNameRing) + f.size(theme.SizeNameRingGap)
}

// inset is from the outer edge to the letters.
func (f *pinFace) inset() float32 { return f.margin() + f.size(fynetheme.SizeNameInnerPadding) }

// Layout implements [fyne.WidgetRenderer].
func (f *pinFace) Layout(size fyne.Size) {
	m := f.margin()
	f.ring.Resize(size)
	f.field.Move(fyne.NewSquareOffsetPos(m))
	f.field.Resize(size.SubtractWidthHeight(2*m, 2*m))
	f.letters.Text = f.sight()
	drawn := f.letters.MinSize()
	f.letters.Move(fyne.NewPos(f.inset(), (size.Height-drawn.Height)/2))
	f.letters.Resize(drawn)
	f.caret.Move(fyne.NewPos(f.inset()+drawn.Width+1, (size.Height-drawn.Height)/2-1))
	f.caret.Resize(fyne.NewSize(2, drawn.Height+2))
}

// MinSize implements [fyne.WidgetRenderer]: there is room for a few letters. Of more than
// fit, the last ones show.
func (f *pinFace) MinSize() fyne.Size {
	const widest = 8
	letters := float32(min(f.entry.limit, widest) + 1)
	return fyne.NewSize(letters*f.letters.TextSize+2*f.inset(), f.size(theme.SizeNameTouch)+2*f.margin())
}

// Refresh implements [fyne.WidgetRenderer].
func (f *pinFace) Refresh() {
	f.dress()
	f.Layout(f.entry.Size())
	canvas.Refresh(f.entry)
}

// Objects implements [fyne.WidgetRenderer].
func (f *pinFace) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{f.ring, f.field, f.letters, f.caret}
}

// Destroy implements [fyne.WidgetRenderer].
func (f *pinFace) Destroy() {}

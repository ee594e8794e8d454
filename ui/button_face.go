package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"

	"github.com/jpki-desktop/jpki/ui/theme"
)

// A buttonFace draws a button: within the room for the ring stands the fill, on it the
// bar of what is chosen, the icon, the label, and the shortcut.
type buttonFace struct {
	button         *button
	ring, fill     *canvas.Rectangle
	bar            *canvas.Rectangle
	icon           *canvas.Image
	label, caption *text
	objects        []fyne.CanvasObject
}

func newButtonFace(b *button) *buttonFace {
	f := &buttonFace{
		button: b,
		ring:   canvas.NewRectangle(color.Transparent), fill: canvas.NewRectangle(color.Transparent),
		bar:  canvas.NewRectangle(color.Transparent),
		icon: &canvas.Image{FillMode: canvas.ImageFillContain},
		// Labels are few letters; they and their captions take no focus of their own.
		label: newText(b.label), caption: newText(b.shortcut).small(),
	}
	f.objects = []fyne.CanvasObject{f.ring, f.fill, f.bar, f.icon, f.label, f.caption}
	return f
}

// dress gives everything the colours and the text of the button's state.
func (f *buttonFace) dress() {
	b := f.button
	ink, fill, layer := b.colours()
	f.fill.FillColor = f.colour(fill)
	if layer != "" {
		f.fill.FillColor = theme.Blend(f.fill.FillColor, f.colour(layer))
	}
	f.fill.CornerRadius = f.size(fynetheme.SizeNameButtonRadius)
	f.fill.StrokeColor, f.fill.StrokeWidth = f.edge()
	f.ring.StrokeColor, f.ring.StrokeWidth = f.colour(theme.ColorNameRing), f.size(theme.SizeNameRing)
	f.ring.CornerRadius = f.fill.CornerRadius + f.margin()
	f.ring.Hidden = !b.focused
	f.bar.FillColor, f.bar.Hidden = f.colour(fynetheme.ColorNamePrimary), !b.chosen
	f.dressIcon(ink)
	f.dressText(ink)
}

func (f *buttonFace) dressIcon(ink fyne.ThemeColorName) {
	f.icon.Hidden = f.button.icon == nil
	if f.button.icon != nil {
		f.icon.Resource = fynetheme.NewColoredResource(f.button.icon, ink)
	}
}

func (f *buttonFace) dressText(ink fyne.ThemeColorName) {
	b := f.button
	f.label.content, f.label.ink, f.label.heavy = b.label, ink, b.chosen || b.kind != normalButton && b.kind != navButton
	f.label.scale, f.label.align = fynetheme.SizeNameText, fyne.TextAlignCenter
	if b.kind == bigButton {
		f.label.scale = fynetheme.SizeNameSubHeadingText
	}
	if b.kind == navButton {
		f.label.align = fyne.TextAlignLeading
	}
	f.caption.content, f.caption.ink, f.caption.single, f.caption.Hidden = b.shortcut, f.captionInk(ink), true, b.shortcut == ""
	f.label.Refresh()
	f.caption.Refresh()
}

// captionInk is quieter than the label on plain fills only, where that can be read.
func (f *buttonFace) captionInk(ink fyne.ThemeColorName) fyne.ThemeColorName {
	if ink == fynetheme.ColorNameForeground {
		return theme.ColorNameQuiet
	}
	return ink
}

// edge is the line around the fill; entries of the list of rooms have none.
func (f *buttonFace) edge() (color.Color, float32) {
	switch b := f.button; {
	case b.kind == navButton && !b.hovered:
		return color.Transparent, 0
	case b.hovered && !b.Disabled():
		return f.colour(fynetheme.ColorNameForeground), f.size(fynetheme.SizeNameInputBorder)
	}
	return f.colour(theme.ColorNameEdge), f.size(fynetheme.SizeNameSeparatorThickness)
}

func (f *buttonFace) colour(name fyne.ThemeColorName) color.Color {
	return f.button.Theme().Color(name, fyne.CurrentApp().Settings().ThemeVariant())
}

func (f *buttonFace) size(name fyne.ThemeSizeName) float32 { return f.button.Theme().Size(name) }

// margin is the room for the ring, kept free also while there is none, so that nothing
// moves when the focus does.
func (f *buttonFace) margin() float32 {
	return f.size(theme.SizeNameRing) + f.size(theme.SizeNameRingGap)
}

// before is the width before the label, after that behind it, both with the margin.
func (f *buttonFace) before() float32 {
	width := f.margin() + f.padding()
	if f.button.kind == navButton {
		width += f.size(theme.SizeNameBar)
	}
	if f.button.icon != nil {
		width += f.iconSide() + f.size(fynetheme.SizeNamePadding)
	}
	return width
}

func (f *buttonFace) after() float32 {
	width := f.margin() + f.padding()
	if f.button.shortcut != "" {
		width += f.caption.MinSize().Width + f.size(fynetheme.SizeNamePadding)
	}
	return width
}

func (f *buttonFace) padding() float32 {
	if f.button.low {
		return f.size(fynetheme.SizeNamePadding)
	}
	return f.size(fynetheme.SizeNameInnerPadding)
}

func (f *buttonFace) iconSide() float32 {
	if f.button.kind == bigButton {
		return 2 * f.size(fynetheme.SizeNameInlineIcon)
	}
	return f.size(fynetheme.SizeNameInlineIcon)
}

// Layout implements [fyne.WidgetRenderer].
func (f *buttonFace) Layout(size fyne.Size) {
	m := f.margin()
	f.ring.Resize(size)
	f.fill.Move(fyne.NewSquareOffsetPos(m))
	f.fill.Resize(size.Subtract(fyne.NewSquareSize(2 * m)))
	f.bar.Move(fyne.NewPos(m, m))
	f.bar.Resize(fyne.NewSize(f.size(theme.SizeNameBar), size.Height-2*m))
	before, after := f.before(), f.after()
	side := f.iconSide()
	f.icon.Resize(fyne.NewSquareSize(side))
	f.icon.Move(fyne.NewPos(before-side-f.size(fynetheme.SizeNamePadding), (size.Height-side)/2))

	width := size.Width - before - after
	f.label.Resize(fyne.NewSize(width, f.label.MinSize().Height))
	height := f.label.MinSize().Height
	f.label.Move(fyne.NewPos(before, (size.Height-height)/2))
	caption := f.caption.MinSize()
	f.caption.Resize(caption)
	f.caption.Move(fyne.NewPos(size.Width-m-f.padding()-caption.Width, (size.Height-caption.Height)/2))
}

// widest is how many letters a label may be wide before it breaks.
const widest = 14

// MinSize implements [fyne.WidgetRenderer]: as wide as the label up to a limit, and as
// high as the label is at the width it has.
func (f *buttonFace) MinSize() fyne.Size {
	width := min(f.label.natural(), widest*f.size(f.label.scale))
	height := f.label.heightAt(max(width, f.label.Size().Width)) + 2*f.size(fynetheme.SizeNamePadding)
	return fyne.NewSize(width+f.before()+f.after(), max(height, f.least())+2*f.margin())
}

// least is the least height of the fill.
func (f *buttonFace) least() float32 {
	switch {
	case f.button.kind == bigButton:
		return f.size(theme.SizeNameBigButton)
	case f.button.low:
		return f.size(theme.SizeNameTouch) - 2*f.margin()
	}
	return f.size(theme.SizeNameTouch)
}

// Refresh implements [fyne.WidgetRenderer].
func (f *buttonFace) Refresh() {
	f.dress()
	f.Layout(f.button.Size())
	canvas.Refresh(f.button)
}

// Objects implements [fyne.WidgetRenderer].
func (f *buttonFace) Objects() []fyne.CanvasObject { return f.objects }

// Destroy implements [fyne.WidgetRenderer].
func (f *buttonFace) Destroy() {}

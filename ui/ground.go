package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// ground is a coloured rectangle that follows the colour scheme.
type ground struct {
	widget.BaseWidget
	fill, stroke  fyne.ThemeColorName // stroke "" = none
	width, radius float32
	rect          *canvas.Rectangle
}

func newGround(fill, stroke fyne.ThemeColorName, width, radius float32) *ground {
	g := &ground{fill: fill, stroke: stroke, width: width, radius: radius, rect: &canvas.Rectangle{}}
	g.ExtendBaseWidget(g)
	g.colour()
	return g
}

// CreateRenderer implements fyne.Widget.
func (g *ground) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(g.rect) }

// Refresh implements fyne.CanvasObject.
func (g *ground) Refresh() {
	g.colour()
	g.BaseWidget.Refresh()
}

func (g *ground) colour() {
	th, variant := g.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	g.rect.FillColor = th.Color(g.fill, variant)
	g.rect.CornerRadius = g.radius
	if g.stroke != "" {
		g.rect.StrokeColor, g.rect.StrokeWidth = th.Color(g.stroke, variant), g.width
	}
}

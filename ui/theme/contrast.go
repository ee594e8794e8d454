package theme

import (
	"image/color"
	"math"

	"fyne.io/fyne/v2"
)

// Least contrasts of WCAG 2.2 at level AA.
const (
	TextContrast = 4.5 // 1.4.3: text on its ground
	EdgeContrast = 3.0 // 1.4.11: edges and signs beside what surrounds them
)

// Pair is a colour that is seen on other colours.
type Pair struct {
	Fore  fyne.ThemeColorName
	On    []fyne.ThemeColorName // from the lowest layer up; upper ones may be translucent
	Least float64               // [TextContrast] or [EdgeContrast]
}

// Contrast returns the contrast of the pair in a theme, 1 to 21: the quotient of relative
// luminances of WCAG 2.2, after translucent layers are blended onto those below.
func (p Pair) Contrast(th fyne.Theme) float64 {
	ground := color.Color(color.Black)
	for _, name := range p.On {
		ground = Blend(ground, th.Color(name, 0))
	}
	a, b := luminance(Blend(ground, th.Color(p.Fore, 0))), luminance(ground)
	return (max(a, b) + 0.05) / (min(a, b) + 0.05)
}

// Blend lays a colour, which may be translucent, over another, as Fyne's widgets do.
func Blend(under, over color.Color) color.Color {
	ur, ug, ub, ua := under.RGBA()
	or, og, ob, oa := over.RGBA()
	mix := func(u, o uint32) uint16 { return uint16(o + u - u*oa/0xffff) }
	return color.RGBA64{R: mix(ur, or), G: mix(ug, og), B: mix(ub, ob), A: mix(ua, oa)}
}

// luminance is the relative luminance of an opaque colour (WCAG 2.2, definitions).
func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

func linear(v uint32) float64 {
	s := float64(v) / 0xffff
	if s <= 0.04045 {
		return s / 12.92
	}
	return math.Pow((s+0.055)/1.055, 2.4)
}

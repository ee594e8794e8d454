// Package theme is how the window looks: four colour schemes, three text sizes, and the
// fonts that are built into the program. Use it for the theme of the whole window, and
// for the font of a single letter. Widgets belong in package ui; words in package msg.
//
// The schemes are those that Japanese public offices offer on their sites. Every pair of
// colours that can meet is listed by [Pairs] and held to a contrast by number.
package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"
)

// Scheme is a colour scheme. Its value is what is remembered between two starts.
type Scheme string

// The schemes.
const (
	Standard Scheme = "standard" // 標準: near-black on white
	Blue     Scheme = "blue"     // 青地に黄色: yellow on blue
	Yellow   Scheme = "yellow"   // 黄色地に黒: black on yellow
	Black    Scheme = "black"    // 黒地に黄色: yellow on black
)

// Schemes returns all schemes in the order in which they are offered.
func Schemes() []Scheme { return []Scheme{Standard, Blue, Yellow, Black} }

// Size is a text size. Its value is what is remembered between two starts.
type Size string

// The sizes.
const (
	Small  Size = "small"  // 縮小
	Normal Size = "normal" // 標準
	Large  Size = "large"  // 拡大
)

// Sizes returns all sizes, the smallest first.
func Sizes() []Size { return []Size{Small, Normal, Large} }

// New returns the theme of a scheme and a size. It looks the same whether the system
// asks for a dark or a light look: that choice is the scheme's. A scheme or size that
// does not exist is taken for the standard one, so that a damaged setting does no harm.
func New(scheme Scheme, size Size) fyne.Theme {
	colors, ok := palettes[scheme]
	if !ok {
		colors = palettes[Standard]
	}
	factor, ok := factors[size]
	if !ok {
		factor = factors[Normal]
	}
	return &look{colors: colors, factor: factor}
}

type look struct {
	colors map[fyne.ThemeColorName]color.NRGBA
	factor float32
}

func (l *look) Color(name fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	if c, ok := l.colors[name]; ok {
		return c
	}
	// A name unknown here is that of a later Fyne; text colour can at least be seen.
	return l.colors[base.ColorNameForeground]
}

func (l *look) Font(style fyne.TextStyle) fyne.Resource {
	switch {
	case style.Symbol:
		return base.DefaultSymbolFont()
	case style.Bold:
		return Bold
	}
	return Regular
}

func (l *look) Icon(name fyne.ThemeIconName) fyne.Resource {
	return base.DefaultTheme().Icon(name)
}

func (l *look) Size(name fyne.ThemeSizeName) float32 {
	s, ok := sizes[name]
	if !ok {
		return base.DefaultTheme().Size(name)
	}
	if unscaled[name] {
		return s
	}
	return s * l.factor
}

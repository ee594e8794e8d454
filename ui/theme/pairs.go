package theme

import (
	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"
)

// Pairs returns the pairs of colours that meet in the window, each with the least
// contrast it must have in every scheme. A view that lays colours on each other in
// another way adds its own to the test.
func Pairs() []Pair {
	var all []Pair
	text := func(fore fyne.ThemeColorName, on ...fyne.ThemeColorName) {
		all = append(all, Pair{fore, on, TextContrast})
	}
	edge := func(fore fyne.ThemeColorName, on ...fyne.ThemeColorName) {
		all = append(all, Pair{fore, on, EdgeContrast})
	}
	for _, ground := range grounds {
		for _, fore := range inks {
			text(fore, ground)
		}
		edge(ColorNameEdge, ground)
		edge(ColorNameRing, ground)
		edge(base.ColorNameScrollBar, ground)
		edge(base.ColorNamePrimary, ground)
		text(base.ColorNameForeground, ground, base.ColorNameSelection)
		text(base.ColorNameForeground, ground, base.ColorNameHover)
		text(base.ColorNameForeground, ground, base.ColorNamePressed)
		text(base.ColorNameHyperlink, ground, base.ColorNameHover)
	}
	for fore, fill := range fills {
		text(fore, fill)
		text(fore, fill, base.ColorNameHover)
		text(fore, fill, base.ColorNamePressed)
		text(fore, fill, base.ColorNameFocus)
	}
	text(base.ColorNameDisabled, base.ColorNameDisabledButton)
	for _, fill := range []fyne.ThemeColorName{base.ColorNameButton, ColorNameSelected, ColorNameNavigation} {
		text(ColorNameQuiet, fill)
		text(ColorNameQuiet, fill, base.ColorNameHover)
	}
	text(ColorNameOnBand, ColorNameBand)
	// Fyne's own buttons, menus and selections lay the focus over their ground, and
	// write on it; its check boxes show it beside the ground.
	for _, ground := range grounds[:4] {
		text(base.ColorNameForeground, ground, base.ColorNameFocus)
		edge(base.ColorNameFocus, ground)
	}
	return all
}

// The colours on which text stands.
var grounds = []fyne.ThemeColorName{
	base.ColorNameBackground, base.ColorNameOverlayBackground, base.ColorNameMenuBackground,
	base.ColorNameInputBackground, base.ColorNameHeaderBackground,
	ColorNamePanel, ColorNameNavigation, ColorNameSelected,
}

// The colours in which text on a ground is written.
var inks = []fyne.ThemeColorName{
	base.ColorNameForeground, base.ColorNamePlaceHolder, base.ColorNameDisabled,
	base.ColorNamePrimary, base.ColorNameHyperlink,
	base.ColorNameError, base.ColorNameSuccess, base.ColorNameWarning, ColorNameQuiet,
}

// The colours with which buttons are filled, by the colour of the text on them.
var fills = map[fyne.ThemeColorName]fyne.ThemeColorName{
	base.ColorNameForeground:          base.ColorNameButton,
	base.ColorNameForegroundOnPrimary: base.ColorNamePrimary,
	base.ColorNameForegroundOnError:   base.ColorNameError,
	base.ColorNameForegroundOnSuccess: base.ColorNameSuccess,
	base.ColorNameForegroundOnWarning: base.ColorNameWarning,
}

package theme

import (
	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"
)

// Sizes of our own widgets, beside those of Fyne.
const (
	// SizeNameTouch is the least height of what is tapped: 44 units at the normal size,
	// as WCAG 2.2 asks for targets (2.5.5).
	SizeNameTouch fyne.ThemeSizeName = "jpkiTouch"
	// SizeNameBigButton is the least height of the buttons of the first room.
	SizeNameBigButton fyne.ThemeSizeName = "jpkiBigButton"
	// SizeNameRing is the thickness of the ring around what has the focus.
	SizeNameRing fyne.ThemeSizeName = "jpkiRing"
	// SizeNameRingGap is the distance of that ring from what it surrounds, so that it
	// stands on the ground, with the ground's colour on both sides.
	SizeNameRingGap fyne.ThemeSizeName = "jpkiRingGap"
	// SizeNameBar is the thickness of the bar that marks the room in use, and of the
	// line under a marked letter.
	SizeNameBar fyne.ThemeSizeName = "jpkiBar"
)

var factors = map[Size]float32{Small: 0.85, Normal: 1, Large: 1.35}

// Lengths in Fyne's units, which the factor of the text size multiplies.
var sizes = map[fyne.ThemeSizeName]float32{
	base.SizeNameText:           16,
	base.SizeNameHeadingText:    26,
	base.SizeNameSubHeadingText: 20,
	base.SizeNameCaptionText:    14,
	base.SizeNameInlineIcon:     22,

	base.SizeNamePadding:      6,
	base.SizeNameInnerPadding: 10,
	base.SizeNameLineSpacing:  6,

	base.SizeNameScrollBar:          14,
	base.SizeNameScrollBarSmall:     8,
	base.SizeNameScrollBarRadius:    4,
	base.SizeNameSeparatorThickness: 1,
	base.SizeNameSplitThickness:     8,
	base.SizeNameInputBorder:        2,

	base.SizeNameInputRadius:       6,
	base.SizeNameSelectionRadius:   4,
	base.SizeNameButtonRadius:      8,
	base.SizeNameCardRadius:        10,
	base.SizeNameDialogRadius:      12,
	base.SizeNamePopupRadius:       8,
	base.SizeNameMenuRadius:        8,
	base.SizeNameInnerWindowRadius: 10,
	base.SizeNameModalBlurRadius:   0,

	base.SizeNameWindowButtonHeight:   20,
	base.SizeNameWindowButtonRadius:   10,
	base.SizeNameWindowButtonIcon:     16,
	base.SizeNameWindowTitleBarHeight: 32,

	SizeNameTouch:     44,
	SizeNameBigButton: 88,
	SizeNameRing:      3,
	SizeNameRingGap:   2,
	SizeNameBar:       4,
}

// Lines and the ring stay as they are at every text size: thinner they would vanish,
// thicker they would take the text's room.
var unscaled = map[fyne.ThemeSizeName]bool{
	base.SizeNameSeparatorThickness: true,
	base.SizeNameInputBorder:        true,
	base.SizeNameModalBlurRadius:    true,
	SizeNameRing:                    true,
	SizeNameRingGap:                 true,
}

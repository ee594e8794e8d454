package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"
)

// Colours of our own widgets, beside those of Fyne.
const (
	// ColorNameEdge is the edge of buttons and panels: at least 3:1 to the grounds.
	ColorNameEdge fyne.ThemeColorName = "jpkiEdge"
	// ColorNameRing is the ring around what has the focus: at least 3:1 to the grounds.
	ColorNameRing fyne.ThemeColorName = "jpkiRing"
	// ColorNamePanel is the ground of a panel that stands out from the background.
	ColorNamePanel fyne.ThemeColorName = "jpkiPanel"
	// ColorNameNavigation is the ground of the list of rooms.
	ColorNameNavigation fyne.ThemeColorName = "jpkiNavigation"
	// ColorNameSelected is the ground of the room in use in that list.
	ColorNameSelected fyne.ThemeColorName = "jpkiSelected"
	// ColorNameQuiet is text of less weight: hints and captions.
	ColorNameQuiet fyne.ThemeColorName = "jpkiQuiet"
	// ColorNameBand is the ground of the band that says practice or test card; its text
	// is [ColorNameOnBand].
	ColorNameBand fyne.ThemeColorName = "jpkiBand"
	// ColorNameOnBand is text on [ColorNameBand].
	ColorNameOnBand fyne.ThemeColorName = "jpkiOnBand"
)

type palette struct {
	ground, panel, navigation, selected, overlay, input uint32
	text, quiet, disabled                               uint32
	button, disabledButton, edge, ring                  uint32
	primary, onPrimary, link                            uint32
	danger, onDanger, success, onSuccess, warn, onWarn  uint32
	band, onBand, line, scrollBar                       uint32
	hover, pressed, focus, selection, shadow            color.NRGBA
}

// rgb is 0xRRGGBB, not translucent.
func rgb(v uint32) color.NRGBA { return veil(v, 0xff) }

// veil is 0xRRGGBB at an opacity of alpha in 255.
func veil(v uint32, alpha uint8) color.NRGBA {
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: alpha}
}

var palettes = map[Scheme]map[fyne.ThemeColorName]color.NRGBA{
	Standard: palette{
		ground: 0xffffff, panel: 0xf5f8fb, navigation: 0xeef3f8, selected: 0xd9e6f3, overlay: 0xffffff, input: 0xffffff,
		text: 0x0d1520, quiet: 0x4a5868, disabled: 0x566372,
		button: 0xedf2f7, disabledButton: 0xf2f4f6, edge: 0x6b7a8f, ring: 0x0b3d75,
		primary: 0x0b559f, onPrimary: 0xffffff, link: 0x0b559f,
		danger: 0xb3261e, onDanger: 0xffffff, success: 0x17693b, onSuccess: 0xffffff, warn: 0x8a4b00, onWarn: 0xffffff,
		band: 0xffe08a, onBand: 0x3a2500, line: 0xd5dde6, scrollBar: 0x6b7a8f,
		hover: veil(0x0b2f57, 0x16), pressed: veil(0x0b2f57, 0x2e), focus: veil(0x002864, 0x8c), selection: veil(0x0b559f, 0x40), shadow: veil(0x0b1f33, 0x33),
	}.colors(),
	Blue: palette{
		ground: 0x000080, panel: 0x00008c, navigation: 0x000070, selected: 0x1c1ca0, overlay: 0x000080, input: 0x000066,
		text: 0xffff00, quiet: 0xfff3a0, disabled: 0xd6d68a,
		button: 0x000074, disabledButton: 0x00006c, edge: 0xb8b85c, ring: 0xffffff,
		primary: 0xffff00, onPrimary: 0x000080, link: 0xffff8a,
		danger: 0xffd0c8, onDanger: 0x4a0000, success: 0xb9f6ca, onSuccess: 0x00330f, warn: 0xffd180, onWarn: 0x3a2000,
		band: 0xffffff, onBand: 0x000080, line: 0x8484c8, scrollBar: 0xc8c870,
		hover: veil(0xffffff, 0x1c), pressed: veil(0xffffff, 0x30), focus: veil(0xffffff, 0x64), selection: veil(0xffffff, 0x48), shadow: veil(0x000000, 0x66),
	}.colors(),
	Yellow: palette{
		ground: 0xffee33, panel: 0xfff27a, navigation: 0xf7e000, selected: 0xffffff, overlay: 0xfff27a, input: 0xfffbd6,
		text: 0x000000, quiet: 0x332b00, disabled: 0x4d4400,
		button: 0xfff9b0, disabledButton: 0xf5e651, edge: 0x5c5200, ring: 0x000000,
		primary: 0x000000, onPrimary: 0xffee33, link: 0x00257a,
		danger: 0x7d0d08, onDanger: 0xffffff, success: 0x00401a, onSuccess: 0xffffff, warn: 0x5c2e00, onWarn: 0xffffff,
		band: 0x000000, onBand: 0xffffff, line: 0x8a7d00, scrollBar: 0x5c5200,
		hover: veil(0x000000, 0x18), pressed: veil(0x000000, 0x38), focus: veil(0x000000, 0x78), selection: veil(0x000000, 0x3c), shadow: veil(0x000000, 0x55),
	}.colors(),
	Black: palette{
		ground: 0x000000, panel: 0x141400, navigation: 0x0c0c0c, selected: 0x2e2e00, overlay: 0x0c0c0c, input: 0x000000,
		text: 0xffff00, quiet: 0xe6e08a, disabled: 0xc0bc70,
		button: 0x1c1c10, disabledButton: 0x101010, edge: 0x9c9c38, ring: 0xffffff,
		primary: 0xffff00, onPrimary: 0x000000, link: 0xffff9e,
		danger: 0xffb4a8, onDanger: 0x3a0000, success: 0xa5eebc, onSuccess: 0x002a0c, warn: 0xffcc80, onWarn: 0x2e1a00,
		band: 0xffffff, onBand: 0x000000, line: 0x5c5c20, scrollBar: 0xb0b048,
		hover: veil(0xffffff, 0x20), pressed: veil(0xffffff, 0x38), focus: veil(0xffffff, 0x60), selection: veil(0xffffff, 0x48), shadow: veil(0x000000, 0x99),
	}.colors(),
}

func (p palette) colors() map[fyne.ThemeColorName]color.NRGBA {
	return map[fyne.ThemeColorName]color.NRGBA{
		base.ColorNameBackground:                rgb(p.ground),
		base.ColorNameForeground:                rgb(p.text),
		base.ColorNamePlaceHolder:               rgb(p.quiet),
		base.ColorNameDisabled:                  rgb(p.disabled),
		base.ColorNameButton:                    rgb(p.button),
		base.ColorNameDisabledButton:            rgb(p.disabledButton),
		base.ColorNamePrimary:                   rgb(p.primary),
		base.ColorNameForegroundOnPrimary:       rgb(p.onPrimary),
		base.ColorNameHyperlink:                 rgb(p.link),
		base.ColorNameError:                     rgb(p.danger),
		base.ColorNameForegroundOnError:         rgb(p.onDanger),
		base.ColorNameSuccess:                   rgb(p.success),
		base.ColorNameForegroundOnSuccess:       rgb(p.onSuccess),
		base.ColorNameWarning:                   rgb(p.warn),
		base.ColorNameForegroundOnWarning:       rgb(p.onWarn),
		base.ColorNameInputBackground:           rgb(p.input),
		base.ColorNameInputBorder:               rgb(p.edge),
		base.ColorNameMenuBackground:            rgb(p.overlay),
		base.ColorNameOverlayBackground:         rgb(p.overlay),
		base.ColorNameHeaderBackground:          rgb(p.panel),
		base.ColorNameInnerWindowBorder:         rgb(p.edge),
		base.ColorNameInnerWindowBorderInactive: rgb(p.line),
		base.ColorNameSeparator:                 rgb(p.line),
		base.ColorNameScrollBar:                 rgb(p.scrollBar),
		base.ColorNameScrollBarBackground:       rgb(p.panel),
		base.ColorNameHover:                     p.hover,
		base.ColorNamePressed:                   p.pressed,
		base.ColorNameFocus:                     p.focus,
		base.ColorNameSelection:                 p.selection,
		base.ColorNameShadow:                    p.shadow,

		ColorNameEdge:       rgb(p.edge),
		ColorNameRing:       rgb(p.ring),
		ColorNamePanel:      rgb(p.panel),
		ColorNameNavigation: rgb(p.navigation),
		ColorNameSelected:   rgb(p.selected),
		ColorNameQuiet:      rgb(p.quiet),
		ColorNameBand:       rgb(p.band),
		ColorNameOnBand:     rgb(p.onBand),
	}
}

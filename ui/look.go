package ui

import (
	"fyne.io/fyne/v2"

	"github.com/jpki-desktop/jpki/ui/theme"
)

// dress is the theme of the application, which changes what it looks like without being
// exchanged: at each exchange the toolkit reads the fonts anew, which takes a tenth of a
// second and keeps tens of megabytes.
type dress struct{ fyne.Theme }

// wear gives the application a look. What is drawn already has to be refreshed.
func wear(a fyne.App, s Settings) {
	wanted := theme.New(theme.Scheme(s.Scheme), theme.Size(s.Size))
	if l, ok := a.Settings().Theme().(*dress); ok {
		l.Theme = wanted
		return
	}
	a.Settings().SetTheme(&dress{wanted})
}

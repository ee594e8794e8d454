package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"github.com/jpki-desktop/jpki/ui/msg"
)

// pins looks after the PINs.
type pins struct{ w *Window }

func newPINs(w *Window) *pins { return &pins{w: w} }

func (r *pins) title() msg.Text     { return msg.RoomPINs }
func (r *pins) icon() fyne.Resource { return theme.LoginIcon() }
func (r *pins) cardChanged()        {}
func (r *pins) dropped([]string)    {}

func (r *pins) build() fyne.CanvasObject { return r.w.page(r) }

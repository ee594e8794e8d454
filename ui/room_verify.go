package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"github.com/jpki-desktop/jpki/ui/msg"
)

// verifying verifies signatures.
type verifying struct{ w *Window }

func newVerifying(w *Window) *verifying { return &verifying{w: w} }

func (r *verifying) title() msg.Text     { return msg.RoomVerify }
func (r *verifying) icon() fyne.Resource { return theme.ConfirmIcon() }
func (r *verifying) cardChanged()        {}
func (r *verifying) dropped([]string)    {}

func (r *verifying) build() fyne.CanvasObject { return r.w.page(r) }

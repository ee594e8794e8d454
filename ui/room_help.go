package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"github.com/jpki-desktop/jpki/ui/msg"
)

// help says what to do in trouble.
type help struct{ w *Window }

func newHelp(w *Window) *help { return &help{w: w} }

func (r *help) title() msg.Text     { return msg.RoomHelp }
func (r *help) icon() fyne.Resource { return theme.HelpIcon() }
func (r *help) cardChanged()        {}
func (r *help) dropped([]string)    {}

func (r *help) build() fyne.CanvasObject { return r.w.page(r) }

package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"github.com/jpki-desktop/jpki/ui/msg"
)

// doctor finds out why a card cannot be used.
type doctor struct{ w *Window }

func newDoctor(w *Window) *doctor { return &doctor{w: w} }

func (r *doctor) title() msg.Text     { return msg.RoomDoctor }
func (r *doctor) icon() fyne.Resource { return theme.ComputerIcon() }
func (r *doctor) cardChanged()        {}
func (r *doctor) dropped([]string)    {}

func (r *doctor) build() fyne.CanvasObject { return r.w.page(r) }

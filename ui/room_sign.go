package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"github.com/jpki-desktop/jpki/ui/msg"
)

// signing signs files.
type signing struct{ w *Window }

func newSigning(w *Window) *signing { return &signing{w: w} }

func (r *signing) title() msg.Text     { return msg.RoomSign }
func (r *signing) icon() fyne.Resource { return theme.DocumentCreateIcon() }
func (r *signing) cardChanged()        {}
func (r *signing) dropped([]string)    {}

func (r *signing) build() fyne.CanvasObject { return r.w.page(r) }

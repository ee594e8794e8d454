package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"github.com/jpki-desktop/jpki/ui/msg"
)

// home shows the card and until when its certificates are valid, and leads to everything.
type home struct{ w *Window }

func newHome(w *Window) *home { return &home{w: w} }

func (r *home) title() msg.Text     { return msg.RoomHome }
func (r *home) icon() fyne.Resource { return theme.HomeIcon() }
func (r *home) cardChanged()        { r.w.redraw(r) }
func (r *home) dropped([]string)    {}

func (r *home) build() fyne.CanvasObject { return r.w.page(r) }

// cardTitle is the state of the card in a few words.
func (w *Window) cardTitle() string { return "" }

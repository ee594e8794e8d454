package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"github.com/jpki-desktop/jpki/ui/msg"
)

// certificates is the tool that shows certificates (証明書表示ツール).
type certificates struct{ w *Window }

func newCertificates(w *Window) *certificates { return &certificates{w: w} }

func (r *certificates) title() msg.Text     { return msg.RoomCertificates }
func (r *certificates) icon() fyne.Resource { return theme.AccountIcon() }
func (r *certificates) cardChanged()        {}
func (r *certificates) dropped([]string)    {}

func (r *certificates) build() fyne.CanvasObject { return r.w.page(r) }

package ui

import "fyne.io/fyne/v2"

// tiles places four objects beside each other over the whole width, or two by two, or
// below each other, as they fit.
type tiles struct{ width float32 }

// Layout implements fyne.Layout.
func (t *tiles) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	t.width = size.Width
	columns := t.columns(objects)
	height := highest(objects)
	y := float32(0)
	for i := 0; i < len(objects); i += len(columns) {
		x := float32(0)
		for j, o := range objects[i:min(i+len(columns), len(objects))] {
			o.Move(fyne.NewPos(x, y))
			o.Resize(fyne.NewSize(columns[j], height))
			x += columns[j] + gap()
		}
		y += height + gap()
	}
}

// MinSize implements fyne.Layout. The height is that for the width which it last had.
func (t *tiles) MinSize(objects []fyne.CanvasObject) fyne.Size {
	if len(objects) == 0 {
		return fyne.Size{}
	}
	columns := len(t.columns(objects))
	rows := float32((len(objects) + columns - 1) / columns)
	return fyne.NewSize(160, rows*highest(objects)+(rows-1)*gap())
}

// columns are the widths of as many columns as fit. What is left over is shared out.
func (t *tiles) columns(objects []fyne.CanvasObject) []float32 {
	for _, n := range []int{4, 2} {
		widths := make([]float32, n)
		rest := t.width - float32(n-1)*gap()
		for i, o := range objects {
			widths[i%n] = max(widths[i%n], o.MinSize().Width)
		}
		for _, w := range widths {
			rest -= w
		}
		if rest < 0 {
			continue
		}
		for i := range widths {
			widths[i] += rest / float32(n)
		}
		return widths
	}
	return []float32{t.width}
}

func highest(objects []fyne.CanvasObject) float32 {
	height := float32(0)
	for _, o := range objects {
		height = max(height, o.MinSize().Height)
	}
	return height
}

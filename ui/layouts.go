package ui

import (
	"fyne.io/fyne/v2"

	"fyne.io/fyne/v2/theme"
)

// flow places objects in rows, and begins another where one is full. Its height depends
// on the width it was last given.
type flow struct{ width float32 }

func newFlow() *flow { return &flow{} }

// Layout implements fyne.Layout.
func (f *flow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	f.width = size.Width
	f.place(objects, func(o fyne.CanvasObject, at fyne.Position, s fyne.Size) {
		o.Resize(s)
		o.Move(at)
	})
}

// MinSize implements fyne.Layout.
func (f *flow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return f.place(objects, func(fyne.CanvasObject, fyne.Position, fyne.Size) {})
}

func (f *flow) place(objects []fyne.CanvasObject, put func(fyne.CanvasObject, fyne.Position, fyne.Size)) fyne.Size {
	var widest, y float32
	for len(objects) > 0 {
		row, height := f.row(objects)
		x := float32(0)
		for _, o := range objects[:row] {
			if !o.Visible() {
				continue
			}
			s := f.sizeOf(o)
			widest = max(widest, s.Width)
			s.Width = min(s.Width, max(f.width, 1))
			put(o, fyne.NewPos(x, y+(height-s.Height)/2), s)
			x += s.Width + gap()
		}
		if objects = objects[row:]; height > 0 {
			y += height + gap()
		}
	}
	return fyne.NewSize(min(widest, 160), max(0, y-gap()))
}

// row is how many of objects fit into a row, and how high it is.
func (f *flow) row(objects []fyne.CanvasObject) (count int, height float32) {
	x := float32(0)
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		s := f.sizeOf(o)
		if x > 0 && x+s.Width > f.width {
			return i, height
		}
		x, height = x+s.Width+gap(), max(height, s.Height)
	}
	return len(objects), height
}

// sizeOf is the least size of o, of a text that may wrap as wide as it is or as there is.
func (f *flow) sizeOf(o fyne.CanvasObject) fyne.Size {
	t, ok := o.(*text)
	if !ok || t.single || f.width <= 0 {
		return o.MinSize()
	}
	width := min(t.natural(), f.width)
	return fyne.NewSize(width, t.heightAt(width))
}

// columnLayout gives its object a width that is good to read.
type columnLayout struct{}

// Layout implements fyne.Layout.
func (columnLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width := size.Width - theme.Size(theme.SizeNameScrollBar) // which lies over the page
	for _, o := range objects {
		o.Resize(fyne.NewSize(min(width, 48*em()), size.Height))
	}
}

// MinSize implements fyne.Layout.
func (columnLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, o := range objects {
		size = size.Max(o.MinSize())
	}
	return size
}

// rowsLayout is a table of labels and values: side by side, or below each other where
// that would be too narrow. The objects are label, value, label, value and so on.
type rowsLayout struct{ width float32 }

// Layout implements fyne.Layout.
func (l *rowsLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	label := l.labelWidth()
	y := float32(0)
	for i := 0; i+1 < len(objects); i += 2 {
		name, value := objects[i], objects[i+1]
		at, width := fyne.NewPos(label, y), size.Width-label
		name.Move(fyne.NewPos(0, y))
		if label == 0 {
			name.Resize(fyne.NewSize(size.Width, name.MinSize().Height))
			name.Resize(fyne.NewSize(size.Width, name.MinSize().Height))
			at, width = fyne.NewPos(0, y+name.MinSize().Height), size.Width
		} else {
			name.Resize(fyne.NewSize(label-gap(), name.MinSize().Height))
		}
		value.Move(at)
		value.Resize(fyne.NewSize(width, value.MinSize().Height))
		y += l.rowHeight(name, value) + gap()
	}
}

// MinSize implements fyne.Layout.
func (l *rowsLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	height := float32(0)
	for i := 0; i+1 < len(objects); i += 2 {
		height += l.rowHeight(objects[i], objects[i+1]) + gap()
	}
	return fyne.NewSize(120, height)
}

func (l *rowsLayout) rowHeight(name, value fyne.CanvasObject) float32 {
	if l.labelWidth() == 0 {
		return name.MinSize().Height + value.MinSize().Height
	}
	return max(name.MinSize().Height, value.MinSize().Height)
}

// labelWidth is the width of the column of labels, 0 if there is none.
func (l *rowsLayout) labelWidth() float32 {
	if l.width < 24*em() {
		return 0
	}
	return 10 * em()
}

// em is the height of the text in the present look, by which widths are chosen.
func em() float32 { return theme.TextSize() }

// gap is the space between things that belong together. Buttons bring some of their own.
func gap() float32 { return theme.Padding() / 2 }

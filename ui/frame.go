package ui

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/jpki-desktop/jpki/ui/msg"
	looks "github.com/jpki-desktop/jpki/ui/theme"
)

// frame is what is around a room: the looks and the language on top, the rooms and the
// card's state at the side. Where there is little space, or the letters are large, all of
// it is one page that scrolls.
type frame struct {
	widget.BaseWidget
	w *Window

	header, nav *fyne.Container
	band        *fyne.Container
	status      *fyne.Container
	room        *fyne.Container
	scroll      *container.Scroll // the one that the room is in
	body        *fyne.Container
	wide        bool
}

func newFrame(w *Window) *frame {
	f := &frame{
		w: w, header: container.New(newFlow()), nav: container.NewVBox(), band: container.NewVBox(),
		status: container.NewVBox(), room: container.New(&columnLayout{}), body: container.NewStack(),
	}
	f.ExtendBaseWidget(f)
	return f
}

// CreateRenderer implements fyne.Widget.
func (f *frame) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(f.body) }

// MinSize implements fyne.CanvasObject: whatever does not fit scrolls.
func (f *frame) MinSize() fyne.Size { return fyne.NewSize(320, 240) }

// Resize implements fyne.Widget.
func (f *frame) Resize(size fyne.Size) {
	if wide := f.fits(size); f.scroll == nil || wide != f.wide {
		f.wide = wide
		f.arrange()
	}
	f.BaseWidget.Resize(size)
}

// fits tells whether the rooms' names and a readable column have space side by side, and
// whether enough of a room is seen below the looks.
func (f *frame) fits(size fyne.Size) bool {
	if size.Width < 40*em() || size.Height < 26*em() {
		return false
	}
	top := fyne.Container{Layout: newFlow(), Objects: f.header.Objects}
	top.Resize(fyne.NewSize(size.Width-2*theme.Padding(), 0))
	f.band.Resize(fyne.NewSize(size.Width, f.band.Size().Height)) // its width makes its height
	f.band.Refresh()
	return size.Height-top.MinSize().Height-f.band.MinSize().Height >= 19*em()
}

// settle lays everything out until every text has its height, so that what gets the focus
// next can be scrolled to.
func (f *frame) settle() {
	for range 6 { // one more than anything here lies in each other
		before := f.heights()
		walk(f.body, func(o fyne.CanvasObject) {
			switch o := o.(type) {
			case *fyne.Container:
				o.Layout.Layout(o.Objects, o.Size())
			case *container.Scroll:
				o.Refresh()
			}
		})
		if f.heights() == before {
			return
		}
	}
}

// heights are those of all that scrolls, added up.
func (f *frame) heights() (sum float32) {
	walk(f.body, func(o fyne.CanvasObject) {
		if s, ok := o.(*container.Scroll); ok {
			sum += s.Content.MinSize().Height
		}
	})
	return sum
}

// rebuild draws everything anew.
func (f *frame) rebuild() {
	f.header.Objects = f.w.looks()
	f.status.Objects, f.band.Objects = f.w.statusLine(), f.w.bandLine()
	f.room.Objects = []fyne.CanvasObject{f.w.rooms[f.w.current].build()}
	f.wide = f.fits(f.Size())
	f.arrange()
}

// refreshStatus draws the state of the card anew.
func (f *frame) refreshStatus() {
	f.status.Objects = f.w.statusLine()
	f.band.Objects = f.w.bandLine()
	f.status.Refresh()
	f.band.Refresh()
	f.settle()
}

// showRoom draws the room anew, where it was scrolled to if it was that room already.
func (f *frame) showRoom() {
	f.room.Objects = []fyne.CanvasObject{f.w.rooms[f.w.current].build()}
	f.room.Refresh()
	f.settle()
}

// arrange puts the parts in their places.
func (f *frame) arrange() {
	if f.wide {
		f.nav.Layout, f.nav.Objects = layout.NewVBoxLayout(), f.w.navigation()
		side := container.NewVScroll(container.NewPadded(container.NewVBox(f.nav, f.status)))
		side.SetMinSize(fyne.NewSize(side.Content.MinSize().Width, 0))
		f.scroll = container.NewVScroll(container.NewPadded(f.room))
		top := container.NewVBox(container.NewPadded(f.header), f.band, widget.NewSeparator())
		f.body.Objects = []fyne.CanvasObject{container.NewBorder(top, nil, container.NewBorder(nil, nil, nil, widget.NewSeparator(), side), nil, f.scroll)}
	} else {
		f.nav.Layout, f.nav.Objects = newFlow(), f.w.navigation()
		f.scroll = container.NewVScroll(container.NewPadded(container.NewVBox(
			f.header, f.band, widget.NewSeparator(), f.nav, f.status, widget.NewSeparator(), f.room)))
		f.body.Objects = []fyne.CanvasObject{f.scroll}
	}
	f.body.Refresh()
	f.settle()
}

// looks are the buttons for the size of the letters, the colours and the language.
func (w *Window) looks() []fyne.CanvasObject {
	var objects []fyne.CanvasObject
	add := func(label msg.Text) { objects = append(objects, newText(w.say(label)).inline()) }
	option := func(label, key string, on bool, change func(*Settings)) {
		objects = append(objects, newButton(label, func() { w.choose(change) }).compact().selected(on).hint(key))
	}
	add(msg.TextSize)
	for i, s := range slices.Backward(looks.Sizes()) { // 拡大 first, as everywhere
		option(w.say(msg.SizeName(string(s))), sizeKeys[i], w.settings.Size == string(s), func(o *Settings) { o.Size = string(s) })
	}
	add(msg.ColourScheme)
	for i, s := range looks.Schemes() {
		option(w.say(msg.SchemeName(string(s))), schemeKeys[i], w.settings.Scheme == string(s), func(o *Settings) { o.Scheme = string(s) })
	}
	for i, l := range languages {
		option(languageNames[i], languageKeys[i], w.settings.Lang == l, func(o *Settings) { o.Lang = l })
	}
	return objects
}

var (
	languages     = []msg.Lang{msg.Ja, msg.En}
	languageNames = []string{"日本語", "English"} // each in itself, for those who read no other
)

// navigation are the buttons that lead to the rooms.
func (w *Window) navigation() []fyne.CanvasObject {
	var objects []fyne.CanvasObject
	for i, r := range w.rooms {
		b := newButton(w.say(r.title()), func() { w.enter(i) }).nav(i == w.current).hint(roomHint(i))
		b.setIcon(r.icon())
		objects = append(objects, b)
	}
	return objects
}

// statusLine is the state of the card in a line.
func (w *Window) statusLine() []fyne.CanvasObject {
	line := w.say(msg.CardLine, w.cardTitle())
	return []fyne.CanvasObject{newText(line).small()}
}

// bandLine says across the window that nothing here is real, if so.
func (w *Window) bandLine() []fyne.CanvasObject {
	switch w.origin() {
	case PracticeOrigin:
		if w.source != Practice {
			return []fyne.CanvasObject{newBand(w.say(msg.PracticeAcross), nil)}
		}
		back := newButton(w.say(msg.UseRealCard), func() { w.watch("") })
		return []fyne.CanvasObject{newBand(w.say(msg.PracticeAcross), back)}
	case TestOrigin:
		return []fyne.CanvasObject{newBand(w.say(msg.TestAcross), nil)}
	}
	return nil
}

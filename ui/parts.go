package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/jpki-desktop/jpki/sign"
	"github.com/jpki-desktop/jpki/ui/msg"
	looks "github.com/jpki-desktop/jpki/ui/theme"
)

// tone is how serious a panel is. Each has a sign of its own beside its colour.
type tone uint8

const (
	plainTone tone = iota
	goodTone
	noteTone
	problemTone
)

func (t tone) look() (fyne.Resource, fyne.ThemeColorName) {
	switch t {
	case goodTone:
		return theme.ConfirmIcon(), theme.ColorNameSuccess
	case noteTone:
		return theme.WarningIcon(), theme.ColorNameWarning
	case problemTone:
		return theme.ErrorIcon(), theme.ColorNameError
	}
	return theme.InfoIcon(), theme.ColorNameForeground
}

// newPanel is a bordered part of a page with a title, its tone shown by sign and bar.
func newPanel(t tone, title string, body ...fyne.CanvasObject) fyne.CanvasObject {
	return panelUnder(t, newText(title).bold(), body)
}

// newHeadline is a panel for what matters most on a page, with a larger title.
func newHeadline(t tone, title string, body ...fyne.CanvasObject) fyne.CanvasObject {
	return panelUnder(t, newText(title).heading(), body)
}

func panelUnder(t tone, title *text, body []fyne.CanvasObject) fyne.CanvasObject {
	res, colour := t.look()
	sign := widget.NewIcon(theme.NewColoredResource(res, colour))
	head := container.New(&headLayout{}, sign, title)
	back := newGround(looks.ColorNamePanel, looks.ColorNameEdge, 1, 6)
	bar := newGround(colour, "", 0, 3)
	inside := container.NewVBox(append([]fyne.CanvasObject{head}, body...)...)
	return container.NewStack(back, container.New(&barLayout{}, bar, container.NewPadded(container.NewPadded(inside))))
}

// headLayout puts a sign before a title that may wrap.
type headLayout struct{}

// Layout implements fyne.Layout.
func (headLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	side := 1.4 * em()
	o[0].Resize(fyne.NewSquareSize(side))
	o[1].Move(fyne.NewPos(side+gap(), 0))
	o[1].Resize(fyne.NewSize(size.Width-side-gap(), size.Height))
}

// MinSize implements fyne.Layout.
func (headLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(o[1].MinSize().Width+2*em(), max(1.4*em(), o[1].MinSize().Height))
}

// barLayout puts a bar as high as the content before it.
type barLayout struct{}

const barWidth = 6

// Layout implements fyne.Layout.
func (barLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Resize(fyne.NewSize(barWidth, size.Height))
	o[1].Move(fyne.NewPos(barWidth, 0))
	o[1].Resize(fyne.NewSize(size.Width-barWidth, size.Height))
}

// MinSize implements fyne.Layout.
func (barLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return o[1].MinSize().AddWidthHeight(barWidth, 0)
}

// newBand is a strip across the window, with a button at its end or nil.
func newBand(words string, b *button) fyne.CanvasObject {
	back := newGround(looks.ColorNameBand, "", 0, 0)
	line := container.New(newFlow(), newText(words).bold().coloured(looks.ColorNameOnBand))
	if b != nil {
		line.Add(b)
	}
	return container.NewStack(back, container.NewPadded(line))
}

// rows is a table of labels and values.
func (w *Window) rows(list []Row) fyne.CanvasObject {
	table := container.New(&rowsLayout{})
	for _, r := range list {
		table.Add(newText(r.Label).coloured(theme.ColorNamePlaceHolder))
		table.Add(newText(r.Value).marked(r.Marks))
	}
	return table
}

// problem is a panel that says what an error means and what to do.
func (w *Window) problem(err error) fyne.CanvasObject {
	words := msg.WindowError(w.settings.Lang, err)
	return newPanel(problemTone, words.Message, w.hints(words.Hint)...)
}

// findings are panels for what a verifier found.
func (w *Window) findings(list []sign.Finding) []fyne.CanvasObject {
	var panels []fyne.CanvasObject
	for _, f := range list {
		words := msg.WindowFinding(w.settings.Lang, f)
		panels = append(panels, newPanel(findingTone(f.Verdict), words.Message, w.hints(words.Hint)...))
	}
	return panels
}

func findingTone(v sign.Verdict) tone {
	switch v {
	case sign.Passed, sign.PassedRevocationUnchecked:
		return plainTone
	case sign.Failed, sign.ModifiedAfter:
		return problemTone
	}
	return noteTone
}

// hints are the next steps, if there are any.
func (w *Window) hints(hint string) []fyne.CanvasObject {
	if hint == "" {
		return nil
	}
	return []fyne.CanvasObject{newText("→ " + hint)}
}

// buttonRow places buttons beside each other, as many as fit.
func buttonRow(buttons ...*button) fyne.CanvasObject {
	row := container.New(newFlow())
	for _, b := range buttons {
		row.Add(b)
	}
	return row
}

func showIf(o fyne.CanvasObject, visible bool) {
	if visible {
		o.Show()
	} else {
		o.Hide()
	}
}

// fold is a part of a page that opens and closes with a button.
func (w *Window) fold(label msg.Text, open bool, toggle func(open bool), body ...fyne.CanvasObject) fyne.CanvasObject {
	inside := container.NewVBox(body...)
	var b *button
	mark := func() {
		sign := "▶ "
		if inside.Visible() {
			sign = "▼ "
		}
		b.SetText(sign + w.say(label))
	}
	b = newButton("", func() {
		showIf(inside, !inside.Visible())
		mark()
		toggle(inside.Visible())
		w.frame.settle()
	}).nav(false) // over the whole width
	if !open {
		inside.Hide()
	}
	mark()
	return container.NewVBox(b, inside)
}

// page puts the parts of a room below each other, its title first.
func (w *Window) page(r room, parts ...fyne.CanvasObject) fyne.CanvasObject {
	all := append([]fyne.CanvasObject{newText(w.say(r.title())).title()}, parts...)
	return container.New(layout.NewCustomPaddedVBoxLayout(1.5*theme.Padding()), all...)
}

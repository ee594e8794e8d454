package main_test

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"

	"github.com/jpki-desktop/jpki/ui/theme"
)

// An eye finds words in a picture of the standard look, whatever their colours: who has
// only a mouse has to see what to click on.
type eye struct {
	look fyne.Theme
	seen map[string][]shape
}

// shape is how words are drawn: the dots that are all ink, and some of those without.
type shape struct {
	size       image.Point
	ink, blank []image.Point
}

func newEye(t *testing.T) *eye {
	test.NewTempApp(t)
	return &eye{look: theme.New(theme.Standard, theme.Normal), seen: map[string][]shape{}}
}

// shapes are those of words in the sizes of labels, plain and bold.
func (e *eye) shapes(words string) []shape {
	if known := e.seen[words]; known != nil {
		return known
	}
	apart := 4
	if len(words) == 1 { // a key, in whose label a space is no end
		apart = farthest
	}
	var all []shape
	for _, name := range []fyne.ThemeSizeName{fynetheme.SizeNameText, fynetheme.SizeNameSubHeadingText} {
		for _, bold := range []bool{false, true} {
			label := canvas.NewText(words, color.Black)
			label.TextSize, label.TextStyle.Bold = e.look.Size(name), bold
			all = append(all, shapeOf(grey(software.Render(label, e.look)), apart))
		}
	}
	e.seen[words] = all
	return all
}

// farthest is more dots than any words are apart from others.
const farthest = 8

// shapeOf is the shape of words as they are drawn, with so many dots before and behind them
// that hold nothing else, or they would be part of others.
func shapeOf(drawn *image.Gray, apart int) shape {
	s := shape{size: drawn.Rect.Size()}
	for y := range s.size.Y {
		for x := range s.size.X {
			switch c := drawn.GrayAt(x, y).Y; {
			case c < 40:
				s.ink = append(s.ink, image.Pt(x, y))
			case c == drawn.Pix[0]:
				s.blank = append(s.blank, image.Pt(x, y))
			}
		}
		for x := range apart {
			s.blank = append(s.blank, image.Pt(-1-x, y), image.Pt(s.size.X+x, y))
		}
	}
	return s
}

// grey is a picture without its colours, which begins at 0, 0.
func grey(picture image.Image) *image.Gray {
	g := image.NewGray(image.Rectangle{Max: picture.Bounds().Size()})
	draw.Draw(g, g.Rect, picture, picture.Bounds().Min, draw.Src)
	return g
}

// find returns where in the picture the words are, in one line or in two: the middle of each
// place, or of the second line.
func (e *eye) find(picture *image.Gray, words string) (places []image.Point) {
	if places = e.line(picture, words); places != nil {
		return places
	}
	for i, r := range words {
		if r != ' ' {
			continue
		}
		first := e.line(picture, words[:i])
		if first == nil {
			continue
		}
		for _, below := range e.line(picture, words[i+1:]) {
			for _, at := range first {
				if d := below.Sub(at); d.Y > 0 && d.Y < 40 && max(d.X, -d.X) < 100 {
					places = append(places, below)
				}
			}
		}
	}
	return places
}

// line returns where words stand in one line.
func (e *eye) line(picture *image.Gray, words string) (places []image.Point) {
	width := picture.Stride
	for _, s := range e.shapes(words) {
		ink, blank := offsets(s.ink, width), offsets(s.blank, width)
		for y := range picture.Rect.Dy() - s.size.Y {
			for x := farthest; x < width-s.size.X-farthest; x++ {
				begin := y*width + x
				inked, paper := picture.Pix[begin+ink[0]], picture.Pix[begin+blank[0]]
				if unlike(inked, paper, 60) && alike(picture.Pix, begin, ink, inked) && alike(picture.Pix, begin, blank, paper) {
					places = append(places, image.Pt(x+s.size.X/2, y+s.size.Y/2))
				}
			}
		}
	}
	return places
}

// offsets are points as distances in a picture of that width.
func offsets(points []image.Point, width int) []int {
	all := make([]int, len(points))
	for i, p := range points {
		all[i] = p.Y*width + p.X
	}
	return all
}

// alike tells whether dots have about one colour.
func alike(pix []uint8, begin int, offsets []int, colour uint8) bool {
	for _, o := range offsets {
		if unlike(pix[begin+o], colour, 50) {
			return false
		}
	}
	return true
}

func unlike(a, b uint8, least int) bool { return max(int(a)-int(b), int(b)-int(a)) >= least }

// seek returns where the window shows words, after turning the wheel if they are not in
// sight, or not so many dots above its edge: the lowest of the places, once it stays there.
func (e *eye) seek(p *pane, words string, above int) (place image.Point) {
	p.t.Helper()
	turns := 0
	p.wait(fmt.Sprintf("%q in sight", words), func() bool {
		picture := grey(p.sight())
		places := slices.DeleteFunc(e.find(picture, words), func(at image.Point) bool { return at.Y > picture.Rect.Dy()-above })
		if len(places) == 0 {
			p.keep("sought")
			if turns++; turns > 2 { // it may not be drawn yet
				p.run("xdotool", "mousemove", "--window", p.id, "600", "400", "click", "--repeat", "3", "5")
			}
			return false
		}
		before := place
		place = slices.MaxFunc(places, func(a, b image.Point) int { return a.Y - b.Y })
		return place == before
	})
	return place
}

// click clicks on words.
func (e *eye) click(p *pane, words string) {
	p.t.Helper()
	at := e.seek(p, words, 0)
	p.click(at.X, at.Y)
}

// sight is what the window shows.
func (p *pane) sight() image.Image {
	p.t.Helper()
	path := filepath.Join(p.home, "shot.png")
	p.run("import", "-window", p.id, path)
	f, err := os.Open(path)
	if err != nil {
		p.t.Fatal(err)
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		p.t.Fatal(err)
	}
	return img
}

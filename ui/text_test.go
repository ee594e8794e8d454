package ui

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"github.com/jpki-desktop/jpki/ui/theme"
)

// dressed starts the toolkit in the standard look.
func dressed(t *testing.T) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Standard, theme.Normal))
}

func drawnTexts(w fyne.Widget) []*canvas.Text {
	if w.Size().IsZero() {
		w.Resize(fyne.NewSize(500, 100))
	}
	var all []*canvas.Text
	for _, o := range test.WidgetRenderer(w).Objects() {
		if t, ok := o.(*canvas.Text); ok && t.Visible() {
			all = append(all, t)
		}
	}
	return all
}

func drawnString(w fyne.Widget) string {
	var b strings.Builder
	for _, t := range drawnTexts(w) {
		b.WriteString(t.Text)
	}
	return b.String()
}

const longName = "甲野𠮷郎　東京都千代田区霞が関二丁目一番二号中央合同庁舎第二号館／"

func TestATextStaysWithinItsWidth(t *testing.T) {
	dressed(t)
	for _, width := range []float32{40, 100, 250, 777} {
		l := newText(strings.Repeat(longName, 6) + " and some English words, too (ABC-123).")
		l.Resize(fyne.NewSize(width, 10))
		for _, d := range drawnTexts(l) {
			if right := d.Position().X + d.Size().Width; right > width+1 {
				t.Errorf("width %v: %q reaches to %v", width, d.Text, right)
			}
			if bottom := d.Position().Y + d.TextSize; bottom > l.MinSize().Height {
				t.Errorf("width %v: %q reaches below the text", width, d.Text)
			}
		}
	}
}

func TestATextNeedsMoreHeightWhereItIsNarrow(t *testing.T) {
	dressed(t)
	l := newText(longName)
	l.Resize(fyne.NewSize(1000, 10))
	wide := l.MinSize()
	l.Resize(fyne.NewSize(100, 10))
	narrow := l.MinSize()
	if narrow.Height < 5*wide.Height {
		t.Errorf("height %v at 100, %v at 1000", narrow.Height, wide.Height)
	}
	if wide.Width > 40 {
		t.Errorf("needs a width of %v, although it can be broken anywhere", wide.Width)
	}
}

func TestTextsInAScrollSettleInTwoPasses(t *testing.T) {
	dressed(t)
	column := container.NewVBox()
	for i := range 200 {
		column.Add(newText(fmt.Sprint(i, longName, longName)))
	}
	scroll := container.NewVScroll(column)
	w := test.NewTempWindow(t, scroll)
	w.Resize(fyne.NewSize(400, 300))
	scroll.Refresh()
	settled := column.Size()
	scroll.Refresh()
	if column.Size() != settled || column.MinSize().Height != settled.Height {
		t.Errorf("the size goes on changing: %v, then %v, wants %v", settled, column.Size(), column.MinSize())
	}
	for i, o := range column.Objects[1:] {
		above := column.Objects[i]
		if above.Position().Y+above.MinSize().Height > o.Position().Y {
			t.Fatalf("text %d stands on the one above it", i+1)
		}
	}
}

func TestATextOnOneLineIsAsWideAsItsLetters(t *testing.T) {
	dressed(t)
	l := newText("練習用カード AVAVA 123").inline()
	l.Resize(l.MinSize())
	last := drawnTexts(l)[len(drawnTexts(l))-1]
	if right := last.Position().X + last.Size().Width; right > l.MinSize().Width+1 || right < l.MinSize().Width*0.9 {
		t.Errorf("reaches to %v, width %v", right, l.MinSize().Width)
	}
}

func TestLinesStandWhereTheyAreAligned(t *testing.T) {
	dressed(t)
	for align, want := range map[fyne.TextAlign]float32{fyne.TextAlignLeading: 0, fyne.TextAlignCenter: 134, fyne.TextAlignTrailing: 268} {
		l := newText("甲乙").aligned(align)
		l.Resize(fyne.NewSize(300, 30))
		if x := drawnTexts(l)[0].Position().X; x != want {
			t.Errorf("alignment %d: begins at %v, want %v", align, x, want)
		}
	}
}

func TestAVeryLongTextOnOneLineIsMeasuredInTime(t *testing.T) {
	dressed(t)
	begun := time.Now()
	l := newText(strings.Repeat("甲", 100_000))
	l.MinSize()
	l.Resize(fyne.NewSize(600, 20))
	if took := time.Since(begun); took > 10*time.Second {
		t.Errorf("took %v", took)
	}
}

func TestLettersOfTwoFontsStandOnOneLine(t *testing.T) {
	dressed(t)
	all := drawnTexts(newText("甲𠮷乙"))
	if len(all) != 3 || all[1].FontSource != theme.Fallback {
		t.Fatalf("drawn as %d texts", len(all))
	}
	foot := func(d *canvas.Text) float32 {
		_, base := fyne.CurrentApp().Driver().RenderedTextSize(d.Text, d.TextSize, d.TextStyle, d.FontSource)
		return d.Position().Y + base
	}
	if a, b := foot(all[0]), foot(all[1]); a != b {
		t.Errorf("baselines at %v and %v", a, b)
	}
}

func TestMarkedLettersAreBoxedAndUnderlined(t *testing.T) {
	dressed(t)
	l := newText("甲野太郎").marked([]int{1, 3})
	l.Resize(fyne.NewSize(200, 30))
	boxes, lines := 0, 0
	for _, o := range test.WidgetRenderer(l).Objects() {
		if r, ok := o.(*canvas.Rectangle); ok && r.StrokeWidth > 0 {
			boxes++
		} else if ok {
			lines++
		}
	}
	if boxes != 2 || lines != 2 {
		t.Errorf("%d boxes and %d lines for 2 letters", boxes, lines)
	}
	if drawnString(l) != "甲野太郎" {
		t.Errorf("the text is drawn as %q", drawnString(l))
	}
}

func TestASetTextIsShownAndRead(t *testing.T) {
	dressed(t)
	l := newText("前")
	test.WidgetRenderer(l)
	l.SetText("後\U0002A6D6")
	if drawnString(l) != "後〓(U+2A6D6)" || l.AccessibilityLabel() != "後\U0002A6D6" {
		t.Errorf("drawn %q, read %q", drawnString(l), l.AccessibilityLabel())
	}
}

func TestATextFollowsTheLook(t *testing.T) {
	dressed(t)
	l := newText("甲")
	before := drawnTexts(l)[0]
	look := theme.New(theme.Black, theme.Large)
	fyne.CurrentApp().Settings().SetTheme(look)
	l.Refresh()
	after := drawnTexts(l)[0]
	if after.TextSize <= before.TextSize || after.Color != look.Color("foreground", 0) {
		t.Errorf("size %v in %v after the look has changed from size %v", after.TextSize, after.Color, before.TextSize)
	}
}

func TestEveryWordForPeopleCanBeDrawn(t *testing.T) {
	files, err := filepath.Glob("msg/*.go")
	if err != nil || len(files) < 10 {
		t.Fatal("no words found:", err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		for _, words := range literals(t, name) {
			for _, l := range append(letters(words, false), letters(words, true)...) {
				if l.glued {
					t.Errorf("%s: %q has a letter that no font draws", name, words)
					break
				}
			}
		}
	}
}

// literals returns the strings in a file of Go.
func literals(t *testing.T, name string) []string {
	src, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	file, err := parser.ParseFile(token.NewFileSet(), name, src, 0)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	ast.Inspect(file, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			s, _ := strconv.Unquote(lit.Value)
			all = append(all, strings.Map(printable, s))
		}
		return true
	})
	return all
}

// printable leaves out the control characters that are written into the words' file for
// programs.
func printable(r rune) rune {
	if unicode.IsControl(r) {
		return -1
	}
	return r
}

func BenchmarkLayoutOf200Lines(b *testing.B) {
	test.NewTempApp(b).Settings().SetTheme(theme.New(theme.Standard, theme.Normal))
	l := newText(strings.Repeat(longName+"\n", 200))
	for i := range b.N {
		l.Resize(fyne.NewSize(float32(300+i%2), 10))
	}
}

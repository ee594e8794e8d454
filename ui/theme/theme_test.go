package theme

import (
	"crypto/sha256"
	"encoding/hex"
	"go/ast"
	"go/parser"
	"go/token"
	"image/color"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	base "fyne.io/fyne/v2/theme"
	"golang.org/x/image/font/sfnt"
)

func TestEveryPairOfColoursHasItsContrastInEveryScheme(t *testing.T) {
	for _, scheme := range Schemes() {
		th := New(scheme, Normal)
		for _, p := range Pairs() {
			if c := p.Contrast(th); c < p.Least {
				t.Errorf("%s: %s on %v: contrast %.2f, want at least %.1f", scheme, p.Fore, p.On, c, p.Least)
			}
		}
	}
}

func TestContrastIsThatOfWCAG(t *testing.T) {
	grays := &look{colors: map[fyne.ThemeColorName]color.NRGBA{
		"black": rgb(0), "white": rgb(0xffffff), "gray": rgb(0x777777), "red": rgb(0xff0000), "veil": veil(0, 0x80),
	}}
	for _, c := range []struct {
		p    Pair
		want float64
	}{
		{Pair{Fore: "black", On: []fyne.ThemeColorName{"white"}}, 21},
		{Pair{Fore: "white", On: []fyne.ThemeColorName{"white"}}, 1},
		{Pair{Fore: "gray", On: []fyne.ThemeColorName{"white"}}, 4.48},
		{Pair{Fore: "red", On: []fyne.ThemeColorName{"white"}}, 4.00},
		{Pair{Fore: "black", On: []fyne.ThemeColorName{"white", "veil"}}, 5.24},
		{Pair{Fore: "veil", On: []fyne.ThemeColorName{"white"}}, 4.00},
	} {
		if got := c.p.Contrast(grays); got < c.want-0.01 || got > c.want+0.01 {
			t.Errorf("%s on %v: %.3f, want %.2f", c.p.Fore, c.p.On, got, c.want)
		}
	}
}

// namesOfFyne returns the values of the constants of a type in Fyne's theme package.
func namesOfFyne(t *testing.T, file, typ string) []string {
	t.Helper()
	dir, err := exec.Command("go", "list", "-f", "{{.Dir}}", "fyne.io/fyne/v2/theme").Output()
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := parser.ParseFile(token.NewFileSet(), filepath.Join(strings.TrimSpace(string(dir)), file), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	ast.Inspect(parsed, func(n ast.Node) bool {
		if spec, ok := n.(*ast.ValueSpec); ok && len(spec.Values) == 1 {
			if sel, ok := spec.Type.(*ast.SelectorExpr); ok && sel.Sel.Name == typ {
				name, _ := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
				names = append(names, name)
			}
		}
		return true
	})
	if len(names) < 20 {
		t.Fatalf("found only %d names of %s", len(names), typ)
	}
	return names
}

func TestEveryNameOfFyneHasAColourAndASize(t *testing.T) {
	for _, name := range namesOfFyne(t, "color.go", "ThemeColorName") {
		for _, scheme := range Schemes() {
			if _, ok := palettes[scheme][fyne.ThemeColorName(name)]; !ok {
				t.Errorf("%s has no colour for %s", scheme, name)
			}
		}
	}
	for _, name := range namesOfFyne(t, "size.go", "ThemeSizeName") {
		if _, ok := sizes[fyne.ThemeSizeName(name)]; !ok {
			t.Errorf("no size for %s", name)
		}
	}
}

func TestTheSizesOfTextGrow(t *testing.T) {
	for _, name := range []fyne.ThemeSizeName{base.SizeNameText, base.SizeNameHeadingText, base.SizeNameCaptionText, SizeNameTouch} {
		last := float32(0)
		for _, size := range Sizes() {
			if s := New(Standard, size).Size(name); s <= last {
				t.Errorf("%s at %s is %v, after %v", name, size, s, last)
			} else {
				last = s
			}
		}
	}
	if s := New(Standard, Normal).Size(base.SizeNameText); s != 16 {
		t.Errorf("text is %v", s)
	}
}

func TestTheLookIsThatOfTheSchemeWhateverTheSystemAsks(t *testing.T) {
	th := New(Black, Normal)
	if th.Color(base.ColorNameBackground, base.VariantLight) != th.Color(base.ColorNameBackground, base.VariantDark) {
		t.Error("the system's choice of light or dark changes the ground")
	}
}

func TestADamagedSettingIsTakenForTheStandardOne(t *testing.T) {
	th, standard := New("purple", "huge"), New(Standard, Normal)
	if th.Color(base.ColorNameBackground, 0) != standard.Color(base.ColorNameBackground, 0) || th.Size(base.SizeNameText) != 16 {
		t.Error("not the standard look")
	}
}

func TestANameThatIsUnknownCanStillBeSeen(t *testing.T) {
	test.NewTempApp(t)
	th := New(Blue, Large)
	if th.Color("later", 0) != th.Color(base.ColorNameForeground, 0) {
		t.Error("a colour of a later version cannot be seen")
	}
	if th.Size("later") != base.DefaultTheme().Size("later") {
		t.Error("a size of a later version is not Fyne's")
	}
}

func TestTheThemeBringsItsFontsAndIcons(t *testing.T) {
	test.NewTempApp(t)
	th := New(Standard, Normal)
	if th.Font(fyne.TextStyle{}) != Regular || th.Font(fyne.TextStyle{Bold: true}) != Bold || th.Font(fyne.TextStyle{Monospace: true}) != Regular {
		t.Error("not the fonts of the program")
	}
	if th.Font(fyne.TextStyle{Symbol: true}) == Regular {
		t.Error("symbols come from the text font, which lacks them")
	}
	if _, ok := th.Icon(base.IconNameHome).(fyne.ThemedResource); !ok {
		t.Error("icons do not follow the colours")
	}
}

func TestTheFontForALetter(t *testing.T) {
	for _, c := range []struct {
		letters       string
		regular, bold fyne.Resource
	}{
		{"甲あア1A、。髙﨑葛●〓", Regular, Bold},
		{"𠮷", Fallback, Fallback},
		{"\U0002A6D6א😀", nil, nil},
	} {
		for _, r := range c.letters {
			regular, ok := Font(r, false)
			bold, _ := Font(r, true)
			if regular != c.regular || bold != c.bold || ok != (c.regular != nil) {
				t.Errorf("%c (%U): %v and %v", r, r, regular, bold)
			}
		}
	}
	if !FallbackHas('𠮷') || FallbackHas('\U0002A6D6') {
		t.Error("the second font does not say what it has")
	}
}

func TestTheFontsAreThoseThatTheirReadmeNames(t *testing.T) {
	readme, err := os.ReadFile("fonts/README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, font := range []fyne.Resource{Regular, Bold, Fallback} {
		sum := sha256.Sum256(font.Content())
		_, row, _ := strings.Cut(string(readme), "| "+font.Name()+" |")
		if row, _, _ = strings.Cut(row, "\n"); !strings.Contains(row, hex.EncodeToString(sum[:])) {
			t.Errorf("%s is another file than the readme says", font.Name())
		}
	}
}

func TestEveryFontHasItsLicenceBesideIt(t *testing.T) {
	for _, c := range []struct {
		font           fyne.Resource
		licence, owner string
	}{
		{Regular, "BIZUDPGothic-OFL.txt", "2022 The BIZ UDGothic Project Authors"},
		{Bold, "BIZUDPGothic-OFL.txt", "2022 The BIZ UDGothic Project Authors"},
		{Fallback, "NotoSansJP-OFL.txt", "2014-2021 Adobe"},
	} {
		font, err := sfnt.Parse(c.font.Content())
		if err != nil {
			t.Fatal(err)
		}
		if owner, err := font.Name(nil, sfnt.NameIDCopyright); !strings.Contains(owner, c.owner) {
			t.Errorf("%s is of %q (%v), want %q", c.font.Name(), owner, err, c.owner)
		}
		licence, err := os.ReadFile("fonts/" + c.licence)
		if err != nil {
			t.Fatal(err)
		}
		for _, words := range []string{c.owner, "SIL OPEN FONT LICENSE Version 1.1", "FROM, OUT OF THE USE OR INABILITY TO USE THE FONT SOFTWARE"} {
			if !strings.Contains(string(licence), words) {
				t.Errorf("%s lacks %q", c.licence, words)
			}
		}
	}
}

package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func pinFaceOf(p *pinEntry) *pinFace { return test.WidgetRenderer(p).(*pinFace) }

func typed(p *pinEntry, s string) *pinEntry {
	test.Type(p, s)
	return p
}

// holds tells what the entry holds; a test's PIN is nobody's.
func holds(p *pinEntry) string { return string([]byte(p.PIN())) }

func TestAPINIsHeldAsTheCardTakesIt(t *testing.T) {
	dressed(t)
	for _, c := range []struct {
		why, typed, want string
		upper, digits    bool
	}{
		{"digits", "1234", "1234", false, true},
		{"full-width digits", "１２３４", "1234", false, true},
		{"a letter among digits", "12a4", "124", false, true},
		{"lower case for the signing password", "abc123", "ABC123", true, false},
		{"full-width lower case", "ａｂｃ１", "ABC1", true, false},
		{"as typed where case counts", "aBc", "aBc", false, false},
		{"kana", "あいう", "", true, false},
		{"spaces, also wide ones", " 　12", "12", false, true},
		{"control characters", "\x00\x7f1", "1", false, false},
	} {
		p := newPINEntry("暗証番号", 16)
		p.upper, p.digits = c.upper, c.digits
		if got := holds(typed(p, c.typed)); got != c.want {
			t.Errorf("%s: holds %q, want %q", c.why, got, c.want)
		}
	}
}

func TestARefusedLetterAndOneTooManyAreTold(t *testing.T) {
	dressed(t)
	p := newPINEntry("暗証番号", 4)
	p.digits = true
	var refused []rune
	full, changed := 0, 0
	p.onRefused = func(r rune) { refused = append(refused, r) }
	p.onFull = func() { full++ }
	p.onChanged = func() { changed++ }
	typed(p, "1あ2345x")
	if string(refused) != "あx" || full != 1 || changed != 4 || holds(p) != "1234" {
		t.Errorf("refused %q, %d over the limit, %d changes, holds %q", string(refused), full, changed, holds(p))
	}
}

func TestALimitNeverExceedsTheBuffer(t *testing.T) {
	dressed(t)
	p := typed(newPINEntry("暗証番号", 1000), strings.Repeat("1", 200))
	if p.Len() != maxPIN {
		t.Errorf("holds %d letters", p.Len())
	}
}

func TestBackspaceAndDeleteTakeTheLastLetterAndWipeIt(t *testing.T) {
	dressed(t)
	p := typed(newPINEntry("暗証番号", 8), "1234")
	p.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
	p.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
	if holds(p) != "12" {
		t.Errorf("holds %q", holds(p))
	}
	if rest := p.letters[:4]; rest[2] != 0 || rest[3] != 0 {
		t.Error("the letters taken away stay in memory")
	}
	for range 3 {
		p.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
	}
	if p.Len() != 0 {
		t.Errorf("%d letters left", p.Len())
	}
}

func TestAWipedEntryHoldsZeros(t *testing.T) {
	dressed(t)
	p := typed(newPINEntry("暗証番号", 8), "12345678")
	buffer := p.letters[:maxPIN]
	p.Wipe()
	for i, c := range buffer {
		if c != 0 {
			t.Errorf("letter %d is still there", i)
		}
	}
	if p.Len() != 0 || pinFaceOf(p).letters.Text != "" {
		t.Error("letters left after the wipe")
	}
	if holds(typed(p, "9")) != "9" {
		t.Error("a wiped entry cannot be used again")
	}
}

func TestTheLettersNeverMoveToAnotherBuffer(t *testing.T) {
	dressed(t)
	p := newPINEntry("暗証番号", maxPIN)
	first := &p.letters[:1][0]
	typed(p, strings.Repeat("7", maxPIN))
	if &p.letters[0] != first {
		t.Error("a copy of the letters was left behind")
	}
	copied := p.PIN()
	copied.Wipe()
	if holds(p)[0] != '7' {
		t.Error("wiping the PIN taken out wipes the entry")
	}
}

func TestEnterSubmits(t *testing.T) {
	dressed(t)
	submitted := 0
	p := newPINEntry("暗証番号", 4)
	p.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) // nobody listens yet
	p.onSubmit = func() { submitted++ }
	p.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	p.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnter})
	if submitted != 2 {
		t.Errorf("submitted %d times", submitted)
	}
}

func TestLettersAreDotsUntilTheyAreRevealed(t *testing.T) {
	dressed(t)
	p := newPINEntry("署名用パスワード", 16)
	p.upper = true
	typed(p, "abc123")
	p.Resize(p.MinSize())
	for _, c := range []struct {
		shown bool
		want  string
	}{{false, "●●●●●●"}, {true, "ABC123"}, {false, "●●●●●●"}} {
		p.Reveal(c.shown)
		if got := pinFaceOf(p).letters.Text; got != c.want {
			t.Errorf("revealed %v: shows %q, want %q", c.shown, got, c.want)
		}
	}
}

func TestMoreLettersThanThereIsRoomForShowTheirEnd(t *testing.T) {
	dressed(t)
	p := newPINEntry("パスワード", maxPIN)
	p.Resize(fyne.NewSize(200, 54))
	typed(p, strings.Repeat("1", maxPIN-1)+"9")
	p.Reveal(true)
	f := pinFaceOf(p)
	if !strings.HasSuffix(f.letters.Text, "19") || f.letters.Position().X+f.letters.MinSize().Width > 200 {
		t.Errorf("shows %q up to %v", f.letters.Text, f.letters.Position().X+f.letters.MinSize().Width)
	}
}

func TestPasteTakesAllOrNothing(t *testing.T) {
	dressed(t)
	for _, c := range []struct{ why, pasted, want string }{
		{"a PIN", "2345", "12345"},
		{"a copied line", " 2345\r\n", "12345"},
		{"full-width digits", "２３", "123"},
		{"a sentence", "暗証番号は2345", "1"},
		{"too many letters", "23456789", "1"},
		{"a whole book", strings.Repeat("9", 1<<20), "1"},
		{"nothing", "", "1"},
	} {
		p := typed(newPINEntry("暗証番号", 6), "1")
		told := 0
		p.onRefused, p.onFull = func(rune) { told++ }, func() { told++ }
		clipboard := test.NewClipboard()
		clipboard.SetContent(c.pasted)
		p.TypedShortcut(&fyne.ShortcutPaste{Clipboard: clipboard})
		if holds(p) != c.want {
			t.Errorf("%s: holds %q, want %q", c.why, holds(p), c.want)
		}
		if refused := c.want == "1" && c.pasted != ""; refused != (told == 1) {
			t.Errorf("%s: told %d times", c.why, told)
		}
		for _, left := range p.letters[p.Len():maxPIN] {
			if left != 0 {
				t.Errorf("%s: refused letters stay in memory", c.why)
				break
			}
		}
	}
}

func TestAPINCannotBeCopied(t *testing.T) {
	dressed(t)
	p := typed(newPINEntry("暗証番号", 6), "1234")
	clipboard := test.NewClipboard()
	p.TypedShortcut(&fyne.ShortcutSelectAll{})
	p.TypedShortcut(&fyne.ShortcutCopy{Clipboard: clipboard})
	p.TypedShortcut(&fyne.ShortcutCut{Clipboard: clipboard})
	if clipboard.Content() != "" || holds(p) != "1234" {
		t.Errorf("the clipboard holds %q, the entry %q", clipboard.Content(), holds(p))
	}
}

func TestKeysOfTheWindowWorkFromAPINAndLettersStayThere(t *testing.T) {
	dressed(t)
	p := newPINEntry("暗証番号", 4)
	w := test.NewTempWindow(t, p)
	var reached []fyne.KeyName
	w.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) { reached = append(reached, e.Name) })
	for _, key := range []fyne.KeyName{fyne.KeyEscape, fyne.Key1, fyne.KeyA, fyne.KeyF2, fyne.KeyBackspace} {
		p.TypedKey(&fyne.KeyEvent{Name: key})
	}
	if want := []fyne.KeyName{fyne.KeyEscape, fyne.KeyF2}; !slices.Equal(reached, want) {
		t.Errorf("%v reached the window, want %v", reached, want)
	}
}

func TestTheFocusOfAPINIsARingAndACaret(t *testing.T) {
	dressed(t)
	p := newPINEntry("暗証番号", 4)
	w := test.NewTempWindow(t, p)
	test.Tap(p)
	if w.Canvas().Focused() != p {
		t.Fatal("a tap does not give it the focus")
	}
	if f := pinFaceOf(p); !f.ring.Visible() || !f.caret.Visible() || f.ring.StrokeWidth < 3 {
		t.Error("the focus cannot be seen")
	}
	w.Canvas().Unfocus()
	if f := pinFaceOf(p); f.ring.Visible() || f.caret.Visible() {
		t.Error("the focus stays after it has gone")
	}
}

func TestNoVerbAndNoScreenReaderGetsThePIN(t *testing.T) {
	dressed(t)
	p := typed(newPINEntry("暗証番号", 8), "4649")
	p.Reveal(true)
	said := p.AccessibilityLabel() + fmt.Sprintf("%v %+v %#v %s %d %q %x", p, p, p, p, p, p, p) + fmt.Sprint(p.letters, p.PIN())
	for _, secret := range []string{"4649", "52 54 52 57", "0x34", "34363439"} {
		if strings.Contains(said, secret) {
			t.Errorf("%q tells the PIN", said)
		}
	}
	if !strings.Contains(said, "暗証番号") {
		t.Errorf("%q does not tell what is to be typed", said)
	}
}

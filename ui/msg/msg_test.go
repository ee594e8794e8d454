package msg

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"
)

// texts returns every Text that stands in the source of this package, by place.
func texts(t *testing.T) map[string]Text {
	t.Helper()
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	all, set := map[string]Text{}, token.NewFileSet()
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		file, err := parser.ParseFile(set, e.Name(), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			lit, ok := n.(*ast.CompositeLit)
			if !ok || len(lit.Elts) != 2 {
				return true
			}
			ja, ok1 := literal(lit.Elts[0])
			en, ok2 := literal(lit.Elts[1])
			if name, ok := lit.Type.(*ast.Ident); (ok && name.Name == "Text" || lit.Type == nil) && ok1 && ok2 {
				all[set.Position(lit.Pos()).String()] = Text{ja, en}
			}
			return true
		})
	}
	if len(all) < 200 {
		t.Fatalf("only %d texts found", len(all))
	}
	return all
}

// literal is the value of a string, which may be put together with +.
func literal(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		s, err := strconv.Unquote(e.Value)
		return s, err == nil
	case *ast.BinaryExpr:
		a, ok1 := literal(e.X)
		b, ok2 := literal(e.Y)
		return a + b, ok1 && ok2
	}
	return "", false
}

var verb = regexp.MustCompile(`%[0-9]*(\[[0-9]\])?[a-zA-Z]`)

// TestBothLanguagesSayTheSame checks that no text is missing in one language, that each
// is in its language, and that both take the same arguments.
func TestBothLanguagesSayTheSame(t *testing.T) {
	for place, text := range texts(t) {
		if (text.Ja == "") != (text.En == "") {
			t.Errorf("%s: one language is missing: %q", place, text)
		}
		english := regexp.MustCompile(`\([^()]*\)`).ReplaceAllString(text.En, "") // names may stand in brackets
		if strings.IndexFunc(english, func(r rune) bool { return unicode.In(r, unicode.Hiragana, unicode.Katakana) }) >= 0 {
			t.Errorf("%s: Japanese in the English text %q", place, text.En)
		}
		ja, en := arguments(text.Ja), arguments(text.En)
		if !slices.Equal(ja, en) {
			t.Errorf("%s: arguments %v and %v", place, ja, en)
		}
	}
}

// arguments are the verbs of a text by argument, in order.
func arguments(s string) []string {
	var all []string
	for i, v := range verb.FindAllString(strings.ReplaceAll(s, "%%", ""), -1) {
		if !strings.Contains(v, "[") {
			v = fmt.Sprintf("%s[%d]%s", v[:len(v)-1], i+1, v[len(v)-1:])
		}
		all = append(all, v)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// TestErrorWordsTakeTheirArguments formats every entry as the programs do.
func TestErrorWordsTakeTheirArguments(t *testing.T) {
	args := map[string][]any{
		"card_status": {uint16(0x6F00), byte(0xA4)}, "pin_wrong": {"PIN", 3}, "pin_fd_unreadable": {3},
		"pin_malformed_sign": {"PIN", 6, 16}, "pin_malformed_auth": {"PIN", 4, 4},
		"pin_new_malformed_sign": {"PIN", 6, 16}, "pin_new_malformed_auth": {"PIN", 4, 4},
	}
	for code, e := range errorEntries {
		given, ok := args[code]
		if !ok {
			given = []any{"argument"}
		}
		for _, l := range []Lang{Ja, En} {
			w := e.words(l, code, given...)
			if strings.Contains(w.Message+w.Hint, "%!") || w.Message == "" {
				t.Errorf("%s: %+v", code, w)
			}
		}
	}
}

// TestErrorsHaveAMessageAndANextStep is the promise that every error says what to do.
func TestErrorsHaveAMessageAndANextStep(t *testing.T) {
	for code, e := range errorEntries {
		if e.hint == (Text{}) && code != "interrupted" {
			t.Errorf("%s has no next step", code)
		}
	}
	for code, e := range findings {
		if e.message == (Text{}) {
			t.Errorf("finding %s has no message", code)
		}
	}
}

func TestDates(t *testing.T) {
	for _, c := range []struct {
		y, m, d int
		ja, en  string
	}{
		{2030, 9, 22, "2030年9月22日（令和12年）", "22 September 2030 (Reiwa 12)"},
		{2019, 5, 1, "2019年5月1日（令和元年）", "1 May 2019 (Reiwa 1)"},
		{2019, 4, 30, "2019年4月30日（平成31年）", "30 April 2019 (Heisei 31)"},
		{1989, 1, 8, "1989年1月8日（平成元年）", "8 January 1989 (Heisei 1)"},
		{1989, 1, 7, "1989年1月7日（昭和64年）", "7 January 1989 (Showa 64)"},
		{1926, 12, 25, "1926年12月25日（昭和元年）", "25 December 1926 (Showa 1)"},
		{1926, 12, 24, "1926年12月24日（大正15年）", "24 December 1926 (Taisho 15)"},
		{1912, 7, 29, "1912年7月29日（明治45年）", "29 July 1912 (Meiji 45)"},
		{1867, 1, 1, "1867年1月1日", "1 January 1867"},
		{1950, 0, 0, "1950年（昭和25年）", "1950 (Showa 25)"},
		{1950, 7, 0, "1950年7月（昭和25年）", "July 1950 (Showa 25)"},
	} {
		if got := Day(Ja, c.y, c.m, c.d); got != c.ja {
			t.Errorf("%s, want %s", got, c.ja)
		}
		if got := Day(En, c.y, c.m, c.d); got != c.en {
			t.Errorf("%s, want %s", got, c.en)
		}
	}
	moment := time.Date(2029, 9, 14, 14, 59, 59, 0, time.UTC)
	if got := Moment(Ja, moment); got != "2029年9月14日（令和11年） 23:59:59" {
		t.Error(got)
	}
	if got := Date(Ja, moment.Add(time.Second)); got != "2029年9月15日（令和11年）" {
		t.Error(got)
	}
}

func TestLanguageOfAnEnvironment(t *testing.T) {
	for env, want := range map[string]Lang{
		"LANG=ja_JP.UTF-8": Ja, "LANG=en_US.UTF-8": En, "LANG=C": En, "LANG=fr_FR": En,
		"LC_ALL=ja_JP LANG=en_US": Ja, "LC_MESSAGES=en_GB LANG=ja_JP": En, "LC_ALL=en LC_MESSAGES=ja": En, "LANG=ja": Ja,
	} {
		vars := map[string]string{}
		for _, pair := range strings.Fields(env) {
			name, value, _ := strings.Cut(pair, "=")
			vars[name] = value
		}
		if got := EnvLang(func(name string) string { return vars[name] }); got != want {
			t.Errorf("%s: %v", env, got)
		}
	}
}

func TestNumbers(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1399: "1,399", 12345678: "12,345,678"} {
		if got := Number(n); got != want {
			t.Errorf("%d: %s", n, got)
		}
	}
}

package cmd_test

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/jpki-desktop/jpki/"

// mayImport says which of our packages each of ours may import, directly. Whoever adds a
// package adds its line.
var mayImport = map[string][]string{
	"card":                 {},
	"card/cardtest":        {"card"},
	"card/emu":             {},
	"card/pcsc":            {"card"},
	"card/pcsc/pcsctest":   {},
	"cmd":                  {"card", "card/emu", "cmd/internal/job", "cmd/internal/report", "sign", "ui/msg"},
	"cmd/internal/job":     {"card", "card/emu", "card/pcsc", "sign", "sign/cms", "sign/pki", "sign/testca"},
	"cmd/internal/preview": {"cmd/internal/job", "sign/cms"},
	"cmd/internal/report":  {"card", "cmd/internal/job", "sign", "sign/pki", "ui/msg"},
	"cmd/jpki":             {"cmd"},
	"cmd/jpki-gui":         {"card", "cmd/internal/job", "cmd/internal/preview", "cmd/internal/report", "sign", "sign/pki", "ui", "ui/msg"},
	"cmd/mkman":            {"cmd", "ui/msg"},
	"sign":                 {},
	"sign/cms":             {"sign", "sign/tsp"},
	"sign/pki":             {"sign", "sign/tsp"},
	"sign/testca":          {},
	"sign/tsp":             {},
	"ui":                   {"card", "sign", "ui/msg", "ui/theme"},
	"ui/msg":               {"card", "sign"},
	"ui/theme":             {},
}

// onlyIn says which packages alone may import something of others.
var onlyIn = map[string][]string{
	"github.com/ebfe/scard":           {"card/pcsc"},
	"github.com/spf13/cobra":          {"cmd", "cmd/mkman"},
	"github.com/adrg/xdg":             {"cmd/internal/job", "cmd/jpki-gui", "ui"},
	"net/http":                        {"sign/pki", "sign/testca"},
	"fyne.io/fyne/v2":                 {"ui", "ui/theme", "cmd/jpki-gui"},
	"fyne.io/fyne/v2/app":             {"cmd/jpki-gui"},
	"github.com/go-gl/glfw/v3.4/glfw": {"cmd/jpki-gui"},
	"github.com/digitorus/pkcs7":      {"sign/cms"},
}

func TestPackagesImportOnlyWhatTheHouseAllows(t *testing.T) {
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", module+"...").Output()
	if err != nil {
		t.Fatal(err)
	}
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatal(err)
		}
		checkImports(t, strings.TrimPrefix(p.ImportPath, module), p.Imports)
	}
}

func checkImports(t *testing.T, name string, imports []string) {
	allowed, known := mayImport[name]
	if !known {
		t.Errorf("package %s has no line in mayImport", name)
	}
	for _, path := range imports {
		ours, isOurs := strings.CutPrefix(path, module)
		if isOurs && !slices.Contains(allowed, ours) {
			t.Errorf("package %s imports %s", name, ours)
		}
		if only, limited := onlyIn[path]; limited && !slices.Contains(only, name) {
			t.Errorf("package %s imports %s", name, path)
		}
	}
}

// TestCommandLineLinksNoWindow keeps the command line small, and running where there is no
// display.
func TestCommandLineLinksNoWindow(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", module+"cmd/jpki").Output()
	if err != nil {
		t.Fatal(err)
	}
	for path := range strings.Lines(string(out)) {
		if strings.HasPrefix(path, "fyne.io/") || strings.HasPrefix(path, "github.com/pdfcpu/") {
			t.Errorf("jpki depends on %s", path)
		}
	}
}

// TestOneGoroutineStarterInTheWindow keeps the drawing thread the only one that touches
// widgets: everything else goes through the runner.
func TestOneGoroutineStarterInTheWindow(t *testing.T) {
	files, err := filepath.Glob("../ui/*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("no sources of the window: %v", err)
	}
	for _, path := range files {
		if strings.HasSuffix(path, "_test.go") || filepath.Base(path) == "runner.go" {
			continue
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if g, ok := n.(*ast.GoStmt); ok {
				t.Errorf("%s: a goroutine beside the runner", set.Position(g.Pos()))
			}
			return true
		})
	}
}

// TestOnlyMainsExit holds os.Exit and log.Fatal out of the packages, where they would
// skip the wiping of secrets and the removal of temporary files.
func TestOnlyMainsExit(t *testing.T) {
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, path, nil, 0)
		if err != nil {
			return err
		}
		if file.Name.Name == "main" {
			return nil
		}
		ast.Inspect(file, func(n ast.Node) bool {
			s, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if x, ok := s.X.(*ast.Ident); ok && (x.Name == "os" && s.Sel.Name == "Exit" || x.Name == "log") {
				t.Errorf("%s: %s.%s", set.Position(n.Pos()), x.Name, s.Sel.Name)
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

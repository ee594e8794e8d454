package cmd_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/jpki-desktop/jpki/card/emu"
	"github.com/jpki-desktop/jpki/cmd"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"jpki": func() { os.Exit(cmd.Main()) }})
}

func TestScripts(t *testing.T) { testscript.Run(t, scripts(t, "../testdata/script")) }

// scripts are the scripts of a folder. Each has a home of its own with a practice card
// of every profile in it, all made once, because keys take a while.
func scripts(t *testing.T, dir string) testscript.Params {
	cards := practiceCards(t)
	return testscript.Params{
		Dir:                dir,
		RequireUniqueNames: true,
		Setup: func(e *testscript.Env) error {
			for _, kind := range []string{"DATA", "CACHE", "STATE"} {
				e.Setenv("XDG_"+kind+"_HOME", filepath.Join(e.WorkDir, "home", strings.ToLower(kind)))
			}
			e.Setenv("HOME", filepath.Join(e.WorkDir, "home"))
			e.Setenv("LANG", "ja_JP.UTF-8")
			e.Setenv("TESTDATA", testdata(t))
			return os.CopyFS(filepath.Join(e.WorkDir, "home", "data"), os.DirFS(cards))
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"json": checkJSON, "flip": flipByte, "exits": exits,
		},
	}
}

func testdata(t *testing.T) string {
	path, err := filepath.Abs("../testdata")
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// practiceCards returns a data folder with a practice card of every profile.
func practiceCards(t *testing.T) string {
	dir := t.TempDir()
	for _, profile := range emu.Profiles() {
		c := exec.Command("jpki", "dev", "card", "reset", "--profile", string(profile))
		c.Env = append(os.Environ(), "XDG_DATA_HOME="+dir)
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	return dir
}

// exits runs a command that must end with the given code: exits CODE COMMAND…
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND…")
	}
	err := ts.Exec(args[1], args[2:]...)
	code := 0
	if exit, ok := err.(*exec.ExitError); ok {
		code = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if fmt.Sprint(code) != args[0] {
		ts.Fatalf("exit code %d, want %s", code, args[0])
	}
}

// checkJSON holds the standard output of the last command to its schema, and compares
// fields: json [PATH=VALUE]…, where a path is like signatures.0.verdict.
func checkJSON(ts *testscript.TestScript, neg bool, args []string) {
	out := ts.ReadFile("stdout")
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(out))
	if err != nil {
		ts.Fatalf("no JSON: %v\n%s", err, out)
	}
	name, _, _ := strings.Cut(strings.TrimPrefix(fmt.Sprint(at(value, "schema")), "jpki."), "/")
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	schema, err := compiler.Compile(filepath.Join("schema", name+".json"))
	ts.Check(err)
	if err := schema.Validate(value); err != nil {
		ts.Fatalf("%v\n%s", err, out)
	}
	for _, arg := range args {
		path, want, ok := strings.Cut(arg, "=")
		if !ok {
			ts.Fatalf("no = in %s", arg)
		}
		if got := fmt.Sprint(at(value, path)); (got == want) == neg {
			ts.Fatalf("%s is %q, want %q\n%s", path, got, want, out)
		}
	}
}

// at returns the part of a JSON value that a path leads to.
func at(value any, path string) any {
	for _, step := range strings.Split(path, ".") {
		switch v := value.(type) {
		case map[string]any:
			value = v[step]
		case []any:
			var i int
			if _, err := fmt.Sscan(step, &i); err != nil || i >= len(v) {
				return nil
			}
			value = v[i]
		default:
			return nil
		}
	}
	if n, ok := value.(json.Number); ok {
		return n.String()
	}
	return value
}

// flipByte changes one byte of a file: flip FILE TEXT changes the first byte of TEXT in
// it.
func flipByte(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: flip FILE TEXT")
	}
	path := ts.MkAbs(args[0])
	data, err := os.ReadFile(path)
	ts.Check(err)
	i := bytes.Index(data, []byte(args[1]))
	if i < 0 {
		ts.Fatalf("%s does not hold %q", path, args[1])
	}
	data = slices.Clone(data)
	data[i] ^= 1
	ts.Check(os.WriteFile(path, data, 0o644))
}

// jpki is a run of the program at home in dir.
func jpki(dir string, args ...string) *exec.Cmd {
	c := exec.Command("jpki", args...)
	c.Dir = dir
	c.Env = append(os.Environ(), "LANG=ja_JP.UTF-8", "HOME="+dir, "XDG_DATA_HOME="+dir+"/data", "XDG_CACHE_HOME="+dir+"/cache", "XDG_STATE_HOME="+dir+"/state")
	return c
}

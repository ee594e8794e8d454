package cmd_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// hostileFile is one file of the generator's manifest; see testdata/bad/gen.
type hostileFile struct {
	Name, File, Content, Verdict, Code string
	Flags                              []string
	Exit                               int
}

// hostileFiles has the generator write its files, and returns their folder.
func hostileFiles(t *testing.T, flags ...string) (dir string, files []hostileFile) {
	t.Helper()
	dir = t.TempDir()
	args := append(append([]string{"run", "../testdata/bad/gen"}, flags...), dir)
	if out, err := exec.Command("go", args...).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	manifest, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(manifest, &files); err != nil {
		t.Fatal(err)
	}
	return dir, files
}

// verifyCommand is jpki verify of a file in dir, with dir as its data folder.
func verifyCommand(dir string, f hostileFile) *exec.Cmd {
	args := []string{"verify", "--json", f.File}
	for _, flag := range f.Flags {
		args = append(args, strings.ReplaceAll(flag, "DIR", dir))
	}
	if f.Content != "" {
		args = append(args, "--content", f.Content)
	}
	c := exec.Command("jpki", args...)
	c.Dir = dir
	c.Env = append(os.Environ(), "LANG=C.UTF-8", "XDG_DATA_HOME="+dir, "XDG_CACHE_HOME="+dir, "XDG_STATE_HOME="+dir)
	return c
}

// TestHostileFiles runs the real program on every file of the reject list: each must be
// refused for its own reason, and the sound ones beside them accepted.
func TestHostileFiles(t *testing.T) {
	dir, files := hostileFiles(t)
	if len(files) < 60 {
		t.Errorf("only %d files", len(files))
	}
	for _, f := range files {
		t.Run(f.Name, func(t *testing.T) { f.check(t, verifyCommand(dir, f)) })
	}
}

// check runs c and compares what comes out with what the manifest says of f.
func (f hostileFile) check(t *testing.T, c *exec.Cmd) {
	out, err := c.Output()
	if _, refused := err.(*exec.ExitError); err != nil && !refused {
		t.Fatal(err)
	}
	verdict, codes, err := findingsIn(out)
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if exit := c.ProcessState.ExitCode(); exit != f.Exit || verdict != f.Verdict {
		t.Errorf("exit code %d, verdict %s, not %d, %s: %v", exit, verdict, f.Exit, f.Verdict, codes)
	}
	if f.Code == "" && len(codes) > 0 || f.Code != "" && !slices.Contains(codes, f.Code) {
		t.Errorf("findings %v, not %q", codes, f.Code)
	}
}

// findingsIn returns the verdict of a report in JSON and the codes of all its findings.
// Every finding must have its words.
func findingsIn(report []byte) (verdict string, codes []string, err error) {
	type findings []struct{ Code, Message string }
	var v struct {
		Verdict    string
		Findings   findings
		Signatures []struct{ Findings findings }
	}
	if err := json.Unmarshal(report, &v); err != nil {
		return "", nil, err
	}
	all := v.Findings
	for _, s := range v.Signatures {
		all = append(all, s.Findings...)
	}
	for _, f := range all {
		if f.Message == "" || f.Message == f.Code {
			err = fmt.Errorf("no words for %s", f.Code)
		}
		codes = append(codes, f.Code)
	}
	return v.Verdict, codes, err
}

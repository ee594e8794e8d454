package cmd_test

import (
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

// TestReadmeIsTrue runs the console examples of the README, in their order and in one
// home, and compares what they print; … stands for any text.
func TestReadmeIsTrue(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	document, err := os.ReadFile("../testdata/etax/kakutei.xtx")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(dir+"/kakutei.xtx", document, 0o644); err != nil {
		t.Fatal(err)
	}
	blocks := regexp.MustCompile("(?s)```console\n(.*?)```").FindAllStringSubmatch(string(readme), -1)
	if len(blocks) < 5 {
		t.Fatalf("only %d examples", len(blocks))
	}
	for _, block := range blocks {
		for _, example := range regexp.MustCompile(`(?m)^\$ `).Split(block[1], -1)[1:] {
			command, want, _ := strings.Cut(example, "\n")
			checkExample(t, dir, command, want)
		}
	}
}

func checkExample(t *testing.T, dir, command, want string) {
	c := exec.Command("bash", "-c", command)
	like := jpki(dir)
	c.Dir, c.Env = like.Dir, like.Env
	var stderr strings.Builder
	c.Stderr = &stderr
	out, err := c.Output()
	if _, exited := err.(*exec.ExitError); err != nil && !exited {
		t.Fatal(err)
	}
	pattern := strings.ReplaceAll(regexp.QuoteMeta(want), "…", `(?s:.*)`)
	if !regexp.MustCompile(`\A` + pattern + `\s*\z`).Match(out) {
		t.Errorf("$ %s\nprints\n%s%s\nnot\n%s", command, out, &stderr, want)
	}
}

package job

import (
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/adrg/xdg"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/card/emu"
	"github.com/jpki-desktop/jpki/sign"
)

func TestMain(m *testing.M) {
	home, err := os.MkdirTemp("", "jpki-job-test")
	if err != nil {
		panic(err)
	}
	for _, kind := range []string{"DATA", "CACHE", "STATE"} {
		os.Setenv("XDG_"+kind+"_HOME", filepath.Join(home, kind))
	}
	xdg.Reload()
	code := m.Run()
	os.RemoveAll(home)
	os.Exit(code)
}

// content is that of one card, made once, because keys take a while.
var content = sync.OnceValues(func() (emu.Content, error) { return issuePractice(emu.Mynumber, time.Time{}) })

// insert returns a new card in memory, opened, and the emulator behind it.
func insert(t *testing.T, faults ...emu.Fault) (*Card, *emu.Card, error) {
	t.Helper()
	c, err := content()
	if err != nil {
		t.Fatal(err)
	}
	e, err := emu.New(emu.Mynumber, c)
	if err != nil {
		t.Fatal(err)
	}
	e.Inject(faults...)
	opened, err := card.New(inProcess{e})
	if err != nil {
		return nil, e, err
	}
	t.Cleanup(func() { opened.Close() })
	return &Card{opened, "emu:"}, e, nil
}

// document writes a file of the given content and returns its path.
func document(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "document.txt")
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func password(card.Key, int) (card.PIN, error) { return card.PIN(emu.SignPIN), nil }

// signs signs files on c and fails the test if any of them failed.
func signs(t *testing.T, c *Card, files ...string) {
	t.Helper()
	results, err := SignFiles(t.Context(), c, SignRequest{Files: files, PIN: password, Force: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range results {
		if r.Err != nil {
			t.Fatal(r.Err)
		}
	}
}

// verdict is what VerifyFile says of the file at path and its signature.
func verdict(t *testing.T, path string) sign.Verdict {
	t.Helper()
	v, err := VerifyFile(t.Context(), VerifyRequest{File: path, Trust: Trust{Practice: true}})
	if err != nil {
		t.Fatal(err)
	}
	return v.Verdict
}

// leftovers are the files beside the document at path.
func leftovers(t *testing.T, path string) []string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		if e.Name() != filepath.Base(path) {
			names = append(names, e.Name())
		}
	}
	return names
}

// code is the code of a job error, or "".
func code(err error) string {
	var coded *Error
	if errors.As(err, &coded) {
		return coded.Code()
	}
	return ""
}

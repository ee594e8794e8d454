package cmd

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/mattn/go-runewidth"
	"golang.org/x/term"

	"github.com/jpki-desktop/jpki/cmd/internal/job"
)

// printJSON prints v, a result or an error, as one object.
func (a *app) printJSON(v any) error {
	enc := json.NewEncoder(a.stdout)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// jsonError is an error on its own (schema jpki.error/1).
type jsonError struct {
	Schema string    `json:"schema"`
	Error  errorJSON `json:"error"`
}

// errorJSON is an error in a result.
type errorJSON struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Hint    string `json:"hint"`
	Exit    int    `json:"exit"`
}

// hint prints advice, which is no part of the result.
func (a *app) hint(text string) {
	if !a.json {
		fmt.Fprintf(a.stderr, "jpki: hint: %s\n", text)
	}
}

// warn prints what the user should know before relying on the result.
func (a *app) warn(text string) {
	if !a.json {
		fmt.Fprintf(a.stderr, "jpki: warning: %s\n", text)
	}
}

// row is one line of a list of facts.
type row struct{ label, value string }

// printRows prints facts in two columns, aligned by the width that letters take on a
// terminal: 全角 letters take two places. A fact that is not there is left out.
func printRows(w io.Writer, rows []row) {
	widest := 0
	rows = slices.DeleteFunc(slices.Clone(rows), func(r row) bool { return r.value == "" })
	for _, r := range rows {
		widest = max(widest, runewidth.StringWidth(r.label))
	}
	for _, r := range rows {
		pad := strings.Repeat(" ", widest-runewidth.StringWidth(r.label))
		fmt.Fprintf(w, "  %s%s  %s\n", r.label, pad, printable(r.value))
	}
}

// printable replaces control characters, which a hostile certificate or file name may
// hold to rewrite what the terminal shows.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x20 || 0x7F <= r && r < 0xA0 || 0x202A <= r && r <= 0x202E || 0x2066 <= r && r <= 0x2069 {
			return '\uFFFD'
		}
		return r
	}, s)
}

// progress returns the function that shows long work on the terminal, or nil where
// nobody is looking.
func (a *app) progress() (show func(job.Progress), clear func()) {
	f, ok := a.stderr.(*os.File)
	if !ok || a.json || !term.IsTerminal(int(f.Fd())) {
		return nil, func() {}
	}
	started, shown := time.Now(), time.Time{}
	show = func(p job.Progress) {
		now := time.Now()
		// What is done in a moment needs no bar.
		if now.Sub(started) < time.Second || now.Sub(shown) < 100*time.Millisecond {
			return
		}
		shown = now
		fmt.Fprintf(f, "\r\x1b[K%s", runewidth.Truncate(a.progressLine(p), 78, "…"))
	}
	clear = func() {
		if !shown.IsZero() {
			fmt.Fprint(f, "\r\x1b[K")
		}
	}
	return show, clear
}

func (a *app) progressLine(p job.Progress) string {
	line := fmt.Sprintf("%d MB", p.Done/1_000_000)
	if p.Total > 0 {
		line = fmt.Sprintf("%3d %% (%d / %d MB)", min(100, p.Done*100/p.Total), p.Done/1_000_000, p.Total/1_000_000)
	}
	if p.Count > 1 {
		line = fmt.Sprintf("%d/%d  %s", p.Index+1, p.Count, line)
	}
	return line + "  " + printable(p.File)
}

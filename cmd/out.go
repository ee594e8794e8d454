package cmd

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/mattn/go-runewidth"
	"golang.org/x/term"

	"github.com/jpki-desktop/jpki/cmd/internal/job"
	"github.com/jpki-desktop/jpki/cmd/internal/report"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// printJSON prints v, a result or an error, as one object.
func (a *app) printJSON(v any) error {
	return report.WriteJSON(a.stdout, v)
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

func (a *app) println(line string) { io.WriteString(a.stdout, line+"\n") }

// row is a row of a list in the language of the run.
func (a *app) row(label msg.Text, value string) report.Row {
	return report.NewRow(a.lang, label, value)
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
	if p.Signing {
		return a.say(msg.SigningFile, p.Index+1, p.Count, report.Printable(p.File))
	}
	line := fmt.Sprintf("%d MB", p.Done/1_000_000)
	if p.Total > 0 {
		line = fmt.Sprintf("%3d %% (%d / %d MB)", min(100, p.Done*100/p.Total), p.Done/1_000_000, p.Total/1_000_000)
	}
	if p.Count > 1 {
		line = fmt.Sprintf("%d/%d  %s", p.Index+1, p.Count, line)
	}
	return line + "  " + report.Printable(p.File)
}

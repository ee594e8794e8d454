// Package report lays out what both programs show of cards, certificates, signatures and
// the doctor's findings: rows of a label and a value, whole texts, and the JSON documents
// that scripts rely on.
//
// Use it wherever one of these is shown or saved, so that the command line and the window
// say the same of it. It reads no card and no file and judges nothing: package job does,
// and hands over the results. Errors and questions are not its business either; their
// words come from package msg directly.
package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/mattn/go-runewidth"

	"github.com/jpki-desktop/jpki/sign"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// Row is one fact: a line of a list. A fact that is not known has neither value nor note.
type Row struct {
	Label string
	Value string
	Note  string // follows the value without a space; such as which of its letters are marked

	// Marks are the places, in letters of Value from 0, of letters that stand for others.
	Marks []int

	Detail bool // for those who look closer: a window may fold it away
}

// NewRow returns the row of a fact, its value made [Printable].
func NewRow(l msg.Lang, label msg.Text, value string) Row {
	return Row{Label: label.In(l), Value: Printable(value)}
}

// Split parts rows into those that everybody wants to see and the details. Rows without
// a value are left out.
func Split(rows []Row) (main, details []Row) {
	for _, r := range known(rows) {
		if r.Detail {
			details = append(details, r)
		} else {
			main = append(main, r)
		}
	}
	return main, details
}

func known(rows []Row) []Row {
	return slices.DeleteFunc(slices.Clone(rows), func(r Row) bool { return r.Value+r.Note == "" })
}

// asDetails marks rows as details.
func asDetails(rows ...Row) []Row {
	for i := range rows {
		rows[i].Detail = true
	}
	return rows
}

// WriteRows writes rows in two columns, aligned by the width that letters take on a
// terminal: 全角 letters take two places. Rows without a value are left out. It returns
// the error of w.
func WriteRows(w io.Writer, rows []Row) error {
	var b bytes.Buffer
	rows, widest := known(rows), 0
	for _, r := range rows {
		widest = max(widest, runewidth.StringWidth(r.Label))
	}
	for _, r := range rows {
		fmt.Fprintf(&b, "  %s  %s\n", padded(r.Label, widest), Printable(r.Value+r.Note))
	}
	_, err := b.WriteTo(w)
	return err
}

// padded fills a text with spaces up to a width on a terminal.
func padded(text string, width int) string {
	return text + strings.Repeat(" ", max(0, width-runewidth.StringWidth(text)))
}

// Printable replaces the characters by which a hostile certificate or file name may
// rewrite or reorder what is shown: controls (C0, C1) and the overrides, embeddings and
// isolates of Unicode's bidirectional algorithm (UAX #9). Each becomes one U+FFFD, so that
// places in the text stay the same.
func Printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x20 || 0x7F <= r && r < 0xA0 || 0x202A <= r && r <= 0x202E || 0x2066 <= r && r <= 0x2069 {
			return '\uFFFD'
		}
		return r
	}, s)
}

// Finding is one thing that was found, in words.
type Finding struct {
	Message string
	Hint    string       // the next step; may be empty
	Verdict sign.Verdict // the best verdict that is left with it: how serious it is
}

// Findings returns list in words, made [Printable], in the same order.
func Findings(l msg.Lang, list []sign.Finding) []Finding {
	var out []Finding
	for _, f := range list {
		words := msg.Finding(l, f)
		out = append(out, Finding{Printable(words.Message), Printable(words.Hint), f.Verdict})
	}
	return out
}

func writeFindings(b *bytes.Buffer, list []Finding) {
	for _, f := range list {
		fmt.Fprintf(b, "  ● %s\n", f.Message)
		if f.Hint != "" {
			fmt.Fprintf(b, "    → %s\n", f.Hint)
		}
	}
}

// WriteJSON writes a document, such as that of [VerifyJSON], the way the command line
// prints it. It returns the error of w.
func WriteJSON(w io.Writer, document any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(document)
}

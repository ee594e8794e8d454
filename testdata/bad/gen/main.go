// Command gen writes the signatures that a verifier must not accept, one file for each line
// of the project's reject list, and a few sound ones beside them to show that nothing else
// is wrong:
//
//	go run ./testdata/bad/gen [-large] DIR
//
// With -large it writes files of 4 GiB in their place, which take no room on the disk.
// DIR/manifest.json says of each file how to verify it and what must come out (see [entry]).
// DIR/jpki/practice/sign-ca.pem is the authority behind them: with DIR as its data folder
// (XDG_DATA_HOME) jpki takes it for the practice card's under --practice.
//
// Keys, serial numbers and names are always the same; times are reckoned from the present.
// It shares no code with the verifier: it encodes by itself.
//
// To add a line, add a [hostile] to one of the lists in the files beside this one.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
)

// entry is one file of the manifest.
type entry struct {
	Name    string   `json:"name"`              // the line of the reject list
	File    string   `json:"file"`              // the signature
	Content string   `json:"content,omitempty"` // what a detached one covers
	Flags   []string `json:"flags"`             // of jpki verify; a path in it begins with DIR/
	Verdict string   `json:"verdict"`           // of the whole file
	Code    string   `json:"code,omitempty"`    // a finding that must be there; empty: none must be
	Exit    int      `json:"exit"`              // exit code
}

// hostile is one thing to refuse, and how.
type hostile struct {
	name, verdict, code string
	make                func(w *world) made
}

// made is what a [hostile] makes.
type made struct {
	signature []byte
	content   []byte   // nil = attached
	flags     []string // in place of --practice
}

var exits = map[string]int{"passed_revocation_unchecked": 0, "failed": 6, "indeterminate": 7, "no_signature": 9}

func main() {
	large := flag.Bool("large", false, "write files of 4 GiB")
	flag.Parse()
	if flag.NArg() != 1 {
		log.Fatal("usage: gen [-large] DIR")
	}
	if err := write(flag.Arg(0), *large); err != nil {
		log.Fatal(err)
	}
}

// write writes the authority, the files and the manifest into dir.
func write(dir string, large bool) error {
	w, err := newWorld()
	if err != nil {
		return err
	}
	ca, err := w.ca.MarshalPEM()
	if err != nil {
		return err
	}
	if err := put(ca, dir, "jpki", "practice", "sign-ca.pem"); err != nil {
		return err
	}
	files := writeFiles
	if large {
		files = writeLarge
	}
	manifest, err := files(w, dir)
	if err != nil {
		return err
	}
	text, err := json.MarshalIndent(manifest, "", "  ")
	if err != nil {
		return err
	}
	return put(text, dir, "manifest.json")
}

// writeFiles writes the files of all lists into dir.
func writeFiles(w *world, dir string) (manifest []entry, err error) {
	for _, list := range [][]hostile{sound, attributes, forms, certificates, messages} {
		for _, h := range list {
			e, err := h.write(w, dir)
			if err != nil {
				return nil, fmt.Errorf("writing %s: %w", h.name, err)
			}
			manifest = append(manifest, e)
		}
	}
	return manifest, nil
}

func (h hostile) write(w *world, dir string) (entry, error) {
	m := h.make(w)
	e := entry{Name: h.name, File: h.name + ".p7m", Flags: m.flags, Verdict: h.verdict, Code: h.code, Exit: exits[h.verdict]}
	if e.Flags == nil {
		e.Flags = []string{"--practice"}
	}
	if err := put(m.signature, dir, e.File); err != nil || m.content == nil {
		return e, err
	}
	e.Content = h.name + ".txt"
	return e, put(m.content, dir, e.Content)
}

func put(data []byte, path ...string) error {
	name := filepath.Join(path...)
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, data, 0o644)
}

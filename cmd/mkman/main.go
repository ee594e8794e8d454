// Command mkman writes the manual pages and shell completions of both programs, from the
// commands themselves, so that neither can fall behind. It is run by make man and is not
// installed; jpki help and jpki completion are what a user runs.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/jpki-desktop/jpki/cmd"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// manFolders has the folder of the pages of each language, below share/man.
var manFolders = map[msg.Lang]string{msg.Ja: "man/ja/man1", msg.En: "man/man1"}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "mkman:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	var b book
	flags := flag.NewFlagSet("mkman", flag.ContinueOnError)
	flags.StringVar(&b.version, "version", "unknown", "version of the programs")
	flags.StringVar(&b.date, "date", "", "date of the source, as 2026-03-15")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() != 1 {
		return errors.New("usage: mkman [-version V] [-date D] FOLDER")
	}
	folder := flags.Arg(0)
	for lang, dir := range manFolders {
		b.lang = lang
		if err := b.write(filepath.Join(folder, dir)); err != nil {
			return fmt.Errorf("writing manual pages: %w", err)
		}
	}
	if err := writeCompletions(filepath.Join(folder, "completions"), cmd.Root(msg.En)); err != nil {
		return fmt.Errorf("writing completions: %w", err)
	}
	return nil
}

// write makes a file of each page.
func (b *book) write(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for _, p := range b.pages() {
		if err := os.WriteFile(filepath.Join(dir, p.name+".1"), b.roff(p), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// writeCompletions makes a file for each shell, by the name that the shell looks for. The
// scripts hold no words: they ask the program, which answers in the user's language.
func writeCompletions(dir string, root *cobra.Command) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	path := func(name string) string { return filepath.Join(dir, name) }
	return errors.Join(
		root.GenBashCompletionFileV2(path("jpki"), true),
		root.GenZshCompletionFile(path("_jpki")),
		root.GenFishCompletionFile(path("jpki.fish"), true),
		root.GenPowerShellCompletionFileWithDesc(path("jpki.ps1")),
	)
}

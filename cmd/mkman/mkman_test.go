package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/jpki-desktop/jpki/cmd"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// written makes the manual in a folder and returns it.
func written(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := run([]string{"-version", "1.2.3", "-date", "2026-03-15", dir}); err != nil {
		t.Fatal(err)
	}
	return dir
}

func read(t *testing.T, path ...string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestEveryCommandHasAPageInBothLanguagesWithItsOptions(t *testing.T) {
	dir := written(t)
	for lang, folder := range manFolders {
		var check func(c *cobra.Command)
		check = func(c *cobra.Command) {
			page := read(t, dir, folder, pageName(c)+".1")
			if pageName(c) != windowName {
				c.NonInheritedFlags().VisitAll(func(f *pflag.Flag) {
					if !strings.Contains(page, escape("--"+f.Name)+`\fR`) {
						t.Errorf("%v: %s does not tell of --%s", lang, c.CommandPath(), f.Name)
					}
				})
			}
			for _, sub := range c.Commands() {
				check(sub)
			}
		}
		check(cmd.Root(lang))
		for _, title := range []msg.Text{msg.ManName, msg.ManSynopsis, msg.ManDescription, msg.ManOptions, msg.ManExits, msg.ManSeeAlso} {
			if page := read(t, dir, folder, "jpki.1"); !strings.Contains(page, "\n.SH "+title.In(lang)+"\n") {
				t.Errorf("%v: jpki(1) has no section %s", lang, title.In(lang))
			}
		}
	}
}

func TestThePageOfTheWindowIsNotThatOfTheCommandWhichOpensIt(t *testing.T) {
	page := read(t, written(t), "man", "man1", "jpki-gui.1")
	for _, want := range []string{`jpki\-gui [OPTIONS] [FILE…]`, "\n.br\njpki gui ", `\-\-lang`, "practice card"} {
		if !strings.Contains(strings.ReplaceAll(page, "jpki-gui", `jpki\-gui`), want) {
			t.Errorf("no %q in\n%s", want, page)
		}
	}
}

// TestNoLineOfAPageIsTakenForARequest knows all requests that the pages use.
func TestNoLineOfAPageIsTakenForARequest(t *testing.T) {
	known := regexp.MustCompile(`^\.(TH .*|nh|ad l|SH .+|TP|PP|RS 4|RE|nf|fi|br)$`)
	pages, err := filepath.Glob(filepath.Join(written(t), "man", "*", "*.1"))
	if err != nil || len(pages) < 25 {
		t.Fatalf("%d pages, %v", len(pages), err)
	}
	for _, path := range pages {
		for line := range strings.Lines(read(t, path)) {
			if (line[0] == '.' || line[0] == '\'') && !known.MatchString(strings.TrimSuffix(line, "\n")) {
				t.Errorf("%s: %s", path, line)
			}
		}
	}
}

func TestTextIsEscapedAndCutWhereItMayBe(t *testing.T) {
	for in, want := range map[string]string{
		`.dot`:          `\&.dot`,
		`'quote`:        `\&'quote`,
		`C:\temp`:       `C:\etemp`,
		`use --tsa`:     `use \-\-tsa`,
		`time-stamp`:    `time-stamp`,
		`ja|en`:         `ja|\:en`,
		`署名、「書」だ`:       `署\:名、\:「書」\:だ`,
		`PDF の署名`:       `PDF の\:署\:名`,
		`say "yes" to`:  `say \(dqyes\(dq to`,
		"2026-03-15 まで": `2026\-03\-15 ま\:で`,
	} {
		if got := text(in); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}

func TestProseIsFilledAndTablesAreKept(t *testing.T) {
	in := "一行目\n二行目。\nFILE を\n次に\n\n  POST /ocsp  x\n  GET  /crl\n\nThe end\nof it"
	want := "一\\:行\\:目\\:二\\:行\\:目。\\:FILE を\\:次\\:に\n.RS 4\n.nf\nPOST /ocsp  x\nGET  /crl\n.fi\n.RE\n.PP\nThe end of it\n"
	if got := prose(in); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestEveryShellHasItsCompletion(t *testing.T) {
	dir := written(t)
	for name, want := range map[string]string{"jpki": "__start_jpki", "_jpki": "#compdef jpki", "jpki.fish": "complete -c jpki", "jpki.ps1": "Register-ArgumentCompleter"} {
		if !strings.Contains(read(t, dir, "completions", name), want) {
			t.Errorf("%s has no %q", name, want)
		}
	}
}

func TestAFolderMustBeNamed(t *testing.T) {
	if err := run(nil); err == nil {
		t.Error("no error without a folder")
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := run([]string{file}); err == nil {
		t.Error("no error for a file in place of the folder")
	}
}

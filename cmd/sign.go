package cmd

import (
	"context"
	"crypto"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/jpki-desktop/jpki/cmd/internal/job"
	"github.com/jpki-desktop/jpki/cmd/internal/report"
	"github.com/jpki-desktop/jpki/sign"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// signJSON is the result of jpki sign (schema jpki.sign/1).
type signJSON struct {
	Schema string     `json:"schema"`
	Files  []fileJSON `json:"files"`
}

type fileJSON struct {
	Input  string     `json:"input"`
	Output string     `json:"output"`
	Format string     `json:"format"`
	Level  string     `json:"level"`
	OK     bool       `json:"ok"`
	Error  *errorJSON `json:"error"`
}

type signOptions struct {
	app     *app
	request job.SignRequest
	format  string
	digest  string
	raise   raiseFlags
	pinFD   int
}

func newSign(a *app) *cobra.Command {
	o := &signOptions{app: a}
	c := &cobra.Command{
		Use:     "sign FILE…",
		Short:   a.say(msg.SignShort),
		Long:    a.say(msg.SignLong),
		Example: "  jpki sign kakutei.xtx\n  jpki sign --attached -o signed/ *.xtx\n  jpki sign -r emu: --pin-fd 3 kakutei.xtx 3<<<ABC123",
		Args:    a.files(false),
		RunE:    func(c *cobra.Command, args []string) error { return o.run(c.Context(), args) },
	}
	flags := c.Flags()
	flags.StringVarP(&o.request.Output, "output", "o", "", a.say(msg.FlagOutput))
	flags.StringVar(&o.format, "format", "auto", a.say(msg.FlagFormat))
	flags.StringVar(&o.digest, "digest", "sha256", a.say(msg.FlagDigest))
	flags.BoolVar(&o.request.Options.Attached, "attached", false, a.say(msg.FlagAttached))
	flags.StringVar(&o.raise.level, "level", string(sign.LevelB), a.say(msg.FlagLevel))
	o.raise.add(c, a)
	flags.BoolVar(&o.request.Options.PEM, "pem", false, a.say(msg.FlagPEM))
	flags.BoolVar(&o.request.Force, "force", false, a.say(msg.FlagForce))
	flags.BoolVar(&o.request.LastTry, "last-try", false, a.say(msg.FlagLastTry))
	flags.BoolVar(&o.request.AllowExpired, "allow-expired", false, a.say(msg.FlagAllowExpired))
	flags.IntVar(&o.pinFD, "pin-fd", -1, a.say(msg.FlagPINFD))
	hideDefaults(flags)
	return c
}

func (o *signOptions) run(ctx context.Context, files []string) error {
	a := o.app
	if err := o.complete(ctx, files); err != nil {
		return err
	}
	c, err := a.open(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	show, done := a.progress()
	o.request.Progress = show
	a.noticeDisclosure()
	results, err := job.SignFiles(ctx, c, o.request)
	done()
	if err != nil {
		return err
	}
	return o.print(results)
}

// complete checks the flags against each other and fills the request from them.
func (o *signOptions) complete(ctx context.Context, files []string) error {
	a, r := o.app, &o.request
	if o.format != "auto" && o.format != string(sign.CMS) {
		return a.usage(msg.UsageFlagInvalid, "--format", o.format)
	}
	var ok bool
	if r.Options.Digest, ok = digests[o.digest]; !ok {
		return a.usage(msg.UsageFlagInvalid, "--digest", o.digest)
	}
	var err error
	if r.Raise, err = o.raise.complete(a); err != nil {
		return err
	}
	if r.Level != sign.LevelB && r.TSA == "" {
		return &codedError{"tsa_missing", nil}
	}
	r.Files, r.Stdin, r.Stdout = files, a.stdin, a.stdout
	r.PIN = a.askPIN(ctx, &secrets{app: a, fd: o.pinFD})
	toStdout := r.Output == job.Stdio || r.Output == "" && files[0] == job.Stdio
	if toStdout && !r.Options.PEM && isTerminal(a.stdout) {
		return &codedError{"binary_to_terminal", nil}
	}
	if toStdout && a.json {
		return a.usage(msg.UsageJSONStdout)
	}
	if len(files) > 1 && r.Output != "" && !isFolder(r.Output) {
		return a.usage(msg.UsageManyOutputs, r.Output)
	}
	return nil
}

var digests = map[string]crypto.Hash{"sha256": crypto.SHA256, "sha384": crypto.SHA384, "sha512": crypto.SHA512}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

func isTerminal(w any) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// noticeDisclosure says once, before the first signature, what every signature gives
// away about its signer.
func (a *app) noticeDisclosure() {
	if !a.json && !strings.HasPrefix(a.reader, job.PracticeReader) && job.FirstTime("disclosure") {
		a.hint(a.say(msg.SignDiscloses))
	}
}

// print shows what became of each file and returns the worst exit code.
func (o *signOptions) print(results []job.Signed) error {
	a := o.app
	out := signJSON{Schema: "jpki.sign/1"}
	worst := exitDone
	for _, r := range results {
		f := fileJSON{Input: r.Input, Output: r.Output, Format: string(r.Format), Level: string(r.Level), OK: r.Err == nil}
		if r.Err != nil {
			words := msg.Error(a.lang, r.Err)
			f.Error = &errorJSON{words.Code, words.Message, words.Hint, exitCode(words.Code)}
			worst = max(worst, f.Error.Exit)
		}
		out.Files = append(out.Files, f)
	}
	if a.json {
		return errors.Join(a.printJSON(out), status(worst))
	}
	for i, f := range out.Files {
		switch {
		case f.Error != nil && len(results) == 1:
			return results[i].Err
		case f.Error != nil:
			fmt.Fprintf(a.stderr, "jpki: %s: %s\n", report.Printable(f.Input), f.Error.Message)
			a.hint(f.Error.Hint)
		case f.Output != job.Stdio:
			fmt.Fprintln(a.stdout, f.Output)
		}
	}
	return status(worst)
}

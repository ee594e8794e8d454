// Package cmd is the command line: it reads flags, asks for secrets on the terminal, and
// prints results for people or for scripts. The work itself is in package job, and every
// word for people in package msg.
package cmd

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/jpki-desktop/jpki/cmd/internal/job"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// app is one run of the program: where its words go and what all commands share.
type app struct {
	lang    msg.Lang
	json    bool
	verbose bool
	reader  string
	wait    time.Duration
	stdin   io.Reader
	stdout  io.Writer
	stderr  io.Writer
}

// patience is how long the work may take to end by itself after an interrupt. Only a
// read that hangs, on a dead network drive say, takes longer.
const patience = 2 * time.Second

// Main runs the program and returns its exit code.
func Main() int {
	job.Harden()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	done := make(chan int, 1)
	go func() { done <- run(ctx, os.Args[1:]) }()
	select {
	case code := <-done:
		return code
	case <-ctx.Done():
	}
	select {
	case code := <-done:
		return code
	case <-time.After(patience):
	}
	restoreTerminal()
	job.RemoveUnfinished()
	return exitInterrupted
}

func run(ctx context.Context, args []string) (code int) {
	a := &app{lang: language(args), stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr}
	defer func() {
		if r := recover(); r != nil {
			job.RemoveUnfinished()
			code = a.report(fmt.Errorf("panic: %v", r))
		}
	}()
	root := newRoot(a)
	root.SetArgs(args)
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)
	err := root.ExecuteContext(ctx)
	if err != nil && ctx.Err() != nil && !job.TellsOfPIN(err) {
		err = context.Canceled
	}
	return a.report(err)
}

// language is known before the flags are parsed, because their own errors have words.
func language(args []string) msg.Lang {
	for i, arg := range args {
		value, ok := strings.CutPrefix(arg, "--lang=")
		if arg == "--lang" && i+1 < len(args) {
			value, ok = args[i+1], true
		}
		if l, known := msg.ParseLang(value); ok && known {
			return l
		}
	}
	return msg.EnvLang(os.Getenv)
}

// say returns a text in the language of the run.
func (a *app) say(t msg.Text, args ...any) string { return t.In(a.lang, args...) }

// Root returns the commands, their words in the language l, for whoever describes them
// (manual pages, completions). Main runs them.
func Root(l msg.Lang) *cobra.Command {
	return newRoot(&app{lang: l, stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr})
}

func newRoot(a *app) *cobra.Command {
	root := &cobra.Command{
		Use:           "jpki",
		Short:         a.say(msg.RootShort),
		Long:          a.say(msg.RootLong),
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) > 0 {
				return a.unknownCommand(c, args[0])
			}
			if doubleClicked() {
				return a.openByClick()
			}
			return c.Help()
		},
	}
	root.CompletionOptions.DisableDefaultCmd = true
	flags := root.PersistentFlags()
	flags.String("lang", "", a.say(msg.FlagLang))
	flags.BoolVar(&a.json, "json", false, a.say(msg.FlagJSON))
	flags.BoolVarP(&a.verbose, "verbose", "v", false, a.say(msg.FlagVerbose))
	flags.StringVarP(&a.reader, "reader", "r", os.Getenv("JPKI_READER"), a.say(msg.FlagReader))
	flags.Lookup("reader").DefValue = ""
	flags.DurationVar(&a.wait, "wait", 0, a.say(msg.FlagWait))
	flags.BoolP("help", "h", false, a.say(msg.FlagHelp))
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return a.flagError(err) })
	root.SetUsageTemplate(usageTemplate(a))
	root.SetHelpTemplate(helpTemplate)
	root.SetHelpCommand(newHelp(a))
	root.PersistentPreRunE = func(c *cobra.Command, _ []string) error { return a.checkLang(c) }
	root.AddCommand(newCard(a), newCert(a), newTrust(a), newPIN(a), newSign(a), newExtend(a), newVerify(a), newDev(a), newDoctor(a), newGUI(a), newVersion(a), newCompletion(a))
	plainUseLines(root)
	return root
}

// checkLang refuses a language there is no catalogue for.
func (a *app) checkLang(c *cobra.Command) error {
	value, err := c.Flags().GetString("lang")
	if err != nil || value == "" {
		return err
	}
	if _, ok := msg.ParseLang(value); !ok {
		return a.usage(msg.UsageLang, value)
	}
	return nil
}

// open opens the card that the flags name.
func (a *app) open(ctx context.Context) (*job.Card, error) {
	s := job.Source{Reader: a.reader, Wait: a.wait, OnWait: func() { a.hint(a.say(msg.WaitingForCard)) }}
	if a.verbose {
		s.Trace = func(line string) { fmt.Fprintf(a.stderr, "jpki: %s\n", line) }
	}
	return job.Open(ctx, s)
}

package cmd

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/jpki-desktop/jpki/cmd/internal/job"
	"github.com/jpki-desktop/jpki/cmd/internal/report"
	"github.com/jpki-desktop/jpki/ui/msg"
)

type verifyOptions struct {
	app     *app
	request job.VerifyRequest
	at      string
}

func newVerify(a *app) *cobra.Command {
	o := &verifyOptions{app: a}
	c := &cobra.Command{
		Use:     "verify FILE",
		Short:   a.say(msg.VerifyShort),
		Long:    a.say(msg.VerifyLong),
		Example: "  jpki verify kakutei.xtx\n  jpki verify kakutei.xtx.p7s --content kakutei.xtx\n  jpki verify --practice --json signed.p7m",
		Args:    a.files(true),
		RunE:    func(c *cobra.Command, args []string) error { return o.run(c.Context(), args[0]) },
	}
	flags := c.Flags()
	flags.StringVar(&o.request.Content, "content", "", a.say(msg.FlagContent))
	flags.StringVar(&o.at, "at", "", a.say(msg.FlagAt))
	addTrust(c, a, &o.request.Trust)
	flags.BoolVar(&o.request.RequireRevocation, "require-revocation", false, a.say(msg.FlagRequireRevocation))
	flags.BoolVar(&o.request.AllowWeak, "allow-weak", false, a.say(msg.FlagAllowWeak))
	flags.StringVar(&o.request.Extract, "extract", "", a.say(msg.FlagExtract))
	flags.BoolVar(&o.request.Force, "force", false, a.say(msg.FlagForce))
	hideDefaults(flags)
	return c
}

// hideDefaults keeps the parser's English "(default …)" out of the help: the texts of
// the flags say it.
func hideDefaults(flags *pflag.FlagSet) {
	flags.VisitAll(func(f *pflag.Flag) {
		switch f.Value.Type() {
		case "string":
			f.DefValue = ""
		case "int":
			f.DefValue = "0"
		}
	})
}

func (o *verifyOptions) run(ctx context.Context, file string) error {
	a, r := o.app, &o.request
	var err error
	if r.At, err = a.parseTime(o.at); err != nil {
		return err
	}
	if file == job.Stdio && r.Content == job.Stdio {
		return a.usage(msg.UsageStdinTwice)
	}
	r.File, r.Reader, r.Stdin, r.Stdout = file, a.reader, a.stdin, a.stdout
	show, done := a.progress()
	r.Progress = show
	v, err := job.VerifyFile(ctx, *r)
	done()
	if err != nil {
		return err
	}
	exit := status(verdictExits[v.Verdict])
	if a.json {
		return errors.Join(a.printJSON(report.VerifyJSON(a.lang, v)), exit)
	}
	w := io.Writer(a.stdout)
	if r.Extract == job.Stdio {
		w = a.stderr // standard output is the content
	}
	return errors.Join(report.VerifyText(w, a.lang, v), exit)
}

// timeLayouts are the forms of --at; one without a zone is in Japan's time, and a day
// alone means its end.
var timeLayouts = []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02 15:04", time.DateOnly}

func (a *app) parseTime(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	for _, layout := range timeLayouts {
		t, err := time.ParseInLocation(layout, s, msg.Japan)
		if err == nil && layout == time.DateOnly {
			t = t.AddDate(0, 0, 1).Add(-time.Second) // a day is over when it ends
		}
		if err == nil {
			return t, nil
		}
	}
	return time.Time{}, a.usage(msg.UsageTime, s)
}

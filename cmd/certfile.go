package cmd

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"github.com/jpki-desktop/jpki/cmd/internal/job"
	"github.com/jpki-desktop/jpki/ui/msg"
)

type certExportOptions struct {
	certOptions
	export job.Export
}

func newCertExport(a *app) *cobra.Command {
	o := &certExportOptions{certOptions: certOptions{app: a}}
	c := &cobra.Command{
		Use:       "export [sign|auth|sign-ca|auth-ca]",
		Short:     a.say(msg.CertExportShort),
		Long:      a.say(msg.CertExportLong),
		Example:   "  jpki cert export\n  jpki cert export auth --pem -o auth.pem",
		Args:      a.kinds(1),
		ValidArgs: kindNames(),
		RunE:      func(c *cobra.Command, args []string) error { return o.run(c.Context(), args) },
	}
	o.addFlags(c)
	c.Flags().StringVarP(&o.export.Output, "output", "o", "", a.say(msg.FlagOutputFile))
	c.Flags().BoolVar(&o.export.PEM, "pem", false, a.say(msg.FlagPEM))
	c.Flags().BoolVar(&o.export.Force, "force", false, a.say(msg.FlagForce))
	hideDefaults(c.Flags())
	return c
}

// exportJSON is the result of cert export (schema jpki.cert-export/1).
type exportJSON struct {
	Schema string `json:"schema"`
	Kind   string `json:"kind"`
	Output string `json:"output"`
}

func (o *certExportOptions) run(ctx context.Context, args []string) error {
	a, e := o.app, &o.export
	e.Stdout = a.stdout
	if err := a.checkStdout(e.Output, e.PEM); err != nil {
		return err
	}
	if len(args) == 0 && o.file == "" {
		args = []string{string(job.SignCert)}
	}
	if len(args) > 0 && args[0] == string(job.SignCert) {
		a.warn(a.say(msg.ExportDiscloses))
	}
	if e.Output == "" && len(args) > 0 {
		e.Output = job.DefaultName(job.Kind(args[0]), time.Now())
	}
	if err := job.CheckOutput(e.Output, e.Force); err != nil {
		return err
	}
	certs, err := o.read(ctx, args, nil)
	if err != nil {
		return err
	}
	path, err := job.ExportCertificate(certs[0], *e)
	if err != nil || path == job.Stdio {
		return err
	}
	if a.json {
		return a.printJSON(exportJSON{"jpki.cert-export/1", string(certs[0].Kind), path})
	}
	a.println(path)
	return nil
}

// checkStdout refuses a result on standard output that cannot be there: bytes that are
// no text on a terminal, and a file beside JSON.
func (a *app) checkStdout(output string, text bool) error {
	switch {
	case output != job.Stdio:
		return nil
	case a.json:
		return a.usage(msg.UsageJSONStdout)
	case !text && isTerminal(a.stdout):
		return &codedError{"binary_to_terminal", nil}
	}
	return nil
}

type certRemindOptions struct {
	certOptions
	output string
	force  bool
}

func newCertRemind(a *app) *cobra.Command {
	o := &certRemindOptions{certOptions: certOptions{app: a}}
	c := &cobra.Command{
		Use:       "remind [sign|auth|sign-ca|auth-ca]…",
		Short:     a.say(msg.CertRemindShort),
		Long:      a.say(msg.CertRemindLong),
		Example:   "  jpki cert remind\n  jpki cert remind sign auth -o koushin.ics",
		Args:      a.kinds(len(job.Kinds())),
		ValidArgs: kindNames(),
		RunE:      func(c *cobra.Command, args []string) error { return o.run(c.Context(), args) },
	}
	o.addFlags(c)
	c.Flags().StringVarP(&o.output, "output", "o", "jpki-remind.ics", a.say(msg.FlagOutputICS))
	c.Flags().BoolVar(&o.force, "force", false, a.say(msg.FlagForce))
	hideDefaults(c.Flags())
	return c
}

// remindJSON is the result of cert remind (schema jpki.cert-remind/1).
type remindJSON struct {
	Schema string         `json:"schema"`
	Output string         `json:"output"`
	Events []reminderJSON `json:"events"`
}

type reminderJSON struct {
	Kind  string `json:"kind"`
	Event string `json:"event"`
	Date  string `json:"date"` // in Japan
}

func (o *certRemindOptions) run(ctx context.Context, args []string) error {
	a := o.app
	if err := a.checkStdout(o.output, true); err != nil {
		return err
	}
	if err := job.CheckOutput(o.output, o.force); err != nil {
		return err
	}
	certs, err := o.read(ctx, args, []job.Kind{job.AuthCert})
	if err != nil {
		return err
	}
	reminders := job.Reminders(certs)
	calendar := job.Calendar(reminders, time.Now(), func(r job.Reminder) (string, string) {
		return a.say(msg.RemindTitle(string(r.Event)), a.say(msg.CertKind(string(r.Kind)))), a.say(msg.RemindText)
	})
	if err := job.WriteFile(o.output, calendar, o.force, a.stdout); err != nil || o.output == job.Stdio {
		return err
	}
	if !a.json {
		a.println(o.output)
		return nil
	}
	out := remindJSON{Schema: "jpki.cert-remind/1", Output: o.output}
	for _, r := range reminders {
		out.Events = append(out.Events, reminderJSON{string(r.Kind), string(r.Event), r.Day.In(msg.Japan).Format(time.DateOnly)})
	}
	return a.printJSON(out)
}

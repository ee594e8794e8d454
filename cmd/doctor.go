package cmd

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/jpki-desktop/jpki/cmd/internal/job"
	"github.com/jpki-desktop/jpki/cmd/internal/report"
	"github.com/jpki-desktop/jpki/ui/msg"
)

type doctorOptions struct {
	app     *app
	details bool
}

func newDoctor(a *app) *cobra.Command {
	o := &doctorOptions{app: a}
	c := &cobra.Command{
		Use:     "doctor",
		Short:   a.say(msg.DoctorShort),
		Long:    a.say(msg.DoctorLong),
		Example: "  jpki doctor\n  jpki doctor -r emu:\n  jpki doctor --json",
		Args:    a.nothing,
		RunE:    func(c *cobra.Command, _ []string) error { return o.run(c.Context()) },
	}
	c.Flags().BoolVar(&o.details, "card-details", false, a.say(msg.FlagCardDetails))
	return c
}

func (o *doctorOptions) run(ctx context.Context) error {
	a := o.app
	v := buildVersion()
	doctor := job.Doctor{
		Source:  job.Source{Reader: a.reader},
		Version: fmt.Sprintf("%s (%s, %s/%s)", v.Version, v.Go, v.OS, v.Arch),
		Built:   job.Built(),
		Details: o.details,
	}
	if a.verbose {
		doctor.Trace = func(line string) { fmt.Fprintf(a.stderr, "jpki: %s\n", line) }
	}
	d := doctor.Diagnose(ctx)
	if err := ctx.Err(); err != nil {
		return err
	}
	exit := status(doctorExit(d))
	if a.json {
		return errors.Join(a.printJSON(report.DoctorJSON(a.lang, d)), exit)
	}
	return errors.Join(report.DoctorText(a.stdout, a.lang, d), exit)
}

// doctorExits has the exit code of a problem by the name of its check: the one that the
// other commands would end with. Those that it does not name are about the way to the card.
var doctorExits = map[string]int{
	"clock": exitFailed,
	"token": exitBad, "certificates": exitBad, "auth_certificate": exitBad, "auth_issuer": exitBad,
	"sign_ca": exitBad, "auth_ca": exitBad,
	"sign_pin": exitBlocked, "auth_pin": exitBlocked,
}

func doctorExit(d *job.Diagnosis) int {
	cause := d.Cause()
	if cause == nil {
		return exitDone
	}
	switch cause.State {
	case "removed", "hanging":
		return exitNoCard
	case "failed", "practice_unreadable":
		return exitFailed
	}
	if exit, ok := doctorExits[cause.Name]; ok {
		return exit
	}
	return exitNoCard
}

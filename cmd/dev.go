package cmd

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/card/emu"
	"github.com/jpki-desktop/jpki/cmd/internal/job"
	"github.com/jpki-desktop/jpki/cmd/internal/report"
	"github.com/jpki-desktop/jpki/ui/msg"
)

func newDev(a *app) *cobra.Command {
	dev := &cobra.Command{Use: "dev", Short: a.say(msg.DevShort), Args: cobra.ArbitraryArgs, RunE: a.onlyGroups}
	group := &cobra.Command{Use: "card", Short: a.say(msg.DevCardShort), Args: cobra.ArbitraryArgs, RunE: a.onlyGroups}
	group.AddCommand(newDevServe(a), newDevReset(a), newDevShow(a))
	dev.AddCommand(group, newDevAuthority(a))
	return dev
}

// onlyGroups runs a command that only holds others.
func (a *app) onlyGroups(c *cobra.Command, args []string) error {
	if len(args) > 0 {
		return a.unknownCommand(c, args[0])
	}
	return c.Help()
}

type devOptions struct {
	app     *app
	profile string
	vpcd    string
	faults  []string

	daysLeft int // -1 = as the profile says
}

func (o *devOptions) addProfile(c *cobra.Command) {
	c.Flags().StringVar(&o.profile, "profile", string(emu.Mynumber), o.app.say(msg.FlagProfile, profileNames()))
	hideDefaults(c.Flags())
}

func profileNames() string {
	var names []string
	for _, p := range emu.Profiles() {
		names = append(names, string(p))
	}
	return strings.Join(names, "|")
}

func newDevServe(a *app) *cobra.Command {
	o := &devOptions{app: a}
	c := &cobra.Command{
		Use:     "serve",
		Short:   a.say(msg.DevServeShort),
		Long:    a.say(msg.DevServeLong),
		Example: "  jpki dev card serve\n  jpki dev card serve --profile expired\n  jpki dev card serve --fault remove@7",
		Args:    a.nothing,
		RunE:    func(c *cobra.Command, _ []string) error { return o.serve(c.Context()) },
	}
	c.Flags().StringVar(&o.vpcd, "vpcd", "127.0.0.1:35963", a.say(msg.FlagVPCD))
	c.Flags().StringArrayVar(&o.faults, "fault", nil, a.say(msg.FlagFault))
	o.addProfile(c)
	return c
}

func newDevReset(a *app) *cobra.Command {
	o := &devOptions{app: a}
	c := &cobra.Command{
		Use:   "reset",
		Short: a.say(msg.DevResetShort),
		Args:  a.nothing,
		RunE:  func(*cobra.Command, []string) error { return o.reset() },
	}
	c.Flags().IntVar(&o.daysLeft, "days-left", -1, a.say(msg.FlagDaysLeft))
	o.addProfile(c)
	return c
}

func newDevShow(a *app) *cobra.Command {
	o := &devOptions{app: a}
	c := &cobra.Command{
		Use:   "show",
		Short: a.say(msg.DevShowShort),
		Args:  a.nothing,
		RunE:  func(*cobra.Command, []string) error { return o.show() },
	}
	o.addProfile(c)
	return c
}

// target checks the flags and returns the practice card's file, "" for the user's own.
func (o *devOptions) target() (file string, profile emu.Profile, err error) {
	profile = emu.Profile(o.profile)
	if !slices.Contains(emu.Profiles(), profile) {
		return "", "", o.app.usage(msg.UsageProfile, o.profile, profileNames())
	}
	if o.app.reader == "" {
		return "", profile, nil
	}
	file, ok := strings.CutPrefix(o.app.reader, job.PracticeReader)
	if !ok {
		return "", "", o.app.usage(msg.UsageReaderEmu)
	}
	return file, profile, nil
}

func (o *devOptions) serve(ctx context.Context) error {
	a := o.app
	file, profile, err := o.target()
	if err != nil {
		return err
	}
	faults := make([]emu.Fault, len(o.faults))
	for i, s := range o.faults {
		if faults[i], err = emu.ParseFault(s); err != nil {
			return a.usage(msg.UsageFault, s)
		}
	}
	c, err := job.OpenPracticeProfile(file, profile)
	if err != nil {
		return err
	}
	c.Inject(faults...)
	err = job.ServePractice(ctx, o.vpcd, c, func() { a.hint(a.say(msg.DevServing, o.vpcd)) })
	if errors.Is(err, card.ErrRemoved) || ctx.Err() != nil {
		a.hint(a.say(msg.DevPulled))
		return nil
	}
	return err
}

func (o *devOptions) reset() error {
	a := o.app
	file, profile, err := o.target()
	if err != nil {
		return err
	}
	var end time.Time
	if o.daysLeft >= 0 {
		end = job.EndOfDay(time.Now(), o.daysLeft)
	}
	c, err := job.NewPractice(file, profile, end)
	if err != nil {
		return err
	}
	a.hint(a.say(msg.DevReset, emu.SignPIN, emu.AuthPIN))
	return a.printPractice(file, c)
}

func (o *devOptions) show() error {
	file, profile, err := o.target()
	if err != nil {
		return err
	}
	c, err := job.OpenPracticeProfile(file, profile)
	if err != nil {
		return err
	}
	return o.app.printPractice(file, c)
}

// practiceJSON is the state of the practice card (schema jpki.dev-card/1).
type practiceJSON struct {
	Schema  string          `json:"schema"`
	File    string          `json:"file"`
	Profile string          `json:"profile"`
	Label   string          `json:"label"`
	Tries   report.KeyTries `json:"tries"`
	CA      string          `json:"ca"`
}

func (a *app) printPractice(file string, c *emu.Card) error {
	s := c.State()
	out := practiceJSON{
		Schema: "jpki.dev-card/1", File: job.PracticeFile(file, s.Profile), Profile: string(s.Profile), Label: s.Label,
		Tries: report.KeyTries{Sign: practiceTries(s.Sign), Auth: practiceTries(s.Auth)}, CA: job.PracticeCA(),
	}
	if a.json {
		return a.printJSON(out)
	}
	return report.WriteRows(a.stdout, []report.Row{
		a.row(msg.LabelPractice, out.File),
		a.row(msg.LabelProfile, out.Profile+a.say(msg.Brackets, out.Label)),
		a.row(msg.LabelSignPIN, report.TriesLeft(a.lang, out.Tries.Sign)),
		a.row(msg.LabelAuthPIN, report.TriesLeft(a.lang, out.Tries.Auth)),
		a.row(msg.LabelPracticeCA, out.CA),
	})
}

func practiceTries(t emu.Tries) *report.Tries {
	if t.Max == 0 {
		return nil
	}
	return &report.Tries{Left: t.Left, Max: t.Max}
}

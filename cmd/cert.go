package cmd

import (
	"context"
	"errors"
	"io"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/cmd/internal/job"
	"github.com/jpki-desktop/jpki/cmd/internal/report"
	"github.com/jpki-desktop/jpki/ui/msg"
)

func newCert(a *app) *cobra.Command {
	cert := &cobra.Command{Use: "cert", Short: a.say(msg.CertShort), Args: cobra.ArbitraryArgs, RunE: a.onlyGroups}
	cert.AddCommand(newCertShow(a), newCertCheck(a), newCertExport(a), newCertRemind(a))
	return cert
}

// certOptions say which certificates a command is about.
type certOptions struct {
	app     *app
	file    string
	pinFD   int
	lastTry bool
	trust   job.Trust
}

func (o *certOptions) addFlags(c *cobra.Command) {
	c.Flags().StringVar(&o.file, "file", "", o.app.say(msg.FlagCertFile))
	c.Flags().IntVar(&o.pinFD, "pin-fd", -1, o.app.say(msg.FlagPINFD))
	c.Flags().BoolVar(&o.lastTry, "last-try", false, o.app.say(msg.FlagLastTry))
}

// addTrust adds the flags that say which authorities count.
func addTrust(c *cobra.Command, a *app, t *job.Trust) {
	flags := c.Flags()
	flags.StringArrayVar(&t.Anchors, "anchor", nil, a.say(msg.FlagAnchor))
	flags.StringArrayVar(&t.Certs, "cert", nil, a.say(msg.FlagCert))
	flags.BoolVar(&t.Practice, "practice", false, a.say(msg.FlagPractice))
	flags.StringArrayVar(&t.CRLs, "crl", nil, a.say(msg.FlagCRL))
	flags.StringVar(&t.OCSP, "ocsp", "", a.say(msg.FlagOCSP))
}

// kinds is the check of the arguments of a command that takes kinds of certificates, at
// most limit of them.
func (a *app) kinds(limit int) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) > limit {
			return a.usage(msg.UsageNoArgument, args[limit])
		}
		for _, arg := range args {
			if !slices.Contains(job.Kinds(), job.Kind(arg)) {
				return a.usage(msg.UsageKind, arg)
			}
		}
		return nil
	}
}

// read returns the certificates that args name, or otherwise those of ifNone, from the
// card or from the file. What the signing certificate asks its password for is said
// before; if it is only one of several, an empty answer leaves it out.
func (o *certOptions) read(ctx context.Context, args []string, ifNone []job.Kind) ([]*job.Certificate, error) {
	if o.file != "" {
		return o.readFile(ctx, args)
	}
	kinds := ifNone
	if len(args) > 0 {
		kinds = nil
		for _, arg := range args {
			kinds = append(kinds, job.Kind(arg))
		}
	}
	c, err := o.app.open(ctx)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	certs, err := c.Certificates(kinds, o.pin(ctx, len(args) == 0))
	if err == nil && len(certs) == 0 {
		err = card.ErrNoCertificate
	}
	return certs, err
}

// readFile returns the certificates of the file, or those of the kinds in args.
func (o *certOptions) readFile(ctx context.Context, args []string) ([]*job.Certificate, error) {
	certs, err := job.FileCertificates(ctx, o.file, o.app.stdin)
	if err != nil || len(args) == 0 {
		return certs, err
	}
	certs = slices.DeleteFunc(certs, func(c *job.Certificate) bool { return !slices.Contains(args, string(c.Kind)) })
	if len(certs) == 0 {
		return nil, card.ErrNoCertificate
	}
	return certs, nil
}

// pin asks for a PIN that reading takes. Where it may be left out, nobody to ask means
// leaving it out, too.
func (o *certOptions) pin(ctx context.Context, optional bool) card.PINFunc {
	a := o.app
	s := &secrets{app: a, fd: o.pinFD}
	ask := func(k card.Key, tries int) (card.PIN, error) {
		why := msg.WhySignPIN
		if k == card.AuthKey {
			why = msg.WhyAuthPIN
		}
		prompt := a.say(why) + "\r\n" + a.pinPrompt(k, tries)
		if optional {
			prompt = a.say(why) + a.say(msg.MayLeaveOut) + "\r\n" + a.pinPrompt(k, tries)
		}
		if optional && tries == 1 && !o.lastTry {
			a.hint(a.say(msg.CertLeftOut))
			return nil, job.ErrSkip
		}
		pin, err := s.next(ctx, prompt, a.say(msg.KeyPIN(k)))
		if optional && leftOut(pin, err) {
			a.hint(a.say(msg.CertLeftOut))
			return nil, job.ErrSkip
		}
		return pin, err
	}
	return job.GuardLastTry(ask, o.lastTry || optional) // what may be left out, is
}

// leftOut tells whether nobody answered a question that may be left open.
func leftOut(pin card.PIN, err error) bool {
	var coded msg.Coded
	if errors.As(err, &coded) {
		return coded.Code() == "no_terminal" || coded.Code() == "pin_missing"
	}
	return err == nil && len(pin) == 0
}

func newCertShow(a *app) *cobra.Command {
	o := &certOptions{app: a}
	c := &cobra.Command{
		Use:       "show [sign|auth|sign-ca|auth-ca]",
		Short:     a.say(msg.CertShowShort),
		Long:      a.say(msg.CertShowLong),
		Example:   "  jpki cert show auth\n  jpki cert show sign\n  jpki cert show --file kakutei.xtx.p7s",
		Args:      a.kinds(1),
		ValidArgs: kindNames(),
		RunE:      func(c *cobra.Command, args []string) error { return o.show(c.Context(), args) },
	}
	o.addFlags(c)
	addTrust(c, a, &o.trust)
	hideDefaults(c.Flags())
	return c
}

func kindNames() []string {
	var names []string
	for _, k := range job.Kinds() {
		names = append(names, string(k))
	}
	return names
}

func (o *certOptions) show(ctx context.Context, args []string) error {
	certs, err := o.read(ctx, args, job.Kinds())
	if err != nil {
		return err
	}
	results, err := o.check(ctx, certs, 0)
	if err != nil {
		return err
	}
	return o.app.printAll(results, report.CertificateText)
}

type certCheckOptions struct {
	certOptions
	warnDays int
	quiet    bool
}

func newCertCheck(a *app) *cobra.Command {
	o := &certCheckOptions{certOptions: certOptions{app: a}}
	c := &cobra.Command{
		Use:       "check [sign|auth|sign-ca|auth-ca]",
		Short:     a.say(msg.CertCheckShort),
		Long:      a.say(msg.CertCheckLong),
		Example:   "  jpki cert check auth\n  jpki cert check --warn-days 60\n  jpki cert check --file CertUserSign.cer --crl crl.der",
		Args:      a.kinds(1),
		ValidArgs: kindNames(),
		RunE:      func(c *cobra.Command, args []string) error { return o.run(c.Context(), args) },
	}
	o.addFlags(c)
	addTrust(c, a, &o.trust)
	c.Flags().IntVar(&o.warnDays, "warn-days", report.WarnDays, a.say(msg.FlagWarnDays))
	c.Flags().BoolVarP(&o.quiet, "quiet", "q", false, a.say(msg.FlagQuiet))
	hideDefaults(c.Flags())
	return c
}

func (o *certCheckOptions) run(ctx context.Context, args []string) error {
	if o.warnDays < 0 {
		return o.app.usage(msg.UsageFlagInvalid, "--warn-days", o.warnDays)
	}
	certs, err := o.read(ctx, args, []job.Kind{job.AuthCert})
	if err != nil {
		return err
	}
	results, err := o.check(ctx, certs, o.warnDays)
	if err != nil {
		return err
	}
	worst := exitDone
	for _, r := range results {
		worst = worse(worst, certExit(r))
	}
	if o.quiet && worst == exitDone {
		return nil
	}
	return errors.Join(o.app.printAll(results, report.CheckText), status(worst))
}

// check judges certificates, and says of each whether it ends within warnDays.
func (o *certOptions) check(ctx context.Context, certs []*job.Certificate, warnDays int) ([]*report.Checked, error) {
	now := time.Now()
	o.trust.Reader = o.app.reader
	var results []*report.Checked
	for _, c := range certs {
		s, err := job.CheckCertificate(ctx, c, certs, &o.trust, now)
		if err != nil {
			return nil, err
		}
		results = append(results, report.NewChecked(c, s, now, warnDays))
	}
	return results, nil
}

// printAll prints results one after the other, or as JSON.
func (a *app) printAll(results []*report.Checked, text func(io.Writer, msg.Lang, *report.Checked) error) error {
	if a.json {
		return a.printJSON(report.CertJSON(a.lang, results))
	}
	for i, r := range results {
		if i > 0 {
			a.println("")
		}
		if err := text(a.stdout, a.lang, r); err != nil {
			return err
		}
	}
	return nil
}

// certExit is the exit code of a check.
func certExit(r *report.Checked) int {
	if exit := verdictExits[r.Signature.Verdict]; exit != exitDone || !r.ExpiresSoon {
		return exit
	}
	return exitExpiresSoon
}

// worse returns the worse one of two exit codes of a check: bad, then undecided, then
// soon expired.
func worse(a, b int) int {
	order := []int{exitDone, exitExpiresSoon, exitUnclear, exitBad}
	if slices.Index(order, b) > slices.Index(order, a) {
		return b
	}
	return a
}

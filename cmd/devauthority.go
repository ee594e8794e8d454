package cmd

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/jpki-desktop/jpki/cmd/internal/job"
	"github.com/jpki-desktop/jpki/cmd/internal/report"
	"github.com/jpki-desktop/jpki/ui/msg"
)

func newDevAuthority(a *app) *cobra.Command {
	group := &cobra.Command{
		Use: "authority", Short: a.say(msg.AuthorityShort), Long: a.say(msg.AuthorityLong),
		Args: cobra.ArbitraryArgs, RunE: a.onlyGroups,
	}
	group.AddCommand(newAuthorityServe(a), newAuthorityList(a), newAuthorityRevoke(a), newAuthorityRenew(a), newAuthorityIssue(a))
	return group
}

type authorityServeOptions struct {
	app     *app
	service job.AuthorityService
}

func newAuthorityServe(a *app) *cobra.Command {
	o := &authorityServeOptions{app: a}
	c := &cobra.Command{
		Use:     "serve",
		Short:   a.say(msg.AuthorityServeShort),
		Long:    a.say(msg.AuthorityServeLong, "  "+strings.Join(job.SpoilNames(), "\n  ")),
		Example: "  jpki dev authority serve\n  jpki dev authority serve --listen 127.0.0.1:0\n  jpki dev authority serve --spoil ocsp=expired --spoil tsa=slow",
		Args:    a.nothing,
		RunE:    func(c *cobra.Command, _ []string) error { return o.run(c.Context()) },
	}
	c.Flags().StringVar(&o.service.Listen, "listen", job.AuthorityAddress, a.say(msg.FlagListen, job.AuthorityAddress))
	c.Flags().StringArrayVar(&o.service.Spoils, "spoil", nil, a.say(msg.FlagSpoil))
	hideDefaults(c.Flags())
	return c
}

// servingJSON tells where a service is (schema jpki.dev-authority-serve/1).
type servingJSON struct {
	Schema string   `json:"schema"`
	URL    string   `json:"url"`
	Spoils []string `json:"spoils"`
}

func (o *authorityServeOptions) run(ctx context.Context) error {
	a := o.app
	if !job.IsLoopback(o.service.Listen) {
		return a.usage(msg.UsageListen, o.service.Listen)
	}
	known := job.AuthoritySpoils()
	for _, s := range o.service.Spoils {
		if !slices.Contains(known, s) {
			return a.usage(msg.UsageSpoil, s)
		}
	}
	var printing error
	o.service.Serving = func(url string) { printing = o.serving(url) }
	o.service.Log = func(line string) { fmt.Fprintf(a.stderr, "jpki: %s\n", report.Printable(line)) }
	if err := job.ServeAuthority(ctx, o.service); err != nil {
		return err
	}
	a.hint(a.say(msg.AuthorityStopped))
	return printing
}

func (o *authorityServeOptions) serving(url string) error {
	a := o.app
	if a.json {
		return a.printJSON(servingJSON{"jpki.dev-authority-serve/1", url, append([]string{}, o.service.Spoils...)})
	}
	a.println(url)
	a.hint(a.say(msg.AuthorityServing))
	return nil
}

// issuedJSON is a certificate of the practice authorities.
type issuedJSON struct {
	Serial       string     `json:"serial"`
	Kind         string     `json:"kind"`
	Municipality string     `json:"municipality"`
	NotBefore    time.Time  `json:"not_before"`
	NotAfter     time.Time  `json:"not_after"`
	Status       string     `json:"status"`
	Reason       string     `json:"reason"`
	RevokedAt    *time.Time `json:"revoked_at"`
	RenewedBy    string     `json:"renewed_by"`
}

// authorityJSON is the result of the commands about certificates (schema
// jpki.dev-authority/1): those in question.
type authorityJSON struct {
	Schema       string       `json:"schema"`
	Certificates []issuedJSON `json:"certificates"`
}

func (a *app) printIssued(list ...job.Issued) error {
	out := authorityJSON{"jpki.dev-authority/1", []issuedJSON{}}
	for _, c := range list {
		out.Certificates = append(out.Certificates, issuedJSON{
			c.Serial, string(c.Kind), c.Municipality, c.NotBefore, c.NotAfter, string(c.Status), c.Reason, c.RevokedAt, c.RenewedBy,
		})
	}
	if a.json {
		return a.printJSON(out)
	}
	for _, c := range out.Certificates {
		a.printOneIssued(c)
	}
	return nil
}

func (a *app) printOneIssued(c issuedJSON) {
	state := a.say(msg.AuthorityStanding(c.Status))
	if c.RevokedAt != nil {
		state += a.say(msg.RevokedWhy, report.Moment(a.lang, *c.RevokedAt), a.say(msg.AuthorityReason(c.Reason)))
	}
	a.println(report.Printable(c.Serial + "  " + a.say(msg.AuthorityKind(c.Kind))))
	report.WriteRows(a.stdout, []report.Row{
		a.row(msg.LabelStanding, state),
		a.row(msg.LabelPeriod, fmt.Sprintf("%s – %s", msg.Date(a.lang, c.NotBefore), msg.Date(a.lang, c.NotAfter))),
		a.row(msg.LabelMunicipality, c.Municipality),
		a.row(msg.LabelRenewedBy, c.RenewedBy),
	})
}

func newAuthorityList(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: a.say(msg.AuthorityListShort),
		Args:  a.nothing,
		RunE: func(*cobra.Command, []string) error {
			list, err := job.IssuedCertificates()
			if err != nil {
				return err
			}
			return a.printIssued(list...)
		},
	}
}

func newAuthorityRevoke(a *app) *cobra.Command {
	reasons, reason := job.RevocationReasons(), ""
	c := &cobra.Command{
		Use:     "revoke SERIAL --reason REASON",
		Short:   a.say(msg.AuthorityRevokeShort),
		Long:    a.say(msg.AuthorityRevokeLong),
		Example: "  jpki dev authority revoke 5D0C44C51F1B7A3E --reason loss",
		RunE: func(_ *cobra.Command, args []string) error {
			switch {
			case len(args) != 1:
				return a.usage(msg.UsageSerial)
			case !slices.Contains(reasons, reason):
				return a.usage(msg.UsageReason, reason, strings.Join(reasons, "|"))
			}
			revoked, err := job.RevokeIssued(args[0], reason)
			if err != nil {
				return err
			}
			return a.printIssued(revoked)
		},
	}
	c.Flags().StringVar(&reason, "reason", "", a.say(msg.FlagReason, strings.Join(reasons, "|")))
	return c
}

func newAuthorityRenew(a *app) *cobra.Command {
	return &cobra.Command{
		Use:     "renew",
		Short:   a.say(msg.AuthorityRenewShort),
		Long:    a.say(msg.AuthorityRenewLong),
		Example: "  jpki dev authority renew\n  jpki dev authority renew -r emu:card.json",
		Args:    a.nothing,
		RunE: func(*cobra.Command, []string) error {
			file, ok := strings.CutPrefix(a.reader, job.PracticeReader)
			if !ok && a.reader != "" {
				return a.usage(msg.UsageReaderEmu)
			}
			issued, err := job.RenewPractice(file)
			if err != nil {
				return err
			}
			a.hint(a.say(msg.AuthorityRenewed))
			return a.printIssued(issued...)
		},
	}
}

func newAuthorityIssue(a *app) *cobra.Command {
	var q job.IssueRequest
	c := &cobra.Command{
		Use:     "issue --csr FILE -o FILE",
		Short:   a.say(msg.AuthorityIssueShort),
		Long:    a.say(msg.AuthorityIssueLong),
		Example: "  jpki dev authority issue --csr request.pem -o cert.cer\n  jpki dev authority issue --csr request.pem --auth --pem -o cert.pem",
		Args:    a.nothing,
		RunE: func(*cobra.Command, []string) error {
			if q.CSR == "" || q.Output == "" {
				return a.usage(msg.UsageIssue)
			}
			issued, err := job.IssueCertificate(q)
			if err != nil {
				return err
			}
			return a.printIssued(issued)
		},
	}
	flags := c.Flags()
	flags.StringVar(&q.CSR, "csr", "", a.say(msg.FlagCSR))
	flags.StringVarP(&q.Output, "output", "o", "", a.say(msg.FlagIssueOutput))
	flags.BoolVar(&q.Auth, "auth", false, a.say(msg.FlagIssueAuth))
	flags.BoolVar(&q.PEM, "pem", false, a.say(msg.FlagPEM))
	flags.BoolVar(&q.Force, "force", false, a.say(msg.FlagForce))
	hideDefaults(flags)
	return c
}

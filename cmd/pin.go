package cmd

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/jpki-desktop/jpki/cmd/internal/report"
	"github.com/jpki-desktop/jpki/ui/msg"
)

func newPIN(a *app) *cobra.Command {
	c := &cobra.Command{Use: "pin", Short: a.say(msg.PINShort), Long: a.say(msg.PINLong), Args: cobra.ArbitraryArgs, RunE: a.onlyGroups}
	c.AddCommand(newPINStatus(a), newPINChange(a))
	return c
}

func newPINStatus(a *app) *cobra.Command {
	return &cobra.Command{
		Use:     "status",
		Short:   a.say(msg.PINStatusShort),
		Long:    a.say(msg.PINStatusLong),
		Example: "  jpki pin status\n  jpki pin status --json",
		Args:    a.nothing,
		RunE:    func(c *cobra.Command, _ []string) error { return a.showPINs(c.Context()) },
	}
}

func (a *app) showPINs(ctx context.Context) error {
	c, err := a.open(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	info, tries, err := readCard(c)
	if err != nil {
		return err
	}
	d := report.PINJSON(a.lang, c.Reader, info, tries)
	if a.json {
		return a.printJSON(d)
	}
	err = report.WriteRows(a.stdout, report.PINRows(a.lang, d))
	if remedy := report.PINRemedy(a.lang, d); remedy != "" {
		a.hint(remedy)
	}
	return err
}

package cmd

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/cmd/internal/job"
	"github.com/jpki-desktop/jpki/cmd/internal/report"
	"github.com/jpki-desktop/jpki/ui/msg"
)

func newCard(a *app) *cobra.Command {
	return &cobra.Command{
		Use:     "card",
		Short:   a.say(msg.CardShort),
		Long:    a.say(msg.CardLong),
		Example: "  jpki card\n  jpki card -r emu:\n  jpki card --json",
		Args:    a.nothing,
		RunE:    func(c *cobra.Command, _ []string) error { return a.showCard(c.Context()) },
	}
}

func (a *app) showCard(ctx context.Context) error {
	c, err := a.open(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	info, tries, err := readCard(c)
	if err != nil {
		return err
	}
	if err := c.Release(); err != nil {
		return err
	}
	d := report.CardJSON(c.Reader, info, tries)
	if a.json {
		return a.printJSON(d)
	}
	return a.printCard(d)
}

// readCard reads what a card is, and the tries left of the PINs that it has.
func readCard(c *job.Card) (*card.Info, map[card.Key]int, error) {
	info, err := c.Info()
	if err != nil {
		return nil, nil, err
	}
	tries := map[card.Key]int{}
	for _, k := range []card.Key{card.SignKey, card.AuthKey} {
		left, err := c.Retries(k)
		if errors.Is(err, card.ErrNoCertificate) {
			continue
		}
		if err != nil {
			return nil, nil, err
		}
		tries[k] = left
	}
	return info, tries, nil
}

func (a *app) printCard(d report.CardDocument) error {
	err := report.WriteRows(a.stdout, report.CardRows(a.lang, d))
	if d.Kind == string(card.KindJuki) {
		fmt.Fprintln(a.stderr)
		a.warn(a.say(msg.JukiExpired))
	}
	for _, hint := range report.BlockedHints(a.lang, d) {
		a.hint(hint)
	}
	return err
}

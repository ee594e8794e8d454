package cmd

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/cmd/internal/job"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// cardJSON is the result of jpki card (schema jpki.card/1).
type cardJSON struct {
	Schema       string           `json:"schema"`
	Reader       string           `json:"reader"`
	Kind         string           `json:"kind"`
	Label        string           `json:"label"`
	Certificates certificatesJSON `json:"certificates"`
	Tries        keysJSON         `json:"tries"`
}

type certificatesJSON struct {
	Sign bool `json:"sign"`
	Auth bool `json:"auth"`
}

// keysJSON has the tries of both PINs; that of a key which the card lacks is null.
type keysJSON struct {
	Sign *triesJSON `json:"sign"`
	Auth *triesJSON `json:"auth"`
}

type triesJSON struct {
	Left int `json:"left"`
	Max  int `json:"max"`
}

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
	result, err := readCard(c)
	if err != nil {
		return err
	}
	if err := c.Release(); err != nil {
		return err
	}
	if a.json {
		return a.printJSON(result)
	}
	a.printCard(result)
	return nil
}

func readCard(c *job.Card) (*cardJSON, error) {
	info, err := c.Info()
	if err != nil {
		return nil, err
	}
	result := &cardJSON{
		Schema: "jpki.card/1", Reader: c.Reader, Kind: string(info.Kind), Label: info.Label,
		Certificates: certificatesJSON{Sign: info.Sign, Auth: info.Auth},
	}
	if info.Practice {
		result.Kind = "practice"
	}
	if result.Tries.Sign, err = readTries(c, card.SignKey); err != nil {
		return nil, err
	}
	result.Tries.Auth, err = readTries(c, card.AuthKey)
	return result, err
}

func readTries(c *job.Card, k card.Key) (*triesJSON, error) {
	left, err := c.Retries(k)
	if errors.Is(err, card.ErrNoCertificate) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &triesJSON{Left: left, Max: card.MaxTries(k)}, nil
}

func (a *app) printCard(r *cardJSON) {
	printRows(a.stdout, []row{
		{a.say(msg.LabelReader), r.Reader},
		{a.say(msg.LabelKind), a.say(msg.CardKind(r.Kind)) + a.say(msg.Brackets, r.Label)},
		{a.say(msg.LabelSignCert), a.present(r.Certificates.Sign)},
		{a.say(msg.LabelAuthCert), a.present(r.Certificates.Auth)},
		{a.say(msg.LabelSignPIN), a.triesLeft(r.Tries.Sign)},
		{a.say(msg.LabelAuthPIN), a.triesLeft(r.Tries.Auth)},
	})
	if r.Kind == string(card.KindJuki) {
		fmt.Fprintln(a.stderr)
		a.warn(a.say(msg.JukiExpired))
	}
	for _, t := range []struct {
		key   card.Key
		tries *triesJSON
	}{{card.SignKey, r.Tries.Sign}, {card.AuthKey, r.Tries.Auth}} {
		if t.tries != nil && t.tries.Left == 0 {
			a.hint(msg.Error(a.lang, &card.PINError{Key: t.key}).Hint)
		}
	}
}

func (a *app) present(yes bool) string {
	if yes {
		return a.say(msg.Present)
	}
	return a.say(msg.Absent)
}

func (a *app) triesLeft(t *triesJSON) string {
	switch {
	case t == nil:
		return a.say(msg.Absent)
	case t.Left == 0:
		return a.say(msg.TriesBlocked)
	case t.Left == 1:
		return a.say(msg.TriesLast, t.Max)
	}
	return a.say(msg.TriesLeft, t.Left, t.Max)
}

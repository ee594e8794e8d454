package cmd

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/cmd/internal/job"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// pinJSON is the result of jpki pin status (schema jpki.pin/1).
type pinJSON struct {
	Schema string      `json:"schema"`
	Reader string      `json:"reader"`
	Kind   string      `json:"kind"`
	Tries  pinKeysJSON `json:"tries"`
}

// pinKeysJSON has both PINs; that of a key which the card lacks is null.
type pinKeysJSON struct {
	Sign *pinKeyJSON `json:"sign"`
	Auth *pinKeyJSON `json:"auth"`
}

type pinKeyJSON struct {
	triesJSON
	Rule    string `json:"rule"`
	Blocked bool   `json:"blocked"`
}

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
	info, err := c.Info()
	if err != nil {
		return err
	}
	result, err := a.readPINs(c, info)
	if err != nil {
		return err
	}
	if a.json {
		return a.printJSON(result)
	}
	a.printPINs(result, info.Kind)
	return nil
}

func (a *app) readPINs(c *job.Card, info *card.Info) (*pinJSON, error) {
	result := &pinJSON{Schema: "jpki.pin/1", Reader: c.Reader, Kind: kindName(info)}
	var err error
	if result.Tries.Sign, err = a.readPIN(c, card.SignKey, info.Kind); err != nil {
		return nil, err
	}
	result.Tries.Auth, err = a.readPIN(c, card.AuthKey, info.Kind)
	return result, err
}

func (a *app) readPIN(c *job.Card, k card.Key, kind card.Kind) (*pinKeyJSON, error) {
	tries, err := readTries(c, k)
	if err != nil || tries == nil {
		return nil, err
	}
	return &pinKeyJSON{*tries, a.say(msg.PINRule(k, kind)), tries.Left == 0}, nil
}

func kindName(info *card.Info) string {
	if info.Practice {
		return "practice"
	}
	return string(info.Kind)
}

func (a *app) printPINs(r *pinJSON, kind card.Kind) {
	rows := []row{{a.say(msg.LabelReader), r.Reader}, {a.say(msg.LabelKind), a.say(msg.CardKind(r.Kind))}}
	rows = append(rows, a.pinRows(card.SignKey, r.Tries.Sign)...)
	printRows(a.stdout, append(rows, a.pinRows(card.AuthKey, r.Tries.Auth)...))
	sign, auth := r.Tries.Sign.blocked(), r.Tries.Auth.blocked()
	if sign || auth {
		a.hint(a.say(msg.PINRemedy(kind, !(sign && auth))))
	}
}

func (p *pinKeyJSON) blocked() bool { return p != nil && p.Blocked }

// pinRows tell of the PIN of k; p is nil if there is none.
func (a *app) pinRows(k card.Key, p *pinKeyJSON) []row {
	name := a.say(msg.KeyPIN(k))
	if p == nil {
		return []row{{name, a.say(msg.Absent)}}
	}
	return []row{
		{name, a.triesLeft(&p.triesJSON)},
		{a.say(msg.LabelPINUse), a.say(msg.PINUse(k))},
		{a.say(msg.LabelPINRule), p.Rule},
	}
}

package cmd

import (
	"context"
	"fmt"

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

// pinChangeJSON is the result of jpki pin change (schema jpki.pin-change/1).
type pinChangeJSON struct {
	Schema  string `json:"schema"`
	Reader  string `json:"reader"`
	PIN     string `json:"pin"`
	Changed bool   `json:"changed"`
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

type pinOptions struct {
	app     *app
	key     card.Key
	lastTry bool
	pinFD   int
	secrets *secrets
}

func newPINChange(a *app) *cobra.Command {
	o := &pinOptions{app: a}
	c := &cobra.Command{
		Use:       "change sign|auth",
		Short:     a.say(msg.PINChangeShort),
		Long:      a.say(msg.PINChangeLong),
		Example:   "  jpki pin change sign\n  jpki pin change auth\n  jpki pin change auth -r emu: --pin-fd 3 3<<<$'1234\\n8259\\n8259'",
		ValidArgs: []string{"sign", "auth"},
		Args:      o.parseKey,
		RunE:      func(c *cobra.Command, _ []string) error { return o.run(c.Context()) },
	}
	flags := c.Flags()
	flags.BoolVar(&o.lastTry, "last-try", false, a.say(msg.FlagLastTry))
	flags.IntVar(&o.pinFD, "pin-fd", -1, a.say(msg.FlagPINFD))
	hideDefaults(flags)
	return c
}

// parseKey is the check of the argument, which names one of the keys.
func (o *pinOptions) parseKey(_ *cobra.Command, args []string) error {
	for _, k := range []card.Key{card.SignKey, card.AuthKey} {
		if len(args) == 1 && args[0] == k.String() {
			o.key = k
			return nil
		}
	}
	return o.app.usage(msg.UsagePINKey)
}

func (o *pinOptions) run(ctx context.Context) error {
	a := o.app
	c, err := a.open(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	o.secrets = &secrets{app: a, fd: o.pinFD}
	if err := job.ChangePIN(ctx, c, o.change(ctx)); err != nil {
		return err
	}
	if a.json {
		return a.printJSON(pinChangeJSON{"jpki.pin-change/1", c.Reader, o.key.String(), true})
	}
	fmt.Fprintln(a.stdout, a.say(msg.PINChanged, a.say(msg.KeyPIN(o.key))))
	a.hint(a.say(msg.PINKeep, card.MaxTries(o.key)))
	return nil
}

// mostTries is how often the new PIN is asked for on a terminal.
const mostTries = 3

// change says how to ask for the PINs. On a terminal the rule is explained before
// the new one is asked for, and one that will not do is asked for again.
func (o *pinOptions) change(ctx context.Context) job.PINChange {
	a, asked := o.app, 0
	name := a.say(msg.KeyPIN(o.key))
	return job.PINChange{
		Key: o.key, LastTry: o.lastTry, Unattended: o.pinFD >= 0,
		Old: func(_ card.Key, tries int) (card.PIN, error) {
			return o.secrets.next(ctx, a.say(msg.AskOldPIN, name, tries), a.say(msg.OldPIN, name))
		},
		New: func(problem error) (card.PIN, error) {
			if asked++; problem != nil && (o.pinFD >= 0 || asked > mostTries) {
				return nil, problem
			}
			o.explain(problem)
			return o.secrets.next(ctx, a.say(msg.AskNewPIN, name), a.say(msg.NewPIN, name))
		},
		Again: func() (card.PIN, error) {
			return o.secrets.next(ctx, a.say(msg.AskNewPINAgain, name), a.say(msg.NewPINAgain, name))
		},
	}
}

// explain says what the new PIN must be like, or why the one before will not do.
func (o *pinOptions) explain(problem error) {
	a := o.app
	switch {
	case o.pinFD >= 0: // nobody reads along
	case problem != nil:
		words := msg.Error(a.lang, problem)
		a.warn(words.Message)
		a.hint(words.Hint)
	default:
		// The rule of a My Number card: asking which card it is would cost two commands
		// each time, for the sake of a card that went out of use.
		a.hint(a.say(msg.PINAdvice, a.say(msg.KeyPIN(o.key)), a.say(msg.PINRule(o.key, card.KindMynumber))))
	}
}

package cmd

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/cmd/internal/job"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// pinChangeJSON is the result of jpki pin change (schema jpki.pin-change/1).
type pinChangeJSON struct {
	Schema  string `json:"schema"`
	Reader  string `json:"reader"`
	PIN     string `json:"pin"`
	Changed bool   `json:"changed"`
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

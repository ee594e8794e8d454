package cmd

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/jpki-desktop/jpki/cmd/internal/job"
	"github.com/jpki-desktop/jpki/sign"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// extendJSON is the result of jpki extend (schema jpki.extend/1).
type extendJSON struct {
	Schema string `json:"schema"`
	Input  string `json:"input"`
	Output string `json:"output"`
	Format string `json:"format"`
	Level  string `json:"level"`
}

type extendOptions struct {
	app     *app
	request job.ExtendRequest
	raise   raiseFlags
}

func newExtend(a *app) *cobra.Command {
	o := &extendOptions{app: a}
	c := &cobra.Command{
		Use:     "extend FILE",
		Short:   a.say(msg.ExtendShort),
		Long:    a.say(msg.ExtendLong),
		Example: "  jpki extend --tsa http://tsa.example/ kakutei.xtx.p7s\n  jpki extend --level lt --tsa http://tsa.example/ --anchor tsa-ca.pem --crl ca.crl --crl tsa.crl kakutei.xtx.p7s",
		Args:    a.files(true),
		RunE:    func(c *cobra.Command, args []string) error { return o.run(c.Context(), args[0]) },
	}
	flags := c.Flags()
	flags.StringVarP(&o.request.Output, "output", "o", "", a.say(msg.FlagExtendOutput))
	flags.BoolVar(&o.request.Force, "force", false, a.say(msg.FlagForce))
	flags.StringVar(&o.raise.level, "level", string(sign.LevelT), a.say(msg.FlagExtendLevel))
	o.raise.add(c, a)
	hideDefaults(flags)
	return c
}

func (o *extendOptions) run(ctx context.Context, file string) error {
	a, r := o.app, &o.request
	if o.raise.level == string(sign.LevelB) {
		return a.usage(msg.UsageFlagInvalid, "--level", o.raise.level)
	}
	var err error
	if r.Raise, err = o.raise.complete(a); err != nil {
		return err
	}
	r.File, r.Stdin, r.Stdout = file, a.stdin, a.stdout
	toStdout := r.Output == job.Stdio || r.Output == "" && file == job.Stdio
	if toStdout && isTerminal(a.stdout) {
		return &codedError{"binary_to_terminal", nil}
	}
	if toStdout && a.json {
		return a.usage(msg.UsageJSONStdout)
	}
	e, err := job.ExtendFile(ctx, *r)
	switch {
	case err != nil:
		return err
	case a.json:
		return a.printJSON(extendJSON{"jpki.extend/1", e.Input, e.Output, string(e.Format), string(e.Level)})
	case !toStdout:
		fmt.Fprintln(a.stdout, e.Output)
	}
	return nil
}

// raiseFlags are the flags of the levels above B.
type raiseFlags struct {
	level, tsa, ocsp string
	anchors, crls    []string
}

// add adds the flags but that of the level, which each command explains itself.
func (r *raiseFlags) add(c *cobra.Command, a *app) {
	flags := c.Flags()
	flags.StringVar(&r.tsa, "tsa", "", a.say(msg.FlagTSA))
	flags.StringArrayVar(&r.anchors, "anchor", nil, a.say(msg.FlagTSAAnchor))
	flags.StringArrayVar(&r.crls, "crl", nil, a.say(msg.FlagLevelCRL))
	flags.StringVar(&r.ocsp, "ocsp", "", a.say(msg.FlagLevelOCSP))
}

// complete checks the flags against each other.
func (r *raiseFlags) complete(a *app) (job.Raise, error) {
	level := sign.Level(r.level)
	out := job.Raise{Level: level, TSA: r.tsa, Trust: job.Trust{Anchors: r.anchors, CRLs: r.crls, OCSP: r.ocsp, Reader: a.reader}}
	sources := len(r.crls) > 0 || r.ocsp != ""
	switch {
	case level != sign.LevelB && level != sign.LevelT && level != sign.LevelLT:
		return out, a.usage(msg.UsageFlagInvalid, "--level", r.level)
	case level == sign.LevelB && r.tsa != "":
		return out, a.usage(msg.UsageLevelNeeds, "--tsa")
	case level != sign.LevelLT && sources:
		return out, a.usage(msg.UsageLevelLTNeeds, "--crl, --ocsp")
	case level != sign.LevelLT && len(r.anchors) > 0:
		return out, a.usage(msg.UsageLevelLTNeeds, "--anchor")
	case level == sign.LevelLT && !sources:
		return out, a.usage(msg.UsageLevelLTSources)
	case level == sign.LevelT && r.tsa == "":
		return out, &codedError{"tsa_missing", nil}
	}
	return out, nil
}

package cmd

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/jpki-desktop/jpki/sign"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// Exit codes.
const (
	exitDone        = 0
	exitFailed      = 1
	exitUsage       = 2
	exitNoCard      = 3 // no service, reader or card; removed too
	exitPIN         = 4 // PIN refused: wrong, malformed, last try without consent
	exitBlocked     = 5
	exitBad         = 6 // signature or certificate bad
	exitUnclear     = 7
	exitModified    = 8
	exitNoSignature = 9
	exitExpiresSoon = 10
	exitInterrupted = 130
)

// exitCodes has the exit code of each error code; the others are exitFailed.
var exitCodes = map[string]int{
	"usage": exitUsage, "pin_fd_unreadable": exitUsage, "binary_to_terminal": exitUsage, "anchor_unreadable": exitUsage,
	"no_service": exitNoCard, "not_permitted": exitNoCard, "no_reader": exitNoCard, "reader_unknown": exitNoCard,
	"reader_ambiguous": exitNoCard, "no_card": exitNoCard, "mute_card": exitNoCard, "other_card": exitNoCard,
	"in_use": exitNoCard, "removed": exitNoCard, "vpcd_unreachable": exitNoCard,
	"pin_wrong": exitPIN, "pin_malformed_sign": exitPIN, "pin_malformed_auth": exitPIN, "pin_last_try": exitPIN, "pin_missing": exitPIN,
	"pin_new_malformed_sign": exitPIN, "pin_new_malformed_auth": exitPIN, "pin_unmixed": exitPIN, "pin_mismatch": exitPIN, "pin_same": exitPIN,
	"pin_weak_other": exitPIN, "pin_weak_repeat": exitPIN, "pin_weak_run": exitPIN, "pin_weak_birth": exitPIN,
	"pin_blocked": exitBlocked,
	"tsa_missing": exitUsage, "tsa_address_invalid": exitUsage, "extend_no_signature": exitNoSignature, "extend_bad": exitBad,
	"certificate_expired": exitBad, "certificate_not_yet_valid": exitBad,
	"interrupted": exitInterrupted,
}

// verdictExits has the exit code of each verdict.
var verdictExits = map[sign.Verdict]int{
	sign.Passed:                    exitDone,
	sign.PassedRevocationUnchecked: exitDone,
	sign.Indeterminate:             exitUnclear,
	sign.Failed:                    exitBad,
	sign.ModifiedAfter:             exitModified,
	sign.NoSignature:               exitNoSignature,
}

func exitCode(code string) int {
	if exit, ok := exitCodes[code]; ok {
		return exit
	}
	return exitFailed
}

// exitStatus is the error of a command whose result has been printed and which ends
// with a code other than 0.
type exitStatus int

func (e exitStatus) Error() string { return "exit " + strconv.Itoa(int(e)) }

// status returns the error that makes the program end with code.
func status(code int) error {
	if code == exitDone {
		return nil
	}
	return exitStatus(code)
}

// report prints err, in words or as JSON, and returns the exit code.
func (a *app) report(err error) int {
	if err == nil {
		return exitDone
	}
	var done exitStatus
	if errors.As(err, &done) {
		return int(done)
	}
	words := msg.Error(a.lang, err)
	exit := exitCode(words.Code)
	if a.json {
		a.printJSON(jsonError{"jpki.error/1", errorJSON{words.Code, words.Message, words.Hint, exit}})
		return exit
	}
	fmt.Fprintf(a.stderr, "jpki: %s\n", words.Message)
	if a.verbose {
		fmt.Fprintf(a.stderr, "jpki: (%v)\n", err) // for whoever helps; our errors hold no secret
	}
	if words.Hint != "" {
		a.hint(words.Hint)
	}
	return exit
}

// usageError is a command line that cannot be understood.
type usageError struct{ what string }

func (e *usageError) Error() string { return e.what }
func (e *usageError) Code() string  { return "usage" }
func (e *usageError) Args() []any   { return []any{e.what} }

func (a *app) usage(t msg.Text, args ...any) error {
	return &usageError{a.say(t, args...)}
}

// flagError gives the parser's errors our words.
func (a *app) flagError(err error) error {
	var unknown *pflag.NotExistError
	var missing *pflag.ValueRequiredError
	var invalid *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown):
		return a.usage(msg.UsageFlagUnknown, flagName(unknown.GetSpecifiedName()))
	case errors.As(err, &missing):
		return a.usage(msg.UsageFlagValue, flagName(missing.GetSpecifiedName()))
	case errors.As(err, &invalid):
		return a.usage(msg.UsageFlagInvalid, "--"+invalid.GetFlag().Name, invalid.GetValue())
	}
	return &usageError{err.Error()}
}

func flagName(name string) string {
	if len(name) == 1 {
		return "-" + name
	}
	return "--" + name
}

func (a *app) unknownCommand(c *cobra.Command, name string) error {
	c.SuggestionsMinimumDistance = 2
	if near := c.SuggestionsFor(name); len(near) > 0 {
		return a.usage(msg.UsageCommandNear, name, strings.Join(near, " "))
	}
	return a.usage(msg.UsageCommand, name)
}

// files is the check of a command's arguments that wants at least one file, or exactly
// one.
func (a *app) files(exactlyOne bool) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		switch {
		case len(args) == 0:
			return a.usage(msg.UsageNoFile)
		case exactlyOne && len(args) > 1:
			return a.usage(msg.UsageOneFile)
		}
		return nil
	}
}

// nothing is the check of the arguments of a command that takes none.
func (a *app) nothing(_ *cobra.Command, args []string) error {
	if len(args) > 0 {
		return a.usage(msg.UsageNoArgument, args[0])
	}
	return nil
}

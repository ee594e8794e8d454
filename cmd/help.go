package cmd

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/jpki-desktop/jpki/ui/msg"
)

const helpTemplate = `{{with (or .Long .Short)}}{{. | trimTrailingWhitespaces}}

{{end}}{{.UsageString}}`

// usageTemplate is cobra's, in the words of the run's language.
func usageTemplate(a *app) string {
	return strings.NewReplacer(
		"USAGE", a.say(msg.HelpUsage), "COMMANDS", a.say(msg.HelpCommands), "EXAMPLES", a.say(msg.HelpExamples),
		"WHICH", a.say(msg.HelpCommand), "WITH", a.say(msg.HelpOptions), "LOCAL", a.say(msg.HelpFlags), "GLOBAL", a.say(msg.HelpGlobalFlags),
	).Replace(`USAGE
  {{if .HasAvailableSubCommands}}{{.CommandPath}} WHICH{{else}}{{.UseLine}} WITH{{end}}
{{if .HasExample}}
EXAMPLES
{{.Example}}
{{end}}{{if .HasAvailableSubCommands}}
COMMANDS{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}
{{end}}{{if .HasAvailableLocalFlags}}
LOCAL
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}
{{end}}{{if .HasAvailableInheritedFlags}}
GLOBAL
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}
{{end}}`)
}

// plainUseLines keeps the parser's English "[flags]" out of the use lines of c and the
// commands below it.
func plainUseLines(c *cobra.Command) {
	c.DisableFlagsInUseLine = true
	for _, sub := range c.Commands() {
		plainUseLines(sub)
	}
}

func newHelp(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: a.say(msg.HelpShort),
		RunE: func(c *cobra.Command, args []string) error {
			found, rest, err := c.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return a.unknownCommand(c.Root(), strings.Join(args, " "))
			}
			return found.Help()
		},
	}
}

func newCompletion(a *app) *cobra.Command {
	return &cobra.Command{
		Use:       "completion bash|zsh|fish|powershell",
		Short:     a.say(msg.CompletionShort),
		ValidArgs: []string{"bash", "zsh", "fish", "powershell"},
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return a.usage(msg.UsageShell)
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			root := c.Root()
			switch args[0] {
			case "bash":
				return root.GenBashCompletionV2(a.stdout, true)
			case "zsh":
				return root.GenZshCompletion(a.stdout)
			case "fish":
				return root.GenFishCompletion(a.stdout, true)
			case "powershell":
				return root.GenPowerShellCompletionWithDesc(a.stdout)
			}
			return a.usage(msg.UsageShell)
		},
	}
}

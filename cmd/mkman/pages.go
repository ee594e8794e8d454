package main

import (
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/jpki-desktop/jpki/cmd"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// book is the manual in one language.
type book struct {
	lang          msg.Lang
	version, date string
}

// page is one manual page.
type page struct {
	name     string // jpki-sign
	short    string
	synopsis []string
	sections []section
}

// section is a part of a page: text, then items, then lines to be kept as they are.
type section struct {
	title msg.Text
	text  string
	items []item
	lines []string
}

// item is a term, such as an option, and what it means. The value that an option takes
// stands after its name.
type item struct{ term, value, text string }

// pages are those of every command, and that of the window.
func (b *book) pages() []page {
	return append(b.commandPages(cmd.Root(b.lang)), b.windowPage())
}

func (b *book) commandPages(c *cobra.Command) []page {
	all := []page{b.commandPage(c)}
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() && pageName(sub) != windowName {
			all = append(all, b.commandPages(sub)...)
		}
	}
	return all
}

// pageName is the name of the page of a command.
func pageName(c *cobra.Command) string { return strings.ReplaceAll(c.CommandPath(), " ", "-") }

func (b *book) commandPage(c *cobra.Command) page {
	p := page{name: pageName(c), short: c.Short, synopsis: []string{b.useLine(c)}}
	text := c.Long
	if text == "" {
		text = c.Short
	}
	p.sections = []section{{title: msg.ManDescription, text: text}}
	if c.HasAvailableSubCommands() {
		p.sections = append(p.sections, section{title: msg.ManCommands, items: subcommands(c)})
	}
	if options := optionItems(c.NonInheritedFlags()); len(options) > 0 {
		p.sections = append(p.sections, section{title: msg.ManOptions, items: options})
	}
	if c.HasExample() {
		p.sections = append(p.sections, section{title: msg.ManExamples, lines: strings.Split(c.Example, "\n")})
	}
	if !c.HasParent() {
		p.sections = append(p.sections, b.exits(), b.environment(), section{title: msg.ManSeeAlso, text: "jpki-gui(1)"})
		return p
	}
	p.sections = append(p.sections, section{title: msg.ManSeeAlso, text: msg.ManSeeParent.In(b.lang, pageName(c.Parent()))})
	return p
}

// useLine is how a command is written.
func (b *book) useLine(c *cobra.Command) string {
	if c.HasAvailableSubCommands() {
		return c.CommandPath() + " " + msg.HelpCommand.In(b.lang)
	}
	return c.UseLine() + " " + msg.HelpOptions.In(b.lang)
}

func subcommands(c *cobra.Command) []item {
	var items []item
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() {
			items = append(items, item{term: pageName(sub) + "(1)", text: sub.Short})
		}
	}
	return items
}

func optionItems(flags *pflag.FlagSet) []item {
	var items []item
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		value, text := pflag.UnquoteUsage(f)
		term := "--" + f.Name
		if f.Shorthand != "" {
			term = "-" + f.Shorthand + ", " + term
		}
		items = append(items, item{term, value, text})
	})
	return items
}

func (b *book) exits() section {
	s := section{title: msg.ManExits}
	for _, e := range msg.ManExitCodes {
		s.items = append(s.items, item{term: strconv.Itoa(e.Code), text: e.Text.In(b.lang)})
	}
	return s
}

func (b *book) environment() section {
	return section{title: msg.ManEnvironment, items: []item{
		{term: "JPKI_READER", text: msg.ManReader.In(b.lang)},
		{term: "LC_ALL, LC_MESSAGES, LANG", text: msg.ManLanguage.In(b.lang)},
		{term: "XDG_DATA_HOME", text: msg.ManData.In(b.lang)},
	}}
}

// windowName is the name of the window's program. The command that opens it, jpki gui, has
// no page of its own.
const windowName = "jpki-gui"

// windowPage is the page of the window, whose options are few and no command's.
func (b *book) windowPage() page {
	say := func(t msg.Text) string { return t.In(b.lang) }
	return page{
		name: windowName, short: say(msg.ManWindowShort),
		synopsis: []string{"jpki-gui " + say(msg.HelpOptions) + " [FILE…]", "jpki gui " + say(msg.HelpOptions) + " [FILE…]"},
		sections: []section{
			{title: msg.ManDescription, text: say(msg.ManWindowLong)},
			{title: msg.ManOptions, items: []item{
				{"--lang", "ja|en", say(msg.ManWindowLang)},
				{"-r", "NAME", strings.ReplaceAll(say(msg.FlagReader), "`", "")},
			}},
			{title: msg.ManSeeAlso, text: "jpki(1)"},
		},
	}
}

// Package msg holds the words for people, in Japanese and in English: what every error
// and finding means and what to do next, and the labels of both programs.
//
// The two languages say the same thing, each in its own way; neither is a translation
// word by word. Error texts of Go (err.Error()) are for developers and logs, never for
// the people this package writes to.
package msg

import (
	"fmt"
	"strings"
)

// Lang is a language of the words.
type Lang uint8

// The languages.
const (
	Ja Lang = iota
	En
)

func (l Lang) String() string {
	if l == En {
		return "en"
	}
	return "ja"
}

// ParseLang reads a language name: "ja", "en", or a locale that begins with one, such
// as "ja_JP.UTF-8". It reports false for anything else.
func ParseLang(s string) (Lang, bool) {
	tag, _, _ := strings.Cut(strings.ToLower(s), ".")
	tag, _, _ = strings.Cut(strings.ReplaceAll(tag, "-", "_"), "_")
	switch tag {
	case "ja":
		return Ja, true
	case "en":
		return En, true
	}
	return Ja, false
}

// EnvLang is the language of an environment: that of the first of LC_ALL, LC_MESSAGES
// and LANG which is set (POSIX.1-2017 section 8.2). A locale in neither language, C
// included, is English. With none set it is the language of the system, or Japanese if
// that names none.
func EnvLang(getenv func(string) string) Lang {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := getenv(name); v != "" {
			return localeLang(v)
		}
	}
	if v := systemLocale(); v != "" {
		return localeLang(v)
	}
	return Ja
}

func localeLang(locale string) Lang {
	if l, ok := ParseLang(locale); ok {
		return l
	}
	return En
}

// Text is one text in both languages; it may hold verbs of package fmt, by index where
// the order differs or not every argument is used.
type Text struct{ Ja, En string }

// In returns the text in the language l, its verbs filled from args.
func (t Text) In(l Lang, args ...any) string {
	s := t.Ja
	if l == En {
		s = t.En
	}
	if !strings.Contains(s, "%") {
		return s
	}
	return fmt.Sprintf(s, args...)
}

// Words say what happened, what it means and what to do.
type Words struct {
	Code    string // stable, snake_case, for scripts
	Message string
	Hint    string // the next step; may be empty
}

// entry is one line of a catalogue: message and hint.
type entry struct{ message, hint Text }

func (e entry) words(l Lang, code string, args ...any) Words {
	return Words{Code: code, Message: e.message.In(l, args...), Hint: e.hint.In(l, args...)}
}

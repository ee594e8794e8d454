package msg

import (
	"slices"
	"strings"
	"time"

	"github.com/jpki-desktop/jpki/card"
)

// System is a system that remedies are written for: what is typed to install or to start
// something differs.
type System string

// The systems.
const (
	Debian  System = "debian" // Debian, Ubuntu and what is made from them
	Fedora  System = "fedora" // Fedora, RHEL and what is made from them
	Linux   System = "linux"  // any other Linux
	MacOS   System = "macos"
	Windows System = "windows"
)

// Systems are all of them.
func Systems() []System { return []System{Debian, Fedora, Linux, MacOS, Windows} }

// diagnosis is what a check of the doctor found, and what to do about it: the same on
// every system, or on each its own.
type diagnosis struct {
	found  Text
	remedy Text
	on     map[System]Text
}

// Doctor returns the words for what a check of the doctor found, by its name and state.
// Facts are what they are about: strings, lists of strings, numbers, times, keys, and
// whether it is a practice card.
func Doctor(l Lang, s System, name, state string, facts []any) Words {
	code := name + "." + state
	d, ok := diagnoses[code]
	if !ok {
		d = diagnoses[state] // the same of every check
	}
	remedy := d.remedy
	if own, ok := d.on[s]; ok {
		remedy = own
	}
	args := shownFacts(l, facts)
	return Words{Code: code, Message: d.found.In(l, args...), Hint: remedy.In(l, args...)}
}

// DoctorLabel is the name of a check of the doctor.
func DoctorLabel(name string) Text { return doctorLabels[name] }

func shownFacts(l Lang, facts []any) []any {
	out := slices.Clone(facts)
	for i, fact := range out {
		switch v := fact.(type) {
		case time.Time:
			out[i] = Date(l, v)
		case card.Key:
			out[i] = KeyPIN(v).In(l)
		case []string:
			out[i] = list(l, v)
		case bool:
			out[i] = ""
			if v {
				out[i] = practiceMark.In(l)
			}
		}
	}
	return out
}

// list is a list in a sentence; codes of applications become their names.
func list(l Lang, items []string) string {
	if len(items) == 0 {
		return Absent.In(l)
	}
	names := slices.Clone(items)
	for i, item := range names {
		if t, ok := applicationNames[item]; ok {
			names[i] = t.In(l)
		}
	}
	if l == En {
		return strings.Join(names, ", ")
	}
	return strings.Join(names, "、")
}

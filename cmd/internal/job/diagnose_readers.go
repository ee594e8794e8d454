package job

import (
	"regexp"
	"slices"

	"github.com/jpki-desktop/jpki/card/pcsc"
)

// readers lists the readers, each with its state.
func (d *Doctor) readers(f *pcsc.Diagnosis) {
	switch {
	case f.Access != pcsc.Granted || f.Err != nil:
		d.add("readers", "not_looked_at")
		return
	case len(f.Readers) == 0:
		d.add("readers", "none")
		return
	}
	d.add("readers", "listed", len(f.Readers))
	for _, r := range f.Readers {
		d.add("reader", stateOfReader(r), d.shownReader(r.Name), r.Driver)
	}
	for _, r := range f.Readers {
		if r.Kind != pcsc.RealReader {
			d.add("other_reader", string(r.Kind), d.shownReader(r.Name))
		}
	}
}

func stateOfReader(r pcsc.ReaderDetails) string {
	switch {
	case r.Unavailable:
		return "unavailable"
	case !r.Present:
		return "empty"
	case r.Mute:
		return "mute"
	case r.InUse:
		return "exclusive"
	case r.Shared:
		return "in_use"
	case r.Unpowered:
		return "unpowered"
	}
	return "present"
}

// serial is where the service puts a reader's serial number into its name (pcsc-lite,
// readerfactory.c): in brackets before the numbers of reader and slot.
var serial = regexp.MustCompile(` \([^()]*\)( [0-9A-Fa-f]{2} [0-9A-Fa-f]{2})$`)

// shownReader hides the serial number of a reader.
func (d *Doctor) shownReader(name string) string {
	if d.Details {
		return name
	}
	return serial.ReplaceAllString(name, " (…)$1")
}

// programs lists the programs that may be using a card, by kind.
func (d *Doctor) programs(f *pcsc.Diagnosis) {
	if d.System != "linux" {
		d.add("programs", "unknown")
		return
	}
	if len(f.Programs) == 0 {
		d.add("programs", "none")
	}
	for _, kind := range []pcsc.ProgramKind{pcsc.Browser, pcsc.GnuPG, pcsc.OpenSC, pcsc.JPKIClient, pcsc.OtherProgram} {
		if names := programNames(f, kind); names != nil {
			d.add("programs", string(kind), names)
		}
	}
}

// programNames are the programs of a kind, of any kind if it is empty.
func programNames(f *pcsc.Diagnosis, kind pcsc.ProgramKind) []string {
	var names []string
	for _, p := range f.Programs {
		if (kind == "" || p.Kind == kind) && !slices.Contains(names, p.Name) {
			names = append(names, p.Name)
		}
	}
	return names
}

package job

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/jpki-desktop/jpki/card/pcsc"
)

// service looks at the smart card service: its library, whether it is installed, runs and
// lets this user in.
func (d *Doctor) service(f *pcsc.Diagnosis) {
	linux := d.System == "linux"
	switch {
	case !linux:
		d.add("library", "system")
	case f.Library == "":
		d.add("library", "unknown")
	default:
		d.add("library", "loaded", f.Library)
	}
	answers := f.Access != pcsc.Stopped && f.Access != pcsc.StaleSocket
	switch {
	case !linux:
		d.add("service_installed", "system")
	case f.Program != "":
		d.add("service_installed", "installed", strings.TrimSpace("pcscd "+f.Version))
	case answers:
		d.add("service_installed", "elsewhere")
	default:
		d.add("service_installed", "not_installed")
		d.add("service_running", "not_looked_at")
		d.add("service_permitted", "not_looked_at")
		return
	}
	d.add("service_running", running(f), d.detail(f))
	switch f.Access {
	case pcsc.Granted:
		d.add("service_permitted", "permitted")
	case pcsc.SocketRefused, pcsc.PolicyRefused:
		d.add("service_permitted", string(f.Access))
	default:
		d.add("service_permitted", "not_looked_at")
	}
}

// running is the state of the check of that name.
func running(f *pcsc.Diagnosis) string {
	switch f.Access {
	case pcsc.StaleSocket, pcsc.Mismatched, pcsc.Hanging, pcsc.Broken:
		return string(f.Access)
	case pcsc.Stopped:
		switch f.Unit {
		case pcsc.UnitDisabled:
			return "disabled"
		case pcsc.UnitMasked:
			return "masked"
		}
		return "stopped"
	}
	if f.Access == pcsc.Granted && f.Err != nil {
		return string(pcsc.Broken)
	}
	return "running"
}

// detail is what the service said, for whoever helps.
func (d *Doctor) detail(f *pcsc.Diagnosis) string {
	if f.Err == nil {
		return ""
	}
	return d.shownError(f.Err)
}

// usb compares the readers that the kernel sees with those of the service.
func (d *Doctor) usb(f *pcsc.Diagnosis) {
	if !f.USBKnown {
		d.add("usb_readers", "unknown")
		d.add("usb_drivers", "unknown")
	} else {
		d.usbReaders(f)
		d.usbDrivers(f)
	}
	ccid := slices.ContainsFunc(f.USB, func(r pcsc.USBReader) bool { return r.CCID })
	switch {
	case d.System != "linux":
		d.add("ccid_driver", "unknown")
	case f.CCID:
		d.add("ccid_driver", "installed", f.CCIDName)
	case ccid:
		d.add("ccid_driver", "missing")
	default:
		d.add("ccid_driver", "not_installed")
	}
}

func (d *Doctor) usbReaders(f *pcsc.Diagnosis) {
	unseen := unseenByService(f)
	var names []string
	for _, r := range unseen {
		names = append(names, usbName(r))
	}
	grabbed := slices.ContainsFunc(unseen, pcsc.USBReader.Grabbed)
	switch {
	case len(f.USB) == 0:
		d.add("usb_readers", "none")
	case len(unseen) == 0 || f.Access != pcsc.Granted || grabbed: // what grabbed it is the next check's
		names = nil
		for _, r := range f.USB {
			names = append(names, usbName(r))
		}
		d.add("usb_readers", "seen", names)
	case !slices.ContainsFunc(unseen, func(r pcsc.USBReader) bool { return r.CCID }):
		d.add("usb_readers", "unsupported", names)
	case !f.CCID: // the check of the driver names the cause
		d.add("usb_readers", "seen", names)
	case slices.ContainsFunc(f.Programs, func(p pcsc.Program) bool { return p.Name == "scdaemon" }):
		d.add("usb_readers", "unseen_scdaemon", names)
	default:
		d.add("usb_readers", "unseen", names)
	}
}

// unseenByService are the USB readers that no reader of the service can be. The service's
// names begin with the maker's and the product's; where they do not, the numbers tell.
func unseenByService(f *pcsc.Diagnosis) []pcsc.USBReader {
	served := 0
	for _, r := range f.Readers {
		if r.Kind == pcsc.RealReader || r.Kind == pcsc.Token {
			served++
		}
	}
	if served >= len(f.USB) {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(f.USB), func(u pcsc.USBReader) bool {
		return u.Name != "" && slices.ContainsFunc(f.Readers, func(r pcsc.ReaderDetails) bool {
			return strings.Contains(strings.ToLower(r.Name), strings.ToLower(u.Name))
		})
	})
}

func usbName(r pcsc.USBReader) string {
	return strings.TrimSpace(fmt.Sprintf("%s [%s:%s]", r.Name, r.Vendor, r.Product))
}

func (d *Doctor) usbDrivers(f *pcsc.Diagnosis) {
	var names []string
	for _, r := range f.USB {
		if r.Grabbed() {
			names = append(names, fmt.Sprintf("%s (%s)", usbName(r), r.Driver))
		}
	}
	switch {
	case names != nil:
		d.add("usb_drivers", "grabbed", names)
	case len(f.Modules) > 0:
		d.add("usb_drivers", "loaded", f.Modules)
	default:
		d.add("usb_drivers", "clear")
	}
}

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

package job

import (
	"fmt"
	"slices"
	"strings"

	"github.com/jpki-desktop/jpki/card/pcsc"
)

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

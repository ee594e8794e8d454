package job

import (
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
		switch {
		case f.Process:
			return "no_socket"
		case f.Unit == pcsc.UnitDisabled, f.Unit == pcsc.UnitMasked:
			return string(f.Unit)
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

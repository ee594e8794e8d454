package pcsc

import (
	"io/fs"
	"path"
	"strings"
)

// Host is what the files of a Linux system tell about the service, its drivers and the
// readers. On other systems there are no such files, and all of it is zero.
type Host struct {
	Library  string      // file name of the service's library in this process
	Program  string      // path of pcscd
	Unit     Unit        // of the socket that starts pcscd
	Process  bool        // pcscd runs, in this program's view of the system
	CCID     bool        // the driver for CCID readers is installed
	CCIDName string      // its version
	USBKnown bool        // the kernel lists its USB devices
	USB      []USBReader // card readers among them
	Modules  []string    // loaded kernel modules that take readers for themselves
	Programs []Program   // that may be using cards, without this one
}

// Unit is the state of systemd's unit pcscd.socket.
type Unit string

// The states of the unit.
const (
	NoUnit       Unit = ""         // no systemd, or it knows no such unit
	UnitEnabled  Unit = "enabled"  // starts with the system
	UnitDisabled Unit = "disabled" // starts only if somebody starts it
	UnitMasked   Unit = "masked"   // cannot be started
)

func readHost(root fs.FS) Host {
	h := Host{
		Library: loadedLibrary(root),
		Unit:    socketUnit(root),
		Modules: loadedModules(root),
	}
	h.Program = firstFile(root, "usr/sbin/pcscd", "usr/bin/pcscd", "usr/local/sbin/pcscd", "sbin/pcscd", "run/current-system/sw/bin/pcscd")
	h.CCID, h.CCIDName = ccidDriver(root)
	h.USB, h.USBKnown = usbReaders(root)
	h.Programs, h.Process = programs(root)
	return h
}

// firstFile returns the absolute path of the first of names that exists, or nothing.
func firstFile(root fs.FS, names ...string) string {
	for _, name := range names {
		if _, err := fs.Stat(root, name); err == nil {
			return "/" + name
		}
	}
	return ""
}

// text is what a small file holds, without the line's end; nothing if it cannot be read.
func text(root fs.FS, name string) string {
	data, err := fs.ReadFile(root, name)
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(data))
}

// loadedLibrary finds the service's library among the files that this process has mapped
// (proc(5)).
func loadedLibrary(root fs.FS) string {
	for line := range strings.Lines(text(root, "proc/self/maps")) {
		name := path.Base(strings.TrimSpace(line))
		if strings.HasPrefix(name, "libpcsclite.so") {
			return name
		}
	}
	return ""
}

// socketUnit reads the state of the unit from the folders in which systemd keeps it
// (systemd.unit(5)): a link from sockets.target enables it, one to /dev/null masks it.
func socketUnit(root fs.FS) Unit {
	const unit = "pcscd.socket"
	if _, err := fs.Stat(root, "run/systemd/system"); err != nil {
		return NoUnit
	}
	for _, dir := range []string{"etc/systemd/system/", "run/systemd/system/"} {
		if to, err := fs.ReadLink(root, dir+unit); err == nil && path.Base(to) == "null" {
			return UnitMasked
		}
	}
	if _, err := fs.Lstat(root, "etc/systemd/system/sockets.target.wants/"+unit); err == nil {
		return UnitEnabled
	}
	if firstFile(root, "usr/lib/systemd/system/"+unit, "lib/systemd/system/"+unit, "etc/systemd/system/"+unit) != "" {
		return UnitDisabled
	}
	return NoUnit
}

// ccidDriver looks for libccid where pcscd does, and for its version in the bundle's
// property list.
func ccidDriver(root fs.FS) (installed bool, version string) {
	for _, pattern := range []string{"usr/lib*/pcsc/drivers/ifd-ccid.bundle", "usr/lib/*/pcsc/drivers/ifd-ccid.bundle", "usr/local/lib*/pcsc/drivers/ifd-ccid.bundle"} {
		found, err := fs.Glob(root, pattern)
		if err != nil || len(found) == 0 {
			continue
		}
		_, after, _ := strings.Cut(text(root, found[0]+"/Contents/Info.plist"), "<key>CFBundleShortVersionString</key>")
		_, after, _ = strings.Cut(after, "<string>")
		version, _, _ = strings.Cut(after, "</string>")
		return true, visible(version[:min(len(version), 20)])
	}
	return false, ""
}

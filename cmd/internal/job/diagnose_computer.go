package job

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/adrg/xdg"
)

func (d *Doctor) program() { d.add("program", "version", d.Version) }

// platform tells the system, and surroundings that are known to keep USB readers or the
// service out of reach.
func (d *Doctor) platform() {
	name := osRelease(d.Root)["PRETTY_NAME"]
	if name == "" {
		name = d.System
	}
	exists := func(path string) bool {
		_, err := fs.Stat(d.Root, path)
		return err == nil
	}
	kernel, err := fs.ReadFile(d.Root, "proc/version")
	switch {
	case err == nil && strings.Contains(strings.ToLower(string(kernel)), "microsoft"):
		d.add("platform", "wsl", name)
	case exists(".flatpak-info"), d.Getenv("SNAP") != "":
		d.add("platform", "sandbox", name)
	case exists(".dockerenv"), exists("run/.containerenv"):
		d.add("platform", "container", name)
	default:
		d.add("platform", "native", name)
	}
}

// osRelease reads os-release(5).
func osRelease(root fs.FS) map[string]string {
	values := map[string]string{}
	data, err := fs.ReadFile(root, "etc/os-release")
	if err != nil {
		return values
	}
	for line := range strings.Lines(string(data)) {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), "="); ok {
			values[name] = strings.Trim(value, `"'`)
		}
	}
	return values
}

// family is the system that remedies are written for.
func family(system string, root fs.FS) string {
	switch system {
	case "windows":
		return "windows"
	case "darwin":
		return "macos"
	}
	release := osRelease(root)
	for _, id := range strings.Fields(release["ID"] + " " + release["ID_LIKE"]) {
		switch id {
		case "debian", "ubuntu":
			return "debian"
		case "fedora", "rhel", "centos":
			return "fedora"
		}
	}
	return "linux"
}

// locale looks at the encoding of the terminal's text (POSIX.1-2017 section 8.2).
func (d *Doctor) locale() {
	if d.System == "windows" || d.System == "darwin" {
		d.add("locale", "system")
		return
	}
	value := ""
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if value = d.Getenv(name); value != "" {
			break
		}
	}
	encoding := strings.ReplaceAll(strings.ToLower(value), "-", "")
	switch {
	case strings.Contains(encoding, "utf8"):
		d.add("locale", "utf8", value)
	case value == "":
		d.add("locale", "not_utf8", "C")
	default:
		d.add("locale", "not_utf8", value)
	}
}

// latest is a time after which no clock is right: the cards of this program's day have
// long expired.
var latest = earliest.AddDate(25, 0, 0)

// clock looks whether the time can be right at all. A day of difference may be the zone
// of whoever built the program.
func (d *Doctor) clock() {
	built := d.Built
	if built.Before(earliest) || built.After(latest) {
		built = earliest
	}
	switch now := d.Clock(); {
	case now.Before(built.AddDate(0, 0, -1)):
		d.add("clock", "before_build", now)
	case now.After(latest):
		d.add("clock", "far_future", now)
	default:
		d.add("clock", "plausible", now)
	}
}

// distrustClock says of the clock that a certificate is not yet valid by it: they are
// issued for use at once.
func (d *Doctor) distrustClock() {
	for i := range d.checks {
		if d.checks[i].Name == "clock" && d.checks[i].Level == OK {
			d.checks[i] = Check{"clock", "before_certificate", levelOf("clock", "before_certificate"), []any{d.Clock()}}
		}
	}
}

// folders looks whether the cache and the data of the program can be written.
func (d *Doctor) folders() {
	var refused []string
	for _, path := range []string{xdg.CacheHome, xdg.DataHome} {
		path = filepath.Join(path, "jpki")
		if !canWrite(path) {
			refused = append(refused, d.shownFolder(path))
		}
	}
	if refused == nil {
		d.add("folders", "writable")
		return
	}
	d.add("folders", "not_writable", refused)
}

// shownFolder hides the user's name.
func (d *Doctor) shownFolder(path string) string {
	if d.Details {
		return path
	}
	if rest, ok := strings.CutPrefix(path, xdg.Home+string(filepath.Separator)); ok && xdg.Home != "" {
		return filepath.Join("~", rest)
	}
	return filepath.Join("…", filepath.Base(filepath.Dir(path)), filepath.Base(path))
}

// canWrite tries to make a file in a folder, or, if it does not exist yet, in the one
// where it would be made.
func canWrite(dir string) bool {
	for {
		info, err := os.Stat(dir)
		if err == nil && !info.IsDir() {
			return false
		}
		if err == nil || !os.IsNotExist(err) || dir == filepath.Dir(dir) {
			break
		}
		dir = filepath.Dir(dir)
	}
	f, err := os.CreateTemp(dir, ".jpki-doctor-*")
	if err != nil {
		return false
	}
	f.Close()
	return os.Remove(f.Name()) == nil
}

package job

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/adrg/xdg"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/card/pcsc"
)

var today = time.Date(2027, time.April, 1, 3, 0, 0, 0, time.UTC)

// onLinux is a doctor on a Debian system where everything was arranged, and whose service
// says what a test wants it to.
func onLinux(t *testing.T, change func(*Doctor, *pcsc.Diagnosis)) *Diagnosis {
	t.Helper()
	home(t)
	f := &pcsc.Diagnosis{
		Host: pcsc.Host{
			Library: "libpcsclite.so.1", Program: "/usr/sbin/pcscd", Unit: pcsc.UnitEnabled, Process: true,
			CCID: true, CCIDName: "1.6.1", USBKnown: true,
		},
		Version: "2.3.1", Access: pcsc.Granted,
	}
	d := Doctor{
		Version: "v1", System: "linux", Clock: func() time.Time { return today },
		Root:    fstest.MapFS{"etc/os-release": {Data: []byte("ID=ubuntu\nID_LIKE=debian\nPRETTY_NAME=\"Ubuntu 26.04\"\n")}},
		Getenv:  func(name string) string { return map[string]string{"LANG": "ja_JP.UTF-8"}[name] },
		Limit:   time.Second,
		Service: func(context.Context, fs.FS, time.Duration) *pcsc.Diagnosis { return f },
	}
	change(&d, f)
	return d.Diagnose(t.Context())
}

// home gives the test folders of its own.
func home(t *testing.T) {
	dir := t.TempDir()
	t.Cleanup(xdg.Reload) // runs after the variables are as before
	for _, kind := range []string{"DATA", "CACHE", "STATE"} {
		t.Setenv("XDG_"+kind+"_HOME", dir)
	}
	xdg.Reload()
}

// states are the checks with a problem or a note, such as "clock/far_future".
func states(d *Diagnosis, l Level) []string {
	var all []string
	for _, c := range d.Checks {
		if c.Level == l {
			all = append(all, c.Name+"/"+c.State)
		}
	}
	return all
}

func TestDiagnoseCauses(t *testing.T) {
	pasori := pcsc.USBReader{Vendor: "054c", Product: "0dc9", Name: "SONY FeliCa Port/PaSoRi 4.0", CCID: true}
	old := pcsc.USBReader{Vendor: "054c", Product: "06c3", Name: "SONY RC-S380/P"}
	grabbed := old
	grabbed.Driver = "port100"
	served := pcsc.ReaderDetails{Reader: pcsc.Reader{Name: "SONY FeliCa Port/PaSoRi 4.0 (0123456) 00 00"}, Kind: pcsc.RealReader}
	hello := pcsc.ReaderDetails{Reader: pcsc.Reader{Name: "Windows Hello for Business 1"}, Kind: pcsc.WindowsHello}
	broken := errors.New("broken")
	for _, c := range []struct {
		want   string
		change func(*Doctor, *pcsc.Diagnosis)
	}{
		{"readers/none", func(*Doctor, *pcsc.Diagnosis) {}},
		{"clock/before_build", func(d *Doctor, _ *pcsc.Diagnosis) { d.Built = today.AddDate(0, 0, 2) }},
		{"clock/before_build", func(d *Doctor, _ *pcsc.Diagnosis) { d.Clock = func() time.Time { return time.Unix(0, 0) } }},
		{"clock/far_future", func(d *Doctor, _ *pcsc.Diagnosis) { d.Clock = func() time.Time { return today.AddDate(40, 0, 0) } }},
		{"service_installed/not_installed", func(_ *Doctor, f *pcsc.Diagnosis) { f.Program, f.Access, f.Err = "", pcsc.Stopped, broken }},
		{"service_running/stopped", func(_ *Doctor, f *pcsc.Diagnosis) { f.Access, f.Err, f.Process = pcsc.Stopped, broken, false }},
		{"service_running/no_socket", func(_ *Doctor, f *pcsc.Diagnosis) { f.Access, f.Err = pcsc.Stopped, broken }},
		{"service_running/disabled", func(_ *Doctor, f *pcsc.Diagnosis) {
			f.Access, f.Err, f.Process, f.Unit = pcsc.Stopped, broken, false, pcsc.UnitDisabled
		}},
		{"service_running/masked", func(_ *Doctor, f *pcsc.Diagnosis) {
			f.Access, f.Err, f.Process, f.Unit = pcsc.Stopped, broken, false, pcsc.UnitMasked
		}},
		{"service_running/stale_socket", func(_ *Doctor, f *pcsc.Diagnosis) { f.Access, f.Err = pcsc.StaleSocket, broken }},
		{"service_running/mismatched", func(_ *Doctor, f *pcsc.Diagnosis) { f.Access, f.Err = pcsc.Mismatched, broken }},
		{"service_running/hanging", func(_ *Doctor, f *pcsc.Diagnosis) { f.Access, f.Err = pcsc.Hanging, broken }},
		{"service_running/broken", func(_ *Doctor, f *pcsc.Diagnosis) { f.Err = broken }},
		{"service_permitted/socket_refused", func(_ *Doctor, f *pcsc.Diagnosis) { f.Access, f.Err = pcsc.SocketRefused, broken }},
		{"service_permitted/policy_refused", func(_ *Doctor, f *pcsc.Diagnosis) { f.Access, f.Err = pcsc.PolicyRefused, broken }},
		{"usb_readers/unseen", func(_ *Doctor, f *pcsc.Diagnosis) { f.USB = []pcsc.USBReader{pasori} }},
		{"usb_readers/unseen", func(_ *Doctor, f *pcsc.Diagnosis) {
			f.USB, f.Readers = []pcsc.USBReader{pasori}, []pcsc.ReaderDetails{hello}
		}},
		{"usb_readers/unseen_scdaemon", func(_ *Doctor, f *pcsc.Diagnosis) {
			f.USB, f.Programs = []pcsc.USBReader{pasori}, []pcsc.Program{{Name: "scdaemon", Kind: pcsc.GnuPG}}
		}},
		{"usb_readers/unsupported", func(_ *Doctor, f *pcsc.Diagnosis) { f.USB = []pcsc.USBReader{old} }},
		{"usb_drivers/grabbed", func(_ *Doctor, f *pcsc.Diagnosis) { f.USB = []pcsc.USBReader{grabbed} }},
		{"ccid_driver/missing", func(_ *Doctor, f *pcsc.Diagnosis) { f.USB, f.CCID = []pcsc.USBReader{pasori}, false }},
		{"card/no_card", func(_ *Doctor, f *pcsc.Diagnosis) {
			f.USB, f.Readers = []pcsc.USBReader{pasori}, []pcsc.ReaderDetails{served}
		}},
		{"card/reader_unknown", func(d *Doctor, f *pcsc.Diagnosis) { d.Reader, f.Readers = "omnikey", []pcsc.ReaderDetails{served} }},
		{"card/reader_ambiguous", func(d *Doctor, f *pcsc.Diagnosis) {
			d.Reader, f.Readers = "o", []pcsc.ReaderDetails{served, hello}
		}},
	} {
		d := onLinux(t, c.change)
		if cause := d.Cause(); cause == nil || cause.Name+"/"+cause.State != c.want || d.Reached {
			t.Errorf("%s: %+v", c.want, cause)
		}
	}
}

func TestDiagnoseNotes(t *testing.T) {
	d := onLinux(t, func(d *Doctor, f *pcsc.Diagnosis) {
		d.Getenv = func(name string) string { return map[string]string{"LANG": "C", "SNAP": "/snap/jpki"}[name] }
		f.Modules = []string{"port100"}
		f.Programs = []pcsc.Program{{Name: "firefox", Kind: pcsc.Browser}, {Name: "opensc-tool", Kind: pcsc.OpenSC}}
		f.Readers = []pcsc.ReaderDetails{
			{Reader: pcsc.Reader{Name: "Microsoft Virtual Smart Card 0"}, Kind: pcsc.Virtual},
			{Reader: pcsc.Reader{Name: "A 00 00", Mute: true, Present: true}, Unavailable: true, Kind: pcsc.RealReader},
		}
	})
	want := []string{
		"platform/sandbox", "locale/not_utf8", "usb_readers/none", "usb_drivers/loaded", "reader/unavailable",
		"other_reader/virtual", "programs/browser", "programs/opensc",
	}
	if got := states(d, Note); !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
	if d.Family != "debian" || d.Checks[1].Facts[0] != "Ubuntu 26.04" {
		t.Errorf("%s, %v", d.Family, d.Checks[1])
	}
}

func TestWhatACardWasReachedInSpiteOfIsNoProblem(t *testing.T) {
	checks := []Check{{"usb_drivers", "grabbed", Problem, nil}, {"readers", "listed", OK, nil}, {"sign_pin", "blocked", Problem, nil}}
	excuse(checks)
	if checks[0].Level != Note || checks[1].Level != OK || checks[2].Level != Problem {
		t.Errorf("%v", checks)
	}
}

func TestDiagnoseOtherSystems(t *testing.T) {
	for system, want := range map[string]string{"windows": "windows", "darwin": "macos", "linux": "linux"} {
		d := Doctor{
			System: system, Root: fstest.MapFS{}, Clock: func() time.Time { return today },
			Service: func(context.Context, fs.FS, time.Duration) *pcsc.Diagnosis {
				return &pcsc.Diagnosis{Access: pcsc.Stopped, Err: card.ErrNoService}
			},
		}.Diagnose(t.Context())
		cause := "service_running"
		if system == "linux" {
			cause = "service_installed"
		}
		if d.Family != want || d.Cause() == nil || d.Cause().Name != cause {
			t.Errorf("%s: %s, %v", system, d.Family, d.Cause())
		}
	}
	for release, want := range map[string]string{
		"ID=debian": "debian", "ID=fedora": "fedora", "ID=rocky\nID_LIKE=\"rhel centos fedora\"": "fedora",
		"ID=linuxmint\nID_LIKE=\"ubuntu debian\"": "debian", "ID=arch": "linux", "nothing": "linux",
	} {
		if got := family("linux", fstest.MapFS{"etc/os-release": {Data: []byte(release)}}); got != want {
			t.Errorf("%s: %s, want %s", release, got, want)
		}
	}
}

func TestDiagnosePlatforms(t *testing.T) {
	for file, want := range map[string]string{
		"proc/version": "wsl", ".flatpak-info": "sandbox", ".dockerenv": "container", "run/.containerenv": "container", "etc/hosts": "native",
	} {
		d := onLinux(t, func(d *Doctor, _ *pcsc.Diagnosis) {
			d.Root = fstest.MapFS{file: {Data: []byte("Linux version 5.15.1-microsoft-standard-WSL2")}}
		})
		if c := d.Checks[1]; c.Name != "platform" || c.State != want || c.Facts[0] != "linux" {
			t.Errorf("%s: %v", file, c)
		}
	}
}

func TestReaderSerialsAreHidden(t *testing.T) {
	const name = "SONY FeliCa RC-S300/P (0123456) 00 00"
	for name, want := range map[string]string{
		name:                     "SONY FeliCa RC-S300/P (…) 00 00",
		"A (B) [C] (4711) 00 01": "A (B) [C] (…) 00 01",
		"Virtual PCD 00 00":      "Virtual PCD 00 00",
	} {
		if got := (&Doctor{}).shownReader(name); got != want {
			t.Errorf("%q", got)
		}
	}
	if got := (&Doctor{Details: true}).shownReader(name); got != name {
		t.Errorf("with details: %q", got)
	}
	d := onLinux(t, func(_ *Doctor, f *pcsc.Diagnosis) {
		f.Readers = []pcsc.ReaderDetails{{Reader: pcsc.Reader{Name: name}, Kind: pcsc.RealReader}}
	})
	if all := fmt.Sprint(d.Checks); strings.Contains(all, "0123456") || !strings.Contains(all, "RC-S300") {
		t.Error(all)
	}
}

func TestErrorsTellNothingOfTheUser(t *testing.T) {
	for _, err := range []error{
		fail("practice_unreadable", fmt.Errorf("reading /home/taro/card: %w", fs.ErrNotExist), "/home/taro/card"),
		fmt.Errorf("beginning: %w", &card.ReaderError{Names: []string{"A (taro) 00 00"}, Err: card.ErrMuteCard}),
		&fs.PathError{Op: "open", Path: "/home/taro", Err: fs.ErrPermission},
	} {
		if got := (&Doctor{}).shownError(err); strings.Contains(got, "taro") || got == "" {
			t.Errorf("%q", got)
		}
		if got := (&Doctor{Details: true}).shownError(err); got != err.Error() {
			t.Errorf("with details: %q", got)
		}
	}
}

func TestFoldersThatCannotBeWritten(t *testing.T) {
	home(t)
	xdg.DataHome = "/proc/self" // nobody can, root included
	d := &Doctor{}
	d.folders()
	if c := d.checks[0]; c.State != "not_writable" || fmt.Sprint(c.Facts) != "[[…/self/jpki]]" {
		t.Errorf("%v", c)
	}
	xdg.DataHome, xdg.Home = "/proc/self/fd", "/proc/self"
	d = &Doctor{}
	d.folders()
	if c := d.checks[0]; fmt.Sprint(c.Facts) != "[[~/fd/jpki]]" {
		t.Errorf("%v", c)
	}
}

package pcsc_test

import (
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/jpki-desktop/jpki/card/pcsc"
)

// tree makes a file system of lines "PATH = CONTENT" for files and "PATH -> TARGET" for
// links.
func tree(lines string) fstest.MapFS {
	root := fstest.MapFS{}
	for line := range strings.Lines(lines) {
		line = strings.TrimSpace(line)
		if path, content, ok := strings.Cut(line, " = "); ok {
			root[path] = &fstest.MapFile{Data: []byte(content + "\n")}
		} else if path, target, ok := strings.Cut(line, " -> "); ok {
			root[path] = &fstest.MapFile{Data: []byte(target), Mode: fs.ModeSymlink | 0o777}
		} else if line != "" {
			root[strings.TrimSuffix(line, " =")] = &fstest.MapFile{}
		}
	}
	return root
}

func TestHostWithoutFiles(t *testing.T) {
	h := pcsc.ReadHost(fstest.MapFS{})
	if fmt.Sprintf("%+v", h) != fmt.Sprintf("%+v", pcsc.Host{}) {
		t.Errorf("%+v", h)
	}
}

func TestServiceUnit(t *testing.T) {
	const known = "run/systemd/system/some.scope =\nusr/lib/systemd/system/pcscd.socket = [Socket]\n"
	for _, c := range []struct {
		files string
		want  pcsc.Unit
	}{
		{"usr/lib/systemd/system/pcscd.socket = [Socket]", pcsc.NoUnit},
		{"run/systemd/system/some.scope =", pcsc.NoUnit},
		{known, pcsc.UnitDisabled},
		{known + "etc/systemd/system/sockets.target.wants/pcscd.socket -> /usr/lib/systemd/system/pcscd.socket", pcsc.UnitEnabled},
		{known + "etc/systemd/system/pcscd.socket -> /dev/null", pcsc.UnitMasked},
	} {
		if h := pcsc.ReadHost(tree(c.files)); h.Unit != c.want {
			t.Errorf("%s: %q, want %q", c.files, h.Unit, c.want)
		}
	}
}

func TestServiceAndDriverFiles(t *testing.T) {
	h := pcsc.ReadHost(tree(`
		usr/sbin/pcscd = ELF
		usr/lib64/pcsc/drivers/ifd-ccid.bundle/Contents/Info.plist = <dict><key>CFBundleShortVersionString</key> <string>1.6.1</string></dict>
		proc/self/maps = 7f1 r-xp 0 fe:01 9 /usr/lib/libc.so.6
		sys/module/pn533_usb/refcnt = 0
		sys/module/nfc/refcnt = 1`))
	if h.Program != "/usr/sbin/pcscd" || !h.CCID || h.CCIDName != "1.6.1" || h.Library != "" || !slices.Equal(h.Modules, []string{"pn533_usb"}) {
		t.Errorf("%+v", h)
	}
	hostile := pcsc.ReadHost(tree("usr/lib/pcsc/drivers/ifd-ccid.bundle/Contents/Info.plist = <key>CFBundleShortVersionString</key><string>\x1b[2J" + strings.Repeat("9", 99)))
	if !hostile.CCID || len(hostile.CCIDName) > 20 || strings.Contains(hostile.CCIDName, "\x1b") {
		t.Errorf("%q", hostile.CCIDName)
	}
}

func TestUSBReaders(t *testing.T) {
	h := pcsc.ReadHost(tree(`
		sys/bus/usb/devices/usb1/idVendor = 1d6b
		sys/bus/usb/devices/usb1/idProduct = 0002
		sys/bus/usb/devices/1-1/idVendor = 054c
		sys/bus/usb/devices/1-1/idProduct = 06c3
		sys/bus/usb/devices/1-1/manufacturer = SONY
		sys/bus/usb/devices/1-1/product = RC-S380/P
		sys/bus/usb/devices/1-1:1.0/bInterfaceClass = ff
		sys/bus/usb/devices/1-1:1.0/driver -> ../../../bus/usb/drivers/port100
		sys/bus/usb/devices/1-2/idVendor = 054c
		sys/bus/usb/devices/1-2/idProduct = 0dc9
		sys/bus/usb/devices/1-2/serial = 0123456
		sys/bus/usb/devices/1-2/manufacturer = SONY
		sys/bus/usb/devices/1-2/product = FeliCa Port/PaSoRi 4.0
		sys/bus/usb/devices/1-2:1.0/bInterfaceClass = 0b
		sys/bus/usb/devices/1-2:1.0/driver -> ../../../bus/usb/drivers/usbfs
		sys/bus/usb/devices/1-10/idVendor = 046d
		sys/bus/usb/devices/1-10/idProduct = c31c
		sys/bus/usb/devices/1-10:1.0/bInterfaceClass = 03
		sys/bus/usb/devices/1-10:1.0/driver -> ../../../bus/usb/drivers/usbhid
		sys/bus/usb/devices/2-1/idVendor = 1fd3
		sys/bus/usb/devices/2-1/idProduct = 0608`))
	want := []pcsc.USBReader{
		{Vendor: "054c", Product: "06c3", Name: "SONY RC-S380/P", Driver: "port100"},
		{Vendor: "054c", Product: "0dc9", Name: "SONY FeliCa Port/PaSoRi 4.0", CCID: true, Driver: "usbfs"},
		{Vendor: "1fd3", Product: "0608", Name: "ASK LoGO"},
	}
	if !h.USBKnown || !slices.Equal(h.USB, want) {
		t.Errorf("%+v", h.USB)
	}
	if !want[0].Grabbed() || want[1].Grabbed() || want[2].Grabbed() {
		t.Error("only the first one is grabbed")
	}
}

func TestProgramsThatUseCards(t *testing.T) {
	const library = "7f r--p 0 fe:01 1 /usr/lib/x86_64-linux-gnu/libpcsclite.so.1.0.0"
	h := pcsc.ReadHost(tree(fmt.Sprintf(`
		proc/self/ns/mnt -> mnt:[1]
		proc/self/maps = %[1]s
		proc/%[2]d/comm = jpki
		proc/%[2]d/maps = %[1]s
		proc/9000001/exe -> /usr/lib/firefox/firefox
		proc/9000001/maps = %[1]s
		proc/9000002/exe -> /usr/lib/firefox/firefox
		proc/9000002/maps = %[1]s
		proc/9000003/comm = bash
		proc/9000003/maps = 7f r--p 0 fe:01 1 /usr/lib/libc.so.6
		proc/9000004/comm = scdaemon
		proc/9000005/exe -> /opt/tool (deleted)
		proc/9000005/maps = %[1]s
		proc/9000006/comm = pcscd
		proc/9000006/ns/mnt -> mnt:[2]`, library, os.Getpid())))
	want := []pcsc.Program{{Name: "firefox", Kind: pcsc.Browser}, {Name: "scdaemon", Kind: pcsc.GnuPG}, {Name: "tool", Kind: pcsc.OtherProgram}}
	if !slices.Equal(h.Programs, want) || h.Process || h.Library != "libpcsclite.so.1.0.0" {
		t.Errorf("%+v", h)
	}
	here := pcsc.ReadHost(tree("proc/self/ns/mnt -> mnt:[1]\nproc/9000006/comm = pcscd\nproc/9000006/ns/mnt -> mnt:[1]"))
	if !here.Process {
		t.Error("the service beside us was not seen")
	}
}

func TestKindOfReader(t *testing.T) {
	for name, want := range map[string]pcsc.ReaderKind{
		"SONY FeliCa RC-S300/P (0123456) 00 00":             pcsc.RealReader,
		"Virtual PCD 00 00":                                 pcsc.Virtual,
		"Microsoft Virtual Smart Card 0":                    pcsc.Virtual,
		"Windows Hello for Business 1":                      pcsc.WindowsHello,
		"Microsoft TPM Smart Card 0":                        pcsc.TPM,
		"Yubico YubiKey OTP+FIDO+CCID 00 00":                pcsc.Token,
		"Nitrokey Nitrokey Start (FSIJ-1.2.19-00000) 00 00": pcsc.Token,
	} {
		if got := pcsc.KindOfReader(name); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

func TestDriverName(t *testing.T) {
	for _, c := range []struct {
		vendor, version []byte
		want            string
	}{
		{[]byte("Ludovic Rousseau\x00"), []byte{2, 0, 5, 1}, "Ludovic Rousseau 1.5.2"},
		{[]byte("Maker"), nil, "Maker"},
		{[]byte("\x1b[2J"), []byte{1}, "?[2J"},
	} {
		if got := pcsc.DriverName(c.vendor, c.version); got != c.want {
			t.Errorf("%q: %q, want %q", c.vendor, got, c.want)
		}
	}
}

package pcsc

import (
	"io/fs"
	"path"
	"slices"
	"strings"
)

// USBReader is a card reader that the kernel sees on USB.
type USBReader struct {
	Vendor, Product string // identifiers, four hexadecimal digits each
	Name            string // as the device calls itself; may be empty
	CCID            bool   // of the class that one driver serves (USB class 0B)
	Driver          string // kernel driver that has taken it; empty = none
}

// Grabbed reports whether a kernel driver for NFC has taken the reader, so that the
// service cannot.
func (r USBReader) Grabbed() bool { return slices.Contains(grabbers, r.Driver) }

// grabbers are the kernel's drivers for NFC (linux/drivers/nfc): they take Sony's PaSoRi
// and readers with a PN533 chip, the ACR122U among them, as soon as they are plugged in.
var grabbers = []string{"port100", "pn533", "pn533_usb"}

// proprietary are readers that are no CCID devices, by vendor and product. Sony's older
// PaSoRi are among them; the RC-S300 (0dc8, 0dc9) is a CCID device.
var proprietary = map[string]string{
	"054c:01bb": "Sony PaSoRi RC-S320",
	"054c:02e1": "Sony PaSoRi RC-S330/360/370",
	"054c:06c1": "Sony PaSoRi RC-S380/S",
	"054c:06c3": "Sony PaSoRi RC-S380/P",
	"04cc:2533": "NXP PN533",
	"04e6:5591": "SCM SCL3711",
	"04e6:5594": "SCM SCL3712",
	"1fd3:0608": "ASK LoGO",
}

const usbDevices = "sys/bus/usb/devices"

// chipCardClass is the USB interface class of CCID (USB-IF, Smart Card Class).
const chipCardClass = "0b"

// usbReaders lists the card readers among the USB devices (sysfs: a device has idVendor,
// its interfaces are named after it with a colon).
func usbReaders(root fs.FS) (readers []USBReader, known bool) {
	entries, err := fs.ReadDir(root, usbDevices)
	if err != nil {
		return nil, false
	}
	for _, e := range entries {
		dir := usbDevices + "/" + e.Name()
		r := USBReader{Vendor: text(root, dir+"/idVendor"), Product: text(root, dir+"/idProduct")}
		if r.Vendor == "" {
			continue
		}
		for _, i := range entries {
			if strings.HasPrefix(i.Name(), e.Name()+":") {
				r.addInterface(root, usbDevices+"/"+i.Name())
			}
		}
		model, old := proprietary[r.Vendor+":"+r.Product]
		if !old && !r.CCID {
			continue
		}
		r.Name = visible(strings.TrimSpace(text(root, dir+"/manufacturer") + " " + text(root, dir+"/product")))
		if r.Name == "" {
			r.Name = model
		}
		readers = append(readers, r)
	}
	return readers, true
}

func (r *USBReader) addInterface(root fs.FS, dir string) {
	ccid := text(root, dir+"/bInterfaceClass") == chipCardClass
	r.CCID = r.CCID || ccid
	// Of a device with several interfaces, the driver of the keyboard is of no interest.
	if to, err := fs.ReadLink(root, dir+"/driver"); err == nil && (ccid || slices.Contains(grabbers, path.Base(to))) {
		r.Driver = path.Base(to)
	}
}

// loadedModules lists those of the drivers in the way that are loaded.
func loadedModules(root fs.FS) []string {
	var loaded []string
	for _, name := range grabbers {
		if _, err := fs.Stat(root, "sys/module/"+name); err == nil {
			loaded = append(loaded, name)
		}
	}
	return loaded
}

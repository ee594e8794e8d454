package msg

var blacklist = Text{
	"「printf 'blacklist port100\\nblacklist pn533_usb\\nblacklist pn533\\n' | sudo tee /etc/modprobe.d/blacklist-nfc.conf」と「sudo modprobe -r port100 pn533_usb pn533」を実行し、リーダーを差し直してください。なお PaSoRi の RC-S380 以前は、そのあとも Linux 用の PC/SC ドライバーがないと使えません（RC-S300 は使えます）。",
	"Run “printf 'blacklist port100\\nblacklist pn533_usb\\nblacklist pn533\\n' | sudo tee /etc/modprobe.d/blacklist-nfc.conf” and “sudo modprobe -r port100 pn533_usb pn533”, then plug the reader in again. Sony’s PaSoRi up to the RC-S380 need a PC/SC driver for Linux besides (the RC-S300 works without).",
}

var noKernelDriver = Text{"リーダーを差し直してください。", "Plug the reader in again."}

var usbDiagnoses = map[string]diagnosis{
	"usb_readers.seen":    {found: Text{"つながっています（%[1]s）。", "Connected: %[1]s."}},
	"usb_readers.none":    {found: Text{"USB のカードリーダーは見当たりません。", "No USB card reader is connected."}},
	"usb_readers.unknown": {found: Text{"このシステムでは調べられません。", "Cannot be told on this system."}},
	"usb_readers.unseen": {
		found: Text{"リーダーはつながっていますが、サービスからは見えていません（%[1]s）。", "A reader is connected, but the service does not see it: %[1]s."},
		on: same(
			Text{"リーダーを差し直してから「sudo systemctl restart pcscd.service」を実行してください。仮想マシンでは、USB 機器がこのシステムに割り当てられているかも確かめてください。", "Plug the reader in again, then run “sudo systemctl restart pcscd.service”. In a virtual machine, check that the USB device is assigned to this system."},
			Text{"リーダーを差し直してください。直らなければ、メーカーのドライバーを入れてください。", "Plug the reader in again; if that does not help, install the maker’s driver."},
			Text{"リーダーを差し直してください。直らなければ、メーカーのドライバーを入れてください。", "Plug the reader in again; if that does not help, install the maker’s driver."}),
	},
	"usb_readers.unseen_scdaemon": {
		found:  Text{"リーダーを GnuPG（scdaemon）が独り占めしています（%[1]s）。", "GnuPG (scdaemon) keeps the reader to itself: %[1]s."},
		remedy: scdaemonRemedy,
	},
	"usb_readers.unsupported": {
		found: Text{"このリーダーには、PC/SC のドライバーがありません（%[1]s）。", "There is no PC/SC driver for this reader: %[1]s."},
		on: same(
			Text{"CCID に対応したリーダー（PaSoRi なら RC-S300 など）をお使いください。RC-S380 以前の PaSoRi は、Linux ではそのままでは使えません。", "Use a CCID reader, such as Sony’s RC-S300. PaSoRi up to the RC-S380 do not work on Linux as they are."},
			Text{"CCID に対応したリーダーをお使いいただくか、メーカーのドライバーを入れてください。", "Use a CCID reader, or install the maker’s driver."},
			Text{"メーカーの PC/SC ドライバー（ソニーの「NFCポートソフトウェア」など）を入れてください。", "Install the maker’s PC/SC driver, such as Sony’s “NFC Port Software”."}),
	},
	"usb_drivers.clear":   {found: Text{"ありません。", "None."}},
	"usb_drivers.unknown": {found: Text{"このシステムでは調べられません。", "Cannot be told on this system."}},
	"usb_drivers.loaded": {
		found: Text{"一部のリーダーと競合するドライバーが読み込まれています（%[1]s）。", "A driver is loaded that takes some readers for itself: %[1]s."},
		on:    same(Text{"PaSoRi や ACR122U が使えないときだけ、対処が必要です。" + blacklist.Ja, "Only if a PaSoRi or an ACR122U does not work: " + blacklist.En}, noKernelDriver, noKernelDriver),
	},
	"usb_drivers.grabbed": {
		found: Text{"リーダーを、ほかの NFC 用ドライバーが先に使っています（%[1]s）。", "A driver for NFC has taken the reader: %[1]s."},
		on:    same(blacklist, noKernelDriver, noKernelDriver),
	},
	"ccid_driver.installed": {found: Text{"入っています（CCID %[1]s）。", "Installed (CCID %[1]s)."}},
	"ccid_driver.unknown":   {found: Text{"システムに含まれるものを使います。", "Part of the system."}},
	"ccid_driver.missing": {
		found: Text{"リーダーのドライバー（CCID）が入っていません。", "The driver for the reader (CCID) is not installed."},
		on:    installCCID,
	},
	"ccid_driver.not_installed": {
		found: Text{"一般的なリーダー用のドライバー（CCID）が入っていません。", "The driver for most readers (CCID) is not installed."},
		on:    installCCID,
	},
}

var installCCID = map[System]Text{
	Debian:  {"「sudo apt install libccid」を実行し、リーダーを差し直してください。", "Run “sudo apt install libccid” and plug the reader in again."},
	Fedora:  {"「sudo dnf install pcsc-lite-ccid」を実行し、リーダーを差し直してください。", "Run “sudo dnf install pcsc-lite-ccid” and plug the reader in again."},
	Linux:   {"お使いのシステムのパッケージ ccid を入れて、リーダーを差し直してください。", "Install your system’s package ccid and plug the reader in again."},
	MacOS:   noKernelDriver,
	Windows: noKernelDriver,
}

var scdaemonRemedy = Text{
	"「gpgconf --kill scdaemon」を実行してください。何度も起きるときは、~/.gnupg/scdaemon.conf に「disable-ccid」と「pcsc-shared」の 2 行を書いてください。",
	"Run “gpgconf --kill scdaemon”. If it keeps happening, put the two lines “disable-ccid” and “pcsc-shared” into ~/.gnupg/scdaemon.conf.",
}

package msg

// readAgain is what to do when reading the card broke off.
var readAgain = Text{"カードを置き直して、もう一度「jpki doctor」を実行してください。", "Put the card back and run “jpki doctor” again."}

// diagnoses has the words of the doctor, by the name and the state of the check, or by
// the state alone where they are the same for all checks.
var diagnoses = merge(commonDiagnoses, computerDiagnoses, serviceDiagnoses, usbDiagnoses, readerDiagnoses, cardDiagnoses, contentDiagnoses)

func merge(maps ...map[string]diagnosis) map[string]diagnosis {
	all := map[string]diagnosis{}
	for _, m := range maps {
		for code, d := range m {
			all[code] = d
		}
	}
	return all
}

// same is a remedy for all kinds of Linux.
func same(linux, macOS, windows Text) map[System]Text {
	return map[System]Text{Debian: linux, Fedora: linux, Linux: linux, MacOS: macOS, Windows: windows}
}

var commonDiagnoses = map[string]diagnosis{
	"not_used":      {found: Text{"練習用カードでは使いません。", "Not used with the practice card."}},
	"not_looked_at": {found: Text{"先に上の問題を解決する必要があるため、調べていません。", "Not looked at: what is above comes first."}},
	"absent":        {found: Text{"このカードにはありません。", "The card has none."}},
	"failed":        {found: Text{"読み取れませんでした（%[1]s）。", "Could not be read (%[1]s)."}, remedy: readAgain},
	"removed":       {found: Text{"途中でカードが離れました。", "The card was removed in the middle."}, remedy: readAgain},
	"hanging": {
		found:  Text{"時間内に応答がありません。", "There was no answer in time."},
		remedy: Text{"カードを置き直し、リーダーを差し直してから、もう一度「jpki doctor」を実行してください。", "Put the card back, plug the reader in again, and run “jpki doctor” again."},
	},
}

var computerDiagnoses = map[string]diagnosis{
	"program.version": {found: Text{"jpki %[1]s", "jpki %[1]s"}},
	"platform.native": {found: Text{"%[1]s", "%[1]s"}},
	"platform.wsl": {
		found:  Text{"%[1]s（Windows の中の Linux：WSL）", "%[1]s (WSL: Linux inside Windows)"},
		remedy: Text{"WSL からは USB のリーダーがそのままでは見えません。Windows 版をお使いいただくか、usbipd-win でリーダーを WSL に渡してください。", "WSL does not see USB readers by itself. Use jpki for Windows, or hand the reader to WSL with usbipd-win."},
	},
	"platform.container": {
		found:  Text{"%[1]s（コンテナーの中）", "%[1]s (in a container)"},
		remedy: Text{"コンテナーの中からは、外の pcscd のソケット（/run/pcscd/pcscd.comm）を渡さないとカードを使えません。", "A container reaches cards only if the socket of the pcscd outside (/run/pcscd/pcscd.comm) is handed in."},
	},
	"platform.sandbox": {
		found:  Text{"%[1]s（Flatpak または Snap の中）", "%[1]s (in Flatpak or Snap)"},
		remedy: Text{"カードを使う許可が必要です（Flatpak は --socket=pcsc、Snap は pcscd の接続）。うまくいかないときは deb や rpm の版をお使いください。", "It needs permission to use cards (Flatpak: --socket=pcsc, Snap: the pcscd interface). If that does not help, use the deb or rpm package."},
	},
	"locale.utf8":   {found: Text{"UTF-8 です（%[1]s）。", "UTF-8 (%[1]s)."}},
	"locale.system": {found: Text{"システムの設定に従います。", "As the system has it."}},
	"locale.not_utf8": {
		found:  Text{"UTF-8 ではないため、日本語が正しく表示されないことがあります（%[1]s）。", "Not UTF-8 (%[1]s): Japanese names may not be shown properly."},
		remedy: Text{"「export LANG=ja_JP.UTF-8」（なければ C.UTF-8）を実行してからお使いください。", "Run “export LANG=en_US.UTF-8” (or C.UTF-8) first."},
	},
	"clock.plausible": {found: Text{"%[1]s", "%[1]s"}},
	"clock.before_build": {
		found:  Text{"パソコンの日付が %[1]s になっていて、遅れています。", "The date of this computer is %[1]s, which is too early."},
		remedy: clockRemedy,
	},
	"clock.far_future": {
		found:  Text{"パソコンの日付が %[1]s になっていて、進みすぎています。", "The date of this computer is %[1]s, which is far in the future."},
		remedy: clockRemedy,
	},
	"clock.before_certificate": {
		found:  Text{"パソコンの日付（%[1]s）が、カードの証明書が発行された日より前です。", "The date of this computer (%[1]s) is before the card’s certificates were issued."},
		remedy: clockRemedy,
	},
	"folders.writable": {found: Text{"設定や一時データの保存場所に書き込めます。", "The folders for cache and data can be written."}},
	"folders.not_writable": {
		found:  Text{"保存場所に書き込めません（%[1]s）。", "Cannot be written: %[1]s."},
		remedy: Text{"署名はできますが、練習用カードを使えなかったり、読み取りに時間がかかったりします。フォルダーの持ち主と許可、空き容量を確かめてください。", "Signing works, but reading takes longer and the practice card may not work. Check the folder’s owner and permissions, and the free space."},
	},
	"network.unused": {found: Text{"使っていません。", "Not used."}},
}

var clockRemedy = Text{"日付と時刻を合わせてください（「自動的に設定する」を入にするのが確実です）。時計が狂っていると、証明書の期限を正しく判定できません。", "Set the date and time, best automatically from the network. With a wrong clock, nothing can be said about whether certificates are valid."}

var startService = Text{"「sudo systemctl enable --now pcscd.socket」を実行してください。systemd のないシステムでは「sudo service pcscd start」です。", "Run “sudo systemctl enable --now pcscd.socket”; without systemd, “sudo service pcscd start”."}

var restartService = same(
	Text{"「sudo systemctl restart pcscd.socket pcscd.service」を実行してください。systemd のないシステムでは「sudo service pcscd restart」です。", "Run “sudo systemctl restart pcscd.socket pcscd.service”; without systemd, “sudo service pcscd restart”."},
	Text{"リーダーを抜いて、Mac を再起動してください。", "Unplug the reader and restart the Mac."},
	Text{"「サービス」（services.msc）を開き、「Smart Card」を右クリックして「再起動」を選んでください。", "Open “Services” (services.msc), right-click “Smart Card” and choose “Restart”."},
)

var stoppedElsewhere = map[System]Text{
	MacOS:   {"リーダーを差し直し、直らなければ Mac を再起動してください。サービスは macOS に含まれています。", "Plug the reader in again; if that does not help, restart the Mac. The service is part of macOS."},
	Windows: {"先にリーダーを差し込んでください（サービスはリーダーがつながると動きます）。動かないときは「サービス」（services.msc）で「Smart Card」を開始してください。", "Plug a reader in first: the service starts with it. If it does not, start “Smart Card” in “Services” (services.msc)."},
}

var serviceDiagnoses = map[string]diagnosis{
	"library.loaded":              {found: Text{"%[1]s", "%[1]s"}},
	"library.system":              {found: Text{"システムに含まれるものを使います。", "Part of the system."}},
	"library.unknown":             {found: Text{"調べられませんでした。", "Could not be told."}},
	"service_installed.installed": {found: Text{"入っています（%[1]s）。", "Installed (%[1]s)."}},
	"service_installed.system":    {found: Text{"システムに含まれています。", "Part of the system."}},
	"service_installed.elsewhere": {found: Text{"このシステムには見当たりませんが、サービスは応答しています。", "Not found on this system, but the service answers."}},
	"service_installed.not_installed": {
		found: Text{"カードを読み取るサービス（pcscd）が入っていません。", "The service that reads cards (pcscd) is not installed."},
		on: map[System]Text{
			Debian:  {"「sudo apt install pcscd libccid」を実行してください。", "Run “sudo apt install pcscd libccid”."},
			Fedora:  {"「sudo dnf install pcsc-lite pcsc-lite-ccid」を実行し、続けて「sudo systemctl enable --now pcscd.socket」を実行してください。", "Run “sudo dnf install pcsc-lite pcsc-lite-ccid”, then “sudo systemctl enable --now pcscd.socket”."},
			Linux:   {"お使いのシステムのパッケージ pcsc-lite（pcscd）と ccid を入れて、pcscd を起動してください。", "Install your system’s packages pcsc-lite (pcscd) and ccid, and start pcscd."},
			MacOS:   stoppedElsewhere[MacOS],
			Windows: stoppedElsewhere[Windows],
		},
	},
	"service_running.running": {found: Text{"動いています。", "Running."}},
	"service_running.stopped": {
		found: Text{"カードを読み取るサービス（pcscd）が動いていません。", "The service that reads cards (pcscd) is not running."},
		on:    same(startService, stoppedElsewhere[MacOS], stoppedElsewhere[Windows]),
	},
	"service_running.disabled": {
		found: Text{"カードを読み取るサービス（pcscd）が動いておらず、自動で起動する設定にもなっていません。", "The service that reads cards (pcscd) is not running, and is not set to start by itself."},
		on:    same(startService, stoppedElsewhere[MacOS], stoppedElsewhere[Windows]),
	},
	"service_running.masked": {
		found: Text{"カードを読み取るサービス（pcscd）が、起動できない設定（mask）になっています。", "The service that reads cards (pcscd) is masked: it cannot be started."},
		on: same(
			Text{"「sudo systemctl unmask pcscd.socket pcscd.service」を実行してから、「sudo systemctl enable --now pcscd.socket」を実行してください。", "Run “sudo systemctl unmask pcscd.socket pcscd.service”, then “sudo systemctl enable --now pcscd.socket”."},
			stoppedElsewhere[MacOS], stoppedElsewhere[Windows]),
	},
	"service_running.stale_socket": {
		found: Text{"カードを読み取るサービス（pcscd）が異常終了したようです。ソケットだけが残っています。", "The service that reads cards (pcscd) seems to have crashed: only its socket is left."},
		on:    restartService,
	},
	"service_running.mismatched": {
		found: Text{"カードを読み取るサービス（pcscd）と、このプログラムが使うライブラリー（libpcsclite）の版が合っていません。", "The service (pcscd) and the library that this program uses (libpcsclite) are of versions that do not fit."},
		on: map[System]Text{
			Debian:  {"「sudo apt install --reinstall pcscd libpcsclite1」で版をそろえ、「sudo systemctl restart pcscd.socket」を実行してください。/usr/local に自分で入れたものがあれば取り除いてください。", "Run “sudo apt install --reinstall pcscd libpcsclite1” to bring them together, then “sudo systemctl restart pcscd.socket”. Remove what you built yourself under /usr/local."},
			Fedora:  {"「sudo dnf reinstall pcsc-lite pcsc-lite-libs」で版をそろえ、「sudo systemctl restart pcscd.socket」を実行してください。/usr/local に自分で入れたものがあれば取り除いてください。", "Run “sudo dnf reinstall pcsc-lite pcsc-lite-libs” to bring them together, then “sudo systemctl restart pcscd.socket”. Remove what you built yourself under /usr/local."},
			Linux:   {"pcscd と libpcsclite を同じ版にそろえ、pcscd を起動し直してください。", "Bring pcscd and libpcsclite to the same version and restart pcscd."},
			MacOS:   {"Mac を再起動してください。", "Restart the Mac."},
			Windows: {"パソコンを再起動してください。", "Restart the computer."},
		},
	},
	"service_running.hanging": {
		found: Text{"カードを読み取るサービスが応答しません（固まっています）。", "The service that reads cards does not answer: it hangs."},
		on:    restartService,
	},
	"service_running.broken": {
		found: Text{"カードを読み取るサービスとのやりとりに失敗しました（%[1]s）。", "Talking to the service that reads cards failed (%[1]s)."},
		on:    restartService,
	},
	"service_permitted.permitted": {found: Text{"許可されています。", "Permitted."}},
	"service_permitted.socket_refused": {
		found: Text{"カードを読み取るサービス（pcscd）のソケットに、この利用者は接続できません。", "This user may not connect to the socket of the service that reads cards (pcscd)."},
		on: same(
			Text{"「sudo systemctl restart pcscd.socket」で許可が元に戻ります（/run/pcscd/pcscd.comm は誰でも書き込めるのが標準です）。直らないときは、管理者に設定を確かめてもらってください。", "“sudo systemctl restart pcscd.socket” restores the usual permissions (everybody may write to /run/pcscd/pcscd.comm). If that does not help, ask the administrator."},
			Text{"管理者の利用者でログインして、もう一度お試しください。", "Log in as an administrator and try again."},
			Text{"「Smart Card」サービスの利用が制限されていないか、管理者に確かめてください。", "Ask the administrator whether the “Smart Card” service is restricted."}),
	},
	"service_permitted.policy_refused": {
		found: Text{"カードを読み取るサービス（pcscd）が、この利用者の接続を断りました（polkit の設定）。", "The service that reads cards (pcscd) refused this user (a polkit rule)."},
		on: same(
			Text{"パソコンの前で直接ログインしてお使いください。遠隔ログイン（ssh など）や別の利用者で使うときは、管理者に polkit の設定（org.debian.pcsc-lite.access_pcsc と access_card の許可）を頼んでください。", "Log in at the computer itself. For remote logins (ssh) or other accounts, ask the administrator for a polkit rule that allows org.debian.pcsc-lite.access_pcsc and access_card."},
			Text{"パソコンの前で直接ログインしてお使いください。", "Log in at the computer itself."},
			Text{"リモートデスクトップではなく、パソコンの前で直接ログインしてお使いください。", "Log in at the computer itself, not through Remote Desktop."}),
	},
}

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

var readerDiagnoses = map[string]diagnosis{
	"readers.listed": {found: Text{"%[1]d 台", "%[1]d"}},
	"readers.none": {
		found: Text{"カードリーダーが見つかりません。", "No card reader was found."},
		on: same(
			Text{"リーダーをパソコンに差し込み、数秒待ってからもう一度お試しください。差してあるときは、別の差し込み口で試してください。リーダーなしで試すには「-r emu:」（練習用カード）を使えます。", "Plug in a reader, wait a few seconds and try again; if it is plugged in, try another socket. To try without a reader, use “-r emu:” (the practice card)."},
			Text{"リーダーを Mac に差し込み、数秒待ってからもう一度お試しください。リーダーなしで試すには「-r emu:」（練習用カード）を使えます。", "Plug a reader into the Mac, wait a few seconds and try again. To try without a reader, use “-r emu:” (the practice card)."},
			Text{"リーダーを差し込み、「デバイス マネージャー」の「スマート カード リーダー」に表示されるか確かめてください。表示されないときは、メーカーのドライバーを入れてください。", "Plug in a reader and look for it under “Smart card readers” in Device Manager. If it is missing, install the maker’s driver."}),
	},
	"reader.empty":     {found: Text{"%[1]s：カードなし%[2]s", "%[1]s: empty%[2]s"}},
	"reader.present":   {found: Text{"%[1]s：カードあり%[2]s", "%[1]s: card present%[2]s"}},
	"reader.in_use":    {found: Text{"%[1]s：カードあり、ほかのソフトも使用中%[2]s", "%[1]s: card present, used by another program too%[2]s"}},
	"reader.exclusive": {found: Text{"%[1]s：カードあり、ほかのソフトが独り占め%[2]s", "%[1]s: card present, another program keeps it to itself%[2]s"}},
	"reader.mute":      {found: Text{"%[1]s：カードあり、応答なし%[2]s", "%[1]s: card present, does not answer%[2]s"}},
	"reader.unpowered": {found: Text{"%[1]s：カードあり、電源が入っていません%[2]s", "%[1]s: card present, without power%[2]s"}},
	"reader.unavailable": {
		found:  Text{"%[1]s：リーダーを使えません%[2]s", "%[1]s: the reader cannot be used%[2]s"},
		remedy: Text{"リーダーを差し直してください。", "Plug the reader in again."},
	},
	"other_reader.virtual": {
		found:  Text{"%[1]s は、ソフトウェアの仮想リーダーです。本物のカードは入りません。", "%[1]s is a virtual reader made of software: no real card goes into it."},
		remedy: notForCard,
	},
	"other_reader.windows_hello": {
		found:  Text{"%[1]s は、Windows のサインイン用です。マイナンバーカードには使えません。", "%[1]s is for signing in to Windows, not for a My Number card."},
		remedy: notForCard,
	},
	"other_reader.tpm": {
		found:  Text{"%[1]s は、パソコンのセキュリティチップ（TPM）です。マイナンバーカードには使えません。", "%[1]s is a security chip (TPM) of the computer, not for a My Number card."},
		remedy: notForCard,
	},
	"other_reader.token": {
		found:  Text{"%[1]s は、USB のセキュリティキーです。マイナンバーカードには使えません。", "%[1]s is a USB security key, not for a My Number card."},
		remedy: notForCard,
	},
	"programs.none":    {found: Text{"ほかにカードを使っているソフトは見当たりません。", "No other program that uses cards was found."}},
	"programs.unknown": {found: Text{"このシステムでは調べられません。", "Cannot be told on this system."}},
	"programs.browser": {found: Text{"ブラウザーが、カードを使う準備をしています（%[1]s）。", "A browser is ready to use cards: %[1]s."}, remedy: closeIfInUse},
	"programs.gnupg":   {found: Text{"GnuPG が動いています（%[1]s）。リーダーを独り占めすることがあります。", "GnuPG is running (%[1]s); it may keep the reader to itself."}, remedy: scdaemonRemedy},
	"programs.opensc":  {found: Text{"OpenSC などの道具が、カードを使っています（%[1]s）。", "Tools such as OpenSC’s are using cards: %[1]s."}, remedy: closeIfInUse},
	"programs.jpki":    {found: Text{"ほかの公的個人認証のソフトが動いています（%[1]s）。", "Other JPKI software is running: %[1]s."}, remedy: closeIfInUse},
	"programs.other":   {found: Text{"カードを使うソフトが動いています（%[1]s）。", "Programs that use cards are running: %[1]s."}, remedy: closeIfInUse},
}

var (
	notForCard   = Text{"リーダーが複数あるときは、使うものを「-r 名前の一部」で指定できます。", "With several readers, “-r” and a part of the name says which one to use."}
	closeIfInUse = Text{"「カードを使用中」と出るときは、このソフトを終了してください。", "If the card is said to be in use, close this program."}
)

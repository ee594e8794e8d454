package msg

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
	"service_running.no_socket": {
		found: Text{"カードを読み取るサービス（pcscd）は動いていますが、接続口（/run/pcscd/pcscd.comm）がありません。", "The service that reads cards (pcscd) runs, but its socket (/run/pcscd/pcscd.comm) is missing."},
		on:    restartService,
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

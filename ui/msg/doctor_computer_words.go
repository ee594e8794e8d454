package msg

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

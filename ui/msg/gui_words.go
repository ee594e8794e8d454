package msg

// The command that opens the window.
var (
	GUIShort = Text{"画面（ウィンドウ）を開きます", "Open the window"}
	GUILong  = Text{
		"jpki の画面（jpki-gui）を開きます。FILE を付けると、署名のあるファイルは確かめる画面、ほかのファイルは\n署名の画面で開きます。画面はこの端末から離れて動くので、端末を閉じてもそのまま使えます。",
		"Opens the window of jpki (jpki-gui). With FILE, it shows what is needed to verify a signed\nfile, or to sign any other. The window does not depend on the terminal, which may be closed.",
	}
	PressEnter = Text{"Enter キーを押すと、この画面を閉じます。", "Press Enter to close this console."}
)

// windowErrors has the words of the errors about opening the window, as errorEntries has
// those of the others.
var windowErrors = map[string]entry{
	"window_missing": {
		Text{"画面のプログラム（%s）が見つかりません。", "The program of the window (%s) was not found."},
		Text{"jpki-gui を入れてください（Debian や Ubuntu では「sudo apt install ./jpki-gui_*.deb」、Fedora では「sudo dnf install ./jpki-gui-*.rpm」。Windows では、配布の ZIP にある二つのプログラムを同じフォルダーに置いてください）。端末だけでも「jpki help」のすべてのことができます。", "Install jpki-gui (Debian, Ubuntu: “sudo apt install ./jpki-gui_*.deb”; Fedora: “sudo dnf install ./jpki-gui-*.rpm”; Windows: keep both programs of the ZIP in one folder). Everything can be done in the terminal as well: “jpki help”."},
	},
	"window_not_started": {
		Text{"画面のプログラム（jpki-gui）を起動できません（%s）。", "The program of the window (jpki-gui) cannot be started (%s)."},
		Text{"jpki-gui を入れ直してください。端末だけでも「jpki help」のすべてのことができます。", "Install jpki-gui again. Everything can be done in the terminal as well: “jpki help”."},
	},
	"window_ended": {
		Text{"画面が開かずに終わりました（jpki-gui：%s）。", "The window ended without opening (jpki-gui: %s)."},
		Text{"画面を表示できない環境（遠隔ログインなど）では開けません。パソコンの前でログインしているときは、「jpki-gui」を直接実行すると理由が表示されます。端末だけでも「jpki help」のすべてのことができます。", "It cannot open where there is no display, as in a remote login. If you sit at the computer itself, run “jpki-gui” to see why. Everything can be done in the terminal as well: “jpki help”."},
	},
}

package msg

// SignNotOpened is for a document that is not opened from the window.
var SignNotOpened = Text{
	"ここには、全体を表示できません。この種類のファイルは、開くだけでプログラムが動くことがあるので、この画面からは開きません。「フォルダーを開く」で場所を確かめ、出どころの確かなファイルだけを開いてください。",
	"Not all of it can be shown here. Opening a file of this kind may run a program, so this window does not open it. Use “Open the folder” to find it, and open it only if you know where it comes from.",
}

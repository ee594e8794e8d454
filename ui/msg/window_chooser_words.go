package msg

// Where files are chosen and saved.
var (
	ChooserUp        = Text{"上のフォルダーへ", "Up one folder"}
	PlaceHome        = Text{"ホーム", "Home"}
	PlaceDesktop     = Text{"デスクトップ", "Desktop"}
	PlaceDocuments   = Text{"ドキュメント", "Documents"}
	PlaceDownloads   = Text{"ダウンロード", "Downloads"}
	PlaceDrive       = Text{"ドライブ %s", "Drive %s"}
	ChooserField     = Text{"名前の一部（絞り込み）か、場所（Enter で移動）", "Part of a name, or a path and Enter"}
	ChooserPlace     = Text{"いまの場所：%s", "Folder: %s"}
	ChooserHidden    = Text{"隠しファイルも表示", "Show hidden files"}
	ChooserAll       = Text{"表示中のファイルをすべて選ぶ", "Choose all files shown"}
	ChooserKeys      = Text{"キー操作：↑↓ で動く、Enter で決める、Backspace で上のフォルダーへ", "Keys: ↑↓ move, Enter chooses, Backspace goes up one folder"}
	ChooserKeysMany  = Text{"キー操作：↑↓ で動く、Space で選ぶ・外す、Enter で決める、Backspace で上のフォルダーへ", "Keys: ↑↓ move, Space marks, Enter chooses, Backspace goes up one folder"}
	ChooserOne       = Text{"選んだもの：%s", "Chosen: %s"}
	ChooserNone      = Text{"まだ何も選んでいません", "Nothing is chosen yet"}
	ChooserSeveral   = Text{"%d 件を選んでいます", "%d files are chosen"}
	ChooseFile       = Text{"このファイルを選ぶ", "Choose this file"}
	ChooseFiles      = Text{"%d 件を選ぶ", "Choose %d files"}
	ChooseThisFolder = Text{"このフォルダーに決める", "Choose this folder"}
	SaveName         = Text{"ファイル名", "File name"}
	SaveHere         = Text{"保存する", "Save"}
	Replace          = Text{"置き換える", "Replace"}
	ReplaceQuestion  = Text{"同じ名前のファイルがあります。置き換えますか？", "There is a file of that name. Replace it?"}
	ReplaceMeaning   = Text{"「%s」のいまの内容は失われます。", "What “%s” holds now will be lost."}
)

// What is said of a row of the list to those who cannot see it.
var (
	RowFolder = Text{"フォルダー %s", "folder %s"}
	RowFile   = Text{"ファイル %s", "file %s"}
	RowChosen = Text{"選択中のファイル %s", "chosen file %s"}
)

// How the chooser stands.
var (
	ChooserReading = Text{"フォルダーを読んでいます…", "Reading the folder…"}
	ChooserEmpty   = Text{"ここには、選べるものがありません。", "There is nothing to choose here."}
	ChooserNoMatch = Text{"「%s」を含む名前は、ここにはありません。", "No name here contains “%s”."}
	ChooserMore    = Text{"%d 件を表示しています。ほかに %d 件あります。名前の一部を入力すると絞り込めます。", "%d are shown and %d are not. Type part of a name to narrow the list."}
	ChooserCut     = Text{"ここには項目がたいへん多いので、はじめの %d 件だけを読みました。ほかのものは、名前をすべて入力して Enter を押すと選べます。", "This folder is very large, so that only %d of its entries were read. To choose another, type its whole name and press Enter."}

	ChooserMissing    = Text{"「%s」は見つかりません。名前と場所を確かめてください。", "“%s” was not found. Check its name and folder."}
	ChooserUnreadable = Text{"「%s」を開けません。見る許可がないか、機器がつながっていません。接続を確かめるか、別の場所を選んでください。", "“%s” cannot be opened: you are not allowed to see it, or its drive is not connected. Check the connection or choose another place."}
	ChooserSpecial    = Text{"「%s」は普通のファイルではないので、選べません。別のものを選んでください。", "“%s” is not an ordinary file and cannot be chosen. Choose another."}
	ChooserNotFolder  = Text{"「%s」はファイルです。フォルダーを選んでください。", "“%s” is a file. Choose a folder."}
	SaveOnFolder      = Text{"「%s」というフォルダーがあります。別の名前にしてください。", "“%s” is a folder. Choose another name."}
	SaveNameMissing   = Text{"ファイル名を入力してください。", "Enter a file name."}
)

package msg

// What the window says in every room.
var (
	TextSize     = Text{"文字サイズ", "Text size"}
	ColourScheme = Text{"色合い", "Colours"}

	RoomHome         = Text{"ホーム", "Home"}
	RoomCertificates = Text{"証明書", "Certificates"}
	RoomSign         = Text{"署名", "Sign"}
	RoomVerify       = Text{"検証", "Verify"}
	RoomPINs         = Text{"暗証番号", "PINs"}
	RoomDoctor       = Text{"診断", "Check-up"}
	RoomHelp         = Text{"困ったとき", "Help"}

	Colon          = Text{"：", ": "}
	CardLine       = Text{"カード：%s", "Card: %s"}
	PracticeAcross = Text{"練習用：本物のカードではありません。署名に効力はありません。", "PRACTICE: this is no real card, and its signatures have no legal effect."}
	TestAcross     = Text{"テスト用：試験用のカードです。署名に効力はありません。", "TEST: this is a test card, and its signatures have no legal effect."}
	UseRealCard    = Text{"本物のカードに戻る", "Back to the real card"}

	Back      = Text{"戻る", "Back"}
	Close     = Text{"閉じる", "Close"}
	Cancel    = Text{"キャンセル", "Cancel"}
	Stop      = Text{"中止", "Stop"}
	Stopping  = Text{"中止しています…", "Stopping…"}
	Preparing = Text{"準備しています…", "Preparing…"}
	ReadingOf = Text{"読み取り %d / %d：%s", "Reading %d of %d: %s"}

	OpenLater    = Text{"いまは開けません", "It cannot be opened just now"}
	OpenLaterHow = Text{"先に、いま出ている確認や作業を終えてください。そのあとで、もう一度開いてください。", "Finish what the window asks or does at the moment, then open it again."}

	CloseWhileWorking = Text{"まだ作業の途中です。中止して閉じますか？", "Work is still going on. Stop it and close?"}
	CloseAndStop      = Text{"中止して閉じる", "Stop and close"}
)

// SigningFile says which file the card signs: its number, of how many, its name.
var SigningFile = Text{"カードで署名しています %d / %d：%s", "The card signs %d of %d: %s"}

// SizeName is the name of a size of the letters.
func SizeName(size string) Text {
	return map[string]Text{
		"large":  {"拡大", "Large"},
		"normal": {"標準", "Normal"},
		"small":  {"縮小", "Small"},
	}[size]
}

// SchemeName is the name of a colour scheme.
func SchemeName(scheme string) Text {
	return map[string]Text{
		"standard": {"標準", "Standard"},
		"blue":     {"青地に黄色", "Yellow on blue"},
		"yellow":   {"黄色地に黒", "Black on yellow"},
		"black":    {"黒地に黄色", "Yellow on black"},
	}[scheme]
}

// WindowUsage says how jpki-gui is called.
var WindowUsage = Text{"使い方：jpki-gui [--lang ja|en] [-r リーダー] [ファイル…]", "usage: jpki-gui [--lang ja|en] [-r READER] [FILE…]"}

package msg

// What jpki doctor says of itself.
var (
	DoctorShort = Text{"カードを使うための準備を、ひととおり調べます", "Examine everything between you and the card"}
	DoctorLong  = Text{
		"カードを読み取るサービス、リーダー、カード、証明書を順に調べ、問題があれば直し方を示します。\n暗証番号は尋ねません。残り回数も減りません。ネットワークも使いません。\n表示には個人を特定する内容を含めないので、そのまま質問の掲示板などに貼れます。\n（証明書の期限の日付は誕生日と同じなので、--card-details を付けたときだけ表示します）\n\n終了コード：0 使える、3 サービス・リーダー・カードの問題、5 暗証番号がロック、\n6 証明書の問題（期限切れなど）、1 その他（時計など）。期限が近いだけなら 0 です。",
		"Examines the service that reads cards, the readers, the card and its certificates, in\nthis order, and says what to do about each problem. Asks for no PIN, costs no try and\nuses no network. What it prints names nobody, and can be pasted into a public question.\n(The day on which a certificate ends is the holder’s birthday, so that dates are shown\nonly with --card-details.)\n\nExit code: 0 usable, 3 trouble with service, reader or card, 5 a PIN is locked,\n6 trouble with a certificate such as that it expired, 1 other trouble such as the clock.\nA certificate that ends soon is a note, and no trouble.",
	}
	FlagCardDetails = Text{
		"証明書の番号や期限の日付、リーダーの製造番号なども表示する（人に見せるときは付けないでください）",
		"show serial numbers and dates too (not for a public place)",
	}

	DoctorOK      = Text{"✓ 正常", "✓ OK"}
	DoctorNote    = Text{"! 注意", "! note"}
	DoctorProblem = Text{"✗ 問題", "✗ problem"}
	DoctorSkipped = Text{"- 省略", "- skipped"}

	DoctorAnd = Text{"、", ", "}

	DoctorSummary  = Text{"まとめ：", "Summary: "}
	DoctorUsable   = Text{"問題は見つかりませんでした。カードを使えます。", "No problem was found. The card can be used."}
	DoctorNoted    = Text{"カードを使えます。注意していただきたい点があります：%s", "The card can be used. Please note: %s"}
	DoctorHasCause = Text{"問題があります：%s", "There is a problem: %s"}
)

var practiceMark = Text{"（練習用）", " (practice)"}

var applicationNames = map[string]Text{
	"jpki_ap":            {"公的個人認証（JPKI）", "JPKI"},
	"profile_input_ap":   {"券面事項入力補助", "card-face data input"},
	"profile_display_ap": {"券面事項確認", "card-face data check"},
	"juki_ap":            {"住民基本台帳", "resident register"},
	"common_ap":          {"共通", "common"},
}

var doctorLabels = map[string]Text{
	"program":           {"プログラム", "Program"},
	"platform":          {"システム", "System"},
	"locale":            {"文字コード", "Text encoding"},
	"clock":             {"日付と時刻", "Clock"},
	"folders":           {"保存場所", "Folders"},
	"network":           {"ネットワーク", "Network"},
	"library":           {"読み取り用ライブラリー", "Card library"},
	"service_installed": {"読み取りサービス", "Card service"},
	"service_running":   {"サービスの動作", "Service running"},
	"service_permitted": {"サービスの利用許可", "Permission"},
	"usb_readers":       {"USB のリーダー", "USB readers"},
	"usb_drivers":       {"ドライバーの競合", "Driver conflicts"},
	"ccid_driver":       {"リーダーのドライバー", "Reader driver"},
	"readers":           {"使えるリーダー", "Readers"},
	"reader":            {"リーダー", "Reader"},
	"other_reader":      {"カード用でないリーダー", "Not for this card"},
	"programs":          {"カードを使うソフト", "Other programs"},
	"card":              {"カード", "Card"},
	"atr":               {"カードの初期応答（ATR）", "ATR"},
	"applications":      {"カードの機能", "Card applications"},
	"token":             {"カードの種類", "Kind of card"},
	"certificates":      {"電子証明書", "Certificates"},
	"sign_certificate":  {"署名用電子証明書", "Signing certificate"},
	"auth_certificate":  {"利用者証明用電子証明書", "Authentication certificate"},
	"auth_issuer":       {"証明書の発行者", "Issuer"},
	"auth_holder":       {"証明書の詳細", "Details"},
	"sign_ca":           {"署名用の認証局", "CA for signing"},
	"auth_ca":           {"利用者証明用の認証局", "CA for authentication"},
	"sign_pin":          {"署名用パスワード", "Signing password"},
	"auth_pin":          {"利用者証明用暗証番号", "Authentication PIN"},
}

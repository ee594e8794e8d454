package msg

// What the room of the window says in which certificates are shown.
var (
	CertIntro = Text{
		"電子証明書に何が書かれているか、いつまで使えるかを表示します（証明書表示ツール）。",
		"Shows what a certificate says, and until when it can be used.",
	}
	CertOfCard   = Text{"カードの証明書", "Certificates of the card"}
	CertSeeAuth  = Text{"利用者証明用を見る", "Authentication certificate"}
	CertSeeSign  = Text{"署名用を見る（パスワード）", "Signing certificate (password)"}
	CertSeeCAs   = Text{"認証局の証明書を見る", "The CAs’ certificates"}
	CertNoCard   = Text{"カードを置くと、ここからカードの証明書を見られます。", "With a card on the reader, its certificates can be seen here."}
	CertCardRead = Text{"カードを読んでいます…", "Reading the card…"}
	CertReading  = Text{"証明書を読んでいます", "Reading certificates"}
	CertGone     = Text{
		"カードが離れたので、カードから読んだ証明書の表示を消しました。",
		"The card is gone, so what was read from it is no longer shown.",
	}

	CertOfFile   = Text{"ファイルの証明書", "Certificates of a file"}
	CertFileHint = Text{
		"証明書（.cer、.pem など）か署名のファイルを、この画面に置く（ドラッグする）こともできます。",
		"You can also drag a certificate (.cer, .pem and so on) or a signature file into this window.",
	}
	CertOpenFile = Text{"ファイルを開く", "Open a file"}
	CertPath     = Text{"ファイルの場所（入力して Enter）", "Path of the file (type it, then Enter)"}
	CertFromFile = Text{"ファイル：%s", "File: %s"}
	CertFromCard = Text{"カードから読みました", "Read from the card"}
	CertMarked   = Text{
		"囲みの付いた文字は、証明書で使えない文字の代わりに入っている文字（代替文字）です。",
		"Boxed letters stand for letters that a certificate cannot hold.",
	}
	CertShown  = Text{"証明書を %s 件表示しました", "%s certificates are shown"}
	CertHide   = Text{"表示を消す", "Clear"}
	CertDetail = Text{"くわしい内容（発行者・番号・指紋など）", "Details (issuer, numbers, fingerprints)"}

	CertSaveCER   = Text{"保存（.cer）", "Save (.cer)"}
	CertSavePEM   = Text{"保存（.pem）", "Save (.pem)"}
	CertBefore    = Text{"保存する前に", "Before you save"}
	CertSaveAfter = Text{"保存先を選ぶ", "Choose where to save"}
	CertCalendar  = Text{"更新の予定をカレンダーへ", "Add the renewal to a calendar"}
	CertRemindHow = Text{
		"保存したファイルを開くと、カレンダーのソフトに予定を入れられます。",
		"Open the file to add its entries to your calendar.",
	}
	CertCopy   = Text{"コピー", "Copy"}
	CertCopied = Text{"コピーしました", "Copied"}
)

package msg

// Names of the card's things.
var (
	SignPIN = Text{"署名用パスワード", "signing password"}
	AuthPIN = Text{"利用者証明用暗証番号", "authentication PIN"}
)

// Questions on the terminal.
var (
	AskSignPIN     = Text{"署名用パスワード（半角の英字と数字 6～16 文字。あと %d 回）：", "Signing password (6 to 16 letters and digits; tries left: %d): "}
	AskAuthPIN     = Text{"利用者証明用暗証番号（数字 4 桁。あと %d 回）：", "Authentication PIN (4 digits; tries left: %d): "}
	WaitingForCard = Text{"カードを待っています。リーダーに置いてください（中止は Ctrl-C）。", "Waiting for a card. Put it on the reader (Ctrl-C stops)."}
	SignDiscloses  = Text{
		"電子署名を受け取った相手には、証明書に書かれた氏名・住所・生年月日・性別が伝わります。（この案内は最初の一度だけ出ます）",
		"Whoever receives the signature learns your name, address, birth date and sex: they are in the certificate. (Shown this once.)",
	}
)

// Labels and values of lists.
var (
	LabelReader     = Text{"リーダー", "Reader"}
	LabelKind       = Text{"カードの種類", "Card"}
	LabelSignCert   = Text{"署名用電子証明書", "Signing certificate"}
	LabelAuthCert   = Text{"利用者証明用電子証明書", "Authentication certificate"}
	LabelSignPIN    = Text{"署名用パスワード", "Signing password"}
	LabelAuthPIN    = Text{"利用者証明用暗証番号", "Authentication PIN"}
	LabelFile       = Text{"署名ファイル", "Signature file"}
	LabelContent    = Text{"書類", "Document"}
	LabelJudgedAt   = Text{"判定の時点", "Judged as of"}
	LabelSigner     = Text{"署名者", "Signer"}
	LabelName       = Text{"氏名", "Name"}
	LabelSex        = Text{"性別", "Sex"}
	LabelBirth      = Text{"生年月日", "Born"}
	LabelAddress    = Text{"住所", "Address"}
	LabelIssuer     = Text{"発行者", "Issuer"}
	LabelSerial     = Text{"証明書の番号", "Serial number"}
	LabelSigned     = Text{"署名日時", "Signed"}
	LabelCovers     = Text{"署名の対象", "Covers"}
	LabelRevocation = Text{"失効", "Revocation"}
	LabelProfile    = Text{"種別", "Profile"}
	LabelPractice   = Text{"練習用カードのファイル", "Practice card’s file"}
	LabelPracticeCA = Text{"練習用認証局の証明書", "Practice CA’s certificate"}

	Brackets = Text{"（%s）", " (%s)"}
	Present  = Text{"あり", "present"}
	Absent   = Text{"なし", "none"}
	Unknown  = Text{"不明", "unknown"}

	TriesLeft    = Text{"あと %d 回（%d 回中）", "%d of %d tries left"}
	TriesLast    = Text{"あと 1 回（%d 回中）。次に間違えるとロックされます", "1 of %d tries left: one more wrong try locks it"}
	TriesBlocked = Text{"ロックされています", "locked"}

	SignerUnknown = Text{"確認できません", "cannot be told"}
	TimeClaimed   = Text{"（署名者の申告時刻・証明なし）", " (claimed by the signer, no proof)"}
	TimeNone      = Text{"記載なし", "not stated"}
	Covers        = Text{"%d バイト全体（%s）", "all %d bytes (%s)"}
	PracticeBand  = Text{"【練習用】練習用カードの署名です。効力はありません。", "[PRACTICE] Signed with a practice card: it has no legal effect."}
	JukiExpired   = Text{
		"住民基本台帳カードです。このカードの電子証明書は、2018年12月までにすべて期限が切れています。署名にはマイナンバーカードが必要です。",
		"This is a Juki card (住民基本台帳カード). All certificates on such cards had expired by December 2018; signing needs a My Number card.",
	}

	SexMale    = Text{"男", "male"}
	SexFemale  = Text{"女", "female"}
	SexUnknown = Text{"不明", "unknown"}
)

// CardKind is the name of a kind of card.
func CardKind(kind string) Text {
	switch kind {
	case "mynumber":
		return Text{"マイナンバーカード", "My Number card"}
	case "juki":
		return Text{"住民基本台帳カード", "Juki card"}
	case "android":
		return Text{"スマートフォン（Android）", "Android phone"}
	case "ios":
		return Text{"スマートフォン（iPhone）", "iPhone"}
	case "practice":
		return Text{"練習用カード", "practice card"}
	case "test":
		return Text{"テスト用カード", "test card"}
	}
	return Text{"種類の分からない公的個人認証のカード", "JPKI card of an unknown kind"}
}

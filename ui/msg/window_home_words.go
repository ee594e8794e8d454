package msg

// What the first room says.
var (
	HomeIntro = Text{
		"マイナンバーカードの様子を確かめて、署名などを始められます。",
		"See how your My Number card is, and begin to sign or verify.",
	}

	HomeSign         = Text{"署名する", "Sign"}
	HomeVerify       = Text{"署名を確かめる", "Verify"}
	HomeCertificates = Text{"証明書を見る", "Certificates"}
	HomePINs         = Text{"暗証番号", "PINs"}
	HomeDoctor       = Text{"診断を開く", "Open the check-up"}
	HomeHelp         = Text{"困ったときを開く", "Open the help"}
	HomeAnyReader    = Text{"すべてのリーダーから探す", "Look in all readers"}
	HomeReader       = Text{"「%s」を使う", "Use “%s”"}

	HomeTries  = Text{"暗証番号の残り回数", "Tries left of the PINs"}
	HomeToPINs = Text{"暗証番号の画面へ", "To the PINs"}
)

// Certificates on the card that are not shown yet, or cannot be.
var (
	SignHidden = Text{
		"氏名や住所が入っているため、署名用パスワードを入れると見られます。多くの場合、期限は利用者証明用電子証明書と同じ日です。",
		"It holds name and address, so the card wants the signing password first. In most cases it ends on the same day as the authentication certificate.",
	}
	AuthHidden   = Text{"このカードでは、暗証番号を入れると見られます。", "This card wants its PIN first."}
	SignReveal   = Text{"署名用パスワードを入れて見る", "Enter the signing password to see it"}
	AuthReveal   = Text{"暗証番号を入れて見る", "Enter the PIN to see it"}
	Revealing    = Text{"証明書を読んでいます", "Reading the certificate"}
	HiddenLocked = Text{"%sがロックされているので、見られません。", "It cannot be seen while the %s is locked."}
	CertAbsent   = Text{"このカードには入っていません。", "The card has none."}
	CertDamaged  = Text{"読み取れませんでした。「診断」で確かめてください。", "It could not be read. The check-up may tell why."}
)

// The practice card.
var (
	PracticeCard = Text{"練習用カード", "Practice card"}
	PracticeWhat = Text{
		"カードやリーダーがなくても、練習用カードで、署名や暗証番号の変更などをすべて試せます。本物のカードには何も起きません。",
		"Without a card or reader, everything can be tried with a practice card: signing, changing PINs and so on. Nothing happens to your real card.",
	}
	PracticePINs = Text{
		"練習用カードの署名用パスワードは「ABC123」、暗証番号は「1234」です（変えたときは、変えたあとのもの）。",
		"The practice card’s signing password is “ABC123” and its PIN “1234”, unless you changed them.",
	}
	PracticeTry   = Text{"練習用カードで試す", "Try the practice card"}
	PracticeReset = Text{"練習用カードを新しくする", "Make a new practice card"}
	PracticeSure  = Text{
		"練習用カードを新しくしますか？ 今の練習用カードの証明書と暗証番号は元に戻せません。本物のカードは変わりません。",
		"Make a new practice card? The certificates and PINs of the present one cannot be brought back. Your real card stays as it is.",
	}
	PracticeDo   = Text{"新しくする", "Make a new one"}
	PracticeMade = Text{
		"練習用カードを新しくしました。署名用パスワードは「ABC123」、暗証番号は「1234」です。",
		"The practice card is new. Its signing password is “ABC123” and its PIN “1234”.",
	}
)

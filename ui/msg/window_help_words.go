package msg

// HelpTopic is a part of the help: a heading, and paragraphs.
type HelpTopic struct {
	Heading    Text
	Paragraphs []Text
}

// HelpIntro says what the help is for.
var HelpIntro = Text{
	"あてはまるものを押すと、説明が開きます。",
	"Press what applies to open its explanation.",
}

// The topics of the help.
var (
	HelpExpired = HelpTopic{
		Text{"証明書の期限が切れた・もうすぐ切れる", "The certificate has expired, or will soon"},
		[]Text{
			{"電子証明書の期限は、発行から 5 回目の誕生日までです。期限の 3 か月前から、お住まいの市区町村の窓口で更新できます（無料）。カードと暗証番号をお持ちください。", "A certificate ends on the fifth birthday after its issue. From three months before, your municipal office renews it free of charge. Bring the card and its PINs."},
			{"期限が切れたあとでも、同じ窓口で新しい証明書を発行してもらえます。", "After it has expired, the same office can still issue a new one."},
			{"新しい証明書に変わると、これまでの証明書は使えなくなります。e-Tax など、証明書を登録してあるサービスでは、登録のし直しが要ることがあります。", "With the new one, the old one can no longer be used. Services at which it is registered, such as e-Tax, may have to be told."},
			{"カードそのものにも期限があります。カードのおもて面に書かれた日付も確かめてください。", "The card has a date of its own, too: see its front."},
		},
	}
	HelpBlocked = HelpTopic{
		Text{"暗証番号がロックされた・忘れた", "A PIN is locked or forgotten"},
		[]Text{
			{"続けて間違えると（署名用パスワードは 5 回、利用者証明用暗証番号は 3 回）、カードが自分でロックします。このソフトでは解除できません。", "The card locks itself after wrong tries in a row: 5 of the signing password, 3 of the authentication PIN. This program cannot unlock it."},
			{"思い出せないときは、試さずに再設定を受けるのが安全です。", "If you cannot remember one, it is safer to have it set anew than to try."},
		},
	}
	HelpLost = HelpTopic{
		Text{"カードをなくした・盗まれた", "The card is lost or stolen"},
		[]Text{
			{"すぐに、マイナンバー総合フリーダイヤル 0120-95-0178（音声案内の 2 番）に電話して、カードを一時停止してください。一時停止は 24 時間、365 日受け付けています。", "At once, have the card suspended: call the My Number line, 0120-95-0178 (option 2 of the voice menu). Suspensions are taken around the clock, every day."},
			{"この番号は、市区町村が案内しているものです。変わることがあるので、必ず公式サイト（デジタル庁、市区町村など）で確認してください。", "This is the number that municipalities publish. It may change, so be sure to check it on an official site, of the Digital Agency or your municipality."},
			{"家の外でなくしたときは、警察にも届け出て、受理番号を控えてください。", "If it was lost away from home, report it to the police as well, and note the number of the report."},
			{"カードが見つかったときや、新しいカードが要るときは、市区町村の窓口で手続きをします。", "If it turns up, or you need another card, go to your municipal office."},
		},
	}
	HelpMoved = HelpTopic{
		Text{"引っ越した・名前が変わった", "Moved, or changed your name"},
		[]Text{
			{"住所、氏名、生年月日、性別のどれかが変わると、署名用電子証明書は失効します。期限が残っていても、その証明書での署名は受け付けられません。", "When your address, name, birth date or sex changes, the signing certificate is revoked. Signatures with it are no longer accepted, however long it would have lasted."},
			{"住所変更などの届け出のときに、市区町村の窓口で、新しい署名用電子証明書の発行を申し込んでください。", "When you report the change, ask your municipal office for a new signing certificate."},
			{"利用者証明用電子証明書は、そのまま使えます。", "The authentication certificate stays as it is."},
			{"失効したかどうかは、カードを読むだけでは分かりません。この画面に期限が出ていても、失効していないことの証明にはなりません。", "Whether it was revoked cannot be read from the card: the date shown here does not prove that it was not."},
		},
	}
	HelpPINs = HelpTopic{
		Text{"どの暗証番号を入れればいいか分からない", "Which PIN is which"},
		[]Text{
			{"マイナンバーカードには、暗証番号が 4 つあります。このソフトが使うのは、はじめの 2 つだけです。", "A My Number card has four PINs. This program uses only the first two."},
			{"署名のときに尋ねるのは、英字と数字の署名用パスワードです。4 桁の暗証番号ではありません。", "To sign, you are asked for the signing password, of letters and digits. It is none of the four-digit PINs."},
		},
	}
	HelpUnreadable = HelpTopic{
		Text{"カードが読めない", "The card cannot be read"},
		[]Text{
			{"カードの表と裏、向きを確かめて、リーダーにしっかり置いてください。ケースに入れたままだと読めないことがあります。", "Check which way round the card is, and lay it firmly on the reader. Take it out of its case."},
			{"「診断」は、パソコンからカードの中まで順に調べて、どこで止まっているかと、直し方を示します。暗証番号は尋ねません。", "The check-up looks at everything from the computer to the card, and says where it stops and what to do. It asks for no PIN."},
		},
	}
	HelpPrivacy = HelpTopic{
		Text{"署名すると、相手に何が伝わるか", "What a signature tells about you"},
		[]Text{
			{"署名を受け取った人は、署名用電子証明書に書かれた氏名・住所・生年月日・性別を見られます。相手に気を付けて渡してください。", "Whoever receives a signature can see your name, address, birth date and sex: they are in the signing certificate. Mind whom you give it to."},
			{"マイナンバー（12 桁の番号）は、署名にも電子証明書にも入っていません。", "Your My Number, the one of 12 digits, is neither in signatures nor in certificates."},
			{"利用者証明用電子証明書に、氏名や住所は入っていません。", "The authentication certificate holds neither name nor address."},
			{"この画面は、書類も暗証番号も、どこにも送りません。暗証番号は覚えません。", "This window sends neither documents nor PINs anywhere, and does not remember PINs."},
		},
	}
	HelpKeys = HelpTopic{
		Text{"キーボードでの使いかた", "With the keyboard"},
		[]Text{{"マウスがなくても、すべての操作ができます。", "Everything can be done without a mouse."}},
	}
	HelpAbout = HelpTopic{
		Text{"このソフトについて", "About this program"},
		[]Text{
			{"マイナンバーカードで電子署名をし、電子署名を確かめるソフトです。国や市区町村の公式のソフトではありません。", "It signs with a My Number card and verifies signatures. It is not an official program of the state or a municipality."},
			{"jpki：MIT License。使用、複製、変更、配布が自由にできます。保証はありません。", "jpki: MIT License. You may use, copy, change and pass it on; it comes without warranty."},
			{"画面の文字：BIZ UDPゴシック（© 2022 The BIZ UDGothic Project Authors）と Noto Sans JP（© 2014–2021 Adobe）。どちらも SIL Open Font License 1.1。", "Letters: BIZ UDPGothic (© 2022 The BIZ UDGothic Project Authors) and Noto Sans JP (© 2014–2021 Adobe), both under the SIL Open Font License 1.1."},
			{"画面の部品：Fyne（© 2018 Fyne.io developers）。BSD 3-Clause License。", "Window toolkit: Fyne (© 2018 Fyne.io developers), BSD 3-Clause License."},
		},
	}
)

// The card's four PINs. The first two have names of their own: [KeyPIN].
var (
	JukiPIN   = Text{"住民基本台帳用の暗証番号", "Resident-register PIN"}
	InputPIN  = Text{"券面事項入力補助用の暗証番号", "Card-face input PIN"}
	PINLine   = Text{"%s。%s。続けて %d 回間違えるとロック。", "Used %s. Rule: %s. Locks after %d wrong tries in a row."}
	JukiUse   = Text{"数字 4 桁。引っ越しなどの届け出のとき、市区町村の窓口で使います。このソフトでは使いません。", "4 digits, for changes of address and the like at the municipal office. Not used here."}
	InputUse  = Text{"数字 4 桁。氏名や住所、マイナンバーを申請書に自動で入力するときに使います。このソフトでは使いません。", "4 digits, for filling your name, address and My Number into forms. Not used here."}
	KeyOpens  = Text{"「%s」を開く", "opens “%s”"}
	TabKeys   = Text{"Tab、Shift+Tab", "Tab, Shift+Tab"}
	TabMeans  = Text{"次、前のボタンや欄へ", "next and previous button or field"}
	PushKeys  = Text{"Enter、スペース", "Enter, space"}
	PushMeans = Text{"ボタンを押す", "presses the button"}
	MainMeans = Text{"いちばん目立つボタン（次にすること）を押す", "presses the main button: what most people want next"}
	EscKeys   = Text{"Esc", "Esc"}
	EscMeans  = Text{"開いている小さな画面をやめて戻る", "leaves a dialog"}
	MoveKeys  = Text{"↑、↓、PageUp、PageDown、Home、End", "↑, ↓, PageUp, PageDown, Home, End"}
	MoveMeans = Text{"画面を上下に動かす", "scrolls"}
)

package msg

import (
	"errors"

	"github.com/jpki-desktop/jpki/card"
)

// What the commands about PINs do.
var (
	PINShort = Text{"暗証番号の残り回数を見たり、暗証番号を変えたりします", "Show the tries left of the PINs, and change them"}
	PINLong  = Text{
		"電子証明書の 2 つの暗証番号を扱います。\n\n" +
			"  sign  署名用パスワード（英字と数字 6～16 文字）：書類に電子署名をするとき\n" +
			"  auth  利用者証明用暗証番号（数字 4 桁）：本人としてログインするとき\n\n" +
			"住民基本台帳用と券面事項入力補助用の 4 桁の暗証番号は別のもので、ここでは扱いません。",
		"Deals with the two PINs of the certificates:\n\n" +
			"  sign  signing password (6 to 16 letters and digits): to sign documents\n" +
			"  auth  authentication PIN (4 digits): to log in as yourself\n\n" +
			"The card’s other two four-digit PINs (for the resident register and for filling in\nforms) are different ones, which jpki leaves alone.",
	}
	PINStatusShort = Text{"暗証番号の残り回数と決まりを見ます", "Show the tries left and the rule of each PIN"}
	PINStatusLong  = Text{
		"2 つの暗証番号の、使いみち、決まり、残り回数を表示します。ロックされているときは、\nどうすればよいかを案内します。暗証番号は尋ねません。残り回数も減りません。",
		"Shows what each of the two PINs is for, its rule, and the tries left; if one is locked,\nwhat to do. Asks for nothing and costs no try.",
	}
	PINChangeShort = Text{"暗証番号を変えます", "Change a PIN"}
	PINChangeLong  = Text{
		"署名用パスワード（sign）か利用者証明用暗証番号（auth）を変えます。\nいまのものを 1 回、新しいものを 2 回尋ねます。入力しても画面には出ません。\n" +
			"いまのものを間違えると残り回数が 1 回減り、そこで終わります。\n" +
			"--pin-fd では、いまのもの、新しいもの、新しいものをもう一度、の順に 3 行で渡します。\n" +
			"忘れたときやロックされたときは、ここでは変えられません。「jpki pin status」の案内をご覧ください。",
		"Changes the signing password (sign) or the authentication PIN (auth). Asks for the\npresent one once and for the new one twice; nothing shows while you type.\n" +
			"A wrong present one costs one try and ends the command.\n" +
			"With --pin-fd, give three lines: the present one, the new one, the new one again.\n" +
			"A PIN that is forgotten or locked cannot be changed here: see “jpki pin status”.",
	}
	UsagePINKey = Text{"sign（署名用パスワード）か auth（利用者証明用暗証番号）のどちらかを指定してください", "name one of sign (signing password) and auth (authentication PIN)"}
)

// Labels of the list of PINs; they stand below the name of each.
var (
	LabelPINUse  = Text{"　使いみち", "  used"}
	LabelPINRule = Text{"　決まり", "  rule"}
)

// PINUse says when the PIN of k is asked for.
func PINUse(k card.Key) Text {
	if k == card.SignKey {
		return Text{"書類に電子署名をするとき（e-Tax での申告など）", "to sign documents (tax returns with e-Tax)"}
	}
	return Text{"本人としてログインするとき（マイナポータル、コンビニでの証明書の交付など）", "to log in as yourself (Mynaportal, certificates at a convenience store)"}
}

// PINRule is the rule of the PIN of k on a card of that kind.
func PINRule(k card.Key, kind card.Kind) Text {
	switch {
	case k != card.SignKey:
		return Text{"数字 4 桁", "4 digits"}
	case kind == card.KindJuki:
		return Text{"半角の英字か数字 4～16 文字（小文字は大文字として扱います）", "4 to 16 letters or digits (small letters count as capitals)"}
	}
	return Text{
		"半角の英字と数字を 1 文字以上ずつ使って 6～16 文字（小文字は大文字として扱います）",
		"6 to 16 letters and digits, at least one of each (small letters count as capitals)",
	}
}

// PINRemedy says what to do about the locked PIN of a card of that kind. other tells that
// the other PIN is not locked.
func PINRemedy(kind card.Kind, other bool) Text {
	switch {
	case kind == card.KindAndroid, kind == card.KindIOS:
		return Text{
			"スマートフォンの暗証番号は、マイナポータルアプリで初期化できます（マイナンバーカードが必要です）。",
			"The PINs of a phone can be reset with the Mynaportal app; have your My Number card ready.",
		}
	case kind == card.KindJuki:
		return Text{
			"住民基本台帳カードの電子証明書は期限が切れているので、ロックを解除しても使えません。市区町村の窓口でマイナンバーカードをお申し込みください。",
			"The certificate of a Juki card has expired, so that unlocking it is of no use. Your municipal office takes applications for a My Number card.",
		}
	case !other:
		return Text{
			"カードと本人確認書類を持って、お住まいの市区町村の窓口で初期化を受けてください。新しいものをその場で決められます。",
			"Take the card and an identity document to your municipal office, which resets both; you choose new ones there.",
		}
	}
	return Text{
		"カードと本人確認書類を持って、お住まいの市区町村の窓口で初期化を受けてください。もう一方の暗証番号を覚えていれば、スマートフォンのアプリ（JPKI暗証番号リセット）で予約して、コンビニなどの端末でも初期化できます（店によって、できないものがあります）。",
		"Take the card and an identity document to your municipal office, which resets it. If you know the other PIN, you can instead register with the phone app (JPKI暗証番号リセット) and reset it at a convenience-store kiosk; not every shop offers both PINs.",
	}
}

// Questions and answers of a change. Argument 1 is the name of the PIN, of PINKeep the
// tries in all.
var (
	PINAdvice = Text{
		"新しい%[1]sの決まり：%[2]s。生年月日、電話番号、順番どおりの並び（1234、ABC など）、同じものの繰り返し（1111、1212 など）は避けてください。終わるまで、カードを動かさないでください。",
		"Rule of the new %[1]s: %[2]s. Avoid birth dates, telephone numbers, runs (1234, ABC) and repetitions (1111, 1212). Leave the card where it is until the change is done.",
	}
	AskOldPIN      = Text{"いまの%s（あと %d 回）：", "Present %s (tries left: %d): "}
	AskNewPIN      = Text{"新しい%s：", "New %s: "}
	AskNewPINAgain = Text{"新しい%s（確認のため、もう一度）：", "New %s, once more: "}

	OldPIN      = Text{"いまの%s", "present %s"}
	NewPIN      = Text{"新しい%s", "new %s"}
	NewPINAgain = Text{"新しい%s（2 回目）", "repetition of the new %s"}

	PINChanged = Text{"%sを変更しました。次からは、新しいものをお使いください。", "The %s is changed. From now on, use the new one."}
	PINKeep    = Text{
		"新しいものを書いて控えるときは、カードとは別の場所にしまってください。%d 回続けて間違えるとロックされます。",
		"If you write the new one down, keep it apart from the card. %d wrong tries in a row lock it.",
	}
)

// Unchanged is an error that ended the change of a PIN before the card took the new one.
type Unchanged interface {
	error
	Unchanged() (k card.Key, tried bool) // tried: a try of the old one may have been spent
}

var (
	pinUnchanged = Text{
		"変更はしていません。これまでの%sのままです。",
		"Nothing was changed: the present %s stays as it is.",
	}
	pinUnchangedTried = Text{
		"変更はしていません。これまでの%sのままです（残り回数が 1 回減っていることがあります。「jpki pin status」で確かめられます）。",
		"Nothing was changed: the present %s stays as it is (one try of it may have been spent; “jpki pin status” tells).",
	}
	pinUnchangedTriedHere = Text{
		"変更はしていません。これまでの%sのままです（残り回数が 1 回減っていることがあります。「暗証番号」で確かめられます）。",
		"Nothing was changed: the present %s stays as it is (one try of it may have been spent; “PINs” tells).",
	}
)

// unchanged is the sentence about the PIN that still holds, if err knows of one; the one
// for a PIN of which a try may have been spent is tried.
func unchanged(l Lang, err error, tried Text) string {
	var e Unchanged
	if !errors.As(err, &e) {
		return ""
	}
	text, separator := pinUnchanged, ""
	k, spent := e.Unchanged()
	if spent {
		text = tried
	}
	if l == En {
		separator = " "
	}
	return separator + text.In(l, KeyPIN(k).In(l))
}

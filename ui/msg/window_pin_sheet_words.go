package msg

import "github.com/jpki-desktop/jpki/card"

// The dialog in which a PIN is entered. Argument: the name of the PIN, where there is one.
var (
	PINSheetTitle = Text{"%sを入力してください", "Enter the %s"}
	PINSheetTries = Text{"残り回数：%s", "Tries: %s"}
	PINSheetRule  = Text{"決まり：%s", "Rule: %s"}
	PINSheetCount = Text{"%d 文字", "Characters: %d"}
	PINSheetShow  = Text{"入力した文字を見せる", "Show what I type"}
	PINSheetHide  = Text{"入力した文字を隠す", "Hide what I type"}
	KeypadShow    = Text{"画面のキーで入力する", "Use keys on the screen"}
	KeypadHide    = Text{"画面のキーをしまう", "Put the keys away"}
	KeypadErase   = Text{"1 字消す", "Erase one"}
	PINSheetSend  = Text{"決定", "OK"}
	PINSheetFull  = Text{"%d 文字までです。", "It has %d characters at most."}

	LastTryTitle = Text{"%sを試せるのは、あと 1 回です", "One try of the %s is left"}
	LastTryMeans = Text{
		"次に間違えるとロックされ、初期化を受けるまで使えなくなります。ここでやめれば、回数は減りません。",
		"One more wrong try locks it, and it cannot be used until it is reset. If you leave now, no try is spent.",
	}
	LastTryOnly  = Text{"確かに覚えているときだけ進んでください。", "Go on only if you are sure of it."}
	LastTryUse   = Text{"最後の 1 回を使う", "Use the last try"}
	LastTryLeave = Text{"やめる", "Leave"}
)

// PINWhich tells the PIN of k from the others that belong to a card.
func PINWhich(k card.Key) Text {
	if k == card.SignKey {
		return Text{
			"電子証明書を受け取ったときに決めた、英字と数字のパスワードです。4 桁の暗証番号ではありません。",
			"It is the password of letters and digits that you chose when you got the certificate, not one of the four-digit PINs.",
		}
	}
	return Text{
		"利用者証明用電子証明書の、数字 4 桁の暗証番号です。英字と数字のパスワードではありません。",
		"It is the four-digit PIN of the authentication certificate, not the password of letters and digits.",
	}
}

// PINLetters says which letters the PIN of k can have, to somebody who typed another.
func PINLetters(k card.Key) Text {
	if k == card.SignKey {
		return Text{"その文字は使えません。使うのは、英字と数字だけです。", "That character cannot be part of it: there are only letters A–Z and digits."}
	}
	return Text{"その文字は使えません。使うのは、数字だけです。", "That character cannot be part of it: there are only digits."}
}

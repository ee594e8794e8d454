package msg

// What the room of the PINs says. Argument: the name of a PIN.
var (
	PINsIntro = Text{
		"2 つの暗証番号の残り回数を確かめて、変えることができます。見るだけなら、回数は減りません。",
		"See how many tries are left of the two PINs of the certificates, and change them. Looking costs no try.",
	}
	PINsOthers = Text{
		"住民基本台帳用と券面事項入力補助用の 4 桁の暗証番号は別のもので、ここでは変えられません。",
		"The card’s other two four-digit PINs, for the resident register and for filling in forms, are different ones and cannot be changed here.",
	}
	PINsForgotten = Text{"暗証番号を忘れたとき", "If you have forgotten a PIN"}
	PINsStop      = Text{
		"思い出せないまま試すと、続けて間違えたときにロックされます。試すのをやめて、次のようにしてください。",
		"Guessing will lock it. Stop trying, and do this instead:",
	}
	PINsChange  = Text{"%sを変える", "Change the %s"}
	PINsBlocked = Text{"%sはロックされています", "The %s is locked"}
	PINsLabel   = Text{"%s：%s", "%s: %s"}
	PINsUse     = Text{"使いみち", "Used"}
	PINsRule    = Text{"決まり", "Rule"}
	PINsToHome  = Text{"ホームへ", "To Home"}
)

// The change of a PIN.
var (
	PINsOld   = Text{"いまの%s", "Present %s"}
	PINsNew   = Text{"新しい%s", "New %s"}
	PINsAgain = Text{"新しい%s（確認のため、もう一度）", "New %s, once more"}

	PINsDo       = Text{"変更する", "Change it"}
	PINsLeave    = Text{"やめる", "Leave it as it is"}
	PINsChanging = Text{"暗証番号を変更しています。カードを動かさないでください", "Changing the PIN. Leave the card where it is"}
	PINsFit      = Text{"✓ 決まりに合っています", "✓ It keeps the rule"}
	PINsAlike    = Text{"✓ 2 回とも同じです", "✓ The same both times"}
	PINsMore     = Text{"あと %d 文字以上", "%d or more characters to go"}
	PINsFault    = Text{"✗ %s", "✗ %s"}
	PINsOther    = Text{
		"カードが替わったか、離れたので、入力を消しました。カードを置いて、はじめからやり直してください。",
		"The card was changed or removed, so what you typed was erased. Put the card back and start again.",
	}
	PINsLooking = Text{"残り回数は、この画面の下で確かめられます。", "The tries left are shown further down this page."}
)

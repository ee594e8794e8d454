package msg

// What the room of the check-up says.
var (
	CheckUpIntro = Text{
		"カードを使うための準備を、ひととおり調べます。暗証番号は尋ねません。残り回数も減りません。",
		"Examines everything between you and the card. It asks for no PIN and costs no try.",
	}
	CheckUpRunning = Text{
		"調べています。カードやリーダーから返事がないときは、1 分ほどかかることがあります。",
		"Looking. Where a card or reader does not answer, this may take a minute.",
	}
	CheckUpStopped = Text{"中止しました。", "Stopped."}
	CheckUpAgain   = Text{"もう一度調べる", "Look again"}
	CheckUpBegin   = Text{"調べる", "Look"}
	CheckUpTime    = Text{"%s に調べた結果です。", "As of %s."}
	CheckUpNone    = Text{"直すところはありませんでした。", "There is nothing to put right."}
	CheckUpRest    = Text{"ほかに調べたこと（%d 件）", "What else was looked at (%d)"}
	CheckUpLabel   = Text{"%s：%s", "%s: %s"}

	CheckUpCopy   = Text{"結果をコピーする", "Copy the result"}
	CheckUpCopied = Text{
		"コピーしました。個人を特定する内容は入っていないので、そのまま質問の掲示板などに貼れます。",
		"Copied. It names nobody, and can be pasted into a public question.",
	}
	CheckUpSave     = Text{"結果を保存する", "Save the result"}
	CheckUpFileName = Text{"jpki診断.txt", "jpki-check-up.txt"}
	CheckUpSaved    = Text{"「%s」に保存しました。", "Saved as “%s”."}
)

package msg

import "cmp"

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

// WindowDoctor is [Doctor] for people at the window, who have buttons where the command
// line has options and other commands.
func WindowDoctor(l Lang, s System, name, state string, facts []any) Words {
	words := Doctor(l, s, name, state, facts)
	code := words.Code
	if _, ok := diagnoses[code]; !ok {
		code = state
	}
	own, args := windowDiagnoses[code], shownFacts(l, facts)
	if own.found != (Text{}) {
		words.Message = own.found.In(l, args...)
	}
	if remedy := cmp.Or(own.on[s], own.remedy); remedy != (Text{}) {
		words.Hint = remedy.In(l, args...)
	}
	return words
}

var (
	lookAgain      = Text{"カードを置き直して、もう一度調べてください。", "Put the card back and look again."}
	chooseAtHome   = Text{"「ホーム」で、使うリーダーを選んでください。", "Choose the reader in “Home”."}
	practiceAtHome = Text{
		"リーダーを差し込み、数秒待ってから、もう一度調べてください。差してあるときは、別の差し込み口で試してください。リーダーがなくても、「ホーム」の練習用カードで試せます。",
		"Plug in a reader, wait a few seconds and look again; if it is plugged in, try another socket. Without one, try the practice card in “Home”.",
	}
)

// windowDiagnoses has what is said otherwise than on the command line, as [diagnoses] has it.
var windowDiagnoses = map[string]diagnosis{
	"failed":  {remedy: lookAgain},
	"removed": {remedy: lookAgain},
	"hanging": {remedy: Text{"カードを置き直し、リーダーを差し直してから、もう一度調べてください。", "Put the card back, plug the reader in again, and look again."}},

	"card.removed":      {remedy: lookAgain},
	"applications.none": {remedy: lookAgain},
	"card.several_cards": {remedy: Text{
		"「ホーム」で使うリーダーを選ぶか、使わないカードを取り外してください。",
		"Choose the reader in “Home”, or take the other cards out.",
	}},
	"card.reader_ambiguous": {
		found:  Text{"選んだ名前に、複数のリーダーがあてはまります（つながっているリーダー：%[1]s）。", "The name that was chosen fits several readers (connected: %[1]s)."},
		remedy: chooseAtHome,
	},
	"card.reader_unknown": {
		found:  Text{"選んだリーダーが、いまはつながっていません（つながっているリーダー：%[1]s）。", "The chosen reader is not connected (connected: %[1]s)."},
		remedy: chooseAtHome,
	},
	"card.practice_unreadable": {remedy: Text{
		"「ホーム」の「練習用カードを新しくする」で作り直せます（練習用なので、失うものはありません）。",
		"“Make a new practice card” in “Home” replaces it; nothing of value is lost.",
	}},
	"sign_certificate.needs_pin": {found: Text{
		"パスワードが要るので読んでいません。期限などは、「ホーム」で確かめられます。",
		"Not read, since that takes its password. “Home” shows it.",
	}},
	"readers.none": {on: same(practiceAtHome, practiceAtHome, Text{})}, // on Windows the same as there

	"other_reader.virtual":       {remedy: chooseAtHome},
	"other_reader.windows_hello": {remedy: chooseAtHome},
	"other_reader.tpm":           {remedy: chooseAtHome},
	"other_reader.token":         {remedy: chooseAtHome},
}

package msg

// readAgain is what to do when reading the card broke off.
var readAgain = Text{"カードを置き直して、もう一度「jpki doctor」を実行してください。", "Put the card back and run “jpki doctor” again."}

// diagnoses has the words of the doctor, by the name and the state of the check, or by
// the state alone where they are the same for all checks.
var diagnoses = merge(commonDiagnoses, computerDiagnoses, serviceDiagnoses, usbDiagnoses, readerDiagnoses, cardDiagnoses, contentDiagnoses)

func merge(maps ...map[string]diagnosis) map[string]diagnosis {
	all := map[string]diagnosis{}
	for _, m := range maps {
		for code, d := range m {
			all[code] = d
		}
	}
	return all
}

// same is a remedy for all kinds of Linux.
func same(linux, macOS, windows Text) map[System]Text {
	return map[System]Text{Debian: linux, Fedora: linux, Linux: linux, MacOS: macOS, Windows: windows}
}

var commonDiagnoses = map[string]diagnosis{
	"not_used":      {found: Text{"練習用カードでは使いません。", "Not used with the practice card."}},
	"not_looked_at": {found: Text{"先に上の問題を解決する必要があるため、調べていません。", "Not looked at: what is above comes first."}},
	"absent":        {found: Text{"このカードにはありません。", "The card has none."}},
	"failed":        {found: Text{"読み取れませんでした（%[1]s）。", "Could not be read (%[1]s)."}, remedy: readAgain},
	"removed":       {found: Text{"途中でカードが離れました。", "The card was removed in the middle."}, remedy: readAgain},
	"hanging": {
		found:  Text{"時間内に応答がありません。", "There was no answer in time."},
		remedy: Text{"カードを置き直し、リーダーを差し直してから、もう一度「jpki doctor」を実行してください。", "Put the card back, plug the reader in again, and run “jpki doctor” again."},
	},
}

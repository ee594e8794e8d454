package msg

import (
	"github.com/jpki-desktop/jpki/card"
)

// CardState is what the window says of the card: a title of a few words, a sentence, and
// what to do next, which may be empty.
type CardState struct{ Title, Message, Hint string }

// cardWords are the words for a state of the card. Where message or hint is empty, that
// of the error is taken.
type cardWords struct{ title, message, hint Text }

func (w cardWords) in(l Lang, args ...any) CardState {
	return CardState{Title: w.title.In(l, args...), Message: w.message.In(l, args...), Hint: w.hint.In(l, args...)}
}

// CardReading returns the words for a card that is being read.
func CardReading(l Lang) CardState {
	return cardWords{
		title:   Text{"カードを調べています", "Looking at the card"},
		message: Text{"カードを動かさずに、そのままお待ちください。", "Leave the card where it is for a moment."},
	}.in(l)
}

// CardTrouble returns the words for err, for which no card can be used.
func CardTrouble(l Lang, err error) CardState {
	words := WindowError(l, err)
	own, ok := cardTroubles[words.Code]
	if !ok {
		own = cardWords{title: Text{"カードを使えません", "The card cannot be used"}}
	}
	state := own.in(l)
	if state.Message == "" {
		state.Message = words.Message
	}
	if state.Hint == "" {
		state.Hint = words.Hint
	}
	return state
}

// cardTroubles are by the code of the error.
var cardTroubles = map[string]cardWords{
	"no_service": {
		title: Text{"読み取りサービスが動いていません", "Card service not running"},
		hint:  Text{"「診断」を開くと、お使いのパソコンでの直し方が分かります。直ると、この表示も自動で変わります。", "“Check-up” shows what to do on this computer. Once it is put right, this page changes by itself."},
	},
	"not_permitted": {title: Text{"読み取りサービスの利用が許可されていません", "Card service not permitted"}},
	"no_reader": {
		title: Text{"カードリーダーがありません", "No card reader"},
		hint:  Text{"リーダーをパソコンに差し込んで、数秒お待ちください。差してあるときは、別の差し込み口で試してください。", "Plug in a reader and wait a few seconds. If it is plugged in, try another socket."},
	},
	"reader_unknown": {
		title:   Text{"選んだリーダーが見つかりません", "Chosen reader not found"},
		message: Text{"選んだリーダーが、いまはつながっていません。", "The reader that was chosen is not connected."},
		hint:    Text{"差し直すと自動でつながります。ほかのリーダーを使うときは、下のボタンで選んでください。", "Plug it in again and it is found by itself. To use another one, choose it below."},
	},
	"reader_ambiguous": {
		title:   Text{"カードが複数あります", "More than one card"},
		message: Text{"カードが 2 枚以上あり、どれを使うかが決まっていません。", "There are several cards, and it is not known which one to use."},
		hint:    Text{"使うカードのあるリーダーを選ぶか、使わないカードを取り外してください。", "Choose the reader with the right card, or take the other cards out."},
	},
	"no_card":   {title: Text{"カードが置かれていません", "No card"}},
	"mute_card": {title: Text{"カードが応答しません", "The card does not answer"}},
	"other_card": {
		title: Text{"署名に使えないカードです", "Not a card for signing"},
	},
	"in_use": {
		title: Text{"ほかのソフトが使っています", "In use by another program"},
		hint:  Text{"e-Tax やブラウザーなど、カードを使うほかのソフトを終了してください。空くと、自動で読み取ります。", "Close other programs that use the card, such as e-Tax or a browser. As soon as it is free it is read."},
	},
	"removed": {
		title: Text{"カードが離れました", "The card was removed"},
		hint:  Text{"カードをもう一度置いて、動かさないでください。", "Put the card back and leave it there."},
	},
	"card_malformed":      {title: Text{"カードを正しく読み取れません", "The card cannot be read"}},
	"card_status":         {title: Text{"カードを正しく読み取れません", "The card cannot be read"}},
	"practice_unreadable": {title: Text{"練習用カードを読めません", "Practice card unreadable"}},
	"practice_missing":    {title: Text{"練習用カードがまだありません", "No practice card yet"}},
}

// CardReady returns the words for a card in which nothing is wrong; kind is that of
// [CardKind].
func CardReady(l Lang, kind string) CardState {
	return cardWords{
		title:   Text{"%sの準備ができました", "The %s is ready"},
		message: Text{"したいことを、下から選んでください。", "Choose below what you want to do."},
	}.in(l, CardKind(kind).In(l))
}

// CardJuki returns the words for a Juki card.
func CardJuki(l Lang) CardState {
	state := cardWords{
		title: Text{"住民基本台帳カード（期限切れ）", "Juki card (expired)"},
		hint:  Text{"マイナンバーカードは、市区町村の窓口などで申し込めます。", "You can apply for a My Number card at your municipal office."},
	}.in(l)
	state.Message = JukiExpired.In(l)
	return state
}

// CardEmpty returns the words for a card without certificates.
func CardEmpty(l Lang) CardState {
	return CardState{
		Title:   Text{"電子証明書が入っていません", "No certificates on the card"}.In(l),
		Message: Text{"このカードでは、署名も、ログインなどの本人確認もできません。", "This card can neither sign nor log you in."}.In(l),
		Hint:    Error(l, card.ErrNoCertificate).Hint,
	}
}

// CardBlocked returns the words for a card of that kind on which the PINs of keys, at
// least one, are locked. Practice tells that it is the practice card.
func CardBlocked(l Lang, kind card.Kind, practice bool, keys ...card.Key) CardState {
	words := cardWords{
		title:   Text{"%sがロックされています", "%s locked"},
		message: Text{"署名はできますが、ログインなどの本人確認はできません。", "The card can sign, but not log you in."},
		hint:    PINRemedy(kind, len(keys) == 1),
	}
	switch {
	case len(keys) > 1:
		words.title = Text{"暗証番号がどちらもロックされています", "Both PINs locked"}
		words.message = Text{"このカードでは、署名も、ログインなどの本人確認もできません。", "This card can neither sign nor log you in."}
	case keys[0] == card.SignKey:
		words.message = Text{"このカードでは署名ができません。署名を確かめることはできます。", "The card cannot sign. Signatures can still be verified."}
	}
	if practice {
		words.hint = PracticeBlocked
	}
	state := words.in(l)
	if len(keys) == 1 {
		state.Title = words.title.In(l, PINLabel(keys[0]).In(l))
	}
	return state
}

// PracticeBlocked says what to do about the locked PINs of the practice card.
var PracticeBlocked = Text{
	"練習用カードなので、「練習用カードを新しくする」で元に戻せます。",
	"It is the practice card: make a new one and all is well again.",
}

// CardStanding returns the words for a card whose certificate does not stand well in its
// time: "expired", "soon" or "not_yet".
func CardStanding(l Lang, standing string) CardState { return cardStandings[standing].in(l) }

var cardStandings = map[string]cardWords{
	"expired": {
		title:   Text{"電子証明書の期限が切れています", "Certificate expired"},
		message: Text{"期限の切れた証明書では、署名やログインをしても受け付けられません。", "Signatures and logins with an expired certificate are not accepted."},
		hint:    renewRemedy,
	},
	"soon": {
		title:   Text{"電子証明書の期限が近づいています", "Certificate ends soon"},
		message: Text{"いまは使えますが、そろそろ更新の時期です。", "It can still be used, but it is time to renew it."},
		hint:    renewRemedy,
	},
	"not_yet": {
		title:   Text{"電子証明書の期間が始まっていません", "Certificate not valid yet"},
		message: Text{"パソコンの日付と時刻が遅れているかもしれません。", "The clock of this computer may be slow."},
		hint:    Text{"パソコンの日付と時刻を確かめてください。", "Check the date and time of the computer."},
	},
}

// PINLabel is [KeyPIN] as it stands at the beginning of a line.
func PINLabel(k card.Key) Text {
	if k == card.SignKey {
		return LabelSignPIN
	}
	return LabelAuthPIN
}

// CardDoubtful returns the words for a card whose certificate is not known to be genuine.
func CardDoubtful(l Lang) CardState {
	return cardWords{
		title:   Text{"電子証明書を確かめられません", "Certificate not confirmed"},
		message: Text{"このカードの電子証明書が本物かどうか、確かめられませんでした。理由は下にあります。", "Whether this card’s certificate is genuine could not be confirmed, for the reason below."},
		hint:    Text{"大切な手続に使う前に、市区町村の窓口にご相談ください。", "Ask at your municipal office before you use it for anything of weight."},
	}.in(l)
}

// Tries says how often the PIN of k may still be entered wrongly.
func Tries(l Lang, k card.Key, left int) string {
	switch most := card.MaxTries(k); left {
	case 0:
		return TriesBlocked.In(l)
	case 1:
		return TriesLast.In(l, most)
	default:
		return TriesLeft.In(l, left, most)
	}
}

// WindowError is [Error] for people at the window, who have buttons where the command
// line has options.
func WindowError(l Lang, err error) Words {
	words := errorWords(l, err)
	words.Message += unchanged(l, err, pinUnchangedTriedHere)
	if hint, ok := windowErrorHints[words.Code]; ok {
		words.Hint = hint.In(l)
	}
	return words
}

var takeToDoctor = Text{
	"カードを置き直してください。何度も続くときは、「診断」の結果を添えてご相談ください。",
	"Put the card back. If it keeps happening, the result of the check-up helps whoever you ask.",
}

// windowErrorHints are the next steps at the window, by the code of the error.
var windowErrorHints = map[string]Text{
	"reader_unknown":      {"「ホーム」で、使うリーダーを選んでください。", "Choose the reader in “Home”."},
	"reader_ambiguous":    {"「ホーム」で、使うリーダーを選んでください。", "Choose the reader in “Home”."},
	"no_reader":           {"リーダーをパソコンに差し込んで、数秒お待ちください。リーダーがなくても、「ホーム」の練習用カードで試せます。", "Plug in a reader and wait a few seconds. Without one, try the practice card in “Home”."},
	"no_service":          {"「診断」を開くと、お使いのパソコンでの直し方が分かります。", "“Check-up” shows what to do on this computer."},
	"card_malformed":      takeToDoctor,
	"card_status":         takeToDoctor,
	"unexpected":          {"もう一度お試しください。何度も続くときは、「診断」の結果を添えてご相談ください。", "Try again. If it keeps happening, the result of the check-up helps whoever you ask."},
	"pin_last_try":        {"確かに覚えているときだけ、もう一度お試しください。自信がないときは、市区町村の窓口で再設定できます。", "Only if you are sure of it, try again. Otherwise your municipal office can set a new one."},
	"pin_change_unclear":  {"カードを置き直し、「暗証番号」で残り回数が 2 回以上あることを見てから、同じ変更を 1 度だけやり直してください（いまのものには、これまでのものを入れます）。変更できれば完了です。「違います」と出たら、新しいものにもう変わっています。そのとき減った 1 回は、次に新しいものを正しく入れると元に戻ります。これまでのものは、もう試さないでください。", "Put the card back, see under “PINs” that at least 2 tries are left, and make the same change once more, giving the old one as the present one. If that works, all is done. If the old one is wrong, the new one already holds: the try that this cost comes back when the new one is next entered. Do not try the old one again."},
	"input_directory":     {"フォルダーの中のファイルを選んでください。", "Choose the files in it."},
	"input_special":       {"普通のファイルに保存してから選んでください。", "Save it as an ordinary file first."},
	"output_exists":       {"別の場所か名前を選ぶか、上書きしてよいか確かめてください。", "Choose another place or name, or agree to replace it."},
	"output_is_input":     {"別の名前にしてください。", "Choose another name."},
	"output_unwritable":   {"フォルダーがあるか、書き込みの許可があるかを確かめるか、別の場所を選んでください。", "Check that the folder exists and that you may write to it, or choose another place."},
	"disk_full":           {"空きを作るか、別の場所を選んでください。", "Free some space, or choose another place."},
	"certificate_expired": {"市区町村の窓口で更新できます。カードと暗証番号をお持ちください。", "Your municipal office renews it. Bring the card and its PINs."},
	"practice_unreadable": {"「ホーム」の「練習用カードを新しくする」で作り直せます（練習用なので、失うものはありません）。", "“Make a new practice card” in “Home” replaces it; nothing of value is lost."},
	"practice_missing":    {"「ホーム」の「練習用カードを新しくする」で作れます。", "“Make a new practice card” in “Home” makes one."},
}

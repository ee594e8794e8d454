package msg

// errorEntries has the words of every error, by code. A sentence about the card says
// what state it is in, what that means for the person, and the next step; where a try
// was or was not spent, it says so.
var errorEntries = map[string]entry{
	// The way to the card. Argument 1: the readers in question, in brackets, or nothing.
	"no_service": {
		Text{"カードを読み取るサービス（pcscd）が動いていません。", "The service that reads cards (pcscd) is not running."},
		Text{"「sudo systemctl start pcscd.socket」を実行してから、もう一度お試しください。入っていないときは「sudo apt install pcscd libccid」（Fedora は「sudo dnf install pcsc-lite ccid」）で入ります。", "Run “sudo systemctl start pcscd.socket” and try again. If it is not installed: “sudo apt install pcscd libccid” (Fedora: “sudo dnf install pcsc-lite ccid”)."},
	},
	"not_permitted": {
		Text{"カードを読み取るサービス（pcscd）の利用が許可されていません。", "You are not permitted to use the service that reads cards (pcscd)."},
		Text{"パソコンの前で直接ログインしてお使いください。遠隔ログインや別の利用者で使うときは、管理者に polkit の設定（org.debian.pcsc-lite.access_pcsc と access_card）を頼んでください。", "Log in at the computer itself. For remote logins or other accounts, ask the administrator for a polkit rule that allows org.debian.pcsc-lite.access_pcsc and access_card."},
	},
	"no_reader": {
		Text{"カードリーダーが見つかりません。", "No card reader was found."},
		Text{"リーダーをパソコンに差し込み、数秒待ってからもう一度お試しください。差してあるときは、別の差し込み口で試してください。リーダーなしで試すには「-r emu:」（練習用カード）を使えます。", "Plug in a reader, wait a few seconds and try again; if it is plugged in, try another socket. To try without a reader, use “-r emu:” (the practice card)."},
	},
	"reader_unknown": {
		Text{"指定した名前のリーダーはありません%s。", "No reader has the name you gave%s."},
		Text{"括弧の中が、いまつながっているリーダーです。その名前の一部を -r で指定してください。", "The readers in brackets are connected now. Give a part of one of their names with -r."},
	},
	"reader_ambiguous": {
		Text{"あてはまるリーダーが複数あります%s。", "More than one reader qualifies%s."},
		Text{"使うリーダーの名前の一部を -r で指定するか、使わないカードを取り外してください。", "Name one with -r (a part of its name is enough), or take the other cards out."},
	},
	"no_card": {
		Text{"カードが置かれていません%s。", "There is no card in the reader%s."},
		Text{"マイナンバーカードをリーダーに差し込むか、かざしたまま動かさないでください。", "Insert your My Number card, or lay it on the reader and leave it there."},
	},
	"mute_card": {
		Text{"カードが応答しません%s。", "The card does not answer%s."},
		Text{"カードの向きと表裏を確かめ、いったん離してから、もう一度しっかり置いてください。IC部分の汚れは柔らかい布で拭いてください。", "Check which way round the card is, take it off and put it back firmly. Wipe the chip with a soft cloth if it is dirty."},
	},
	"other_card": {
		Text{"このカードには公的個人認証の機能がありません%s。", "This card has no JPKI application%s."},
		Text{"マイナンバーカードかどうかを確かめてください。銀行のカードや交通系のカードでは署名できません。", "Check that it is a My Number card. Bank or transit cards cannot sign."},
	},
	"in_use": {
		Text{"カードをほかのソフトが使っています%s。", "Another program is using the card%s."},
		Text{"e-Tax やブラウザーなど、カードを使うほかのソフトを終了してから、もう一度お試しください。", "Close other programs that use the card, such as e-Tax or a browser, and try again."},
	},
	"removed": {
		Text{"途中でカードが離れました%s。", "The card was removed in the middle of the work%s."},
		Text{"カードをもう一度置いて、終わるまで動かさないでください。途中のファイルは残していません。", "Put the card back and leave it until the work is done. No unfinished file was left behind."},
	},
	"no_certificate": {
		Text{"このカードには、その証明書が入っていません。", "The card does not hold that certificate."},
		Text{"市区町村の窓口で発行を受けられます。カードを受け取ったときに希望しなかった場合や、15歳未満の場合は入っていません。", "Your municipal office can issue it. It is absent if it was declined when the card was handed over, or if the holder is under 15."},
	},
	"card_malformed": {
		Text{"カードから読み取った内容が正しくありません。", "The card returned data that make no sense."},
		Text{"カードを置き直して、もう一度お試しください。何度も続くときは、カードの故障が考えられます。「-v」の記録を添えてご相談ください。", "Put the card back and try again. If it keeps happening the card may be damaged; the output of “-v” helps whoever you ask."},
	},
	"card_status": {
		Text{"カードが予期しない答えを返しました（状態 %04[1]X、命令 %02[2]X）。", "The card gave an unexpected answer (status %04[1]X to command %02[2]X)."},
		Text{"カードを置き直して、もう一度お試しください。何度も続くときは「-v」の記録を添えてご相談ください。", "Put the card back and try again. If it keeps happening, the output of “-v” helps whoever you ask."},
	},
	"card_bad_signature": {
		Text{"カードが作った署名が正しくなかったため、使いませんでした。", "The card produced a wrong signature, which was thrown away."},
		Text{"カードを置き直して、もう一度お試しください。続くときは、カードの故障が考えられます。市区町村の窓口にご相談ください。", "Put the card back and try again. If it happens again the card may be damaged: ask at your municipal office."},
	},

	// PINs. Argument 1: the name of the PIN.
	"pin_wrong": {
		Text{"%sが違います。あと %d 回間違えるとロックされます。", "The %s is wrong. %d more wrong tries will lock it."},
		Text{"署名用パスワードと 4 桁の暗証番号を取り違えていないか、似た文字（0 と O、1 と I）を間違えていないか、確かめてください。思い出せないときは、それ以上試さずに市区町村の窓口へどうぞ。", "Check that it is not another of the card’s PINs, and similar characters (0 and O, 1 and I). If you cannot remember it, stop here: your municipal office can set a new one."},
	},
	"pin_blocked": {
		Text{"%sはロックされています。", "The %s is locked."},
		Text{"カードと本人確認書類を持って、お住まいの市区町村の窓口で初期化を受けてください。署名用パスワードは、スマートフォンのアプリとコンビニの端末でも初期化できることがあります。", "Take the card and an identity document to your municipal office, which can reset it. The signing password can in some cases be reset with a phone app and a convenience-store kiosk."},
	},
	"pin_malformed_sign": {
		Text{"%[1]sは、半角の英字と数字で %[2]d 文字から %[3]d 文字です。入力された内容は形が合わないため、カードには送っていません（回数は減っていません）。", "The %[1]s has %[2]d to %[3]d characters, letters A–Z and digits. What was entered does not fit, so it was not sent to the card and no try was spent."},
		Text{"4 桁の数字の暗証番号とは別のものです。カードを受け取ったときに決めた、英数字のパスワードを入力してください。", "It is not one of the four-digit PINs. Enter the password of letters and digits chosen when the card was handed over."},
	},
	"pin_malformed_auth": {
		Text{"%[1]sは、数字 %[2]d 桁です。入力された内容は形が合わないため、カードには送っていません（回数は減っていません）。", "The %[1]s has %[2]d digits. What was entered does not fit, so it was not sent to the card and no try was spent."},
		Text{"英数字のパスワードとは別のものです。4 桁の数字を入力してください。", "It is not the password of letters and digits. Enter the four digits."},
	},
	"pin_last_try": {
		Text{"%sは、あと 1 回間違えるとロックされます。安全のため、ここで止めました（カードには何も送っていません）。", "One more wrong try would lock the %s. To be safe, jpki stopped here; nothing was sent to the card."},
		Text{"確かに覚えているときだけ、--last-try を付けてもう一度実行してください。自信がないときは、市区町村の窓口で再設定できます。", "Only if you are sure of it, run the command again with --last-try. Otherwise your municipal office can set a new one."},
	},
	"pin_missing": {
		Text{"%sが渡されませんでした。", "The %s was not given."},
		Text{"--pin-fd で渡すときは、1 行に 1 つずつ、改行で終わるように渡してください。", "With --pin-fd, give one per line, each ended by a line break."},
	},
	"pin_fd_unreadable": {
		Text{"--pin-fd で指定した番号（%d）から読み取れません。", "The file descriptor given with --pin-fd (%d) cannot be read."},
		Text{"例：jpki sign --pin-fd 3 書類.xtx 3<パスワードの入ったファイル", "Example: jpki sign --pin-fd 3 return.xtx 3<file-with-password"},
	},
	"no_terminal": {
		Text{"暗証番号を入力する端末がありません。", "There is no terminal on which to ask for the PIN."},
		Text{"端末から実行するか、--pin-fd で渡してください。", "Run jpki in a terminal, or hand the PIN over with --pin-fd."},
	},

	// Files. Argument 1: the path.
	"input_missing": {
		Text{"ファイル「%s」がありません。", "There is no file “%s”."},
		Text{"名前と場所を確かめてください。", "Check its name and folder."},
	},
	"input_directory": {
		Text{"「%s」はフォルダーです。", "“%s” is a folder."},
		Text{"中のファイルを指定してください。例：jpki sign フォルダー/*", "Name the files in it, for example: jpki sign folder/*"},
	},
	"input_special": {
		Text{"「%s」は普通のファイルではありません。", "“%s” is not an ordinary file."},
		Text{"普通のファイルに保存してから指定するか、標準入力「-」で渡してください。", "Save it as an ordinary file first, or hand it over on standard input with “-”."},
	},
	"input_unreadable": {
		Text{"ファイル「%s」を読めません。", "The file “%s” cannot be read."},
		Text{"読み取りの許可と、保存されている機器の接続を確かめてください。", "Check that you are allowed to read it, and that the drive it is on is connected."},
	},
	"input_changed": {
		Text{"読んでいる間にファイルが変わりました。書きかけのファイルに署名しないよう、止めました。", "The file changed while it was being read. jpki stopped so as not to sign a half-written file."},
		Text{"ほかのソフトでの保存が終わってから、もう一度お試しください。", "Wait until the other program has finished saving, then try again."},
	},
	"output_exists": {
		Text{"出力先「%s」は既にあります。上書きしていません。", "“%s” exists already and was not overwritten."},
		Text{"別の名前を -o で指定するか、上書きしてよければ --force を付けてください。", "Give another name with -o, or --force to replace it."},
	},
	"output_is_input": {
		Text{"出力先「%s」は入力のファイルそのものです。入力は変更しません。", "“%s” is the input file itself, which jpki never changes."},
		Text{"別の名前を -o で指定してください。", "Give another name with -o."},
	},
	"output_twice": {
		Text{"出力先「%s」が二つの入力で重なっています。", "Two inputs would both be written to “%s”."},
		Text{"同じファイルを二度指定していないか確かめてください。", "Check that no file is named twice."},
	},
	"output_unwritable": {
		Text{"「%s」に書き込めません。", "“%s” cannot be written."},
		Text{"フォルダーがあるか、書き込みの許可があるかを確かめるか、-o で別の場所を指定してください。", "Check that the folder exists and that you may write to it, or choose another place with -o."},
	},
	"disk_full": {
		Text{"空き容量が足りず、「%s」を書き込めませんでした。途中のファイルは消しました。", "There was not enough space to write “%s”. The unfinished file was removed."},
		Text{"空きを作るか、-o で別の場所を指定してください。", "Free some space, or choose another place with -o."},
	},
	"binary_to_terminal": {
		Text{"署名は文字ではないので、画面には出しません。", "A signature is not text and is not written to the screen."},
		Text{"-o でファイル名を指定するか、--pem で文字の形にしてください。", "Name a file with -o, or use --pem for text."},
	},
	"anchor_unreadable": {
		Text{"「%s」は証明書として読めません。", "“%s” holds no certificate that can be read."},
		Text{"DER か PEM 形式の証明書を指定してください。", "Name a certificate in DER or PEM form."},
	},

	"certificate_unreadable": {
		Text{"「%s」から証明書を読み取れません。", "No certificate can be read from “%s”."},
		Text{"証明書（DER か PEM）、証明書の束（PKCS#7）、署名のファイルのどれかを指定してください。", "Name a certificate (DER or PEM), a bundle of them (PKCS#7), or a signature file."},
	},

	// The signing certificate, the practice card, the rest.
	"certificate_expired": {
		Text{"署名用電子証明書の有効期限が %s に切れています。このまま署名しても、提出先では受け付けられません。", "The signing certificate expired on %s. A signature made with it would not be accepted."},
		Text{"市区町村の窓口で更新できます（カードと暗証番号が必要です）。試験のために署名するときだけ --allow-expired を付けてください。", "Your municipal office renews it (bring the card and its PINs). Only for tests, sign all the same with --allow-expired."},
	},
	"certificate_not_yet_valid": {
		Text{"署名用電子証明書の有効期間は %s からです。パソコンの時計が遅れているかもしれません。", "The signing certificate is valid only from %s. The clock of this computer may be slow."},
		Text{"パソコンの日付と時刻を合わせてから、もう一度お試しください。", "Set the date and time of the computer, then try again."},
	},
	"practice_unreadable": {
		Text{"練習用カードのファイル「%s」を読めません。", "The practice card’s file “%s” cannot be read."},
		Text{"「jpki dev card reset」で作り直せます（練習用なので、失うものはありません）。", "“jpki dev card reset” makes a new one; nothing of value is lost."},
	},
	"practice_missing": {
		Text{"練習用カードがまだありません。", "There is no practice card yet."},
		Text{"「jpki card -r emu:」か「jpki dev card reset」で作られます。", "“jpki card -r emu:” or “jpki dev card reset” makes one."},
	},
	"vpcd_unreachable": {
		Text{"仮想リーダー（vpcd）「%s」につながりません。", "The virtual reader (vpcd) at “%s” cannot be reached."},
		Text{"「sudo apt install vsmartcard-vpcd」で入れて、pcscd を起動し直してください。", "Install it with “sudo apt install vsmartcard-vpcd” and restart pcscd."},
	},
	"interrupted": {
		Text{"中止しました。途中のファイルは残していません。", "Stopped. No unfinished file was left behind."},
		Text{"", ""},
	},
	"unexpected": {
		Text{"予期しない問題が起きました（%s）。", "Something unexpected happened (%s)."},
		Text{"「-v」を付けてもう一度実行し、その記録を添えてご相談ください。", "Run it again with “-v”; its output helps whoever you ask."},
	},

	// Usage. Argument 1: what was wrong.
	"usage": {
		Text{"コマンドの書き方が違います：%s", "The command line is not right: %s"},
		Text{"使い方は「jpki help」で見られます。", "“jpki help” shows how to use it."},
	},

	// Changing a PIN. Argument 1: the name of the PIN; that it was not changed is added.
	"pin_absent": {
		Text{"このカードには、%sがありません。", "The card has no %s."},
		Text{"住民基本台帳カードにあるのは、署名用パスワードだけです。マイナンバーカードの電子証明書は、市区町村の窓口で発行を受けられます。", "A Juki card has a signing password only. For a My Number card, your municipal office issues the certificates."},
	},
	"pin_new_malformed_sign": {
		Text{"新しい%[1]sは、半角の英字と数字で %[2]d 文字から %[3]d 文字にしてください。", "The new %[1]s must have %[2]d to %[3]d characters, letters A–Z and digits."},
		Text{"全角の文字、空白、記号は使えません。", "Spaces, signs and letters with accents cannot be used."},
	},
	"pin_new_malformed_auth": {
		Text{"新しい%[1]sは、半角の数字 %[2]d 桁にしてください。", "The new %[1]s must have %[2]d digits."},
		Text{"英字、全角の数字、空白は使えません。", "Letters and spaces cannot be used."},
	},
	"pin_unmixed": {
		Text{"新しい%sには、英字と数字をどちらも 1 文字以上使ってください。", "The new %s needs at least one letter and one digit."},
		Text{"例えば、自分だけが分かる言葉と、生年月日や電話番号ではない数字を組み合わせます。", "For example, combine a word that only you would think of with digits that are no date or telephone number."},
	},
	"pin_mismatch": {
		Text{"新しい%sが、1 回目と 2 回目で違います。", "The new %s was not the same both times."},
		Text{"同じものを、続けて 2 回入力してください。", "Enter the same one twice."},
	},
	"pin_same": {
		Text{"新しい%[1]sが、いまのものと同じです。", "The new %[1]s is the same as the present one."},
		Text{"いまのものとは違うものにしてください。", "Choose another one."},
	},
	"pin_weak_other": {
		Text{"新しい%sに、もう一方の暗証番号が使われています。片方を知られると、両方を知られてしまいます。", "The new %s is, or contains, the other PIN: whoever learned one would know both."},
		Text{"もう一方とは関係のないものにしてください。", "Choose one that has nothing to do with the other."},
	},
	"pin_weak_repeat": {
		Text{"新しい%sは、同じ文字や短い組の繰り返し（1111、1212 など）なので、ほかの人に当てられやすく、使えません。", "The new %s repeats one character or a short piece (as 1111 or 1212 do), so it is too easy to guess."},
		Text{"繰り返しや並び、生年月日を避けて、別のものにしてください。", "Choose another one, without repetitions, runs or birth dates."},
	},
	"pin_weak_run": {
		Text{"新しい%sは、順番どおりの並び（1234、ABC123 など）なので、ほかの人に当てられやすく、使えません。", "The new %s is a run (as 1234 or ABC123 are), so it is too easy to guess."},
		Text{"並びや繰り返し、生年月日を避けて、別のものにしてください。", "Choose another one, without runs, repetitions or birth dates."},
	},
	"pin_weak_birth": {
		Text{"新しい%sに、生年月日が入っています。生年月日はカードに書いてあるので、カードを拾った人に当てられてしまいます。", "The new %s contains the birth date, which is printed on the card: whoever finds the card could guess it."},
		Text{"生年月日（西暦も和暦も）や並び、繰り返しを避けて、別のものにしてください。", "Choose another one, without the birth date in any form, runs or repetitions."},
	},
	"pin_change_unclear": {
		Text{"新しい%[1]sをカードに送りましたが、変更できたかどうかの返事がありませんでした。いま使えるのは、これまでのものか新しいもののどちらかですが、どちらかは分かりません。", "The new %[1]s was sent to the card, but no answer came as to whether it was changed. Either the old one or the new one holds now; which one is not known."},
		Text{"カードを置き直し、「jpki pin status」で残り回数が 2 回以上あることを見てから、同じ変更を 1 度だけやり直してください（いまのものには、これまでのものを入れます）。変更できれば完了です。「違います」と出たら、新しいものにもう変わっています。そのとき減った 1 回は、次に新しいものを正しく入れると元に戻ります。これまでのものは、もう試さないでください。", "Put the card back, see with “jpki pin status” that at least 2 tries are left, and make the same change once more, giving the old one as the present one. If that works, all is done. If the old one is wrong, the new one already holds: the try that this cost comes back when the new one is next entered. Do not try the old one again."},
	},
}

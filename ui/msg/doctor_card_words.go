package msg

var cardDiagnoses = map[string]diagnosis{
	"card.found": {found: Text{"公的個人認証のカードがあります（%[1]s）。", "A card with JPKI was found: %[1]s."}},
	"card.no_card": {
		found:  Text{"カードが置かれていません（%[1]s）。", "There is no card in the reader (%[1]s)."},
		remedy: Text{"マイナンバーカードをリーダーに差し込むか、かざしたまま動かさないでください。金属の机の上やスマートフォンの近くでは読み取れないことがあります。", "Insert your My Number card, or lay it on the reader and leave it there. Metal desks and phones nearby can disturb it."},
	},
	"card.mute_card": {
		found:  Text{"カードが応答しません（%[1]s）。", "The card does not answer (%[1]s)."},
		remedy: Text{"カードの向きと表裏を確かめ、いったん離してから、もう一度しっかり置いてください。IC部分の汚れは柔らかい布で拭いてください。ほかのリーダーでも応答しなければ、カードの故障が考えられます。市区町村の窓口にご相談ください。", "Check which way round the card is, take it off and put it back firmly. Wipe the chip with a soft cloth if it is dirty. If it answers in no other reader either, it may be damaged: ask at your municipal office."},
	},
	"card.other_card": {
		found:  Text{"置かれているカードは、マイナンバーカードではないようです（%[1]s）。公的個人認証の機能がありません。", "The card does not seem to be a My Number card (%[1]s): it has no JPKI application."},
		remedy: Text{"マイナンバーカードに取り替えてください。銀行、交通系、運転免許などのカードでは署名できません。", "Use a My Number card. Bank cards, transit cards and driving licences cannot sign."},
	},
	"card.jpki_missing": {
		found:  Text{"マイナンバーカードですが、公的個人認証の機能だけが応答しません（%[1]s）。", "It is a My Number card, but its JPKI application does not answer (%[1]s)."},
		remedy: Text{"カードを置き直しても同じときは、市区町村の窓口にご相談ください。", "If it is the same after putting the card back, ask at your municipal office."},
	},
	"card.in_use": {
		found:  Text{"カードを、ほかのソフトが使っています（%[1]s）。", "Another program is using the card (%[1]s)."},
		remedy: Text{"e-Tax やブラウザーなど、カードを使うほかのソフトを終了してから、もう一度お試しください。", "Close other programs that use the card, such as e-Tax or a browser, and try again."},
	},
	"card.in_use_by": {
		found:  Text{"カードを、ほかのソフトが使っています（リーダー：%[1]s、可能性のあるソフト：%[2]s）。", "Another program is using the card (reader: %[1]s; it may be %[2]s)."},
		remedy: Text{"%[2]s を終了してから、もう一度お試しください。", "Close %[2]s and try again."},
	},
	"card.in_use_gnupg": {
		found:  Text{"カードを、GnuPG（%[2]s）が使っているようです（リーダー：%[1]s）。", "GnuPG (%[2]s) seems to be using the card (reader: %[1]s)."},
		remedy: scdaemonRemedy,
	},
	"card.several_cards": {
		found:  Text{"公的個人認証のカードが複数あります（%[1]s）。", "There are several cards with JPKI: %[1]s."},
		remedy: Text{"使うリーダーの名前の一部を「-r」で指定するか、使わないカードを取り外してください。", "Name the reader with “-r” (a part of its name is enough), or take the other cards out."},
	},
	"card.reader_ambiguous": {
		found:  Text{"「-r」で指定した名前に、複数のリーダーがあてはまります（つながっているリーダー：%[1]s）。", "The name given with “-r” fits several readers (connected: %[1]s)."},
		remedy: Text{"ひとつに決まるように、名前をもう少し長く指定してください。", "Give more of the name, so that it fits only one."},
	},
	"card.reader_unknown": {
		found:  Text{"「-r」で指定した名前のリーダーはありません（つながっているリーダー：%[1]s）。", "No reader has the name given with “-r” (connected: %[1]s)."},
		remedy: Text{"つながっているリーダーの名前の一部を「-r」で指定するか、「-r」を外してください。環境変数 JPKI_READER も確かめてください。", "Give a part of one of these names with “-r”, or leave “-r” out. Check the variable JPKI_READER too."},
	},
	"card.practice_unreadable": {
		found:  Text{"練習用カードを使えません（%[1]s）。", "The practice card cannot be used (%[1]s)."},
		remedy: Text{"「jpki dev card reset」で作り直せます（練習用なので、失うものはありません）。", "“jpki dev card reset” makes a new one; nothing of value is lost."},
	},
	"card.hanging": {
		found:  Text{"カードが時間内に応答しません（%[1]s）。", "The card gave no answer in time (%[1]s)."},
		remedy: Text{"カードを置き直し、リーダーを差し直してから、もう一度お試しください。", "Put the card back, plug the reader in again, and try again."},
	},
	"card.removed":           {found: Text{"途中でカードが離れました（%[1]s）。", "The card was removed in the middle (%[1]s)."}, remedy: readAgain},
	"atr.read":               {found: Text{"%[1]s", "%[1]s"}},
	"applications.answering": {found: Text{"応答あり：%[1]s／応答なし：%[2]s", "Answering: %[1]s. Silent: %[2]s."}},
	"applications.none":      {found: Text{"どの機能も応答しません。", "No known application answers."}, remedy: readAgain},
}

var contentDiagnoses = map[string]diagnosis{
	"token.mynumber": {found: Text{"マイナンバーカード（%[1]s）%[2]s", "My Number card (%[1]s)%[2]s"}},
	"token.practice": {found: Text{"練習用カード（%[1]s）", "Practice card (%[1]s)"}},
	"token.android":  {found: Text{"スマートフォン（Android）の電子証明書（%[1]s）%[2]s", "Certificates in an Android phone (%[1]s)%[2]s"}},
	"token.ios":      {found: Text{"スマートフォン（iPhone）の電子証明書（%[1]s）%[2]s", "Certificates in an iPhone (%[1]s)%[2]s"}},
	"token.unknown":  {found: Text{"種類の分からない公的個人認証のカード（%[1]s）%[2]s", "A JPKI card of an unknown kind (%[1]s)%[2]s"}},
	"token.juki": {
		found:  Text{"住民基本台帳カードです（%[1]s）%[2]s。このカードの電子証明書は、2018年12月までにすべて期限が切れています。", "A Juki card, the resident card before My Number (%[1]s)%[2]s. All certificates on such cards had expired by December 2018."},
		remedy: Text{"署名にはマイナンバーカードが必要です。市区町村の窓口で申請できます。", "Signing needs a My Number card; apply for one at your municipal office."},
	},
	"certificates.both": {found: Text{"署名用・利用者証明用とも入っています。", "Both are there, for signing and for authentication."}},
	"certificates.sign_only": {
		found:  Text{"署名用だけが入っています。", "Only the one for signing is there."},
		remedy: issueRemedy,
	},
	"certificates.auth_only": {
		found:  Text{"利用者証明用だけが入っています。署名はできません。", "Only the one for authentication is there: the card cannot sign."},
		remedy: issueRemedy,
	},
	"certificates.none": {
		found:  Text{"電子証明書が入っていません。", "The card holds no certificates."},
		remedy: issueRemedy,
	},
	"sign_certificate.needs_pin": {found: Text{"パスワードが要るので読んでいません。期限などは「jpki cert show sign」で確かめられます。", "Not read, since that takes its password. “jpki cert show sign” shows it."}},
	"auth_certificate.needs_pin": {found: Text{"暗証番号が要るので読んでいません（スマートフォンではそうなっています）。", "Not read, since that takes its PIN (as on phones)."}},
	"auth_certificate.valid":     {found: Text{"有効期間内です（あと %[1]d 年以上）。", "Within its period (%[1]d years or more are left)."}},
	"auth_certificate.valid_this_year": {
		found: Text{"有効期間内です（あと 1 年未満）。", "Within its period (less than a year is left)."},
	},
	"auth_certificate.expires_soon": {
		found:  Text{"有効期限まで 90 日を切りました。", "It expires within 90 days."},
		remedy: renewRemedy,
	},
	"auth_certificate.expired": {
		found:  Text{"利用者証明用電子証明書の有効期限が切れています。", "The authentication certificate has expired."},
		remedy: renewRemedy,
	},
	"auth_certificate.not_yet_valid": {
		found:  Text{"まだ有効期間が始まっていません。", "It is not yet valid."},
		remedy: clockRemedy,
	},
	"auth_certificate.malformed": {
		found:  Text{"利用者証明用電子証明書の内容が正しくありません。", "The authentication certificate makes no sense."},
		remedy: damagedRemedy,
	},
	"auth_issuer.pinned":   {found: Text{"公的個人認証サービスの認証局です（鍵を確認しました）。", "A CA of JPKI, confirmed by its key."}},
	"auth_issuer.practice": {found: Text{"練習用カードの認証局です。", "The practice card’s CA."}},
	"auth_issuer.test":     {found: Text{"テスト用の認証局です（テストカード）。", "A test CA: this is a test card."}},
	"auth_issuer.unknown": {
		found:  Text{"確認できない認証局です。", "A CA that could not be confirmed."},
		remedy: newerCA,
	},
	"auth_issuer.forged": {
		found:  Text{"公的個人認証サービスの認証局を名乗っていますが、その鍵で署名されていません。", "It claims to be from a CA of JPKI, whose key did not sign it."},
		remedy: Text{"偽造か、カードの故障が考えられます。このカードを使わず、市区町村の窓口にご相談ください。", "It may be forged, or the card is damaged. Do not use it; ask at your municipal office."},
	},
	"auth_holder.shown": {found: Text{"CN=%[1]s、番号 %[2]s、%[3]s から %[4]s まで（あと %[5]d 日）", "CN=%[1]s, serial number %[2]s, from %[3]s to %[4]s (%[5]d days left)"}},
	"sign_ca.pinned":    caPinned,
	"sign_ca.practice":  caPractice,
	"sign_ca.test":      caTest,
	"sign_ca.unknown":   caUnknown,
	"sign_ca.expired":   caExpired,
	"sign_ca.malformed": caMalformed,
	"auth_ca.pinned":    caPinned,
	"auth_ca.practice":  caPractice,
	"auth_ca.test":      caTest,
	"auth_ca.unknown":   caUnknown,
	"auth_ca.expired":   caExpired,
	"auth_ca.malformed": caMalformed,
	"sign_pin.full":     pinFull,
	"sign_pin.used":     pinUsed,
	"sign_pin.last_try": pinLastTry,
	"sign_pin.blocked": {
		found:  Text{"%[1]sがロックされています。", "The %[1]s is locked."},
		remedy: errorEntries["pin_blocked"].hint,
	},
	"auth_pin.full":     pinFull,
	"auth_pin.used":     pinUsed,
	"auth_pin.last_try": pinLastTry,
	"auth_pin.blocked": {
		found:  Text{"%[1]sがロックされています。", "The %[1]s is locked."},
		remedy: Text{"カードと本人確認書類を持って、お住まいの市区町村の窓口で初期化を受けてください。", "Take the card and an identity document to your municipal office, which can reset it."},
	},
}

var (
	issueRemedy   = Text{"電子証明書は、市区町村の窓口で発行を受けられます。", "Your municipal office can issue certificates."}
	renewRemedy   = Text{"カードと暗証番号を用意して、市区町村の窓口で更新してください。更新は期限の 3 か月前からできます。", "Renew it at your municipal office (bring the card and its PINs). Renewal opens three months before the end."}
	damagedRemedy = Text{"カードを置き直しても同じときは、カードの故障が考えられます。市区町村の窓口にご相談ください。", "If it is the same after putting the card back, the card may be damaged: ask at your municipal office."}
	newerCA       = Text{"このプログラムより新しい認証局かもしれません。新しい版の jpki がないか確かめてください。", "It may be newer than this program: look for a newer version of jpki."}

	caPinned   = diagnosis{found: Text{"公的個人認証サービスの認証局 %[1]s です。期限は %[2]s です。", "%[1]s, a CA of JPKI. It ends on %[2]s."}}
	caPractice = diagnosis{found: Text{"練習用カードの認証局です。期限は %[2]s です。", "The practice card’s CA. It ends on %[2]s."}}
	caTest     = diagnosis{found: Text{"テスト用の認証局です。期限は %[2]s です。", "A test CA. It ends on %[2]s."}}
	caUnknown  = diagnosis{found: Text{"確認できない認証局です。期限は %[2]s です。", "A CA that could not be confirmed. It ends on %[2]s."}, remedy: newerCA}
	caExpired  = diagnosis{
		found:  Text{"認証局の証明書の期限が %[2]s に切れています。", "The CA’s certificate expired on %[2]s."},
		remedy: Text{"カードの電子証明書も期限が切れていないか確かめてください。", "Check whether the card’s own certificates have expired too."},
	}
	caMalformed = diagnosis{found: Text{"認証局の証明書の内容が正しくありません。", "The CA’s certificate makes no sense."}, remedy: damagedRemedy}

	pinFull    = diagnosis{found: Text{"あと %[2]d 回（%[3]d 回中）", "%[2]d of %[3]d tries left"}}
	pinUsed    = diagnosis{found: Text{"あと %[2]d 回（%[3]d 回中）。前に間違えた入力がありました。", "%[2]d of %[3]d tries left: it was mistyped before."}, remedy: Text{"正しく入力すると、回数は元に戻ります。", "Entering it correctly makes the tries full again."}}
	pinLastTry = diagnosis{
		found:  Text{"%[1]sは、あと 1 回間違えるとロックされます（%[3]d 回中）。", "One more wrong try locks the %[1]s (of %[3]d)."},
		remedy: Text{"確かに覚えているときだけ使ってください。自信がないときは、市区町村の窓口で再設定できます。", "Use it only if you are sure of it. Otherwise your municipal office can set a new one."},
	}
)

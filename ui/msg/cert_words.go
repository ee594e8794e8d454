package msg

import (
	"strconv"
	"strings"
)

// What the certificate commands do.
var (
	CertShort     = Text{"証明書を見る・確かめる・保存する", "Show, check and save certificates"}
	CertShowShort = Text{"証明書の中身を表示します（証明書表示ツール）", "Show what a certificate says"}
	CertShowLong  = Text{
		"カードの証明書、またはファイルの証明書を表示します。種類を指定しなければ、読めるものをすべて表示します。\n署名用電子証明書には氏名や住所が入っているため、署名用パスワードが必要です。",
		"Shows the certificates of the card, or of a file; without a kind, all that can be read.\nThe signing certificate holds name and address, so the card wants the signing password for it.",
	}
	CertCheckShort = Text{"証明書が使えるかを確かめます（有効性確認）", "Check whether a certificate is good"}
	CertCheckLong  = Text{
		"有効期限、発行者の鍵と署名、用途を確かめます。種類を指定しなければ、パスワードの要らない利用者証明用を確かめます。\n失効は、--crl か --ocsp を指定したときだけ調べます。\n終了コード：0 問題なし、6 無効、7 判定できない、10 もうすぐ期限切れ。",
		"Checks the period, the issuer’s key and signature, and the purpose; without a kind, those of the\nauthentication certificate, which needs no password. Revocation is looked up only with --crl or --ocsp.\nExit code: 0 good, 6 not valid, 7 cannot be decided, 10 expires soon.",
	}
	CertExportShort = Text{"証明書をファイルに保存します", "Save a certificate to a file"}
	CertExportLong  = Text{
		"証明書をファイルに保存します。種類を指定しなければ署名用です。\n秘密の鍵はカードから出ません。",
		"Saves a certificate to a file; without a kind, the signing certificate.\nThe private key never leaves the card.",
	}
	CertRemindShort = Text{"更新の予定をカレンダーのファイルにします", "Make calendar entries for the renewal"}
	CertRemindLong  = Text{
		"更新できるようになる日（3 か月前）、1 か月前、最後の日の予定を iCalendar のファイルに書きます。\n種類を指定しなければ、パスワードの要らない利用者証明用の期限です（多くの場合、署名用も同じ日です）。",
		"Writes an iCalendar file with the day on which renewal opens (3 months before), 1 month before, and\nthe last day; without a kind, for the authentication certificate, which needs no password.",
	}
	TrustShort     = Text{"信用する認証局", "The authorities that are trusted"}
	TrustListShort = Text{"信用する認証局を一覧にします", "List the authorities that are trusted"}
	TrustListLong  = Text{
		"jpki が鍵で見分ける認証局（公的個人認証サービスの各世代と練習用）と、カードから読んで控えてある認証局の証明書を一覧にします。",
		"Lists the authorities that jpki knows by their keys (the generations of JPKI’s CAs, and the practice ones),\nand the CA certificates read from cards that it keeps.",
	}

	FlagCertFile   = Text{"カードの代わりに、証明書か署名のファイル `FILE` を読む（- は標準入力）", "read certificate or signature `FILE` in place of the card (- is standard input)"}
	FlagWarnDays   = Text{"残りがこの日数 `N` 以下なら知らせる（初期値 90）", "warn when `N` days or fewer are left (default 90)"}
	FlagQuiet      = Text{"問題がなければ何も出力しない（cron 向け）", "print nothing when all is well (for cron)"}
	FlagOutputFile = Text{"出力先のファイル `FILE`（- は標準出力。初期値は種類と日時から作る名前）", "output `FILE` (- is standard output; default: a name of kind and time)"}
	FlagOutputICS  = Text{"出力先のファイル `FILE`（- は標準出力。初期値 jpki-remind.ics）", "output `FILE` (- is standard output; default jpki-remind.ics)"}
	FlagDaysLeft   = Text{"証明書の期限をこの日数 `N` 後にする", "let the certificates end in `N` days"}

	UsageKind = Text{"「%s」という種類の証明書はありません（sign、auth、sign-ca、auth-ca）", "there is no certificate of kind “%s” (sign, auth, sign-ca and auth-ca are)"}
)

// Questions and advice.
var (
	WhySignPIN         = Text{"署名用電子証明書には氏名や住所が入っているため、カードが署名用パスワードを求めています。", "The signing certificate holds name and address, so the card wants the signing password for it."}
	WhyAuthPIN         = Text{"このカードは、利用者証明用電子証明書を読むのに暗証番号を求めています。", "This card wants its PIN before it shows the authentication certificate."}
	MayLeaveOut        = Text{"（何も入れずに Enter で飛ばせます）", " (Enter alone leaves it out)"}
	CertLeftOut        = Text{"署名用電子証明書は飛ばしました。見るには「jpki cert show sign」を実行してください。", "The signing certificate was left out; “jpki cert show sign” shows it."}
	ExportDiscloses    = Text{"署名用電子証明書のファイルには、氏名・住所・生年月日・性別が入っています。渡す相手に気を付けてください。", "The file of a signing certificate tells name, address, birth date and sex. Mind whom you give it to."}
	CertRevocationHint = Text{
		"失効していないかは、公式の「JPKI利用者ソフト」の有効性確認か、市区町村の窓口で確かめられます。",
		"Whether it was revoked can be confirmed with the official JPKI software or at your municipal office.",
	}
	RevocationHintOther = Text{
		"失効していないかは、認証局の失効リスト（--crl）か OCSP の宛先（--ocsp）を指定すると調べられます。",
		"Give the CA’s revocation list (--crl) or OCSP address (--ocsp) to look revocation up.",
	}
	Renew = Text{
		"更新は%sから、お住まいの市区町村の窓口でできます（無料）。カードと暗証番号が必要です。",
		"It can be renewed from %s at your municipal office, free of charge. Bring the card and its PINs.",
	}
)

// Labels and values.
var (
	LabelSubject  = Text{"名義", "Subject"}
	LabelFrom     = Text{"発行", "Valid from"}
	LabelUntil    = Text{"有効期限", "Valid until"}
	LabelUsage    = Text{"用途", "Use"}
	LabelPolicy   = Text{"証明書ポリシー", "Policy"}
	LabelProblems = Text{"読めない項目", "Unreadable"}

	LifeLeft    = Text{"あと %s 日（%sまで）", "%s days left (until %s)"}
	LifeLastDay = Text{"本日（%s）が最後の日です", "Today, %s, is its last day"}
	LifeOver    = Text{"期限が切れています（%sまででした）", "Expired (it was valid until %s)"}
	LifeNotYet  = Text{"まだ有効になっていません（%sから）", "Not valid yet (from %s)"}
	LifeUnknown = Text{"有効期限が読めません", "The end of its period cannot be read"}

	CertPassed          = Text{"は有効です（失効していないことも確認しました）", " is valid (and not revoked)"}
	CertPassedUnchecked = Text{"は有効期間内で、発行者も確かです（失効は未確認）", " is within its period and from a known issuer (revocation not checked)"}
	CertIndeterminate   = Text{"は判定できません", " cannot be decided"}
	CertFailed          = Text{"は使えません", " is not valid"}

	Substitutes      = Text{"（代替文字：%s）", " (substitute letters: %s)"}
	SubstituteLetter = Text{"%d 文字目「%s」", "%d “%s”"}
	Separator        = Text{"、", ", "}
	OwnerProblems    = Text{"証明書の一部が正しく読めません（%s）", "a part of the certificate cannot be read (%s)"}

	BandPractice = Text{"【練習用】", " [PRACTICE]"}
	BandTest     = Text{"【テスト用】", " [TEST]"}

	RemindText = Text{
		"更新は市区町村の窓口でできます（無料）。マイナンバーカードと暗証番号をお持ちください。マイナンバーカード本体の有効期限も確かめてください。",
		"Your municipal office renews it free of charge. Bring the card and its PINs, and look at the date on the card itself, too.",
	}
)

// CertKind is the name of a kind of certificate.
func CertKind(kind string) Text {
	switch kind {
	case "sign":
		return LabelSignCert
	case "auth":
		return LabelAuthCert
	case "sign-ca":
		return Text{"署名用認証局の証明書", "Signing CA’s certificate"}
	case "auth-ca":
		return Text{"利用者証明用認証局の証明書", "Authentication CA’s certificate"}
	}
	return Text{"証明書", "Certificate"}
}

// CertUse says what a kind of certificate is for.
func CertUse(kind string) Text {
	switch kind {
	case "sign":
		return Text{"書類への電子署名", "signing documents"}
	case "auth":
		return Text{"ログインなどの本人確認", "proving who logs in"}
	case "sign-ca", "auth-ca":
		return Text{"証明書の発行", "issuing certificates"}
	}
	return Text{"その他", "other"}
}

// RemindTitle is the title of a calendar entry, with the name of the certificate.
func RemindTitle(event string) Text {
	switch event {
	case "renewal_opens":
		return Text{"%sの更新ができるようになります", "%s can be renewed from today"}
	case "one_month_left":
		return Text{"%sの期限まであと 1 か月です", "%s ends in one month"}
	}
	return Text{"%sの最後の日です", "%s: last day"}
}

// Number is n with a comma at the thousands.
func Number(n int) string {
	s := strconv.Itoa(n)
	var parts []string
	for len(s) > 3 {
		parts = append([]string{s[len(s)-3:]}, parts...)
		s = s[:len(s)-3]
	}
	return strings.Join(append([]string{s}, parts...), ",")
}

// The list of authorities.
var (
	LabelPeriod  = Text{"期間", "Period"}
	LabelKeyID   = Text{"鍵の識別子", "Key identifier"}
	TrustExpired = Text{"（期限切れ。古い署名を、その時点で判定するときにだけ使います）", " (expired: counts only when an old signature is judged as of its time)"}
	TrustCached  = Text{"カードから読んで控えてある認証局の証明書：", "CA certificates read from cards and kept:"}
)

// TrustKind says in brackets what an authority is to JPKI.
func TrustKind(kind string) Text {
	if kind == "practice" {
		return Text{"（練習用カードの認証局。--practice を付けたときだけ認めます）", " (practice card’s CA; counts only with --practice)"}
	}
	return Text{"（公的個人認証サービスの認証局）", " (a CA of JPKI)"}
}

// TrustUse says what an authority certifies.
func TrustUse(use string) Text {
	switch use {
	case "sign":
		return Text{"署名用電子証明書の発行", "issues signing certificates"}
	case "auth":
		return Text{"利用者証明用電子証明書の発行", "issues authentication certificates"}
	}
	return Text{"証明書の発行", "issues certificates"}
}

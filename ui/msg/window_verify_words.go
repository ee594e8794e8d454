package msg

import "github.com/jpki-desktop/jpki/sign"

// What the room of the window says in which signatures are verified.
var (
	VerifyIntro = Text{
		"誰が署名したか、書類が署名のあとに変わっていないかを確かめます。カードは要りません。",
		"Finds out who signed a file, and whether it was changed afterwards. No card is needed.",
	}
	VerifyDrop = Text{
		"確かめたいファイルをこの画面に置く（ドラッグする）か、下で選んでください。署名が別のファイル（.p7s）のときは、書類と二つ一緒に選べます。",
		"Drag the file into this window, or choose it below. If the signature is in a file of its own (.p7s), you can choose it together with the document.",
	}
	VerifyChoose  = Text{"ファイルを選ぶ", "Choose a file"}
	VerifyPath    = Text{"ファイルの場所（入力して Enter）", "Path of the file (type it, then Enter)"}
	VerifyAnother = Text{"別のファイルを選ぶ", "Choose another file"}
	VerifyAgain   = Text{"もう一度確かめる", "Verify again"}
	VerifyWorking = Text{"署名を確かめています", "Verifying"}

	VerifyWhole = Text{
		"書類は署名のあと変わっておらず、証明書が失効していないことも確認しました。",
		"The document is unchanged since it was signed, and the certificate was found not to be revoked.",
	}
	VerifyAsPractice      = Text{"練習用カードの署名として確かめる", "Verify it as an exercise"}
	VerifyChooseContent   = Text{"署名された書類を選ぶ", "Choose the signed document"}
	VerifyOtherContent    = Text{"別の書類で確かめる", "Verify with another document"}
	VerifyAlone           = Text{"署名のファイルだけで確かめる", "Verify the signature file by itself"}
	VerifyChooseSignature = Text{"署名のファイルを選ぶ", "Choose the signature file"}
	VerifySignIt          = Text{"この書類に署名する", "Sign this document"}
	VerifySaveText        = Text{"結果を保存（文章）", "Save the result (text)"}
	VerifySaveJSON        = Text{"結果を保存（JSON）", "Save the result (JSON)"}
	VerifyTakeOut         = Text{"中の書類を取り出す", "Take out the document"}
	VerifyTakingOut       = Text{"中の書類を取り出しています", "Taking out the document"}
	VerifyNotTakenOut     = Text{
		"書類は取り出しませんでした。先ほどからファイルが変わり、署名が正しくなくなっています。",
		"The document was not taken out: the file has changed since, and its signature is no longer good.",
	}
	VerifyDetails     = Text{"くわしい内容", "Details"}
	VerifySignatureOf = Text{"署名 %d / %d：%s", "Signature %d of %d: %s"}

	VerifyResults    = Text{"%s 件のファイルを確かめました", "%s files were verified"}
	VerifyCount      = Text{"%s：%s 件", "%s: %s"}
	VerifyUnreadable = Text{"確かめられなかったファイル", "Files that could not be verified"}
	VerifyStopped    = Text{"中止しました。%s 件のうち %s 件までの結果です。", "Stopped. These are the results for the first %[2]s of %[1]s files."}
	VerifyWorstFirst = Text{"注意の要るものから順に並べています。", "Those that need attention come first."}
	VerifyShow       = Text{"くわしく見る", "Show"}
	VerifyToList     = Text{"一覧に戻る", "Back to the list"}

	PageOf       = Text{"%s ～ %s 件目（全 %s 件）", "%s to %s of %s"}
	PagePrevious = Text{"前の %s 件", "Previous %s"}
	PageNext     = Text{"次の %s 件（ほか %s 件）", "Next %s (%s more)"}

	Saved = Text{"保存しました", "Saved"}
)

// WindowFinding returns the words for what a verifier found, as [Finding] does, with a
// next step that can be taken in the window: options of the command line mean nothing
// there.
func WindowFinding(l Lang, f sign.Finding) Words {
	words := Finding(l, f)
	if hint, ok := windowHints[f.Code]; ok {
		words.Hint = hint.In(l)
	}
	return words
}

var askExpert = Text{
	"この判定には、追加の資料と、コマンド（jpki verify）での確認が要ります。大切な手続では、署名を受け付ける行政機関などで確かめてもらってください。",
	"More records would be needed to decide this, and the command line (jpki verify). In matters of weight, have it confirmed by the office that accepts the signature.",
}

// windowHints take the place of hints that name options of the command line.
var windowHints = map[string]Text{
	"content_missing":      {"署名された書類（元のファイル）を選んでください。同じフォルダーに置いておくと、自動で見つかります。", "Choose the document that was signed. If it lies in the same folder, it is found by itself."},
	"content_mismatch":     {"署名のファイルだけで確かめ、中の書類を取り出して、そちらを使ってください。", "Verify the signature file by itself, take the document out of it, and use that one."},
	"practice_certificate": {"練習のために確かめるときは、「練習用カードの署名として確かめる」を押してください。", "To verify it as an exercise, press “Verify it as an exercise”."},
	"test_certificate":     {"試験のための署名です。手続には使えません。", "It was made for a test, and counts in no procedure."},
	"certificate_missing":  {"証明書を含めて、署名し直してもらってください。", "Have it signed again with the certificate included."},
	"issuer_unknown":       {"公的個人認証サービスのほかの認証局が発行した証明書は、本物かどうかをこの画面では確かめられません。", "This window cannot tell whether certificates of CAs other than JPKI’s are genuine."},
	"signing_time_later":   {"このパソコンの日付と時刻が合っているか確かめてください。", "Check the date and time of this computer."},
	"signer_expired":       askExpert,
	"issuer_expired":       askExpert,

	"revoked":                     {"失効のあとの署名は無効です。署名した人に、新しい証明書で署名し直してもらってください。", "A signature made after that does not count. Ask the signer to sign again with a new certificate."},
	"issuer_revocation_unchecked": askOffice,
	"revocation_after_expiry":     askOffice,
	"revocation_source_missing":   askOffice,

	"crl_malformed":          askOffice,
	"crl_too_large":          askOffice,
	"crl_expired":            askOffice,
	"crl_issuer_mismatch":    askOffice,
	"crl_scope":              askOffice,
	"crl_reasons":            askOffice,
	"crl_delta_without_base": askOffice,

	"ocsp_no_address":             askOffice,
	"ocsp_unreachable":            askOffice,
	"ocsp_http_status":            askOffice,
	"ocsp_not_http":               askOffice,
	"ocsp_redirect":               askOffice,
	"ocsp_too_large":              askOffice,
	"ocsp_malformed":              askOffice,
	"ocsp_signature_invalid":      askOffice,
	"ocsp_responder_unauthorized": askOffice,
	"ocsp_wrong_certificate":      askOffice,
	"ocsp_nonce_mismatch":         askOffice,
	"ocsp_unknown":                askOffice,

	"timestamp_untrusted":            {"そのため、この日時は証明として扱っていません。日時が大切な手続では、提出先で確かめてもらってください。", "Its time does not count as proven here. If the time matters, have it confirmed by the office concerned."},
	"timestamp_expired":              askExpert,
	"timestamp_revocation_unchecked": askOffice,
}

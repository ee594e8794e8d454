package msg

import (
	"github.com/jpki-desktop/jpki/sign"
)

// Verdict returns the headline of a verdict and, where the verdict by itself calls for
// one, the next step.
func Verdict(l Lang, v sign.Verdict) Words {
	return verdicts[v].words(l, string(v))
}

var verdicts = map[sign.Verdict]entry{
	sign.Passed: {
		Text{"有効です", "Valid"}, Text{},
	},
	sign.PassedRevocationUnchecked: {
		Text{"改ざんはありません（失効は未確認）", "Not altered (revocation not checked)"},
		Text{
			"署名のあとにカードの紛失や転居などで証明書が失効していないかは、ここでは分かりません。失効の情報は、署名を受け付ける行政機関や認定を受けた事業者だけが照会できます。大切な手続では、そちらで確認してもらってください。",
			"Whether the certificate was revoked (card lost, address changed) cannot be known here: only the offices and accredited companies that accept signatures may ask. In matters of weight, have it confirmed by one of them.",
		},
	},
	sign.Indeterminate: {
		Text{"判定できません", "Cannot be decided"},
		Text{"無効と決まったわけではありませんが、この結果だけを根拠に信用しないでください。", "The signature is not known to be bad, but do not rely on it on this result alone."},
	},
	sign.Failed: {
		Text{"署名は無効です", "The signature is not valid"},
		Text{"このファイルを信用しないでください。差出人に、電話など別の方法で確かめ、署名し直してもらってください。", "Do not trust this file. Ask the sender by other means, such as a call, and have it signed again."},
	},
	sign.ModifiedAfter: {
		Text{"署名後に変更されています", "Changed after signing"},
		Text{"署名した時点の内容は正しいものですが、そのあとに加わった部分は署名した人のものとはいえません。", "What was signed is intact, but what was added later is not the signer’s."},
	},
	sign.NoSignature: {
		Text{"署名がありません", "No signature"},
		Text{"署名が別のファイル（.p7s）にあるときは、そのファイルを指定するか、同じフォルダーに置いてください。", "If the signature is in a file of its own (.p7s), name that file or put it into the same folder."},
	},
}

// Revocation is what is known of a certificate's revocation.
func Revocation(r sign.Revocation) Text {
	switch r {
	case sign.RevocationGood:
		return Text{"失効していません", "not revoked"}
	case sign.RevocationRevoked:
		return Text{"失効しています", "revoked"}
	}
	return Text{"未確認", "not checked"}
}

// RevocationSource says as of when a state of revocation holds, and who says so.
var RevocationSource = Text{"（%s 現在、%s による）", " (as of %s, from %s)"}

// AnchorKind says in brackets why a CA is trusted, or that it is not.
func AnchorKind(k sign.AnchorKind) Text {
	switch k {
	case sign.AnchorPinned:
		return Text{"（公的個人認証サービスの認証局）", " (a CA of JPKI)"}
	case sign.AnchorPractice:
		return Text{"（練習用カードの認証局）", " (the practice card’s CA)"}
	case sign.AnchorTest:
		return Text{"（テスト用の認証局）", " (a test CA)"}
	case sign.AnchorUser:
		return Text{"（指定された認証局）", " (a CA that you named)"}
	}
	return Text{"（確認できない認証局）", " (a CA that could not be confirmed)"}
}

// Finding returns the words for what a verifier found.
func Finding(l Lang, f sign.Finding) Words {
	e, ok := findings[f.Code]
	if !ok {
		e, ok = revocationFindings[f.Code]
	}
	if !ok {
		e, ok = timestampFindings[f.Code]
	}
	if !ok {
		e = entry{message: Text{f.Code, f.Code}}
	}
	when := ""
	if !f.Time.IsZero() {
		when = Moment(l, f.Time)
	}
	return e.words(l, f.Code, detail(l, f), when)
}

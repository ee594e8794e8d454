package msg

import "github.com/jpki-desktop/jpki/sign"

// Next steps that several findings about revocation share.
var (
	newerCRL    = Text{"認証局から最新の CRL（失効リスト）を受け取り、--crl で指定し直してください。", "Obtain the CA’s latest CRL and name that one with --crl."}
	rightCRL    = Text{"この証明書のための CRL（失効リスト）を受け取り、--crl で指定してください。", "Obtain the CRL that is meant for this certificate and name it with --crl."}
	distrustCRL = Text{"この CRL は使わないでください。認証局から直接受け取り直してください。", "Do not use this CRL. Obtain one from the CA itself."}
	checkClock  = Text{"このパソコンの日付と時刻が合っているか確かめてください。", "Check the date and time of this computer."}
	checkURL    = Text{"アドレス（--ocsp）が正しいか、ネットワークにつながっているかを確かめてください。", "Check the address (--ocsp) and the network connection."}
	askLater    = Text{"しばらく待ってから、もう一度お試しください。", "Wait a while and try again."}
	notTrusted  = Text{"この返事は信用できません。アドレス（--ocsp）が正しいか確かめてください。", "This answer cannot be relied on. Check the address (--ocsp)."}
	askOffice   = Text{"大切な手続では、署名を受け付ける行政機関などで失効を確認してもらってください。", "In matters of weight, have revocation checked by the office that accepts the signature."}
)

// revocationFindings has the words of the findings about revocation, as findings has
// those of the others.
var revocationFindings = map[string]entry{
	"revoked":                     {Text{"証明書は %[2]s に失効しています（理由：%[1]s）。", "The certificate was revoked on %[2]s (reason: %[1]s)."}, Text{"失効のあとの署名は無効です。署名した人に、新しい証明書で署名し直してもらってください。失効より前に署名された証拠があるときは、その日時を --at で指定して確かめられます。", "A signature made after that does not count. Ask the signer to sign again with a new certificate. If records show that it was signed earlier, give that time with --at."}},
	"revoked_later":               {Text{"証明書は、判定した日時よりあとの %[2]s に失効しています（理由：%[1]s）。", "The certificate was revoked on %[2]s (reason: %[1]s), which is later than the time judged at."}, Text{"その日時より前に署名されたことが確かなら、署名への影響はありません。", "This does not affect the signature if it is certain to be older than that."}},
	"certificate_on_hold":         {Text{"証明書は %[2]s から一時停止されています。", "The certificate has been on hold since %[2]s."}, Text{"一時停止は、カードの紛失の届け出などで行われます。署名した人に事情を確かめ、停止が解けてからもう一度確かめてください。", "This happens when a card is reported lost, for example. Ask the signer, and check again once the hold is lifted."}},
	"issuer_revoked":              {Text{"認証局（%[1]s）の証明書が %[2]s に失効しています。", "The CA’s certificate (%[1]s) was revoked on %[2]s."}, distrust},
	"issuer_on_hold":              {Text{"認証局（%[1]s）の証明書が %[2]s から一時停止されています。", "The CA’s certificate (%[1]s) has been on hold since %[2]s."}, Text{"停止が解けてから、もう一度確かめてください。", "Check again once the hold is lifted."}},
	"issuer_revocation_unchecked": {Text{"途中の認証局（%[1]s）の証明書が失効していないかは、確かめられませんでした。", "Whether the certificate of the CA in between (%[1]s) was revoked could not be checked."}, Text{"その認証局を認めた認証局の CRL（失効リスト）も --crl で指定してください。", "Name the CRL of the CA above it with --crl, too."}},
	"revocation_after_expiry":     {Text{"証明書の期限（%[2]s）が切れたあとに作られた失効情報（%[1]s）です。期限切れの証明書は載らないことがあるため、失効していないとは言い切れません。", "The revocation information (%[1]s) was made after the certificate’s end (%[2]s), when revoked certificates may be left out of it."}, Text{"期限より前に作られた CRL（失効リスト）があれば、--crl で指定してください。", "If you have a CRL from before that end, name it with --crl."}},
	"revocation_signature_weak":   {Text{"失効情報（%[1]s）が、古くて破られた方式で署名されています。", "The revocation information (%[1]s) was signed with an old and broken algorithm."}, askOffice},

	"crl_malformed":                  {Text{"CRL（失効リスト）のファイル（%[1]s）が壊れているか、CRL ではありません。", "The file %[1]s is broken, or no CRL."}, Text{"CRL のファイル（DER または PEM 形式）を --crl で指定してください。", "Name a CRL in DER or PEM with --crl."}},
	"crl_too_large":                  {Text{"CRL（失効リスト）のファイル（%[1]s）が大きすぎます（64 MiB まで）。", "The CRL (%[1]s) is too large (the limit is 64 MiB)."}, rightCRL},
	"crl_expired":                    {Text{"CRL（失効リスト、%[1]s）が古く、判定する日時（%[2]s より後）の状態が分かりません。", "The CRL (%[1]s) is too old: it tells nothing of the time after %[2]s."}, newerCRL},
	"crl_not_yet_valid":              {Text{"CRL（失効リスト、%[1]s）の作成日時（%[2]s）が未来になっています。", "The CRL (%[1]s) is from the future (%[2]s)."}, checkClock},
	"crl_signature_invalid":          {Text{"CRL（失効リスト、%[1]s）の署名が正しくありません。書き換えられたか、認証局のものではありません。", "The signature of the CRL (%[1]s) is wrong: it was altered, or is not the CA’s."}, distrustCRL},
	"crl_issuer_mismatch":            {Text{"指定された CRL（失効リスト）は、この証明書の認証局（%[1]s）のものではありません。", "None of the CRLs given is one of this certificate’s CA (%[1]s)."}, rightCRL},
	"crl_issuer_unauthorized":        {Text{"CRL（失効リスト、%[1]s）を出した者に、この証明書の失効を知らせる権限があるか確かめられません。", "Nothing shows that whoever issued the CRL (%[1]s) may do so for this certificate."}, distrustCRL},
	"crl_scope":                      {Text{"CRL（失効リスト、%[1]s）は、別の市区町村など、ほかの証明書のためのものです。", "The CRL (%[1]s) is for other certificates, such as those of another municipality."}, rightCRL},
	"crl_reasons":                    {Text{"CRL（失効リスト、%[1]s）には、一部の理由による失効しか載っていません。", "The CRL (%[1]s) lists revocations for some reasons only."}, Text{"残りの理由の CRL も --crl で指定してください。", "Name the CRLs for the other reasons with --crl, too."}},
	"crl_delta_without_base":         {Text{"CRL（失効リスト、%[1]s）は変更分だけで、元になる CRL がありません。", "The CRL (%[1]s) holds only changes to another CRL, which is missing."}, Text{"元になる CRL も --crl で指定してください。", "Name the CRL that it is based on with --crl, too."}},
	"crl_unknown_critical_extension": {Text{"CRL（失効リスト）に、解釈できない重要な項目があります（%[1]s）。", "The CRL has a critical extension that is not understood (%[1]s)."}, askOffice},

	"ocsp_address_invalid":            {Text{"失効の問い合わせ先のアドレス（%[1]s）が正しくありません。", "The OCSP address (%[1]s) is not valid."}, Text{"http:// または https:// で始まるアドレスを、パスワードを入れずに指定してください。", "Give an address that begins with http:// or https:// and has no password in it."}},
	"ocsp_no_address":                 {Text{"証明書に、失効の問い合わせ先（OCSP）のアドレスが書かれていません。", "The certificate names no OCSP address."}, Text{"問い合わせ先が分かるときは、--ocsp にアドレスを指定してください。", "If you know an address, give it with --ocsp."}},
	"ocsp_auto_refused":               {Text{"公的個人認証サービスの証明書の失効は、認定を受けた事業者や行政機関だけが照会できます。そのため、問い合わせませんでした。", "Only accredited companies and offices may ask about the revocation of JPKI’s certificates, so nobody was asked."}, askOffice},
	"ocsp_unreachable":                {Text{"失効の問い合わせ先（%[1]s）につながりません。", "The OCSP responder (%[1]s) cannot be reached."}, checkURL},
	"ocsp_timeout":                    {Text{"失効の問い合わせ先（%[1]s）から、時間内に返事がありませんでした。", "The OCSP responder (%[1]s) did not answer in time."}, askLater},
	"ocsp_http_status":                {Text{"失効の問い合わせ先がエラーを返しました（HTTP %[1]s）。", "The OCSP responder returned an error (HTTP %[1]s)."}, checkURL},
	"ocsp_not_http":                   {Text{"失効の問い合わせ先（%[1]s）の返事が途中で切れたか、HTTP ではありません。", "The answer of %[1]s broke off, or is not HTTP."}, checkURL},
	"ocsp_redirect":                   {Text{"失効の問い合わせ先（%[1]s）が、別のアドレスへの転送を繰り返しました。", "The OCSP responder (%[1]s) sent us on too often, or to a place that is not allowed."}, checkURL},
	"ocsp_too_large":                  {Text{"失効の問い合わせ先（%[1]s）の返事が大きすぎます（1 MiB まで）。", "The answer of %[1]s is too large (the limit is 1 MiB)."}, checkURL},
	"ocsp_malformed":                  {Text{"%[1]s の返事は、失効の問い合わせ（OCSP）への返事ではありません。", "What %[1]s returned is no OCSP response."}, checkURL},
	"ocsp_refused":                    {Text{"失効の問い合わせが断られました（%[1]s）。", "The OCSP responder refused to answer (%[1]s)."}, askLater},
	"ocsp_signature_invalid":          {Text{"失効の問い合わせへの返事（%[1]s）の署名が正しくありません。", "The signature of the OCSP response (%[1]s) is wrong."}, notTrusted},
	"ocsp_responder_unauthorized":     {Text{"返事をした者（%[1]s）に、この証明書の失効について答える権限がありません。", "Whoever answered (%[1]s) may not speak for this certificate’s CA."}, notTrusted},
	"ocsp_wrong_certificate":          {Text{"失効の問い合わせへの返事（%[1]s）が、別の証明書についてのものです。", "The OCSP response (%[1]s) is about another certificate."}, notTrusted},
	"ocsp_expired":                    {Text{"失効の問い合わせへの返事（%[1]s）の期限（%[2]s）が切れています。", "The OCSP response (%[1]s) was good until %[2]s only."}, checkClock},
	"ocsp_not_yet_valid":              {Text{"失効の問い合わせへの返事（%[1]s）の日時（%[2]s）が未来になっています。", "The OCSP response (%[1]s) is from the future (%[2]s)."}, checkClock},
	"ocsp_nonce_mismatch":             {Text{"失効の問い合わせへの返事（%[1]s）が、別の問い合わせへのものです。", "The OCSP response (%[1]s) answers another request."}, notTrusted},
	"ocsp_nonce_missing":              {Text{"失効の問い合わせ先（%[1]s）は、問い合わせごとの番号に対応していません。返事の日時は確認済みです。", "The OCSP responder (%[1]s) does without nonces; the times of its answer were checked."}, Text{}},
	"ocsp_unknown":                    {Text{"失効の問い合わせ先（%[1]s）は、この証明書を知りません。", "The OCSP responder (%[1]s) does not know this certificate."}, checkURL},
	"ocsp_unknown_critical_extension": {Text{"失効の問い合わせへの返事に、解釈できない重要な項目があります（%[1]s）。", "The OCSP response has a critical extension that is not understood (%[1]s)."}, askOffice},
}

// revocationReasons are the words for sign.Status.Reason (RFC 5280 section 5.3.1).
var revocationReasons = map[string]Text{
	"":                     {"記載なし", "not stated"},
	"unspecified":          {"記載なし", "not stated"},
	"keyCompromise":        {"カードの紛失など", "key no longer safe, such as a lost card"},
	"cACompromise":         {"認証局の鍵の事故", "the CA’s key no longer safe"},
	"affiliationChanged":   {"氏名や住所などの変更", "name, address or the like changed"},
	"superseded":           {"新しい証明書への更新", "replaced by a new certificate"},
	"cessationOfOperation": {"利用の終了", "no longer in use"},
	"certificateHold":      {"一時停止", "on hold"},
	"privilegeWithdrawn":   {"資格の取り消し", "privilege withdrawn"},
	"aACompromise":         {"発行機関の鍵の事故", "the issuing body’s key no longer safe"},
}

// RevocationReason is the reason of a [sign.Status] in words.
func RevocationReason(reason string) Text {
	if t, ok := revocationReasons[reason]; ok {
		return t
	}
	return Text{reason, reason}
}

// detail is what a finding is about, in words where it is a reason for revocation.
func detail(l Lang, f sign.Finding) string {
	if f.Code == "revoked" || f.Code == "revoked_later" {
		return RevocationReason(f.Detail).In(l)
	}
	return f.Detail
}

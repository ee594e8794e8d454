package msg

// Next steps that several findings share.
var (
	askSender = Text{"差出人に、署名し直したファイルをもう一度送ってもらってください。", "Ask the sender for a newly signed file."}
	distrust  = Text{"偽造されたものかもしれません。このファイルを信用しないでください。", "This may be a forgery. Do not trust the file."}
	wrongTool = Text{"署名した人に、マイナンバーカードの署名用電子証明書で署名し直してもらってください。", "Ask the signer to sign again with the signing certificate of a My Number card."}
	ownCA     = Text{"その認証局を信用すると分かっているときだけ、認証局の証明書を --anchor で指定してください。", "Only if you know that CA to be trustworthy, name its certificate with --anchor."}
)

// findings has the words of every finding, by code. Argument 1 is its detail, argument 2
// its time; both may be empty where the code has none.
var findings = map[string]entry{
	// The file.
	"file_empty":            {Text{"ファイルが空です（0 バイト）。", "The file is empty (0 bytes)."}, Text{"保存や受け取りに失敗していないか確かめてください。", "Check whether saving or receiving it failed."}},
	"not_signed_data":       {Text{"電子署名（CMS）のファイルではありません。", "This is not a CMS signature."}, Text{"署名のファイルと書類を取り違えていないか確かめてください。", "Check that you did not mistake the document for its signature."}},
	"no_signers":            {Text{"証明書などは入っていますが、誰も署名していません。", "The file holds certificates, but nobody signed."}, askSender},
	"malformed":             {Text{"署名のファイルが壊れています（%[1]s）。", "The signature file is broken (%[1]s)."}, askSender},
	"trailing_data":         {Text{"署名のあとに余分なデータが付いています。", "There are extra bytes after the signature."}, distrust},
	"too_deep":              {Text{"署名のファイルの入れ子が深すぎます。正しい署名ではありえません。", "The signature file is nested deeper than any real one."}, distrust},
	"too_large":             {Text{"署名のファイルの付属部分が大きすぎます。正しい署名ではありえません。", "The parts beside the content are larger than in any real signature."}, distrust},
	"too_many_signers":      {Text{"署名者が多すぎます（64 人まで）。", "There are too many signers (the limit is 64)."}, distrust},
	"too_many_certificates": {Text{"証明書が多すぎます（256 枚まで）。", "There are too many certificates (the limit is 256)."}, distrust},

	"header_unsigned": {Text{"メールの差出人・宛先・日付・件名は署名の対象ではなく、書き換えられていても分かりません。", "The e-mail’s sender, recipient, date and subject are not signed: changes to them would go unnoticed."}, Text{"確かめられたのは本文と添付だけです。誰が署名したかは、差出人の欄ではなく上の表示で確かめてください。", "Only the body and its attachments were checked. See above, not in the sender field, for who signed."}},

	// The content.
	"content_missing":  {Text{"署名の対象になった書類が見つかりません。", "The document that was signed is not at hand."}, Text{"書類を署名のファイルと同じフォルダーに置くか、--content で指定してください。", "Put the document beside the signature file, or name it with --content."}},
	"content_mismatch": {Text{"署名の中の書類と、指定された書類が違います。", "The document inside the signature differs from the one given."}, Text{"--extract で署名の中の書類を取り出し、そちらを使ってください。", "Take the signed document out with --extract and use that one."}},
	"digest_mismatch":  {Text{"書類が署名のあとに書き換えられています。", "The document was altered after it was signed."}, Text{"別の版の書類と取り違えていないか確かめてください。同じ書類のはずなら、改ざんされています。", "Check that it is not another version of the document. If it should be the same one, it has been tampered with."}},

	// The signed attributes.
	"signed_attributes_missing":    {Text{"署名属性がなく、何に署名したのか確かめられません。", "There are no signed attributes, so what was signed cannot be made sure of."}, askSender},
	"signed_attributes_as_content": {Text{"別の署名の一部を書類に見せかけています。", "A part of another signature poses as the document."}, distrust},
	"signed_attributes_unsorted":   {Text{"署名属性の並びが規格と違いますが、署名の効力には影響しません。", "The signed attributes are not in the standard’s order; this does not affect the signature."}, Text{}},
	"content_type_missing":         {Text{"署名属性に「内容の種類」がありません。", "The signed attributes lack the content type."}, askSender},
	"content_type_mismatch":        {Text{"署名属性の「内容の種類」が実際と違います（%[1]s）。", "The content type in the signed attributes is another one (%[1]s)."}, distrust},
	"message_digest_missing":       {Text{"署名属性に書類のハッシュ値がありません。", "The signed attributes lack the document’s digest."}, askSender},
	"message_digest_duplicate":     {Text{"署名属性に書類のハッシュ値が複数あります。", "The signed attributes hold more than one digest of the document."}, distrust},
	"attribute_duplicate":          {Text{"署名属性「%[1]s」が重複しています。", "The signed attribute %[1]s is there twice."}, distrust},
	"signing_time_malformed":       {Text{"署名日時が読み取れません。", "The signing time cannot be read."}, askSender},
	"signing_time_later":           {Text{"署名した人の申告では、署名は %[2]s で、判定に指定した日時より後です。", "By the signer’s own claim it was signed on %[2]s, after the time that it is judged at."}, Text{"--at には、署名した日時より後の日時を指定してください。", "Give --at a time after the signature was made."}},
	"signing_time_future":          {Text{"署名日時（%[2]s）が未来になっています。", "The signing time (%[2]s) is in the future."}, Text{"このパソコンの時計が合っているか確かめてください。合っていれば、署名した人の時計が狂っていたか、偽りの日時です。", "Check the clock of this computer. If it is right, the signer’s clock was wrong or the time is made up."}},

	// Algorithms.
	"digest_unlisted":       {Text{"署名に使われたハッシュ方式（%[1]s）が目録になく、確かめられません。", "The signer’s digest algorithm (%[1]s) is not listed in the file, so it could not be checked."}, askSender},
	"algorithm_mismatch":    {Text{"署名の方式と鍵やハッシュ方式が食い違っています。", "The signature algorithm contradicts the key or the digest."}, distrust},
	"weak_digest":           {Text{"古くて破られた方式（%[1]s）が使われています。", "An old and broken algorithm (%[1]s) was used."}, Text{"この方式の署名は偽造できるため、有効とは扱えません。SHA-256 以上で署名し直してもらってください。", "Such signatures can be forged and never count as valid. Have it signed again with SHA-256 or better."}},
	"unsupported_algorithm": {Text{"この方式（%[1]s）の署名は確かめられません。", "Signatures by this algorithm (%[1]s) cannot be checked here."}, Text{"提出先か、署名に使われたソフトの作成元にお尋ねください。", "Ask the office concerned or the maker of the software that signed."}},

	// The signature and its certificate.
	"signature_invalid":            {Text{"署名の値が正しくありません。改ざんか偽造です。", "The signature value is wrong: altered or forged."}, distrust},
	"certificate_missing":          {Text{"署名した人の証明書が入っていません。", "The signer’s certificate is not inside."}, Text{"証明書のファイルがあれば --cert で指定してください。なければ、証明書を含めて署名し直してもらってください。", "If you have the certificate, name it with --cert. Otherwise have it signed again with the certificate included."}},
	"certificate_malformed":        {Text{"証明書が壊れていて読めません（%[1]s）。", "The certificate is broken and cannot be read (%[1]s)."}, askSender},
	"signing_certificate_missing":  {Text{"署名が証明書と結び付けられていません（CAdES ではない CMS 署名です）。", "The signature is not bound to its certificate (plain CMS, not CAdES)."}, Text{}},
	"signing_certificate_mismatch": {Text{"署名が指している証明書と、入っている証明書が違います。", "The signature points to another certificate than the one inside."}, distrust},

	// The issuer.
	"issuer_unknown":       {Text{"発行した認証局（%[1]s）が確認できません。", "The CA that issued the certificate (%[1]s) is unknown."}, ownCA},
	"issuer_key_unknown":   {Text{"公的個人認証サービスの名前ですが、鍵が知られているものと違います。偽物か、このソフトより新しい世代の認証局です。", "The CA bears JPKI’s name, but its key is not a known one: it is false, or of a newer generation than this program."}, Text{"jpki を最新版にしてから、もう一度お試しください。", "Update jpki and try again."}},
	"issuer_forged":        {Text{"認証局（%[1]s）が発行したように見せかけた、偽の証明書です。", "The certificate pretends to be issued by %[1]s but is not."}, distrust},
	"self_signed":          {Text{"自分で作った証明書で署名されていて、本人かどうか誰も保証していません。", "The signer made the certificate; nobody vouches for who it is."}, wrongTool},
	"practice_certificate": {Text{"練習用カードの署名です。本物の署名ではありません。", "This was signed with a practice card. It is not a real signature."}, Text{"練習として確かめるときは --practice を付けてください。", "To check it as an exercise, add --practice."}},
	"test_certificate":     {Text{"テスト用カードの署名です。本物の署名ではありません。", "This was signed with a test card. It is not a real signature."}, Text{"試験として確かめるときは、テスト用認証局の証明書を --anchor で指定してください。", "To check it in a test, name the test CA’s certificate with --anchor."}},
	"path_too_complex":     {Text{"証明書のつながりが複雑すぎて、確かめきれませんでした。", "The chain of certificates is too tangled to follow."}, distrust},

	// Time.
	"signer_expired":       {Text{"証明書の有効期限（%[2]s）が切れています。期限内に署名されたという証明がありません。", "The certificate expired on %[2]s, and nothing proves that the signature is older."}, Text{"署名した日時を別の資料で確かめられるときは、--at でその日時を指定すると、その時点で判定します。", "If other records show when it was signed, give that time with --at to judge it as of then."}},
	"signer_not_yet_valid": {Text{"証明書の有効期間（%[2]s から）より前の署名です。", "The signature is older than its certificate (valid from %[2]s)."}, Text{"このパソコンの時計が合っているか確かめてください。", "Check the clock of this computer."}},
	"issuer_expired":       {Text{"認証局（%[1]s）の証明書の期限（%[2]s）が切れています。", "The CA’s certificate (%[1]s) expired on %[2]s."}, Text{"署名した日時を別の資料で確かめられるときは、--at でその日時を指定してください。", "If other records show when it was signed, give that time with --at."}},
	"issuer_not_yet_valid": {Text{"認証局（%[1]s）の証明書は %[2]s から有効です。", "The CA’s certificate (%[1]s) is valid only from %[2]s."}, Text{"このパソコンの時計が合っているか確かめてください。", "Check the clock of this computer."}},

	// Purpose.
	"key_usage":                         {Text{"書類の署名に使ってはいけない証明書です。", "The certificate may not be used to sign documents."}, wrongTool},
	"extended_key_usage":                {Text{"別の用途に限られた証明書です（%[1]s）。", "The certificate is restricted to other purposes (%[1]s)."}, wrongTool},
	"not_a_signing_certificate":         {Text{"ログイン用の「利用者証明用電子証明書」で署名されています。書類の署名には使えません。", "It was signed with an authentication certificate, which is for logging in and cannot sign documents."}, wrongTool},
	"not_an_authentication_certificate": {Text{"利用者証明用の証明書ではありません。", "This is not an authentication certificate."}, Text{}},
	"policy_wrong":                      {Text{"証明書の発行方針が署名用のものではありません（%[1]s）。", "The certificate’s policy is not that of a signing certificate (%[1]s)."}, wrongTool},
	"signer_is_ca":                      {Text{"認証局の証明書が直接、書類に署名しています。", "A CA’s certificate signed the document directly."}, distrust},

	// The path.
	"issuer_not_ca":              {Text{"認証局でない証明書（%[1]s）が発行しています。", "It was issued by a certificate that is no CA’s (%[1]s)."}, distrust},
	"issuer_key_usage":           {Text{"発行した認証局（%[1]s）に、証明書を発行する権限がありません。", "The issuing CA (%[1]s) may not issue certificates."}, distrust},
	"path_length":                {Text{"認証局のつながりが許された長さを超えています（%[1]s）。", "The chain of CAs is longer than allowed (%[1]s)."}, distrust},
	"name_constraints":           {Text{"認証局（%[1]s）が発行を許されていない名前です。", "The CA (%[1]s) may not issue certificates for this name."}, distrust},
	"policy_required":            {Text{"認証局が求める発行方針を満たしていません。", "The certificate does not meet the policy that its CA requires."}, distrust},
	"unknown_critical_extension": {Text{"証明書に、解釈できない重要な項目があります（%[1]s）。", "The certificate has a critical extension that is not understood (%[1]s)."}, distrust},
	"weak_certificate_signature": {Text{"証明書が古くて破られた方式（%[1]s）で署名されています。", "The certificate was signed with an old and broken algorithm (%[1]s)."}, distrust},
	"weak_key":                   {Text{"鍵が短すぎて安全でありません（%[1]s）。", "The key is too short to be safe (%[1]s)."}, distrust},

	"certificate_expired": {Text{"証明書の有効期限（%[2]s）が切れています。", "The certificate expired on %[2]s."}, Text{}},
	"clock_behind":        {Text{"このパソコンの時計が大きく遅れています（%[2]s）。期限の判定が正しくできません。", "The clock of this computer is far behind (%[2]s), so periods cannot be judged."}, Text{"日付と時刻を合わせてから、もう一度お試しください。", "Set the date and time, then try again."}},

	"revocation_unchecked": {Text{"失効していないことが確認できません。", "It could not be confirmed that the certificate is not revoked."}, Text{"失効の情報は、署名を受け付ける行政機関などだけが照会できます。", "Only the offices that accept signatures may ask about revocation."}},
}

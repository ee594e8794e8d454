package msg

// Next steps that several findings and errors about time-stamps share.
var (
	provesNothing = Text{"このタイムスタンプは日時の証明として使っていません。署名そのものの結果は、ほかの項目をご覧ください。", "This time-stamp was not used as proof of the time. What the signature itself is worth, the other lines say."}
	ownTSA        = Text{"その時刻認証局を信用すると分かっているときは、時刻認証局を認めた認証局の証明書を --anchor で指定してください。", "If you know that authority to be trustworthy, name the certificate of the CA above it with --anchor."}
	otherTSA      = Text{"アドレス（--tsa）が正しいか確かめるか、別の時刻認証局を指定してください。何も書き込んでいません。", "Check the address (--tsa), or name another authority. Nothing was written."}
	laterTSA      = Text{"ネットワークにつながっているか、アドレス（--tsa）が正しいかを確かめ、しばらく待ってからもう一度お試しください。何も書き込んでいません。", "Check the network and the address (--tsa), wait a while and try again. Nothing was written."}
	falseTSA      = Text{"この返事は信用できません。別の時刻認証局を --tsa で指定してください。何も書き込んでいません。", "This answer cannot be relied on. Name another authority with --tsa. Nothing was written."}
)

// timestampFindings has the words of the findings about time-stamps and levels, as
// findings has those of the others.
var timestampFindings = map[string]entry{
	"timestamp_malformed":            {Text{"タイムスタンプが壊れていて読めません。", "The time-stamp is broken and cannot be read."}, provesNothing},
	"timestamp_mismatch":             {Text{"タイムスタンプが、この署名のものではありません。", "The time-stamp belongs to another signature."}, provesNothing},
	"timestamp_invalid":              {Text{"タイムスタンプが正しくありません（%[1]s）。改ざんか偽造です。", "The time-stamp is not valid (%[1]s): altered or forged."}, provesNothing},
	"timestamp_purpose":              {Text{"タイムスタンプ専用でない証明書（%[1]s）で作られたタイムスタンプです。", "The time-stamp was made with a certificate (%[1]s) that is not for time-stamps alone."}, provesNothing},
	"timestamp_revoked":              {Text{"タイムスタンプを発行した時刻認証局（%[1]s）の証明書が、%[2]s に失効しています。", "The certificate of the time-stamp authority (%[1]s) was revoked on %[2]s."}, provesNothing},
	"timestamp_expired":              {Text{"タイムスタンプを発行した時刻認証局（%[1]s）の証明書の期限（%[2]s）が切れているため、日時の証明になりません。", "The certificate of the time-stamp authority (%[1]s) expired on %[2]s, so the time-stamp proves nothing any more."}, Text{"その期限より前の日時を --at で指定すると、その時点で判定します。", "Give a time before that with --at to judge as of then."}},
	"timestamp_untrusted":            {Text{"タイムスタンプはありますが、発行した時刻認証局（%[1]s）が信用できるか確認できません。", "There is a time-stamp, but whether its authority (%[1]s) can be trusted is not known."}, ownTSA},
	"timestamp_future":               {Text{"タイムスタンプの日時（%[2]s）が未来になっています。", "The time of the time-stamp (%[2]s) is in the future."}, checkClock},
	"timestamp_revocation_unchecked": {Text{"署名の日時はタイムスタンプが証明していますが、それを発行した時刻認証局（%[1]s）が失効していないかは確かめていません。", "The time of signing rests on a time-stamp, and whether its authority (%[1]s) was revoked was not checked."}, Text{"時刻認証局の CRL（失効リスト）も --crl で指定してください。", "Name the CRL for the time-stamp authority with --crl, too."}},
	"too_many_timestamps":            {Text{"タイムスタンプと副署が多すぎるため、64 個まで調べました。", "There are too many time-stamps and countersignatures; the first 64 were looked at."}, Text{}},
	"too_many_revocations":           {Text{"失効情報が多すぎます（256 個まで）。", "There is too much revocation data (the limit is 256 items)."}, distrust},
	"revocation_source_missing":      {Text{"失効情報をどこから得るかが指定されていません。", "No source of revocation information was named."}, Text{"--crl で CRL（失効リスト）を、または --ocsp でアドレスを指定してください。", "Name a CRL with --crl, or an address with --ocsp."}},
}

// timestampErrors has the words of the errors of levels above B, as errorEntries has
// those of the others. Argument 1 of those that begin with tsa_ is the address, or what
// the authority says; argument 2 its time.
var timestampErrors = map[string]entry{
	"tsa_missing":          {Text{"タイムスタンプを発行する時刻認証局が指定されていません。", "No time-stamp authority was named."}, Text{"--tsa で時刻認証局のアドレス（http または https）を指定してください。", "Name the address (http or https) of one with --tsa."}},
	"tsa_address_invalid":  {Text{"時刻認証局のアドレスとして使えません（%[1]s）。", "This is no address of a time-stamp authority (%[1]s)."}, Text{"http:// か https:// で始まるアドレスを、パスワードを含めずに指定してください。", "Give an address that begins with http:// or https://, without a password in it."}},
	"tsa_unreachable":      {Text{"時刻認証局（%[1]s）につながりません。", "The time-stamp authority (%[1]s) cannot be reached."}, laterTSA},
	"tsa_timeout":          {Text{"時刻認証局（%[1]s）から時間内に返事がありませんでした。", "The time-stamp authority (%[1]s) did not answer in time."}, laterTSA},
	"tsa_http_status":      {Text{"時刻認証局に断られました（HTTP %[1]s）。", "The time-stamp authority refused (HTTP %[1]s)."}, otherTSA},
	"tsa_not_http":         {Text{"時刻認証局（%[1]s）との通信が途中で切れたか、HTTP ではない返事が来ました。", "The connection to the time-stamp authority (%[1]s) broke off, or it does not speak HTTP."}, otherTSA},
	"tsa_redirect":         {Text{"時刻認証局（%[1]s）から、別のアドレスへ何度も、または HTTP でない所へ回されました。", "The time-stamp authority (%[1]s) redirects again and again, or to something that is not HTTP."}, otherTSA},
	"tsa_too_large":        {Text{"時刻認証局（%[1]s）の返事が大きすぎます（1 MiB まで）。", "The answer of the time-stamp authority (%[1]s) is too large (the limit is 1 MiB)."}, otherTSA},
	"tsa_malformed":        {Text{"時刻認証局（%[1]s）の返事がタイムスタンプではありません（Web ページなど）。", "What the time-stamp authority (%[1]s) answered is no time-stamp (a web page, perhaps)."}, otherTSA},
	"tsa_refused":          {Text{"時刻認証局がタイムスタンプの発行を断りました（%[1]s）。", "The time-stamp authority declined (%[1]s)."}, otherTSA},
	"tsa_modified":         {Text{"時刻認証局（%[1]s）が、頼んだものとは違うタイムスタンプを発行しました。", "The time-stamp authority (%[1]s) granted something else than was asked for."}, falseTSA},
	"tsa_nonce_mismatch":   {Text{"時刻認証局（%[1]s）の返事が、今回の依頼に対するものではありません。", "The answer of the time-stamp authority (%[1]s) is not one to this request."}, falseTSA},
	"tsa_imprint_mismatch": {Text{"時刻認証局（%[1]s）のタイムスタンプが、この署名のものではありません。", "The time-stamp from the authority (%[1]s) is for something else than this signature."}, falseTSA},
	"tsa_time":             {Text{"時刻認証局（%[1]s）の時刻（%[2]s）が、このパソコンの時計と 5 分以上ずれています。", "The time of the authority (%[1]s), %[2]s, is more than 5 minutes off this computer’s clock."}, Text{"このパソコンの時計を合わせてから、もう一度お試しください。合っているときは、別の時刻認証局を --tsa で指定してください。何も書き込んでいません。", "Set this computer’s clock and try again. If it is right, name another authority with --tsa. Nothing was written."}},
	"tsa_token_bad":        {Text{"受け取ったタイムスタンプが使えません：%[1]s", "The time-stamp that came cannot be used: %[1]s"}, falseTSA},
	"tsa_unknown":          {Text{"時刻認証局（%[1]s）が信用できるか確認できないため、レベル lt にできません。", "Level lt cannot be reached: whether the time-stamp authority (%[1]s) can be trusted is not known."}, Text{"時刻認証局を認めた認証局の証明書を --anchor で指定してください。何も書き込んでいません。", "Name the certificate of the CA above it with --anchor. Nothing was written."}},
	"evidence_missing":     {Text{"レベル lt に必要な失効情報がそろいません。証明書：%[1]s。理由：%[2]s", "Level lt cannot be reached: revocation data is missing for the certificate %[1]s. The reason: %[2]s"}, Text{"その証明書のための CRL を --crl で、または OCSP のアドレスを --ocsp で指定してください。JPKI の失効情報は行政機関などだけが得られるため、ふつうは --level t までです。何も書き込んでいません。", "Name a CRL for it with --crl, or an OCSP address with --ocsp. JPKI’s revocation data is for offices and accredited companies only, so --level t is as far as a resident can usually go. Nothing was written."}},
	"evidence_too_large":   {Text{"失効情報が大きすぎて、署名に入りません（付属部分は 16 MiB まで）。", "The revocation data is too large to go into the signature (the limit is 16 MiB beside the document)."}, Text{"CRL の代わりに、小さくて済む OCSP を --ocsp で指定してください。何も書き込んでいません。", "Use OCSP, which is small, with --ocsp in place of a CRL. Nothing was written."}},
	"extend_no_signature":  {Text{"「%[1]s」は、タイムスタンプを付けられる署名ファイル（CMS）ではありません。", "“%[1]s” is no signature file (CMS) that a time-stamp can be added to."}, Text{"署名のファイル（.p7s や .p7m）を指定してください。メールの形（S/MIME）の署名には付けられません。", "Name a signature file (.p7s or .p7m). Signatures in the form of mail (S/MIME) cannot be extended."}},
	"extend_bad":           {Text{"「%[1]s」の署名は無効なので、タイムスタンプを付けません：%[2]s", "The signature in “%[1]s” is not valid, so no time-stamp was added: %[2]s"}, Text{"「jpki verify」で詳しく確かめてください。何も書き込んでいません。", "See the details with “jpki verify”. Nothing was written."}},
}

// Labels, flags and help of time-stamps and levels.
var (
	LabelProven         = Text{"証明された日時", "Proven time"}
	LabelProvenBy       = Text{"時刻の証明者", "Proven by"}
	LabelCountersigner  = Text{"副署した人", "Countersigned by"}
	ProvenNotLater      = Text{"（遅くともこの日時には署名がありました）", " (signed at this time or before)"}
	SourceInside        = Text{"署名に入っている失効情報", "the data inside the signature"}
	FlagLevel           = Text{"署名のレベル `b|t|lt`（初期値 b）：b 署名だけ、t タイムスタンプ付き、lt 失効情報も付ける", "level of the signature, `b|t|lt` (default b): b the signature alone, t with a time-stamp, lt with revocation data too"}
	FlagExtendLevel     = Text{"上げる先のレベル `t|lt`（初期値 t）", "level to reach, `t|lt` (default t)"}
	FlagTSA             = Text{"時刻認証局のアドレス `URL`（RFC 3161）", "`URL` of the time-stamp authority (RFC 3161)"}
	FlagTSAAnchor       = Text{"時刻認証局などを認めた認証局の証明書 `FILE`（何度でも。lt で使う）", "`FILE` of the CA certificate above the time-stamp authority (repeatable; for lt)"}
	FlagLevelCRL        = Text{"署名に入れる CRL（失効リスト）のファイル `FILE`（何度でも。lt で使う）", "`FILE` of a CRL that goes into the signature (repeatable; for lt)"}
	FlagLevelOCSP       = Text{"失効を問い合わせる先 `URL`（auto は証明書に書かれた先。lt で使う）", "`URL` of the OCSP responder, auto is the one in the certificate (for lt)"}
	FlagExtendOutput    = Text{"出力先のファイル `FILE`（- は標準出力。初期値は名前に -t か -lt を付けたもの）", "output `FILE` (- is standard output; default: the name with -t or -lt)"}
	UsageLevelNeeds     = Text{"%s は --level t か --level lt と一緒に使います", "%s goes with --level t or --level lt"}
	UsageLevelLTNeeds   = Text{"%s は --level lt と一緒に使います", "%s goes with --level lt"}
	UsageLevelLTSources = Text{"--level lt には --crl か --ocsp が必要です", "--level lt needs --crl or --ocsp"}
	ExtendShort         = Text{"署名にタイムスタンプや失効情報を付けます", "Add a time-stamp or revocation data to a signature"}
	ExtendLong          = Text{
		"署名のファイル（.p7s、.p7m）にタイムスタンプ（t）や、失効情報（lt）を付けた新しいファイルを作ります。\n署名した内容と署名の値は変わりません。カードは要りません。元のファイルは変えません。\n作られるファイルは NAME-t.p7s、NAME-lt.p7s などです。そろわないものがあれば、何も書き込みません。\n--tsa と --ocsp のアドレスだけに接続します。一回の問い合わせは 10 秒（接続は 5 秒）、返事は 1 MiB、\n転送は 3 回まで。失効情報などの付属部分は 16 MiB までです。",
		"Makes a new file from a signature (.p7s, .p7m), with a time-stamp (t) or revocation data\n(lt) added. What was signed and the signature value stay as they are. No card is needed,\nand the file itself is not changed: the new one is NAME-t.p7s, NAME-lt.p7s and so on.\nIf anything is missing, nothing is written. Connects to the addresses of --tsa and --ocsp\nalone; a question may take 10 seconds (connecting 5), an answer 1 MiB, 3 redirects are\nfollowed, and all that is beside the document may take 16 MiB.",
	}
)

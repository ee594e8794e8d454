package msg

// What the commands of the practice authorities do.
var (
	AuthorityShort = Text{"練習用の認証局", "The practice authorities"}
	AuthorityLong  = Text{
		"公的個人認証サービスの認証局を小さくした、練習用の認証局です。練習用カードの証明書はここで発行されます。\n電子申請のシステムを作る人が、発行・更新・失効のそれぞれを手元で試せます。本物の証明書とは関係ありません。",
		"JPKI’s certification authorities in small: they issue the certificates of practice cards. Whoever\nbuilds a system for e-filing can try issue, renewal and revocation at home. They have nothing to\ndo with real certificates.",
	}
	AuthorityServeShort = Text{"練習用の認証局のサービス（OCSP、CRL、タイムスタンプ）を始めます", "Serve OCSP, CRLs and time-stamps of the practice authorities"}
	AuthorityServeLong  = Text{
		`練習用の認証局のサービスを始め、アドレスを標準出力に書きます。つなげるのは、このパソコンの中のプログラムだけです。Ctrl-C で終わります。

  POST /ocsp、GET /ocsp/{base64}                          失効の問い合わせ（RFC 6960）
  GET  /crl/full.crl、/crl/auth.crl、/crl/{市区町村}.crl   失効リスト：署名用の全体、利用者証明用、署名用の市区町村別
  POST /tsa                                               タイムスタンプ（RFC 3161）
  GET  /ca/sign.cer、/ca/auth.cer、/ca/tsa.cer            証明書：署名用と利用者証明用の認証局、時刻認証局
  POST /issue   {"kind": "sign|auth", "request": PEM, "owner": {…}}
  POST /renew   {"serial": …, "request": PEM}
  POST /revoke  {"serial": …, "reason": …}
  GET  /certificates

owner の項目：name、sex、birth_date（EYYYYMMDD）、address、municipality（省くと見本の人）。更新の request を省くと、同じ鍵のまま更新します。
これから発行する証明書には、このサービスのアドレスが入ります。今あるカードに入れるには「jpki dev authority renew」を実行します。

--spoil で、わざと誤った返事をさせられます（何度でも）：
%s`,
		`Serves the practice authorities and writes the address to standard output. Only programs of this
computer can reach it. Ctrl-C ends it.

  POST /ocsp, GET /ocsp/{base64}                            status of a certificate (RFC 6960)
  GET  /crl/full.crl, /crl/auth.crl, /crl/{municipality}.crl  CRLs: signing, authentication, signing by municipality
  POST /tsa                                                 time-stamps (RFC 3161)
  GET  /ca/sign.cer, /ca/auth.cer, /ca/tsa.cer              certificates: both authorities, the time-stamp authority
  POST /issue   {"kind": "sign|auth", "request": PEM, "owner": {…}}
  POST /renew   {"serial": …, "request": PEM}
  POST /revoke  {"serial": …, "reason": …}
  GET  /certificates

Parts of an owner: name, sex, birth_date (EYYYYMMDD), address, municipality; without one it is the sample
person. A renewal without a request certifies the same key again. Certificates that are issued from now on
name the address of the service; “jpki dev authority renew” brings it onto a card that is there.

--spoil makes it answer wrongly (repeatable):
%s`,
	}
	AuthorityListShort   = Text{"発行した証明書の一覧", "List the certificates that were issued"}
	AuthorityRevokeShort = Text{"証明書を失効させます", "Revoke a certificate"}
	AuthorityRevokeLong  = Text{
		"練習用の認証局が発行した証明書を失効させます。SERIAL は一覧にある番号です。\n理由：loss 紛失・盗難、address_change 住所や氏名などの変更、superseded 更新、cessation 返納・国外転出・死亡、\nhold 一時保留、release 一時保留の解除、unspecified その他。失効した証明書は元に戻せません。",
		"Revokes a certificate of the practice authorities. SERIAL is its number in the list.\nReasons: loss (or theft), address_change (or name and so on), superseded (renewed), cessation (given back,\nmoved abroad, died), hold (for the time being), release (lifts a hold), unspecified. Revoked is revoked for good.",
	}
	AuthorityRenewShort = Text{"練習用カードの証明書を更新します", "Renew the certificates of the practice card"}
	AuthorityRenewLong  = Text{
		"練習用カードに新しい鍵と証明書を入れ、古い証明書を失効させます（理由：更新）。\n暗証番号と残り回数はそのままです。",
		"Puts new keys and certificates on the practice card, and revokes the old ones as superseded.\nPINs and tries stay as they are.",
	}
	AuthorityIssueShort = Text{"証明書を発行します", "Issue a certificate"}
	AuthorityIssueLong  = Text{
		"証明書署名要求（CSR）の鍵に、見本の人の署名用証明書を発行します。\n--csr には公開鍵（PEM）も指定できます。持ち主をほかの人にするには、serve の /issue を使います。",
		"Certifies the key of a certificate request (CSR), or a bare public key (PEM), with a signing\ncertificate of the sample person. For another owner use /issue of serve.",
	}

	FlagListen      = Text{"待ち受けるアドレス `HOST:PORT`（初期値 %s。ポート 0 は空いているどれか）", "`HOST:PORT` to listen on (default %s; port 0 is any free one)"}
	FlagSpoil       = Text{"わざと誤った返事をさせる `WHAT=HOW`（何度でも）", "answer wrongly, `WHAT=HOW` (repeatable)"}
	FlagReason      = Text{"失効の理由 `REASON`：%s", "`REASON` of the revocation: %s"}
	FlagCSR         = Text{"証明書署名要求か公開鍵のファイル `FILE`（PEM）", "`FILE` of a certificate request or a public key (PEM)"}
	FlagIssueOutput = Text{"証明書を書くファイル `FILE`", "`FILE` for the certificate"}
	FlagIssueAuth   = Text{"署名用の代わりに、利用者証明用の証明書を発行する", "issue an authentication certificate in place of a signing one"}

	UsageListen = Text{"--listen には、このパソコンの中だけのアドレスを指定してください（例 127.0.0.1:8780。「%s」は使えません）", "--listen must be an address of this computer alone, such as 127.0.0.1:8780, not “%s”"}
	UsageSpoil  = Text{"「%s」という誤り方はありません（一覧は「jpki help dev authority serve」）", "there is no wrong answer “%s” (“jpki help dev authority serve” lists them)"}
	UsageSerial = Text{"証明書の番号を 1 つ指定してください（「jpki dev authority list」で見られます）", "give one serial number; “jpki dev authority list” shows them"}
	UsageReason = Text{"--reason の値「%s」は使えません（%s）", "--reason cannot be “%s” (%s)"}
	UsageIssue  = Text{"--csr と -o でファイルを指定してください", "name the files with --csr and -o"}

	AuthorityServing = Text{"練習用の認証局のサービスを始めました。終わるには Ctrl-C を押してください。", "The practice authorities are being served. Press Ctrl-C to stop."}
	AuthorityStopped = Text{"練習用の認証局のサービスを終わりました。", "The practice authorities are no longer served."}
	AuthorityRenewed = Text{"練習用カードの証明書を更新しました。古い証明書は失効しています。", "The practice card was renewed; the old certificates are revoked."}

	LabelStanding     = Text{"状態", "Status"}
	LabelMunicipality = Text{"市区町村", "Municipality"}
	LabelRenewedBy    = Text{"更新後の証明書", "Renewed by"}
	RevokedWhy        = Text{"（%s、%s）", " (%s, %s)"}
)

// authorityKinds are what the practice authorities issue.
var authorityKinds = map[string]Text{
	"sign": {"署名用電子証明書", "signing certificate"},
	"auth": {"利用者証明用電子証明書", "authentication certificate"},
	"tsa":  {"時刻認証局の証明書", "certificate of the time-stamp authority"},
}

// AuthorityKind is the name of a kind of certificate.
func AuthorityKind(kind string) Text { return authorityKinds[kind] }

var authorityStandings = map[string]Text{
	"good":    {"有効", "good"},
	"held":    {"一時保留", "on hold"},
	"revoked": {"失効", "revoked"},
}

// AuthorityStanding is the name of a certificate's standing.
func AuthorityStanding(standing string) Text { return authorityStandings[standing] }

var authorityReasons = map[string]Text{
	"loss":           {"紛失・盗難", "loss"},
	"address_change": {"住所などの変更", "change of address or the like"},
	"superseded":     {"更新", "renewed"},
	"cessation":      {"返納など", "given back or the like"},
	"hold":           {"一時保留", "on hold"},
	"unspecified":    {"その他", "unspecified"},
}

// AuthorityReason is the name of a reason for a revocation.
func AuthorityReason(reason string) Text { return authorityReasons[reason] }

// authorityErrors has the words of the errors of the practice authorities, as errorEntries
// has those of the others. Argument 1 is a file, a serial number or an address.
var authorityErrors = map[string]entry{
	"authority_unreadable": {
		Text{"練習用の認証局の記録「%s」を読めません。", "The record of the practice authorities, “%s”, cannot be read."},
		Text{"このファイルを消して「jpki dev card reset」を実行すると、記録が新しく始まります（練習用なので、失うものはありません）。", "Remove the file and run “jpki dev card reset”: a new record begins. Nothing of value is lost."},
	},
	"authority_address": {
		Text{"アドレス「%s」で待ち受けられません。ほかのプログラムが使っているのかもしれません。", "“%s” cannot be listened on. Another program may be using it."},
		Text{"もう動いていないか確かめるか、「--listen 127.0.0.1:0」で空いているポートを使ってください。", "See whether it is running already, or take a free port with “--listen 127.0.0.1:0”."},
	},
	"authority_unknown_serial": {
		Text{"番号「%s」の証明書は発行していません。", "No certificate with the serial number “%s” was issued."},
		Text{"番号は「jpki dev authority list」で見られます。", "“jpki dev authority list” shows the numbers."},
	},
	"authority_revoked": {
		Text{"証明書「%s」は、もう失効しています。元に戻すことも、理由を変えることもできません。", "The certificate “%s” is revoked already, which cannot be taken back or changed."},
		Text{"新しい証明書は「jpki dev authority renew」か「jpki dev card reset」で作れます。", "“jpki dev authority renew” or “jpki dev card reset” makes new ones."},
	},
	"authority_not_held": {
		Text{"証明書「%s」は一時保留になっていないため、解除することがありません。", "The certificate “%s” is not on hold, so there is nothing to release."},
		Text{"状態は「jpki dev authority list」で見られます。", "“jpki dev authority list” shows where it stands."},
	},
	"authority_request_unreadable": {
		Text{"「%s」は、証明書署名要求（CSR）としても公開鍵としても読めません。", "“%s” is neither a certificate request (CSR) nor a public key that can be read."},
		Text{"PEM の形にしてください。例：openssl req -new -newkey rsa:2048 -nodes -keyout key.pem -subj /CN=test -out request.pem", "It must be PEM, as from: openssl req -new -newkey rsa:2048 -nodes -keyout key.pem -subj /CN=test -out request.pem"},
	},
	"authority_possession": {
		Text{"証明書署名要求「%s」の署名が正しくありません。鍵を持っていることが確かめられないため、発行しません。", "The signature of the request “%s” is wrong: it does not prove that its sender has the key, so no certificate was issued."},
		Text{"要求を作り直してください。", "Make the request again."},
	},
	"authority_key_unfit": {
		Text{"「%s」の鍵には証明書を発行しません。使えるのは RSA（2048～4096 ビット）と ECDSA（P-256、P-384）です。", "No certificate is issued for the key in “%s”: it must be RSA of 2048 to 4096 bits, or ECDSA on P-256 or P-384."},
		Text{"その鍵を作り直してください。例：openssl genrsa -out key.pem 2048", "Make another one, for example: openssl genrsa -out key.pem 2048"},
	},
}

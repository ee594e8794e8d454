package msg

// Headings of the help.
var (
	HelpUsage       = Text{"使い方：", "Usage:"}
	HelpCommands    = Text{"コマンド：", "Commands:"}
	HelpExamples    = Text{"例：", "Examples:"}
	HelpCommand     = Text{"コマンド", "COMMAND"}
	HelpOptions     = Text{"[オプション]", "[OPTIONS]"}
	HelpFlags       = Text{"オプション：", "Options:"}
	HelpGlobalFlags = Text{"どのコマンドでも使えるオプション：", "Options of every command:"}
)

// What the commands do.
var (
	RootShort = Text{"マイナンバーカードで電子署名をし、電子署名を確かめます", "Sign with a My Number card, and verify signatures"}
	RootLong  = Text{
		"jpki は、マイナンバーカード（公的個人認証サービス）で書類に電子署名をし、\n電子署名を確かめる道具です。カードがなくても「-r emu:」の練習用カードで試せます。",
		"jpki signs documents with a Japanese My Number card (JPKI) and verifies signatures.\nWithout a card, try it with the practice card: “-r emu:”.",
	}
	CardShort = Text{"カードとリーダーの様子を見ます", "Show the card and its reader"}
	CardLong  = Text{
		"リーダー、カードの種類、入っている証明書、暗証番号の残り回数を表示します。\n暗証番号は尋ねません。残り回数も減りません。",
		"Shows the reader, the kind of card, its certificates and how many tries each PIN has\nleft. Asks for nothing and costs no try.",
	}
	SignShort = Text{"ファイルに電子署名をします", "Sign files"}
	SignLong  = Text{
		"カードの署名用電子証明書でファイルに署名します。署名用パスワードを尋ねます。\n署名は FILE.p7s に書きます（--attached では書類ごと FILE.p7m に）。元のファイルは変えません。\nFILE を複数指定しても、パスワードの入力は一度です。\n--level t はタイムスタンプを、lt は失効情報も付けます。--tsa と --ocsp のアドレスだけに接続し（一回 10 秒、\n返事は 1 MiB、転送は 3 回まで）、すべてのファイルの分がそろわなければ、何も書き込みません。",
		"Signs files with the signing certificate of the card, asking for its password.\nThe signature goes into FILE.p7s (with --attached, document and all, into FILE.p7m);\nFILE is never changed. One entry of the password signs any number of files.\n--level t adds a time-stamp, lt revocation data too, from the addresses of --tsa and\n--ocsp alone (10 seconds a question, 1 MiB an answer, 3 redirects at most). Unless all is\nat hand for every file, nothing is written.",
	}
	VerifyShort = Text{"電子署名を確かめます", "Verify a signature"}
	VerifyLong  = Text{
		"署名のファイル（.p7s、.p7m）か、隣に署名のある書類を確かめます。\n改ざんの有無、署名した人、証明書の発行者と期限を調べます。--ocsp を付けない限り、ネットワークは使いません。\n終了コード：0 改ざんなし、6 無効、7 判定できない、9 署名なし。",
		"Verifies a signature file (.p7s, .p7m), or a document with its signature beside it:\nwhether it was altered, who signed, who issued the certificate and until when.\nUses no network without --ocsp. Exit code: 0 intact, 6 not valid, 7 cannot be decided, 9 no signature.",
	}
	VersionShort    = Text{"版を表示します", "Show the version"}
	HelpShort       = Text{"使い方を表示します", "Show how to use jpki"}
	CompletionShort = Text{"シェルの補完の設定を出力します", "Print shell completion"}
	DevShort        = Text{"開発者のための道具（練習用カード、練習用の認証局）", "Tools for developers (practice card, practice authorities)"}
	DevCardShort    = Text{"練習用カード", "The practice card"}
	DevServeShort   = Text{"練習用カードを本物の pcscd に差し込みます", "Insert the practice card into the real pcscd"}
	DevServeLong    = Text{
		"練習用カードを、仮想リーダー（vsmartcard-vpcd）を通して本物の pcscd に差し込みます。\nカードを使うほかのソフトからも、本物のカードと同じように見えます。Ctrl-C で抜きます。",
		"Inserts the practice card into the real pcscd through its virtual reader\n(vsmartcard-vpcd), so that any program sees it as a card. Ctrl-C pulls it out.",
	}
	DevResetShort = Text{"練習用カードを作り直します", "Make a new practice card"}
	DevShowShort  = Text{"練習用カードの様子とファイルの場所を表示します", "Show the practice card and where its files are"}
	DevReset      = Text{"練習用カードを作り直しました（署名用パスワード %s、暗証番号 %s）。", "Made a new practice card (signing password %s, PIN %s)."}
	DevServing    = Text{"練習用カードを %s に差し込みました。抜くには Ctrl-C を押してください。", "The practice card is in %s. Press Ctrl-C to pull it out."}
	DevPulled     = Text{"練習用カードを抜きました。", "The practice card was pulled out."}
)

// What the options do.
var (
	FlagLang              = Text{"表示の言語 `ja|en`", "language of the words: `ja|en`"}
	FlagJSON              = Text{"結果を JSON で出力する", "print the result as JSON"}
	FlagVerbose           = Text{"カードとのやりとりを表示する（暗証番号は伏せます）", "show every command to the card (PINs are masked)"}
	FlagReader            = Text{"使うリーダー `NAME`（名前の一部）。emu: は練習用カード、emu:FILE はそのファイルの練習用カード", "reader (part of its `NAME`); emu: is the practice card, emu:FILE the one in FILE"}
	FlagWait              = Text{"カードを待つ時間 `TIME`（例 30s）", "wait this `TIME` for a card, such as 30s"}
	FlagHelp              = Text{"使い方を表示する", "show how to use it"}
	FlagOutput            = Text{"出力先のファイルまたはフォルダー `FILE`（- は標準出力）", "output `FILE` or folder (- is standard output)"}
	FlagFormat            = Text{"署名の形式 `auto|cms`（初期値 auto）", "signature format: `auto|cms` (default auto)"}
	FlagDigest            = Text{"ハッシュ方式 `sha256|sha384|sha512`（初期値 sha256）", "digest: `sha256|sha384|sha512` (default sha256)"}
	FlagAttached          = Text{"書類を署名の中に入れる（FILE.p7m）", "put the document into the signature (FILE.p7m)"}
	FlagPEM               = Text{"文字の形（PEM）で書く", "write text (PEM)"}
	FlagForce             = Text{"既にあるファイルを置き換える", "replace existing files"}
	FlagLastTry           = Text{"最後の 1 回でも暗証番号を試す", "use the last try of the PIN"}
	FlagAllowExpired      = Text{"期限切れの証明書でも署名する（試験用）", "sign even if the certificate has expired (for tests)"}
	FlagPINFD             = Text{"暗証番号をファイル記述子 `N` から読む（1 行に 1 つ）", "read PINs from file descriptor `N`, one per line"}
	FlagContent           = Text{"署名の対象の書類 `FILE`（- は標準入力）", "the `FILE` that was signed (- is standard input)"}
	FlagAt                = Text{"日時 `TIME` の時点で判定する（例 2026-03-15、日本時間）", "judge as of this `TIME`, such as 2026-03-15 (Japan’s time)"}
	FlagAnchor            = Text{"信用する認証局の証明書 `FILE`（何度でも）", "`FILE` of a CA certificate to trust (repeatable)"}
	FlagCert              = Text{"途中の認証局の証明書 `FILE`（何度でも）", "`FILE` of a further CA certificate (repeatable)"}
	FlagCRL               = Text{"失効リストのファイル `FILE` で失効を調べる（何度でも）", "look revocation up in CRL `FILE` (repeatable)"}
	FlagOCSP              = Text{"OCSP の `URL|auto` に失効を問い合わせる（ネットワークを使います。答えは 10 秒まで待ちます。auto は証明書に書かれた宛先）", "ask OCSP responder `URL|auto` (uses the network, waits at most 10 s; auto is the address in the certificate)"}
	FlagPractice          = Text{"練習用カードの認証局を認める", "accept the practice card’s CA"}
	FlagRequireRevocation = Text{"失効が未確認なら合格としない", "do not pass while revocation is unchecked"}
	FlagAllowWeak         = Text{"SHA-1 などの古い方式を「判定できません」として扱う", "treat SHA-1 and the like as undecided, not as failed"}
	FlagExtract           = Text{"署名の中の書類を取り出す先 `FILE`（- は標準出力）", "write the document inside the signature to `FILE` (- is standard output)"}
	FlagVPCD              = Text{"仮想リーダーの場所 `HOST:PORT`（初期値 127.0.0.1:35963）", "`HOST:PORT` of the virtual reader (default 127.0.0.1:35963)"}
	FlagProfile           = Text{"カードの種別 `PROFILE`（%s）", "`PROFILE` of the card (%s)"}
	FlagFault             = Text{"起こす故障 `FAULT`（remove@7、sw=6F00@3、short@4、delay=2s@3 など。何度でも）", "`FAULT` to act out: remove@7, sw=6F00@3, short@4, delay=2s@3 … (repeatable)"}
)

// What is wrong with a command line.
var (
	UsageLang        = Text{"--lang は ja か en です（%s）", "--lang is ja or en, not %s"}
	UsageFlagUnknown = Text{"%s というオプションはありません", "there is no option %s"}
	UsageFlagValue   = Text{"%s には値が必要です", "%s needs a value"}
	UsageFlagInvalid = Text{"%s の値「%s」は使えません", "%s cannot be “%s”"}
	UsageCommand     = Text{"%s というコマンドはありません", "there is no command %s"}
	UsageCommandNear = Text{"%s というコマンドはありません（もしかして：%s）", "there is no command %s (did you mean %s?)"}
	UsageNoFile      = Text{"ファイルを指定してください", "name a file"}
	UsageOneFile     = Text{"ファイルは 1 つだけ指定してください", "name only one file"}
	UsageNoArgument  = Text{"「%s」は不要です", "“%s” is not expected"}
	UsageManyOutputs = Text{"複数のファイルに署名するとき、-o にはフォルダーを指定してください（%s）", "to sign several files, -o must be a folder (%s is none)"}
	UsageJSONStdout  = Text{"署名を標準出力に出すときは --json を使えません", "--json cannot be used while the signature goes to standard output"}
	UsageStdinTwice  = Text{"標準入力は一度しか使えません", "standard input can be used only once"}
	UsageTime        = Text{"日時「%s」が読めません（例 2026-03-15、2026-03-15 10:00、2026-03-15T01:00:00Z）", "“%s” is no time (2026-03-15, 2026-03-15 10:00 and 2026-03-15T01:00:00Z are)"}
	UsageShell       = Text{"bash、zsh、fish、powershell のどれかを指定してください", "name one of bash, zsh, fish and powershell"}
	UsageProfile     = Text{"「%s」という種別はありません（%s）", "there is no profile “%s” (%s)"}
	UsageFault       = Text{"「%s」という故障はありません", "there is no fault “%s”"}
	UsageReaderEmu   = Text{"このコマンドの -r には emu: か emu:FILE を指定してください", "-r must be emu: or emu:FILE here"}
)

package msg

// Sections of a manual page.
var (
	ManName        = Text{"名前", "NAME"}
	ManSynopsis    = Text{"書式", "SYNOPSIS"}
	ManDescription = Text{"説明", "DESCRIPTION"}
	ManCommands    = Text{"コマンド", "COMMANDS"}
	ManOptions     = Text{"オプション", "OPTIONS"}
	ManExamples    = Text{"例", "EXAMPLES"}
	ManExits       = Text{"終了コード", "EXIT STATUS"}
	ManEnvironment = Text{"環境変数", "ENVIRONMENT"}
	ManSeeAlso     = Text{"関連項目", "SEE ALSO"}
)

// What the manual pages add to the words of the commands.
var (
	ManSeeParent   = Text{"%s(1)。どのコマンドでも使えるオプションと終了コードは jpki(1) にあります。", "%s(1). The options and exit codes of every command are in jpki(1)."}
	ManReader      = Text{"-r を付けないときに使うリーダーです。", "The reader to use without -r."}
	ManLanguage    = Text{"表示の言語です。この順に見て、ja で始まれば日本語、そのほかは英語になります。--lang を付けると、そちらに従います。", "The language of the words: the first that is set counts. Japanese if it begins with ja, otherwise English. --lang comes before them."}
	ManData        = Text{"練習用カードを置くフォルダーです（初期値は ~/.local/share）。", "The folder where practice cards are kept (default ~/.local/share)."}
	ManWindowShort = Text{"マイナンバーカードで電子署名をし、電子署名を確かめる画面", "the window to sign with a My Number card, and to verify signatures"}
	ManWindowLong  = Text{
		"jpki のすべてを画面で行います。FILE を付けると、署名のあるファイルは確かめる画面、ほかのファイルは\n署名の画面で開きます。もう開いているときは、その画面に FILE を渡します。\n\n文字の大きさ、色合い、言語は、最初の画面で選べます。マウスがなくても、キーボードだけで使えます。\nカードがなくても、練習用カードで試せます。",
		"Does in a window all that jpki does. With FILE, it shows what is needed to verify a signed\nfile, or to sign any other. If a window is open already, FILE is handed over to it.\n\nSize of the letters, colours and language are chosen on the first screen. The keyboard is\nenough for everything. Without a card, try it with the practice card.",
	}
	ManWindowLang = Text{"表示の言語です。付けないときは、前に選んだ言語で開きます。", "The language of the words. Without it, the one that was chosen last."}
)

// ManExit is an exit code and what it means.
type ManExit struct {
	Code int
	Text Text
}

// ManExitCodes are the exit codes of jpki.
var ManExitCodes = []ManExit{
	{0, Text{"正常に終わりました。署名や証明書は有効です。", "Done; the signature or certificate is valid."}},
	{1, Text{"失敗しました。", "It failed."}},
	{2, Text{"コマンドの書き方が違います。", "The command line is not right."}},
	{3, Text{"カードを読み取るサービス、リーダー、カードのどれかがありません。途中でカードが離れたときもこれです。", "There is no card service, no reader or no card, or the card was removed."}},
	{4, Text{"暗証番号が違うか、使えないものです。最後の 1 回を使う許しがないときもこれです。", "The PIN was wrong or cannot be used, or its last try was not permitted."}},
	{5, Text{"暗証番号がロックされています。", "The PIN is blocked."}},
	{6, Text{"署名か証明書が無効です。", "The signature or certificate is not valid."}},
	{7, Text{"有効かどうか判定できません。", "It cannot be decided whether it is valid."}},
	{9, Text{"署名がありません。", "There is no signature."}},
	{10, Text{"証明書がもうすぐ期限切れになります。", "The certificate expires soon."}},
	{130, Text{"途中で止められました。", "It was stopped in the middle."}},
}

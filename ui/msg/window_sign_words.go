package msg

import "strconv"

// What the room of the window says in which files are signed.
var (
	SignIntro = Text{
		"書類に、マイナンバーカードで電子署名をします。もとの書類は変わりません。",
		"Signs documents with your My Number card. The documents themselves stay as they are.",
	}
	SignDrop = Text{
		"署名する書類をこの画面に置く（ドラッグする）か、下で選んでください。いくつかまとめて選べます。",
		"Drag the documents into this window, or choose them below. You can choose several at once.",
	}
	SignChoose  = Text{"ファイルを選ぶ", "Choose files"}
	SignAdd     = Text{"ファイルを追加する", "Add files"}
	SignPath    = Text{"ファイルの場所（入力して Enter）", "Path of a file (type it, then Enter)"}
	SignList    = Text{"署名する書類：%s 件", "Documents to sign: %s"}
	SignClear   = Text{"すべて外す", "Remove all"}
	SignRemove  = Text{"外す", "Remove"}
	SignLook    = Text{"中身を見る", "Look inside"}
	SignLooked  = Text{"中身を閉じる", "Close it"}
	SignRow     = Text{"%s：%s", "%s: %s"}
	SignOpen    = Text{"開いて確認", "Open it to check"}
	SignLooking = Text{"調べています…", "Looking at it…"}
	SignGoesTo  = Text{"署名のファイル：%s", "Signature file: %s"}

	SignRefused = Text{"次のものは加えませんでした", "Not added"}
	SignTooMany = Text{"一度に署名できるのは %s 件までです。残りは、あとで加えてください。", "At most %s files can be signed at once. Add the others afterwards."}
	SignMore    = Text{"ほか %s 件", "%s more"}

	SignBeginning = Text{"はじめの部分だけを表示しています。全体は「開いて確認」で見られます。", "This is the beginning only. “Open it to check” shows all of it."}
	SignUnseen    = Text{"中身はこの画面では表示できません。「開いて確認」で見られます。", "It cannot be shown here. “Open it to check” shows it."}
	SignPages     = Text{"%s ページの PDF です。「開いて確認」で中身を見られます。", "A PDF of %s pages. “Open it to check” shows them."}
	SignPDF       = Text{"PDF です。「開いて確認」で中身を見られます。", "A PDF. “Open it to check” shows it."}
	SignEmpty     = Text{"中身が空のファイルです。", "The file is empty."}

	SignForm          = Text{"署名の形", "Form of the signature"}
	SignDetached      = Text{"署名だけを別のファイルにする（.p7s）", "The signature in a file of its own (.p7s)"}
	SignAttached      = Text{"書類ごと 1 つのファイルにする（.p7m）", "Document and signature in one file (.p7m)"}
	SignDetachedMeans = Text{
		"書類と署名のファイルを、一緒に渡します。書類はこれまでどおり開けます。",
		"Hand over the document together with the signature file. The document opens as before.",
	}
	SignAttachedMeans = Text{
		"書類の写しが入った署名のファイルを、1 つだけ渡します。受け取る人が書類を見るには、署名を扱えるソフトが要ります。",
		"Hand over the signature file alone: it holds a copy of the document. To see that, the receiver needs software that knows signatures.",
	}
	SignNotInside = Text{
		"%sの中に署名を書き込むのではなく、別の署名のファイルを作ります。この形で受け付けてもらえるかどうかは、提出先の案内で確かめてください。",
		"The signature does not go into the document (%s) but into a separate file. Whether that form is accepted is for the office to say: see its instructions.",
	}
	SignAgain = Text{
		"署名のファイルが入っています。このまま進むと、書類ではなく署名のファイルに署名します。",
		"There is a signature file among them. If you go on, it is the signature file that is signed, not its document.",
	}

	SignWhere   = Text{"保存先と、同じ名前のファイルがあるとき", "Where it goes, and existing files"}
	SignGoes    = Text{"保存先", "Folder"}
	SignBeside  = Text{"書類と同じフォルダー", "That of the document"}
	SignFolder  = Text{"フォルダーを選ぶ", "Choose a folder"}
	SignInto    = Text{"選んだフォルダー：%s", "Chosen folder: %s"}
	SignExists  = Text{"同じ名前のファイルがあるとき", "If a file of that name exists"}
	SignKeep    = Text{"残して、署名しない", "Keep it, and do not sign"}
	SignReplace = Text{"置き換えて、署名する", "Replace it, and sign"}

	SignReveals = Text{
		"署名のファイルには証明書が入ります。受け取った人には、あなたの氏名・住所・生年月日・性別が伝わります。",
		"The signature file contains your certificate: whoever receives it learns your name, address, birth date and sex.",
	}
	SignDo      = Text{"署名する", "Sign now"}
	SignNoFiles = Text{"署名する書類を選ぶと、署名できます。", "Choose the documents first."}
	SignWorking = Text{"署名しています", "Signing"}

	SignPINAgain = Text{"もう一度入力する", "Enter it again"}
	SignRetry    = Text{"もう一度", "Try again"}
	SignNothing  = Text{"どの書類にも署名していません。一覧はそのまま残っています。", "Nothing was signed. The list is as it was."}
	SignStopped  = Text{"署名をやめました", "Signing was stopped"}

	SignedOne     = Text{"署名しました", "Signed"}
	SignedAll     = Text{"%s 件すべてに署名しました", "All %s documents are signed"}
	SignedSome    = Text{"%s 件のうち %s 件に署名しました", "Signed: %[2]s of %[1]s documents"}
	SignedNone    = Text{"署名できませんでした", "Nothing was signed"}
	SignedRest    = Text{"残りの %s 件には署名していません。", "The other %s are not signed."}
	SignedStopped = Text{"途中で中止しました。署名が済んだものは、そのまま残っています。", "It was stopped on the way. What had been signed by then is there."}
	SignedKeep    = Text{
		"署名のファイル（.p7s）は、書類と一緒に渡してください。署名のファイルだけでは、書類を確かめられません。",
		"Hand over each signature file (.p7s) together with its document: neither can be verified alone.",
	}
	SignedUnlike  = Text{"署名したあとで書類を書き換えると、署名と合わなくなります。", "If a document is changed afterwards, its signature no longer fits."}
	SignedFailed  = Text{"署名していない書類：%s 件", "Not signed: %s"}
	SignedDone    = Text{"署名した書類：%s 件", "Signed: %s"}
	SignedNotYet  = Text{"中止したため、署名していません。", "Not signed, since it was stopped."}
	SignedCheck   = Text{"この署名を確かめる", "Verify this signature"}
	SignedShow    = Text{"フォルダーを開く", "Open the folder"}
	SignedOthers  = Text{"ほかの書類に署名する", "Sign other documents"}
	SignedAgain   = Text{"署名していない書類をやり直す", "Try again with those not signed"}
	SignReplaceIt = Text{
		"前に作った署名を作り直すときは、「保存先と、同じ名前のファイルがあるとき」で「置き換えて、署名する」を選んでください。",
		"To make a signature anew, choose “Replace it, and sign” under “Where it goes, and existing files”.",
	}
)

// SignWhy says to somebody asked for the password what n documents are signed with it.
func SignWhy(n int) Text {
	if n == 1 {
		return Text{"1 件の書類に署名するために使います。", "It is needed to sign one document."}
	}
	s := Number(n)
	return Text{s + " 件の書類に、まとめて署名するために使います。入力は 1 回だけです。", "It is needed to sign " + s + " documents; you enter it once for all of them."}
}

// DocumentKind is what a file is called that is of that kind.
func DocumentKind(kind string) Text {
	switch kind {
	case "pdf":
		return Text{"PDF", "PDF"}
	case "xtx":
		return Text{"e-Tax のデータ（.xtx）", "e-Tax data (.xtx)"}
	case "xml":
		return Text{"XML", "XML"}
	case "text":
		return Text{"テキスト", "Text"}
	case "image":
		return Text{"画像", "Image"}
	case "signature":
		return Text{"署名のファイル", "Signature file"}
	}
	return Text{"そのほかのファイル", "Other file"}
}

// Pages says how many pages there are.
func Pages(n int) Text {
	if n == 1 {
		return Text{"1 ページ", "1 page"}
	}
	return Text{Number(n) + " ページ", Number(n) + " pages"}
}

// FileSize says how large a file of that many bytes is, in units of 1000.
func FileSize(bytes int64) Text {
	if bytes < 1000 {
		s := strconv.FormatInt(bytes, 10)
		return Text{s + " バイト", s + " bytes"}
	}
	size, units := float64(bytes)/1000, []string{"KB", "MB", "GB", "TB"}
	for size >= 999.5 && len(units) > 1 {
		size, units = size/1000, units[1:]
	}
	precision := 0
	if size < 9.95 {
		precision = 1
	}
	s := strconv.FormatFloat(size, 'f', precision, 64) + " " + units[0]
	return Text{s, s}
}

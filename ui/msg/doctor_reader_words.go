package msg

var readerDiagnoses = map[string]diagnosis{
	"readers.listed": {found: Text{"%[1]d 台", "%[1]d"}},
	"readers.none": {
		found: Text{"カードリーダーが見つかりません。", "No card reader was found."},
		on: same(
			Text{"リーダーをパソコンに差し込み、数秒待ってからもう一度お試しください。差してあるときは、別の差し込み口で試してください。リーダーなしで試すには「-r emu:」（練習用カード）を使えます。", "Plug in a reader, wait a few seconds and try again; if it is plugged in, try another socket. To try without a reader, use “-r emu:” (the practice card)."},
			Text{"リーダーを Mac に差し込み、数秒待ってからもう一度お試しください。リーダーなしで試すには「-r emu:」（練習用カード）を使えます。", "Plug a reader into the Mac, wait a few seconds and try again. To try without a reader, use “-r emu:” (the practice card)."},
			Text{"リーダーを差し込み、「デバイス マネージャー」の「スマート カード リーダー」に表示されるか確かめてください。表示されないときは、メーカーのドライバーを入れてください。", "Plug in a reader and look for it under “Smart card readers” in Device Manager. If it is missing, install the maker’s driver."}),
	},
	"reader.empty":     {found: Text{"%[1]s：カードなし%[2]s", "%[1]s: empty%[2]s"}},
	"reader.present":   {found: Text{"%[1]s：カードあり%[2]s", "%[1]s: card present%[2]s"}},
	"reader.in_use":    {found: Text{"%[1]s：カードあり、ほかのソフトも使用中%[2]s", "%[1]s: card present, used by another program too%[2]s"}},
	"reader.exclusive": {found: Text{"%[1]s：カードあり、ほかのソフトが独り占め%[2]s", "%[1]s: card present, another program keeps it to itself%[2]s"}},
	"reader.mute":      {found: Text{"%[1]s：カードあり、応答なし%[2]s", "%[1]s: card present, does not answer%[2]s"}},
	"reader.unpowered": {found: Text{"%[1]s：カードあり、電源が入っていません%[2]s", "%[1]s: card present, without power%[2]s"}},
	"reader.unavailable": {
		found:  Text{"%[1]s：リーダーを使えません%[2]s", "%[1]s: the reader cannot be used%[2]s"},
		remedy: Text{"リーダーを差し直してください。", "Plug the reader in again."},
	},
	"other_reader.virtual": {
		found:  Text{"%[1]s は、ソフトウェアの仮想リーダーです。本物のカードは入りません。", "%[1]s is a virtual reader made of software: no real card goes into it."},
		remedy: notForCard,
	},
	"other_reader.windows_hello": {
		found:  Text{"%[1]s は、Windows のサインイン用です。マイナンバーカードには使えません。", "%[1]s is for signing in to Windows, not for a My Number card."},
		remedy: notForCard,
	},
	"other_reader.tpm": {
		found:  Text{"%[1]s は、パソコンのセキュリティチップ（TPM）です。マイナンバーカードには使えません。", "%[1]s is a security chip (TPM) of the computer, not for a My Number card."},
		remedy: notForCard,
	},
	"other_reader.token": {
		found:  Text{"%[1]s は、USB のセキュリティキーです。マイナンバーカードには使えません。", "%[1]s is a USB security key, not for a My Number card."},
		remedy: notForCard,
	},
	"programs.none":    {found: Text{"ほかにカードを使っているソフトは見当たりません。", "No other program that uses cards was found."}},
	"programs.unknown": {found: Text{"このシステムでは調べられません。", "Cannot be told on this system."}},
	"programs.browser": {found: Text{"ブラウザーが、カードを使う準備をしています（%[1]s）。", "A browser is ready to use cards: %[1]s."}, remedy: closeIfInUse},
	"programs.gnupg":   {found: Text{"GnuPG が動いています（%[1]s）。リーダーを独り占めすることがあります。", "GnuPG is running (%[1]s); it may keep the reader to itself."}, remedy: scdaemonRemedy},
	"programs.opensc":  {found: Text{"OpenSC などの道具が、カードを使っています（%[1]s）。", "Tools such as OpenSC’s are using cards: %[1]s."}, remedy: closeIfInUse},
	"programs.jpki":    {found: Text{"ほかの公的個人認証のソフトが動いています（%[1]s）。", "Other JPKI software is running: %[1]s."}, remedy: closeIfInUse},
	"programs.other":   {found: Text{"カードを使うソフトが動いています（%[1]s）。", "Programs that use cards are running: %[1]s."}, remedy: closeIfInUse},
}

var (
	notForCard   = Text{"リーダーが複数あるときは、使うものを「-r 名前の一部」で指定できます。", "With several readers, “-r” and a part of the name says which one to use."}
	closeIfInUse = Text{"「カードを使用中」と出るときは、このソフトを終了してください。", "If the card is said to be in use, close this program."}
)

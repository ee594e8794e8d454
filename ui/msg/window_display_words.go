package msg

// NoDisplay is said on the terminal when the window cannot be shown.
var NoDisplay = Text{
	"画面を表示できないため、開けません。遠隔ログインなど、画面のない環境では使えません。パソコンの前でログインしてお使いください。端末だけでも「jpki help」のすべてのことができます。",
	"The window cannot be shown: there is no display here, as in a remote login. Log in at the computer itself. Everything can be done in the terminal as well: “jpki help”.",
}

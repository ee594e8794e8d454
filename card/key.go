package card

// Key is one of the two keys of the JPKI application.
type Key uint8

// The keys.
const (
	AuthKey Key = iota // 利用者証明用: proves who logs in; PIN of 4 digits
	SignKey            // 署名用: signs documents; password of 6 to 16 letters and digits
)

func (k Key) String() string {
	if k == SignKey {
		return "sign"
	}
	return "auth"
}

// Kind is the kind of a card, from the label of its token information.
type Kind string

// The kinds of cards.
const (
	KindMynumber Kind = "mynumber" // 個人番号カード (マイナンバーカード)
	KindJuki     Kind = "juki"     // 住民基本台帳カード, until 2015
	KindAndroid  Kind = "android"  // certificates in an Android phone
	KindIOS      Kind = "ios"      // certificates in an iPhone
	KindUnknown  Kind = "unknown"
)

// Info is what a card tells of itself without a PIN.
type Info struct {
	Kind  Kind
	Label string // label of the token information, without padding
	Sign  bool   // the signing certificate exists
	Auth  bool   // the authentication certificate exists

	Practice bool // a practice card, of any kind
}

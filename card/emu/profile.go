package emu

// Profile is a kind of practice card.
type Profile string

// The profiles.
const (
	Mynumber   Profile = "mynumber"     // 個人番号カード
	Juki       Profile = "juki"         // 住民基本台帳カード: the signing part alone
	Android    Profile = "android"      // phone: its authentication certificate wants the PIN too
	Expired    Profile = "expired"      // 個人番号カード; that its certificates have expired is its maker's part
	Blocked    Profile = "blocked"      // 個人番号カード with both PINs blocked
	OneTryLeft Profile = "one-try-left" // 個人番号カード with one try left of both PINs
)

// Profiles returns all profiles, the ordinary card first.
func Profiles() []Profile {
	return []Profile{Mynumber, Juki, Android, Expired, Blocked, OneTryLeft}
}

// label returns the first field of the token information (EF 0006), as seen by several
// independent sources on each kind of card.
func (p Profile) label() string {
	switch p {
	case Juki:
		return "JPKIAPICCTOKEN"
	case Android:
		return "JPKIAPGPSETOKEN"
	}
	return "JPKIAPICCTOKEN2"
}

// left returns the tries left of a new card whose PIN has max tries.
func (p Profile) left(limit int) int {
	switch p {
	case Blocked:
		return 0
	case OneTryLeft:
		return 1
	}
	return limit
}

// rule is what a PIN must be.
type rule struct {
	tries    int
	min, max int
	letters  bool // A to Z besides the digits
	mixed    bool // at least one letter and one digit
}

// The rules as the municipalities publish them. Whether the card enforces them is
// unknown; this one does, so that a client that lets a bad PIN through is found out.
var (
	authRule     = rule{tries: 3, min: 4, max: 4}
	signRule     = rule{tries: 5, min: 6, max: 16, letters: true, mixed: true}
	jukiSignRule = rule{tries: 5, min: 4, max: 16, letters: true}
)

func (p Profile) signRule() rule {
	if p == Juki {
		return jukiSignRule
	}
	return signRule
}

func (r rule) allows(pin []byte) bool {
	digits, letters := 0, 0
	for _, b := range pin {
		switch {
		case '0' <= b && b <= '9':
			digits++
		case 'A' <= b && b <= 'Z':
			letters++
		}
	}
	return len(pin) >= r.min && len(pin) <= r.max && digits+letters == len(pin) &&
		(r.letters || letters == 0) && (!r.mixed || digits > 0 && letters > 0)
}

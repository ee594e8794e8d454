package job

import (
	"encoding/hex"
	"slices"

	"github.com/jpki-desktop/jpki/card"
)

// application is an application of a 個人番号カード.
type application struct {
	name string // stable, snake_case
	id   string // hexadecimal
}

// applications are those that are known (five sources and more).
var applications = []application{
	{"jpki_ap", "D392F000260100000001"},
	{"profile_input_ap", "D3921000310001010408"},   // 券面事項入力補助
	{"profile_display_ap", "D3921000310001010402"}, // 券面事項確認
	{"juki_ap", "D3921000310001010401"},            // 住基
	{"common_ap", "D3921000310001010100"},
}

// selectApplications asks the card for every known application by SELECT, and for nothing
// of what they hold. JPKI's is selected again at the end, as whoever comes next may expect.
func selectApplications(conn card.Conn) (answering, silent []string, err error) {
	if err := conn.Begin(); err != nil {
		return nil, nil, err
	}
	defer conn.End()
	for _, a := range append(slices.Clone(applications), applications[0]) {
		there, err := selected(conn, a.id)
		switch {
		case err != nil:
			return nil, nil, err
		case slices.Contains(answering, a.name) || slices.Contains(silent, a.name):
		case there:
			answering = append(answering, a.name)
		default:
			silent = append(silent, a.name)
		}
	}
	return answering, silent, nil
}

// selected sends SELECT by name, and again if the card says 6F00, as it may do once after
// power-up.
func selected(conn card.Conn, id string) (bool, error) {
	aid, err := hex.DecodeString(id)
	if err != nil {
		return false, err
	}
	capdu := append([]byte{0x00, 0xA4, 0x04, 0x0C, byte(len(aid))}, aid...)
	var sw uint16
	for range 2 {
		answer, err := conn.Transmit(capdu)
		if err != nil {
			return false, err
		}
		if len(answer) < 2 {
			return false, card.ErrMalformed
		}
		if sw = uint16(answer[len(answer)-2])<<8 | uint16(answer[len(answer)-1]); sw != 0x6F00 {
			break
		}
	}
	return sw == 0x9000 || sw>>8 == 0x61 || sw>>8 == 0x62, nil
}

package main_test

import (
	"testing"
	"time"

	"github.com/jpki-desktop/jpki/ui/msg"
)

// TestEveryRoomIsReachedByMouse clicks down the list of rooms.
func TestEveryRoomIsReachedByMouse(t *testing.T) {
	d := newDesk(t)
	p := d.open("-r", "emu:")
	p.untilTitle(ready(msg.Ja))
	missing := map[string]bool{}
	for _, room := range []msg.Text{msg.RoomCertificates, msg.RoomSign, msg.RoomVerify, msg.RoomPINs, msg.RoomHelp} {
		missing[room.Ja+" - jpki"] = true
	}
	for y := 130; y < 640 && len(missing) > 0; y += 20 {
		p.click(90, y)
		time.Sleep(150 * time.Millisecond) // a click that does nothing changes no title
		delete(missing, p.title())
	}
	if len(missing) > 0 {
		t.Errorf("no click leads to %v", missing)
	}
	p.click(90, 150)
	p.untilTitle(ready(msg.Ja))
}

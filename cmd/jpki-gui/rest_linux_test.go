package main_test

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jpki-desktop/jpki/ui/msg"
)

// ticks is the processor time that the program has used, in hundredths of a second.
func (p *pane) ticks() int {
	p.t.Helper()
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.cmd.Process.Pid))
	if err != nil {
		p.t.Fatal(err)
	}
	fields := strings.Fields(string(stat[strings.LastIndex(string(stat), ")"):]))
	user, _ := strconv.Atoi(fields[12]) // proc(5): fields 14 and 15, after the name
	system, _ := strconv.Atoi(fields[13])
	return user + system
}

// TestWindowAtRestUsesNoProcessor leaves the window alone. The toolkit by itself would use
// ten hundredths of a second in this time. Afterwards keys are taken as before.
func TestWindowAtRestUsesNoProcessor(t *testing.T) {
	d := newDesk(t)
	p := d.open("-r", "emu:")
	p.untilTitle(ready(msg.Ja))
	time.Sleep(4 * time.Second) // until what the start has drawn is done
	before := p.ticks()
	time.Sleep(10 * time.Second)
	if used := p.ticks() - before; used > 4 {
		t.Errorf("%d hundredths of a second in 10 seconds", used)
	}
	p.keys("alt+7")
	p.untilTitle(msg.RoomHelp.Ja)
}

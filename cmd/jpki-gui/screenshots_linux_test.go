package main_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// The keys of the looks, by their names in the pictures.
var (
	sizes   = [][2]string{{"large", "F2"}, {"normal", "F3"}, {"small", "F4"}}
	schemes = [][2]string{{"standard", "F5"}, {"blue", "F6"}, {"yellow", "F7"}, {"black", "F8"}}
	rooms   = []string{"home", "certificates", "sign", "verify", "pins", "doctor", "help"}
)

// TestEveryRoomInEveryLook shows all rooms in the twelve looks, and keeps the pictures in
// the folder that JPKI_TEST_SCREENSHOTS names, for people to look at.
func TestEveryRoomInEveryLook(t *testing.T) {
	folder := os.Getenv("JPKI_TEST_SCREENSHOTS")
	d := newDesk(t)
	document := filepath.Join(d.home, "kakutei.xtx")
	copyFile(t, "../../testdata/etax/kakutei.xtx", document)
	d.sign(document)
	p := d.open("-r", "emu:")
	p.untilTitle("ホーム")
	p.show(document)
	for _, size := range sizes {
		for _, scheme := range schemes {
			p.keys(size[1], scheme[1])
			for i, room := range rooms {
				p.keys(fmt.Sprintf("alt+%d", i+1))
				if folder == "" && i > 0 {
					continue // that the looks differ shows in any room
				}
				time.Sleep(350 * time.Millisecond) // drawn after the title is set
				if n := p.colours(); n < 8 {
					t.Errorf("%s in %s, %s: only %d colours", room, size[0], scheme[0], n)
				}
				p.picture(folder, fmt.Sprintf("%s-%s-%s", room, scheme[0], size[0]))
			}
		}
	}
}

// show brings something into the rooms that would be empty.
func (p *pane) show(document string) {
	p.run("jpki-gui", document+".p7s") // hands it over to the window
	p.untilTitle("失効")
	p.keys("alt+3")
	p.untilTitle("署名")
	p.keys("Tab") // from the button that chooses to the field for a path
	p.types(document)
	p.keys("Return")
	p.keys("alt+2", "ctrl+Return", "alt+6")
	time.Sleep(time.Second)
}

// sign signs a document with the practice card, by the command line.
func (d *desk) sign(document string) {
	d.t.Helper()
	c := d.command("bash", "-c", `exec jpki sign -r emu: --pin-fd 3 "$0" 3<<<ABC123`, document)
	if out, err := c.CombinedOutput(); err != nil {
		d.t.Fatalf("%v\n%s", err, out)
	}
}

// picture keeps a picture of the window alone.
func (p *pane) picture(folder, name string) {
	p.t.Helper()
	if folder != "" {
		p.run("import", "-window", p.id, filepath.Join(folder, name+".png"))
	}
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

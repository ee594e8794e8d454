package job

import (
	"context"
	"io/fs"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/jpki-desktop/jpki/card/pcsc"
)

// Doctor looks at every layer between the user and the card's certificates. It asks for
// no PIN, costs no try, and uses no network.
type Doctor struct {
	Source            // the card to look at; Wait is not used
	Version string    // of this program
	Built   time.Time // when it was built, zero = unknown
	Details bool      // what tells of the holder too: serial numbers, dates, folders

	// What it looks at. The zero values are the real things; tests put others there.
	System  string // as runtime.GOOS names it
	Root    fs.FS  // root of the file system
	Getenv  func(string) string
	Clock   func() time.Time
	Limit   time.Duration // for each step; 0 = five seconds
	Service func(ctx context.Context, root fs.FS, limit time.Duration) *pcsc.Diagnosis

	checks []Check
	family string
}

// Check is one thing that was looked at. Package msg has the words for it, by Name and
// State.
type Check struct {
	Name  string // what: stable, snake_case; several readers have a check of one name each
	State string // what was found: stable, snake_case
	Level Level
	Facts []any // what the words are about: strings, lists of strings, numbers, times, a card.Kind
}

// Level is what a check means for the user.
type Level string

// The levels.
const (
	OK      Level = "ok"
	Note    Level = "note"    // works, and is worth knowing
	Problem Level = "problem" // a cause why the card cannot be used
	Skipped Level = "skipped" // not looked at
)

// Diagnosis is what a [Doctor] found.
type Diagnosis struct {
	Family  string // system that remedies are for: debian, fedora, linux, macos, windows
	Checks  []Check
	Reached bool // a card with the JPKI application was found
}

// Cause returns the first problem, nil if there is none. Others may follow from it.
func (d *Diagnosis) Cause() *Check {
	return d.first(func(c Check) bool { return c.Level == Problem })
}

// Attention returns the first note about the holder's own things on the card, nil if there
// is none.
func (d *Diagnosis) Attention() *Check {
	own := []string{"certificates", "auth_certificate", "sign_pin", "auth_pin"}
	return d.first(func(c Check) bool { return c.Level == Note && slices.Contains(own, c.Name) })
}

func (d *Diagnosis) first(such func(Check) bool) *Check {
	i := slices.IndexFunc(d.Checks, such)
	if i < 0 {
		return nil
	}
	return &d.Checks[i]
}

const stepLimit = 5 * time.Second

// Diagnose looks at everything, in the order in which one thing needs the other.
func (d Doctor) Diagnose(ctx context.Context) *Diagnosis {
	d.complete()
	d.program()
	d.platform()
	d.locale()
	d.clock()
	d.folders()
	reached := d.card(ctx)
	d.add("network", "unused")
	return &Diagnosis{Family: d.family, Checks: d.checks, Reached: reached}
}

// complete puts the real things where nothing else was named.
func (d *Doctor) complete() {
	if d.System == "" {
		d.System = runtime.GOOS
	}
	if d.Root == nil {
		d.Root = os.DirFS("/")
	}
	if d.Getenv == nil {
		d.Getenv = os.Getenv
	}
	if d.Clock == nil {
		d.Clock = time.Now
	}
	if d.Limit == 0 {
		d.Limit = stepLimit
	}
	if d.Service == nil {
		d.Service = pcsc.Diagnose
	}
	d.family = family(d.System, d.Root)
}

// card looks at the way to the card, and at the card; it returns whether one was reached.
func (d *Doctor) card(ctx context.Context) bool {
	if strings.HasPrefix(d.Reader, PracticeReader) {
		for _, name := range []string{"library", "service_installed", "service_running", "service_permitted", "usb_readers", "usb_drivers", "ccid_driver", "readers", "programs"} {
			d.add(name, "not_used")
		}
		return d.practiceCard(ctx)
	}
	begin := len(d.checks)
	found := d.Service(ctx, d.Root, d.Limit)
	d.service(found)
	d.usb(found)
	d.readers(found)
	d.programs(found)
	reached := d.serviceCard(ctx, found)
	if reached {
		excuse(d.checks[begin:])
	}
	return reached
}

// excuse turns problems on the way to a card into notes, since the card was reached.
func excuse(checks []Check) {
	for i := range checks {
		if c := &checks[i]; c.Level == Problem && wayOutcomes[c.Name] != nil {
			c.Level = Note
		}
	}
}

// add adds the outcome of a check; its level is in the table of outcomes.
func (d *Doctor) add(name, state string, facts ...any) {
	d.checks = append(d.checks, Check{name, state, levelOf(name, state), facts})
}

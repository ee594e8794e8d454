package emu

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// FaultKind is a way in which a card, a reader or a hand departs from the ordinary.
type FaultKind string

// The kinds of faults. At says at which command they strike.
const (
	FaultRemove  FaultKind = "remove"  // the card leaves before it works on the command
	FaultTear    FaultKind = "tear"    // the card leaves during a VERIFY, its try spent, and answers nothing
	FaultStatus  FaultKind = "sw"      // the command is not carried out, the answer is SW
	FaultShort   FaultKind = "short"   // a READ BINARY answers half of what was asked
	FaultDelay   FaultKind = "delay"   // Delay passes before the card works on the command
	FaultCorrupt FaultKind = "corrupt" // the lowest bit of the middle byte of the answer is flipped

	// The next ones are ways in which real cards differ; At is of no use to them.
	FaultFirst   FaultKind = "first6f00" // the first command after each power-up answers 6F00
	FaultBlocked FaultKind = "blocked"   // VERIFY of a blocked PIN answers SW: 63C0, 6983 or 6984
	FaultFiller  FaultKind = "filler"    // 00 in place of FF follows a certificate in its file
)

const maxDelay = time.Minute

// Fault is a departure from the ordinary.
type Fault struct {
	Kind  FaultKind
	At    int           // command since PowerOn, the first is 1; 0 = every command
	SW    uint16        // of FaultStatus and FaultBlocked
	Delay time.Duration // of FaultDelay, at most a minute
}

// Inject gives the card these faults in place of those it had; without any it is well.
// Several may strike at the same command.
func (c *Card) Inject(f ...Fault) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.faults = append([]Fault(nil), f...)
}

// ParseFault reads a fault from KIND[=VALUE][@N], such as "remove@7", "sw=6F00@3",
// "short@4", "delay=2s@3", "tear@8", "corrupt@5", "first6f00", "blocked=6983" and
// "filler=00". Without @N it strikes at every command.
func ParseFault(s string) (Fault, error) {
	f, err := parseFault(s)
	if err != nil {
		return Fault{}, fmt.Errorf("reading fault %.40q: %w", s, err)
	}
	return f, nil
}

func parseFault(s string) (f Fault, err error) {
	body, at, timed := strings.Cut(s, "@")
	if timed {
		if f.At, err = strconv.Atoi(at); err != nil || f.At < 1 {
			return f, errors.New("the command after @ is not a number from 1")
		}
	}
	kind, value, _ := strings.Cut(body, "=")
	f.Kind = FaultKind(kind)
	switch f.Kind {
	case FaultRemove, FaultTear, FaultShort, FaultCorrupt:
		return f, f.expect(value == "", "takes no value")
	case FaultFirst:
		return f, f.expect(value == "" && !timed, "takes neither value nor @")
	case FaultFiller:
		return f, f.expect(value == "00" && !timed, "takes the value 00 and no @")
	case FaultStatus, FaultBlocked:
		return f, f.parseStatus(value, timed)
	case FaultDelay:
		f.Delay, err = time.ParseDuration(value)
		return f, f.expect(err == nil && f.Delay >= 0 && f.Delay <= maxDelay, "takes a duration up to one minute, such as 2s")
	}
	return f, errors.New("no such kind")
}

func (f *Fault) expect(ok bool, want string) error {
	if ok {
		return nil
	}
	return fmt.Errorf("%s %s", f.Kind, want)
}

func (f *Fault) parseStatus(value string, timed bool) error {
	sw, err := strconv.ParseUint(value, 16, 16)
	f.SW = uint16(sw)
	if f.Kind == FaultBlocked {
		known := f.SW == 0x63C0 || f.SW == 0x6983 || f.SW == 0x6984
		return f.expect(err == nil && known && !timed, "takes the value 63C0, 6983 or 6984 and no @")
	}
	return f.expect(err == nil && len(value) == 4, "takes four hexadecimal digits, such as 6F00")
}

// fault returns the fault of this kind that strikes at the present command.
func (c *Card) fault(kind FaultKind) *Fault {
	for i, f := range c.faults {
		if f.Kind == kind && (f.At == 0 || f.At == c.position) {
			return &c.faults[i]
		}
	}
	return nil
}

func (c *Card) strikes(kind FaultKind) bool { return c.fault(kind) != nil }

package job

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/card/emu"
)

// pinCard is a practice card in memory, of which a test looks at the way to it.
type pinCard struct {
	*emu.Card
	held   bool // a transaction is open
	gone   bool
	tornAt int // the command that the card carries out but does not answer; 0 = none
	sent   int
}

func newPINCard(t *testing.T, profile emu.Profile, faults ...emu.Fault) *pinCard {
	t.Helper()
	content, err := content()
	if err != nil {
		t.Fatal(err)
	}
	e, err := emu.New(profile, content)
	if err != nil {
		t.Fatal(err)
	}
	e.Inject(faults...)
	return &pinCard{Card: e}
}

func (c *pinCard) Begin() error { c.held = true; return inProcess{c.Card}.Begin() }
func (c *pinCard) End() error   { c.held = false; return c.Card.End() }

func (c *pinCard) Transmit(capdu []byte) ([]byte, error) {
	if c.gone {
		return nil, card.ErrRemoved
	}
	c.sent++
	answer, err := inProcess{c.Card}.Transmit(capdu)
	if c.sent == c.tornAt {
		c.gone = true
		return nil, card.ErrRemoved
	}
	return answer, err
}

// left is the tries left of the PIN of k.
func (c *pinCard) left(k card.Key) int {
	if k == card.SignKey {
		return c.State().Sign.Left
	}
	return c.State().Auth.Left
}

// accepts tells whether a PIN holds, asking the card itself.
func (c *pinCard) accepts(t *testing.T, k card.Key, pin string) bool {
	t.Helper()
	c.Inject()
	c.PowerOn()
	file := byte(0x18)
	if k == card.SignKey {
		file = 0x1B
	}
	last := []byte(nil)
	for _, capdu := range [][]byte{
		{0x00, 0xA4, 0x04, 0x0C, 0x0A, 0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01},
		{0x00, 0xA4, 0x02, 0x0C, 0x02, 0x00, file},
		append([]byte{0x00, 0x20, 0x00, 0x80, byte(len(pin))}, pin...),
	} {
		var err error
		if last, err = c.Card.Transmit(capdu); err != nil {
			t.Fatal(err)
		}
	}
	return bytes.Equal(last, []byte{0x90, 0x00})
}

// answers are what a person enters, in order: the old PIN, then the new ones and their
// repetitions. It keeps the PINs that it hands over, to see that they are wiped.
type answers struct {
	t        *testing.T
	card     *pinCard
	key      card.Key
	waits    bool // a person thinks, so that the card must not be held
	lines    []string
	given    []card.PIN
	problems []string
	patience int // problems after which it gives up
	tries    int
}

func (a *answers) next() (card.PIN, error) {
	a.t.Helper()
	if a.waits && a.card.held {
		a.t.Error("the card is held while a person thinks")
	}
	if n := a.card.Count(); n.Verify+n.Change > 0 {
		a.t.Error("the card was given a PIN before all was asked")
	}
	if len(a.lines) == 0 {
		return nil, context.Canceled
	}
	pin := card.PIN(a.lines[0])
	a.lines = a.lines[1:]
	a.given = append(a.given, pin)
	return pin, nil
}

func (a *answers) change() PINChange {
	return PINChange{
		Key: a.key, Unattended: !a.waits,
		Old: func(_ card.Key, tries int) (card.PIN, error) { a.tries = tries; return a.next() },
		New: func(problem error) (card.PIN, error) {
			if problem != nil {
				a.problems = append(a.problems, code(problem))
				if len(a.problems) > a.patience {
					return nil, problem
				}
			}
			return a.next()
		},
		Again: a.next,
	}
}

func (a *answers) expectWiped() {
	a.t.Helper()
	for i, pin := range a.given {
		if !bytes.Equal(pin, make([]byte, len(pin))) {
			a.t.Errorf("entry %d is not wiped", i+1)
		}
	}
}

// changes puts c in and has a PIN of it changed.
func changes(t *testing.T, c *pinCard, k card.Key, waits bool, lines ...string) (*answers, error) {
	t.Helper()
	a := &answers{t: t, card: c, key: k, waits: waits, lines: lines}
	return a, a.run(t.Context())
}

func (a *answers) run(ctx context.Context) error {
	a.t.Helper()
	opened, err := card.New(a.card)
	if err != nil {
		return err
	}
	defer opened.Close()
	err = ChangePIN(ctx, &Card{opened, "emu:"}, a.change())
	a.expectWiped()
	return err
}

// oldAndNew are PINs of each key.
var oldAndNew = map[card.Key][2]string{card.SignKey: {emu.SignPIN, "KZ8WQ3"}, card.AuthKey: {emu.AuthPIN, "8259"}}

func TestChangePIN(t *testing.T) {
	for k, pins := range oldAndNew {
		for waits, cost := range map[bool]int{false: 5, true: 7} {
			t.Run(fmt.Sprintf("%v, waiting %t", k, waits), func(t *testing.T) {
				c := newPINCard(t, emu.Mynumber)
				a, err := changes(t, c, k, waits, pins[0], pins[1], pins[1])
				if err != nil {
					t.Fatal(err)
				}
				if n := c.Count().Total(); n != cost {
					t.Errorf("%d commands, not %d", n, cost)
				}
				if a.tries != card.MaxTries(k) || c.left(k) != card.MaxTries(k) {
					t.Errorf("told of %d tries, %d are left", a.tries, c.left(k))
				}
				if !c.accepts(t, k, pins[1]) {
					t.Error("the new PIN does not hold")
				}
				if c.accepts(t, k, pins[0]) {
					t.Error("the old PIN still holds")
				}
			})
		}
	}
}

func TestPasswordIsFoldedBeforeItIsCompared(t *testing.T) {
	c := newPINCard(t, emu.Mynumber)
	if _, err := changes(t, c, card.SignKey, true, "abc123", "kz8wq3", "KZ8wq3"); err != nil {
		t.Fatal(err)
	}
	if !c.accepts(t, card.SignKey, "KZ8WQ3") {
		t.Error("the new password does not hold")
	}
}

func TestWrongOldPINCostsOneTry(t *testing.T) {
	for profile, left := range map[emu.Profile]int{emu.Mynumber: 2, emu.OneTryLeft: 0} {
		c := newPINCard(t, profile)
		a := &answers{t: t, card: c, key: card.AuthKey, lines: []string{"9371", "8259", "8259"}}
		opened, err := card.New(c)
		if err != nil {
			t.Fatal(err)
		}
		r := a.change()
		r.LastTry = true
		err = ChangePIN(t.Context(), &Card{opened, "emu:"}, r)
		if refused, ok := errors.AsType[*card.PINError](err); !ok || refused.Retries != left {
			t.Errorf("%s: %v", profile, err)
		}
		if n := c.Count(); n.Verify != 1 || n.Change != 0 || c.left(card.AuthKey) != left {
			t.Errorf("%s: %+v, %d left", profile, n, c.left(card.AuthKey))
		}
		a.expectWiped()
	}
}

func TestBadPINsNeverReachTheCard(t *testing.T) {
	for _, c := range []struct {
		name  string
		card  emu.Profile
		key   card.Key
		lines []string
		code  string // "" = the old one is malformed
	}{
		{"old too long", emu.Mynumber, card.AuthKey, []string{"12345"}, ""},
		{"old not a digit", emu.Mynumber, card.AuthKey, []string{"12E4"}, ""},
		{"old too short", emu.Mynumber, card.SignKey, []string{"AB12"}, ""},
		{"old not in ASCII", emu.Mynumber, card.SignKey, []string{"暗証番号です"}, ""},
		{"new too short", emu.Mynumber, card.AuthKey, []string{"1234", "825"}, "pin_new_malformed_auth"},
		{"new empty", emu.Mynumber, card.AuthKey, []string{"1234", ""}, "pin_new_malformed_auth"},
		{"new too long", emu.Mynumber, card.SignKey, []string{"ABC123", "KZ8WQ3KZ8WQ3KZ8WQ"}, "pin_new_malformed_sign"},
		{"new as on a Juki card", emu.Mynumber, card.SignKey, []string{"ABC123", "KZ8W"}, "pin_new_malformed_sign"},
		{"letters only", emu.Mynumber, card.SignKey, []string{"ABC123", "KZXWQP"}, "pin_unmixed"},
		{"digits only", emu.Android, card.SignKey, []string{"ABC123", "825937"}, "pin_unmixed"},
		{"a run", emu.Mynumber, card.AuthKey, []string{"1234", "9876"}, "pin_weak_run"},
		{"the same", emu.Mynumber, card.SignKey, []string{"ABC123", "abc123"}, "pin_same"},
		{"not the same twice", emu.Mynumber, card.AuthKey, []string{"1234", "8259", "8295"}, "pin_mismatch"},
		{"empty the second time", emu.Mynumber, card.AuthKey, []string{"1234", "8259", ""}, "pin_mismatch"},
		{"no auth key", emu.Juki, card.AuthKey, nil, "pin_absent"},
		{"last try", emu.OneTryLeft, card.AuthKey, nil, "pin_last_try"},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := newPINCard(t, c.card)
			before := e.left(c.key)
			a, err := changes(t, e, c.key, true, c.lines...)
			if _, ok := errors.AsType[*card.PINFormatError](err); code(err) != c.code || c.code == "" && !ok {
				t.Errorf("%v", err)
			}
			if _, ok := errors.AsType[*UnchangedError](err); !ok {
				t.Errorf("does not say that the old PIN holds: %v", err)
			}
			if n := e.Count(); n.Verify+n.Change != 0 || e.left(c.key) != before || len(a.lines) > 0 {
				t.Errorf("%+v, %d left, not asked for: %d", n, e.left(c.key), len(a.lines))
			}
		})
	}
}

func TestBlockedPINIsNotAskedForToChange(t *testing.T) {
	c := newPINCard(t, emu.Blocked)
	a, err := changes(t, c, card.SignKey, true, "ABC123")
	if refused, ok := errors.AsType[*card.PINError](err); !ok || refused.Retries != 0 || len(a.given) > 0 {
		t.Errorf("%v", err)
	}
}

func TestNewPINIsAskedForAgain(t *testing.T) {
	c := newPINCard(t, emu.Mynumber)
	a := &answers{t: t, card: c, key: card.SignKey, waits: true, patience: 3,
		lines: []string{"ABC123", "short", "ABCDEFG", "KZ8WQ3", "KZ8WQ4", "KZ8WQ3", "KZ8WQ3"}}
	if err := a.run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(a.problems); got != "[pin_new_malformed_sign pin_unmixed pin_mismatch]" {
		t.Error(got)
	}
	if !c.accepts(t, card.SignKey, "KZ8WQ3") {
		t.Error("the new password does not hold")
	}
}

func TestJukiPasswordFollowsItsOwnRule(t *testing.T) {
	c := newPINCard(t, emu.Juki)
	for _, pins := range [][2]string{{"ABC123", "KZXW"}, {"KZXW", "825937"}} {
		if _, err := changes(t, c, card.SignKey, true, pins[0], pins[1], pins[1]); err != nil {
			t.Fatal(err)
		}
		if !c.accepts(t, card.SignKey, pins[1]) {
			t.Errorf("%s does not hold", pins[1])
		}
		c.PowerOn() // for the counts
	}
}

func TestInterruptedChangeSendsNothing(t *testing.T) {
	c := newPINCard(t, emu.Mynumber)
	ctx, cancel := context.WithCancel(t.Context())
	a := &answers{t: t, card: c, key: card.AuthKey, lines: []string{"1234", "8259", "8259"}}
	cancel()
	err := a.run(ctx)
	if n := c.Count(); !errors.Is(err, context.Canceled) || !TellsOfPIN(err) || n.Verify+n.Change > 0 {
		t.Errorf("%v, %+v", err, n)
	}
}

// cut is what must be true after a change that something came between.
func (c *pinCard) cut(t *testing.T, a *answers, err error, changing bool) {
	t.Helper()
	a.expectWiped()
	old, new := oldAndNew[a.key][0], oldAndNew[a.key][1]
	_, unchanged := errors.AsType[*UnchangedError](err)
	switch {
	case err == nil:
		if !c.accepts(t, a.key, new) {
			t.Error("said to be changed, but the new PIN does not hold")
		}
	case code(err) == unclear:
		if !changing || !TellsOfPIN(err) {
			t.Errorf("said to be unclear before the card was told the new PIN: %v", err)
		}
		if !c.accepts(t, a.key, old) && !c.accepts(t, a.key, new) {
			t.Error("neither PIN holds")
		}
	case !unchanged && c.Count().Total() > 1: // else there was no card to begin with
		t.Errorf("nothing is said of the PIN: %v", err)
	default:
		if !c.accepts(t, a.key, old) {
			t.Errorf("said to be unchanged, but the old PIN does not hold: %v", err)
		}
	}
}

// TestChangeCutAnywhere lets every fault strike at every command of a change.
func TestChangeCutAnywhere(t *testing.T) {
	for _, fault := range []string{"remove@%d", "tear@%d", "corrupt@%d", "sw=6F00@%d", "sw=6985@%d", "sw=6581@%d", "sw=6400@%d", "sw=63C1@%d"} {
		for waits, last := range map[bool]int{false: 5, true: 7} {
			for n := 1; n <= last; n++ {
				f, err := emu.ParseFault(fmt.Sprintf(fault, n))
				if err != nil {
					t.Fatal(err)
				}
				t.Run(fmt.Sprintf("%s, waiting %t", fmt.Sprintf(fault, n), waits), func(t *testing.T) {
					c := newPINCard(t, emu.Mynumber, f)
					pins := oldAndNew[card.SignKey]
					a, err := changes(t, c, card.SignKey, waits, pins[0], pins[1], pins[1])
					if _, wrong := errors.AsType[*card.PINError](err); wrong { // as far as the card says
						if !c.accepts(t, card.SignKey, pins[0]) {
							t.Error("the old PIN does not hold")
						}
						return
					}
					c.cut(t, a, err, n == last)
				})
			}
		}
	}
}

// TestCardThatLeavesBeforeItAnswers is TestChangeCutAnywhere for a card that carries the
// command out: the new PIN may hold without anybody knowing.
func TestCardThatLeavesBeforeItAnswers(t *testing.T) {
	for waits, last := range map[bool]int{false: 5, true: 7} {
		for n := 1; n <= last; n++ {
			c := newPINCard(t, emu.Mynumber)
			c.tornAt = n
			pins := oldAndNew[card.AuthKey]
			a, err := changes(t, c, card.AuthKey, waits, pins[0], pins[1], pins[1])
			if err == nil || (code(err) == unclear) != (n == last) {
				t.Errorf("command %d: %v", n, err)
			}
			if n == last && !c.accepts(t, card.AuthKey, pins[1]) {
				t.Error("the new PIN does not hold")
			}
			c.cut(t, a, err, n == last)
		}
	}
}

func TestTornVerifyMayHaveCostATry(t *testing.T) {
	f, err := emu.ParseFault("tear@4")
	if err != nil {
		t.Fatal(err)
	}
	c := newPINCard(t, emu.Mynumber, f)
	_, err = changes(t, c, card.AuthKey, false, "1234", "8259", "8259")
	e, ok := errors.AsType[*UnchangedError](err)
	if !ok || !errors.Is(err, card.ErrRemoved) {
		t.Fatal(err)
	}
	if k, tried := e.Unchanged(); k != card.AuthKey || !tried || c.left(card.AuthKey) != 2 {
		t.Errorf("%v, %t, %d left", k, tried, c.left(card.AuthKey))
	}
}

func TestRefusedChangeCostsNoTry(t *testing.T) {
	c := newPINCard(t, emu.Mynumber, emu.Fault{Kind: emu.FaultStatus, At: 5, SW: 0x6A80})
	_, err := changes(t, c, card.AuthKey, false, "1234", "8259", "8259")
	e, ok := errors.AsType[*UnchangedError](err)
	if !ok {
		t.Fatal(err)
	}
	if _, tried := e.Unchanged(); tried || c.left(card.AuthKey) != 3 {
		t.Errorf("%t, %d left", tried, c.left(card.AuthKey))
	}
}

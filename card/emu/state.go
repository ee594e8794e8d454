package emu

import (
	"maps"
	"slices"
)

// State is what a card is like at a moment.
type State struct {
	Profile    Profile
	Label      string   // of the token information
	Sign, Auth Tries    // of the two PINs; zero if the card has no such part
	Files      []uint16 // identifiers of the elementary files, ascending
}

// Tries are those of a PIN.
type Tries struct {
	Left int // 0 = blocked
	Max  int // 0 = there is no such PIN
}

// State returns the state of the card. The tries are those in its file now, or, if that
// cannot be read, those last seen there.
func (c *Card) State() State {
	c.mu.Lock()
	defer c.mu.Unlock()
	// Best effort, as documented: the next command tells what is wrong with the file.
	_ = c.locked(func() error { return nil })
	return State{
		Profile: c.image.Profile,
		Label:   c.image.Profile.label(),
		Sign:    c.image.Sign.tries(),
		Auth:    c.image.Auth.tries(),
		Files:   slices.Sorted(maps.Keys(c.files)),
	}
}

func (p *part) tries() Tries {
	if p == nil {
		return Tries{}
	}
	return Tries{Left: p.Left, Max: p.rule.tries}
}

// Count is how many commands reached a card, good or refused.
type Count struct {
	Select, Read, Query, Verify, Change, Sign, Other int
}

// Total returns the number of all commands.
func (n Count) Total() int {
	return n.Select + n.Read + n.Query + n.Verify + n.Change + n.Sign + n.Other
}

func (n Count) pins() int { return n.Verify + n.Change }

// Count returns how many commands have reached the card since it was made, opened or
// last put into the reader with [Card.PowerOn].
func (c *Card) Count() Count {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.count
}

func (n *Count) add(capdu []byte) {
	var ins byte
	if len(capdu) >= 4 {
		ins = capdu[1]
	}
	switch {
	case ins == insSelect:
		n.Select++
	case ins == insRead:
		n.Read++
	case ins == insVerify && len(capdu) == 4:
		n.Query++
	case ins == insVerify:
		n.Verify++
	case ins == insChange:
		n.Change++
	case ins == insSign:
		n.Sign++
	default:
		n.Other++
	}
}

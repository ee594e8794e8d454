// Package emu is the practice card (練習用カード): a card with the JPKI application,
// made of software. It is a strict state machine that refuses what the real card
// refuses, so that a client that works with it has a fair chance with the real one.
//
// Use it to try the programs out without a card and to test them: in process, where a
// [Card] is a card.Conn by its shape, or behind the real PC/SC service through [Serve].
// Do not use it to keep anything secret: its PINs and keys lie readable in its file, and
// it issues no certificates; its maker brings them ([Content]).
//
// It shares no code with package card, which it exists to test. What it does was put
// together from the same sources: the command layer is not published, and where the
// sources disagree a [Fault] gives the other behaviour.
package emu

import (
	"context"
	"crypto/rsa"
	"errors"
	"sync"
)

// The practice PINs of a new card. They are no secret.
const (
	SignPIN = "ABC123" // of the signing key
	AuthPIN = "1234"   // of the authentication key
)

// ErrRemoved says that the card left the reader: a fault took it out, or its file now
// holds another card.
var ErrRemoved = errors.New("the practice card was removed")

var errClosed = errors.New("the connection to the practice card is closed")

// Content is what the maker of a card puts on it. A key without its certificate, and a
// certificate without its key, are refused; both missing is a card without that part.
// That a key belongs to its certificate is not checked, so that a card can be made that
// answers with another key's signatures.
type Content struct {
	SignCert, SignCA []byte          // signing certificate and its CA's, DER, at most 3,800 bytes each
	AuthCert, AuthCA []byte          // authentication certificate and its CA's, likewise
	SignKey, AuthKey *rsa.PrivateKey // RSA-2048
}

// Card is a practice card in a reader. Its methods may be called from several goroutines.
type Card struct {
	mu       sync.Mutex
	path     string // of the file that keeps it; empty: in memory
	image    image
	files    map[uint16]*file
	session  session
	count    Count
	position int // commands since PowerOn, for the faults
	begun    int // PINs that had been sent at Begin
	faults   []Fault
	gone     error // why no command reaches the card
}

// session is what a card forgets without power.
type session struct {
	application bool
	file        *file
	verified    map[*part]bool
	fresh       bool // no command has come since power-up
}

// New makes a card that lives in memory.
func New(p Profile, c Content) (*Card, error) {
	img, err := newImage(p, c)
	if err != nil {
		return nil, err
	}
	return insert("", img), nil
}

func insert(path string, img image) *Card {
	c := &Card{path: path, image: img, files: img.files()}
	c.powerUp()
	return c
}

// Transmit sends one command APDU and returns the response APDU, status word included:
// 2 to 258 bytes. It returns [ErrRemoved] when the card is gone, and an error when the
// card's file cannot be read or written.
func (c *Card) Transmit(capdu []byte) ([]byte, error) {
	return c.transmit(context.Background(), capdu)
}

// Begin starts a transaction. Nobody else can come between, since every connection has
// a session of its own; it returns [ErrRemoved] when the card is gone.
func (c *Card) Begin() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.begun = c.count.pins()
	return c.gone
}

func (c *Card) absent() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.gone
}

// End ends a transaction. If a VERIFY or CHANGE was sent since Begin it powers the card
// down and up, as the PC/SC layer does with a real one: verified state and selection are
// lost, the counts of commands are not.
func (c *Card) End() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.count.pins() != c.begun {
		c.powerUp()
	}
	return nil
}

// Close ends the connection; it may be called twice. [Card.PowerOn] opens it again.
func (c *Card) Close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.remove(errClosed)
	return nil
}

// PowerOn puts the card into the reader again, after a removal or Close or to start
// afresh: nothing is selected or verified, the counts of commands begin at zero.
func (c *Card) PowerOn() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.gone, c.count, c.position, c.begun = nil, Count{}, 0, 0
	c.powerUp()
}

// Reset takes power from the card and gives it back: nothing is selected or verified.
// The counts of commands go on. On a real card it is unknown whether a warm reset clears
// the verified state; here it does, as power-off surely does.
func (c *Card) Reset() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.powerUp()
}

func (c *Card) powerUp() {
	c.session = session{verified: map[*part]bool{}, fresh: true}
}

func (c *Card) remove(reason error) error {
	c.powerUp()
	c.gone = reason
	return reason
}

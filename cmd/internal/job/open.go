// Package job does what both programs offer: it opens a card, signs and verifies files.
// The command line and the window add only questions, words and pictures.
//
// It is the one place where cards and signatures meet, and the one that touches the
// user's files: what is written is written beside its place and renamed.
package job

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/card/emu"
	"github.com/jpki-desktop/jpki/card/pcsc"
)

// PracticeReader is the name before the practice card's file where a reader is named.
const PracticeReader = "emu:"

// Source says where the card is.
type Source struct {
	Reader string // part of a PC/SC reader's name, "emu:", "emu:FILE", or "" for the only JPKI card
	Wait   time.Duration
	OnWait func()            // called once if waiting begins; may be nil
	Trace  func(line string) // receives every APDU, secrets masked; may be nil
}

// Card is an open card and the reader it is in.
type Card struct {
	*card.Card
	Reader string
}

// Open finds the card that s describes and selects its JPKI application.
func Open(ctx context.Context, s Source) (*Card, error) {
	file, practice := strings.CutPrefix(s.Reader, PracticeReader)
	if !practice {
		c, reader, err := pcsc.Find(ctx, pcsc.Options{Reader: s.Reader, Wait: s.Wait, OnWait: s.OnWait, Trace: s.Trace})
		if err != nil {
			return nil, err
		}
		return &Card{c, reader}, nil
	}
	practiceCard, err := OpenPractice(file)
	if err != nil {
		return nil, err
	}
	conn := card.Conn(inProcess{practiceCard})
	if s.Trace != nil {
		conn = card.Trace(conn, s.Trace)
	}
	c, err := card.New(conn)
	if err != nil {
		conn.Close()
		return nil, &card.ReaderError{Names: []string{s.Reader}, Err: err}
	}
	return &Card{c, s.Reader}, nil
}

// inProcess gives the practice card, which knows nothing of package card, that
// package's error for a card that left.
type inProcess struct{ *emu.Card }

func (c inProcess) Transmit(capdu []byte) ([]byte, error) {
	answer, err := c.Card.Transmit(capdu)
	return answer, removed(err)
}

func (c inProcess) Begin() error { return removed(c.Card.Begin()) }

func removed(err error) error {
	if errors.Is(err, emu.ErrRemoved) {
		return card.ErrRemoved
	}
	return err
}

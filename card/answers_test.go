package card_test

import (
	"bytes"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"errors"
	"math/big"
	"testing"
	"time"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/card/emu"
)

// puppet answers with whatever the fuzzer says: each answer is preceded by its length.
// When nothing is left it repeats the last answer for ever.
type puppet struct {
	answers []byte
	last    []byte
	n       int
}

func (p *puppet) Begin() error { return nil }
func (p *puppet) End() error   { return nil }
func (p *puppet) Close() error { return nil }

func (p *puppet) Transmit([]byte) ([]byte, error) {
	p.n++
	if len(p.answers) > 0 {
		n := min(int(p.answers[0]), len(p.answers)-1)
		p.last, p.answers = p.answers[1:1+n], p.answers[1+n:]
	}
	return bytes.Clone(p.last), nil
}

// maxCommands bounds what any answers can make one call send: 1,024 reads, each with a
// wrong Le and 64 GET RESPONSE, and what goes before them.
const maxCommands = 1100 * 66

func FuzzAnswers(f *testing.F) {
	ok := "\x02\x90\x00"
	f.Add([]byte(ok))
	f.Add([]byte("\x02\x6F\x00" + ok + ok + "\x07\x30\x03\x01\x02\x03\x90\x00"))
	f.Add([]byte(ok + ok + "\x02\x61\x00"))
	f.Add([]byte(ok + ok + "\x02\x6C\x10"))
	f.Add([]byte(ok + ok + "\x03\x30\x62\x82"))
	f.Add([]byte(ok + ok + "\x06\x30\x82\x7F\xF0\x90\x00" + "\x03\x00\x90\x00"))
	f.Add([]byte(ok + ok + "\x02\x63\xC5" + ok + ok + ok + ok))
	f.Add([]byte("\x00"))
	ask := func(card.Key, int) (card.PIN, error) { return card.PIN("ABC123"), nil }
	calls := []func(c *card.Card) error{
		func(c *card.Card) error { _, err := c.Info(); return err },
		func(c *card.Card) error { _, err := c.Retries(card.SignKey); return err },
		func(c *card.Card) error { _, err := c.Certificate(card.AuthKey, ask); return err },
		func(c *card.Card) error { _, err := c.Certificate(card.SignKey, ask); return err },
		func(c *card.Card) error { _, err := c.CA(card.SignKey); return err },
		func(c *card.Card) error {
			pub := &rsa.PublicKey{N: new(big.Int).Lsh(big.NewInt(1), 2047), E: 65537}
			_, err := c.Signer(card.SignKey, pub, ask).Sign(nil, make([]byte, 32), crypto.SHA256)
			if err == nil {
				return errors.New("signed by a key that there is not")
			}
			return nil
		},
	}
	f.Fuzz(func(t *testing.T, answers []byte) {
		for i, call := range calls {
			p := &puppet{answers: answers}
			c, err := card.New(p)
			if err != nil {
				continue
			}
			err = call(c)
			if p.n > maxCommands {
				t.Fatalf("call %d sent %d commands: %v", i, p.n, err)
			}
			if i == len(calls)-1 && err != nil {
				t.Fatal(err)
			}
		}
	})
}

// pulled is a practice card that says card.ErrRemoved when it is gone, and remembers the
// buffers that it was handed.
type pulled struct {
	*emu.Card
	sent [][]byte
}

func (p *pulled) Transmit(capdu []byte) ([]byte, error) {
	p.sent = append(p.sent, capdu)
	answer, err := p.Card.Transmit(capdu)
	return answer, removed(err)
}

func (p *pulled) Begin() error { return removed(p.Card.Begin()) }

func removed(err error) error {
	if errors.Is(err, emu.ErrRemoved) {
		return card.ErrRemoved
	}
	return err
}

func TestRemovalAtEveryCommandLeavesNoPIN(t *testing.T) {
	key := practiceKey(t)
	der, err := x509.CreateCertificate(rand.Reader,
		&x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour)},
		&x509.Certificate{}, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	for _, session := range []struct {
		name string
		pin  string
		run  func(c *card.Card, ask card.PINFunc) error
	}{
		{"sign", emu.SignPIN, func(c *card.Card, ask card.PINFunc) error {
			cert, err := c.Certificate(card.SignKey, ask)
			if err != nil {
				return err
			}
			if err := c.Release(); err != nil {
				return err
			}
			_, err = c.Signer(card.SignKey, cert.PublicKey, ask).Sign(nil, digestOf(sha256), sha256)
			return err
		}},
		{"look", emu.SignPIN, func(c *card.Card, _ card.PINFunc) error {
			_, infoErr := c.Info()
			_, signErr := c.Retries(card.SignKey)
			_, authErr := c.Retries(card.AuthKey)
			return errors.Join(infoErr, signErr, authErr)
		}},
		{"change", emu.AuthPIN, func(c *card.Card, ask card.PINFunc) error {
			old, err := ask(card.AuthKey, 3)
			if err != nil {
				return err
			}
			return c.ChangePIN(card.AuthKey, old, card.PIN("5678"))
		}},
	} {
		t.Run(session.name, func(t *testing.T) {
			for n := 1; ; n++ {
				e, err := emu.New(emu.Mynumber, emu.Content{SignCert: der, SignKey: key, AuthCert: der, AuthKey: key})
				if err != nil {
					t.Fatal(err)
				}
				e.Inject(emu.Fault{Kind: emu.FaultRemove, At: n})
				conn := &pulled{Card: e}
				pin, asked := card.PIN(session.pin), false
				c, err := card.New(conn)
				if err == nil {
					err = session.run(c, func(card.Key, int) (card.PIN, error) {
						asked = true
						return pin, nil
					})
					if err == nil {
						c.Close()
					}
				}
				if asked {
					expectWiped(t, &script{sent: conn.sent}, pin)
				}
				if err == nil {
					if n < 5 {
						t.Errorf("the session took %d commands only", n-1)
					}
					return
				}
				if !errors.Is(err, card.ErrRemoved) {
					t.Errorf("removed at command %d: %v", n, err)
				}
			}
		})
	}
}

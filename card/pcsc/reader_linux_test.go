package pcsc_test

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/card/cardtest"
	"github.com/jpki-desktop/jpki/card/emu"
	"github.com/jpki-desktop/jpki/card/pcsc"
	"github.com/jpki-desktop/jpki/card/pcsc/pcsctest"
	"github.com/jpki-desktop/jpki/sign/testca"
)

// practice is the content of all practice cards, made once.
var practice = sync.OnceValues(func() (c emu.Content, err error) {
	signCA, err1 := testca.New()
	authCA, err2 := testca.New(testca.ForAuthentication())
	c.SignKey, err = rsa.GenerateKey(rand.Reader, 2048)
	if err = errors.Join(err, err1, err2); err != nil {
		return c, err
	}
	c.AuthKey, err = rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return c, err
	}
	sign, err1 := signCA.IssueSigning(&c.SignKey.PublicKey, testca.SampleOwner())
	auth, err2 := authCA.IssueAuth(&c.AuthKey.PublicKey)
	if err := errors.Join(err1, err2); err != nil {
		return c, err
	}
	c.SignCert, c.SignCA = sign.Raw, signCA.Cert.Raw
	c.AuthCert, c.AuthCA = auth.Raw, authCA.Cert.Raw
	return c, nil
})

func newCard(t *testing.T) (*emu.Card, emu.Content) {
	t.Helper()
	content, err := practice()
	if err != nil {
		t.Fatal(err)
	}
	c, err := emu.New(emu.Mynumber, content)
	if err != nil {
		t.Fatal(err)
	}
	return c, content
}

// insert puts a practice card into a reader and waits until the service has noticed. So
// does pull, and the end of the test.
func insert(t *testing.T, c *emu.Card, addr string) (pull func()) {
	t.Helper()
	pull = put(t, c, addr)
	awaitPresence(t, readerAt(addr), true)
	return pull
}

// put is insert that does not wait.
func put(t *testing.T, c *emu.Card, addr string) (pull func()) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		emu.Serve(ctx, addr, c, nil) // ends with an error when a fault removes the card
	}()
	pull = sync.OnceFunc(func() {
		cancel()
		<-ended
		awaitPresence(t, readerAt(addr), false)
	})
	t.Cleanup(pull)
	return pull
}

func readerAt(addr string) string {
	if addr == pcsctest.Addr2 {
		return pcsctest.Reader2
	}
	return pcsctest.Reader
}

// awaitPresence waits until the service reports a card in the reader, or none.
func awaitPresence(t *testing.T, reader string, want bool) {
	t.Helper()
	for range 500 {
		readers, err := pcsc.Readers()
		if err != nil {
			return // the service is gone, and with it the card
		}
		for _, r := range readers {
			if r.Name == reader && r.Present == want {
				return
			}
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("%s: present is not %v after 5 seconds", reader, want)
}

// inService starts the service in a namespace for the test, or returns false outside.
func inService(t *testing.T) (*pcsctest.Service, bool) {
	t.Helper()
	t.Parallel() // each in a namespace of its own, and mostly waiting
	if !pcsctest.InNamespace(t) {
		return nil, false
	}
	return pcsctest.StartPCSCD(t), true
}

func TestConformanceThroughTheService(t *testing.T) {
	if _, ok := inService(t); !ok {
		return
	}
	_, content := newCard(t)
	cardtest.Conformance(t, func(t *testing.T) card.Conn {
		c, _ := newCard(t)
		insert(t, c, pcsctest.Addr)
		conn, err := pcsc.Open(pcsctest.Reader)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { conn.Close() })
		return conn
	}, cardtest.Facts{
		Kind: card.KindMynumber, Label: "JPKIAPICCTOKEN2", Practice: true,
		SignPIN: emu.SignPIN, NewSignPIN: "XYZ789", SignCert: content.SignCert, SignCA: content.SignCA,
		AuthPIN: emu.AuthPIN, NewAuthPIN: "5678", AuthCert: content.AuthCert, AuthCA: content.AuthCA,
	})
}

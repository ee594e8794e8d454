package cardtest_test

import (
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"sync"
	"testing"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/card/cardtest"
	"github.com/jpki-desktop/jpki/card/emu"
	"github.com/jpki-desktop/jpki/sign/testca"
)

// practice is the content of all cards, made once.
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

func TestPracticeCardInProcess(t *testing.T) {
	content, err := practice()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		profile emu.Profile
		kind    card.Kind
		label   string
	}{
		{emu.Mynumber, card.KindMynumber, "JPKIAPICCTOKEN2"},
		{emu.Juki, card.KindJuki, "JPKIAPICCTOKEN"},
		{emu.Android, card.KindAndroid, "JPKIAPGPSETOKEN"},
	} {
		t.Run(string(c.profile), func(t *testing.T) {
			want := cardtest.Facts{
				Kind: c.kind, Label: c.label, Practice: true,
				SignPIN: emu.SignPIN, NewSignPIN: "XYZ789", SignCert: content.SignCert, SignCA: content.SignCA,
				AuthPIN: emu.AuthPIN, NewAuthPIN: "5678", AuthCert: content.AuthCert, AuthCA: content.AuthCA,
				AuthLocked: c.profile == emu.Android,
			}
			if c.profile == emu.Juki {
				want.AuthCert, want.AuthCA = nil, nil
			}
			cardtest.Conformance(t, func(t *testing.T) card.Conn {
				e, err := emu.New(c.profile, content)
				if err != nil {
					t.Fatal(err)
				}
				return e
			}, want)
		})
	}
}

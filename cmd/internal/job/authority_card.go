package job

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"errors"
	"io/fs"
	"time"

	"github.com/jpki-desktop/jpki/card/emu"
	"github.com/jpki-desktop/jpki/sign/testca"
)

// practiceAuthorities loads both practice authorities, or makes them at first use.
func practiceAuthorities() (a testca.Authorities, err error) {
	if a.Sign, err = practiceAuthority(signAuthority); err != nil {
		return a, err
	}
	a.Auth, err = practiceAuthority(authAuthority, testca.ForAuthentication())
	return a, err
}

// issuePractice has the practice authorities issue the certificates of a new card.
func issuePractice(profile emu.Profile, end time.Time) (emu.Content, error) {
	authorities, c, err := newContent()
	if err != nil {
		return c, err
	}
	err = register{}.Update(func(r *testca.Register) error {
		_, err := fill(&c, authorities, r, practiceLife(profile, time.Now(), end)...)
		return err
	})
	return c, err
}

// newContent makes the keys of a card, which takes too long to be done under a lock.
func newContent() (a testca.Authorities, c emu.Content, err error) {
	if a, err = practiceAuthorities(); err != nil {
		return a, c, err
	}
	if c.SignKey, err = rsa.GenerateKey(rand.Reader, 2048); err != nil {
		return a, c, err
	}
	c.AuthKey, err = rsa.GenerateKey(rand.Reader, 2048)
	return a, c, err
}

// fill has the authorities certify the keys of c, and returns what they registered.
func fill(c *emu.Content, a testca.Authorities, r *testca.Register, life ...testca.Option) ([]Issued, error) {
	signCert, err := a.Issue(r, testca.KindSign, c.SignKey.Public(), nil, life...)
	if err != nil {
		return nil, err
	}
	authCert, err := a.Issue(r, testca.KindAuth, c.AuthKey.Public(), nil, life...)
	if err != nil {
		return nil, err
	}
	c.SignCert, c.SignCA = signCert.Raw, a.Sign.Cert.Raw
	c.AuthCert, c.AuthCA = authCert.Raw, a.Auth.Cert.Raw
	return last(r, 2), nil
}

// last are the n certificates that were issued last.
func last(r *testca.Register, n int) []Issued {
	var all []Issued
	for _, c := range r.Certificates[len(r.Certificates)-n:] {
		all = append(all, *c)
	}
	return all
}

// RenewPractice renews the practice card in file, or the user's own one if file is "": it
// gets new keys and certificates, which are returned; PINs and tries stay. The old
// certificates are revoked as superseded, if the practice authorities here issued them.
func RenewPractice(file string) ([]Issued, error) {
	path := PracticeFile(file, emu.Mynumber)
	e, err := emu.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fail("practice_missing", err, path)
	}
	if err != nil {
		return nil, fail("practice_unreadable", err, path)
	}
	authorities, content, err := newContent()
	if err != nil {
		return nil, err
	}
	var issued []Issued
	err = register{}.Update(func(r *testca.Register) error {
		old := presentCertificates(e, authorities, r)
		if issued, err = fill(&content, authorities, r); err != nil {
			return err
		}
		for i, c := range old {
			if c != nil {
				next, err := r.Find(issued[i].Serial)
				if err != nil {
					return err
				}
				r.Supersede(c, next, time.Now())
			}
		}
		// Last, so that a card which cannot be written keeps certificates that are good.
		return writing(path, e.Renew(content))
	})
	return issued, err
}

// presentCertificates looks up the two certificates that are on a card: nil for one that
// is not there or from elsewhere. One from before there was a register is entered now.
func presentCertificates(e *emu.Card, a testca.Authorities, r *testca.Register) [2]*testca.Issued {
	var present [2]*testca.Issued
	signDER, authDER := e.Certificates()
	for i, c := range []struct {
		der  []byte
		kind testca.Kind
		ca   *testca.CA
	}{{signDER, testca.KindSign, a.Sign}, {authDER, testca.KindAuth, a.Auth}} {
		cert, err := x509.ParseCertificate(c.der)
		if err != nil || cert.CheckSignatureFrom(c.ca.Cert) != nil {
			continue
		}
		known, err := r.Find(testca.SerialText(cert.SerialNumber))
		if err != nil {
			known = r.Add(c.kind, cert, nil)
		}
		present[i] = known
	}
	return present
}

package job

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/adrg/xdg"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/card/emu"
	"github.com/jpki-desktop/jpki/sign/pki"
	"github.com/jpki-desktop/jpki/sign/testca"
)

// practicePath is the path of a file of the practice card and its authority.
func practicePath(name string) string {
	return filepath.Join(xdg.DataHome, "jpki", "practice", name)
}

// The files of the practice authorities: each has a certificate and a key.
const (
	signAuthority = "sign-ca.pem"
	authAuthority = "auth-ca.pem"
)

// PracticeCA is the path of the certificate of the authority that issues the practice
// card's signing certificate, for other programs to trust in tests.
func PracticeCA() string { return practicePath(signAuthority) }

// PracticeFile is the path of the practice card that file names, "" being the user's
// own one of the given profile.
func PracticeFile(file string, profile emu.Profile) string {
	if file != "" {
		return file
	}
	return practicePath(string(profile) + ".json")
}

// OpenPractice opens the practice card in file, or the user's own one if file is "". It
// is made at first use.
func OpenPractice(file string) (*emu.Card, error) {
	return OpenPracticeProfile(file, "mynumber")
}

// OpenPracticeProfile is OpenPractice for a card that has the given profile if it is
// made now.
func OpenPracticeProfile(file string, profile emu.Profile) (*emu.Card, error) {
	path := PracticeFile(file, profile)
	c, err := emu.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return NewPractice(file, profile, time.Time{})
	}
	if err != nil {
		return nil, fail("practice_unreadable", err, path)
	}
	return c, nil
}

// NewPractice makes a new practice card in file, or the user's own one if file is "",
// in place of the one that is there. Its certificates end at the time end, or where the
// profile says if that is zero.
func NewPractice(file string, profile emu.Profile, end time.Time) (*emu.Card, error) {
	path := PracticeFile(file, profile)
	content, err := issuePractice(profile, end)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, writing(path, err)
	}
	c, err := emu.Create(path, profile, content)
	return c, writing(path, err)
}

// ServePractice puts c into the virtual reader of the vpcd at addr (host:port) until ctx
// ends or a fault takes it out. inserted is called once it is there.
func ServePractice(ctx context.Context, addr string, c *emu.Card, inserted func()) error {
	err := emu.Serve(ctx, addr, c, inserted)
	if errors.Is(err, emu.ErrNoVPCD) {
		return fail("vpcd_unreachable", err, addr)
	}
	return removed(err)
}

// practiceLife returns how long the certificates of a card of the given profile are
// valid: until end if that is given, as the authority decides, or in the past where the
// profile wants it so.
func practiceLife(profile emu.Profile, now, end time.Time) []testca.Option {
	if !end.IsZero() {
		return []testca.Option{testca.WithNotBefore(end.AddDate(-5, 0, 0)), testca.WithNotAfter(end)}
	}
	switch profile {
	case "expired":
		return []testca.Option{testca.WithNotBefore(now.AddDate(-5, 0, 0)), testca.WithNotAfter(now.AddDate(0, -1, 0))}
	case "juki": // the last ones were issued in 2015, for three years
		issued := time.Date(2015, time.December, 1, 9, 0, 0, 0, time.UTC)
		return []testca.Option{testca.WithNotBefore(issued), testca.WithNotAfter(issued.AddDate(3, 0, 0))}
	}
	return nil
}

// practiceAuthority loads a practice authority, or makes it at first use.
func practiceAuthority(name string, opts ...testca.Option) (*testca.CA, error) {
	path := practicePath(name)
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return newPracticeAuthority(path, opts...)
	}
	if err != nil {
		return nil, fail("practice_unreadable", err, path)
	}
	ca, err := testca.Parse(data)
	if err != nil {
		return nil, fail("practice_unreadable", err, path)
	}
	return ca, nil
}

func newPracticeAuthority(path string, opts ...testca.Option) (*testca.CA, error) {
	// Old enough to have issued the certificate of a 住民基本台帳カード.
	begin := time.Date(2015, time.October, 20, 0, 0, 0, 0, time.UTC)
	ca, err := testca.New(append(opts, testca.WithValidity(begin, time.Now().AddDate(10, 0, 0)))...)
	if err != nil {
		return nil, err
	}
	data, err := ca.MarshalPEM()
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, writing(path, err)
	}
	out, err := NewOutput(path, false)
	if err == nil {
		_, err = out.Write(data)
	}
	if err == nil {
		err = out.Commit()
	}
	// Two programs may make it at once: the first one's is everybody's.
	if errors.Is(err, fs.ErrExist) {
		return practiceAuthority(filepath.Base(path), opts...)
	}
	return ca, err
}

// practiceAnchors are the practice authorities of this user, and that of the practice
// card that reader names, if it names one.
func practiceAnchors(reader string) []pki.Anchor {
	var anchors []pki.Anchor
	for _, name := range []string{signAuthority, authAuthority} {
		if data, err := os.ReadFile(practicePath(name)); err == nil {
			if ca, err := testca.Parse(data); err == nil {
				anchors = append(anchors, pki.PracticeAnchor(ca.Cert))
			}
		}
	}
	if file, ok := strings.CutPrefix(reader, PracticeReader); ok && file != "" {
		anchors = append(anchors, fileAnchors(file)...)
	}
	return anchors
}

// fileAnchors are the authorities of the practice card in file, which may have been made
// by another user.
func fileAnchors(file string) []pki.Anchor {
	e, err := emu.Open(file)
	if err != nil {
		return nil
	}
	c, err := card.New(inProcess{e})
	if err != nil {
		return nil
	}
	defer c.Close()
	var anchors []pki.Anchor
	for _, k := range []card.Key{card.SignKey, card.AuthKey} {
		if ca, err := c.CA(k); err == nil {
			anchors = append(anchors, pki.PracticeAnchor(ca))
		}
	}
	return anchors
}

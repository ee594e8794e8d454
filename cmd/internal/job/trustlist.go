package job

import (
	"crypto/x509"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/jpki-desktop/jpki/sign"
	"github.com/jpki-desktop/jpki/sign/pki"
)

// Trusted is an authority that is known here.
type Trusted struct {
	sign.Anchor
	Use       pki.Use
	Subject   string
	KeyID     string // hexadecimal
	NotBefore time.Time
	NotAfter  time.Time
	Cached    string // file of its certificate, read from a card before; "" = none
}

// TrustList returns JPKI's pinned authorities and this user's practice authorities.
func TrustList() []Trusted {
	var list []Trusted
	for _, a := range append(pki.Pinned(), practiceAnchors("")...) {
		t := Trusted{Anchor: a.Anchor, Use: a.Use, KeyID: hex.EncodeToString(a.KeyID), NotBefore: a.NotBefore, NotAfter: a.NotAfter}
		if a.Cert != nil {
			t.Subject = pki.SubjectText(a.Cert)
		}
		real, practice := cachePaths(a.KeyID)
		for _, path := range []string{real, practice} {
			if _, err := os.Stat(path); err == nil {
				t.Cached = path
			}
		}
		list = append(list, t)
	}
	return list
}

// CachedAuthority is the certificate of a CA that was read from a card.
type CachedAuthority struct {
	Path     string
	Subject  string
	Practice bool
	NotAfter time.Time
}

// CachedAuthorities returns what the cache of CA certificates holds.
func CachedAuthorities() []CachedAuthority {
	var list []CachedAuthority
	real, _ := cachePaths(nil)
	paths, _ := filepath.Glob(filepath.Join(filepath.Dir(real), "*.cer"))
	for _, path := range paths {
		der, err := os.ReadFile(path)
		if err != nil {
			continue
		}
		if cert, err := x509.ParseCertificate(der); err == nil {
			practice := strings.HasPrefix(filepath.Base(path), "practice-")
			list = append(list, CachedAuthority{path, pki.SubjectText(cert), practice, cert.NotAfter})
		}
	}
	return list
}

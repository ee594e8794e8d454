package pki

import (
	"bytes"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/x509"
	"slices"
	"testing"
	"time"

	"github.com/jpki-desktop/jpki/sign"
)

func TestPinnedAnchorsAreWhatTheyClaim(t *testing.T) {
	var names []string
	subjects := map[Use]map[string]bool{UseSign: {}, UseAuth: {}}
	for _, a := range Pinned() {
		names = append(names, a.Name)
		key := a.Key.(*rsa.PublicKey)
		sum := sha1.Sum(x509.MarshalPKCS1PublicKey(key))
		if !bytes.Equal(sum[:], a.KeyID) {
			t.Errorf("%s: the key identifier %x is not the SHA-1 of the key, %x", a.Name, a.KeyID, sum)
		}
		if key.N.BitLen() != 2048 || key.E != 65537 {
			t.Errorf("%s: RSA %d, exponent %d", a.Name, key.N.BitLen(), key.E)
		}
		if life := a.NotAfter.Sub(a.NotBefore); life < 9*365*24*time.Hour || life > 11*365*24*time.Hour {
			t.Errorf("%s lives from %v to %v", a.Name, a.NotBefore, a.NotAfter)
		}
		if a.NotBefore.Year() < 2015 || a.Kind != sign.AnchorPinned || a.Serial.Sign() <= 0 || !a.jpki() {
			t.Errorf("%s: %v, serial %v, from %v", a.Name, a.Kind, a.Serial, a.NotBefore)
		}
		subjects[a.Use][distinguishedName(a.Subject).key()] = true
	}
	slices.Sort(names)
	if want := []string{"authca01", "authca03", "signca01", "signca02", "signca03"}; !slices.Equal(names, want) {
		t.Errorf("pinned are %v, want %v", names, want)
	}
	if len(subjects[UseSign]) != 1 || len(subjects[UseAuth]) != 1 {
		t.Errorf("generations differ in name: %v", subjects)
	}
	if got := len(NewStore(Pinned()...).anchors); got != len(names) {
		t.Errorf("a store keeps %d of %d", got, len(names))
	}
}

func TestMalformedPinsAreErrors(t *testing.T) {
	for _, bad := range []string{
		"", "{", `{"anchors":[{"subject":"C=JP"}]}`,
		`{"anchors":[{"subject":"X=JP","serial":"1","ski":"00","rsa_modulus":"1"}]}`,
		`{"anchors":[{"subject":"C=JP","serial":"1","ski":"0","rsa_modulus":"1"}]}`,
	} {
		if a, err := readPinned([]byte(bad)); err == nil {
			t.Errorf("%q gives %v", bad, a)
		}
	}
}

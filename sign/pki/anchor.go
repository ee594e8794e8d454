package pki

import (
	"bytes"
	"crypto"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	_ "embed"
	"encoding/asn1"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/jpki-desktop/jpki/sign"
)

// Anchor is a key that certification paths may end at (RFC 5280 section 6.1.1 d).
type Anchor struct {
	sign.Anchor
	Subject             []byte // DER of the authority's distinguished name
	Key                 crypto.PublicKey
	KeyID               []byte            // key identifier; empty = unknown
	Serial              *big.Int          // serial number of the authority's own certificate; nil = unknown
	NotBefore, NotAfter time.Time         // validity of that certificate
	Use                 Use               // what JPKI's authority certifies; UseAny for others
	Cert                *x509.Certificate // nil for pinned keys

	name string // Subject in the form in which names are compared; set by NewStore
}

// jpki tells whether the rules of JPKI apply under a, beside those of RFC 5280.
func (a *Anchor) jpki() bool { return a.Kind != sign.AnchorUser }

// claimed tells whether a key identifier, or the serial number of an authority's
// certificate, is that of a. Only JPKI numbers its generations so that none repeats.
func (a *Anchor) claimed(keyID []byte, serial *big.Int) bool {
	return len(a.KeyID) > 0 && bytes.Equal(a.KeyID, keyID) ||
		a.jpki() && a.Serial != nil && serial != nil && a.Serial.Cmp(serial) == 0
}

// UserAnchor makes an anchor of a certificate that the user names. That of J-LIS's test
// authority (O=JPKI-TEST) becomes an anchor of the kind test, under which JPKI's rules
// apply; any other means RFC 5280 alone.
func UserAnchor(cert *x509.Certificate) Anchor {
	if originOf(cert.Subject) == OriginTest {
		return certified(cert, sign.AnchorTest)
	}
	return certified(cert, sign.AnchorUser)
}

// PracticeAnchor makes an anchor of the certificate of a practice card's authority.
func PracticeAnchor(cert *x509.Certificate) Anchor {
	return certified(cert, sign.AnchorPractice)
}

func certified(cert *x509.Certificate, kind sign.AnchorKind) Anchor {
	a := Anchor{
		Anchor:  sign.Anchor{Name: SubjectText(cert), Kind: kind},
		Subject: cert.RawSubject, Key: cert.PublicKey, KeyID: cert.SubjectKeyId, Serial: cert.SerialNumber,
		NotBefore: cert.NotBefore, NotAfter: cert.NotAfter,
		Use: UseAny, Cert: cert,
	}
	if kind != sign.AnchorUser {
		a.Use = authorityUse(cert.Subject)
	}
	return a
}

//go:embed anchors.json
var pinnedFile []byte

// Pinned returns the known generations of JPKI's two authorities, by their public keys.
// All generations of one have the same name. The second generation of the authentication
// authority is missing: its key is not known here.
func Pinned() []Anchor { return slices.Clone(pinned()) }

var pinned = sync.OnceValue(func() []Anchor {
	anchors, err := readPinned(pinnedFile)
	if err != nil {
		panic(err) // the file is part of the program, and a test reads it
	}
	return anchors
})

// pin is an anchor as anchors.json has it.
type pin struct {
	Name        string
	Use         Use
	Subject     string    // RFC 4514, without escapes
	Serial      string    // hexadecimal
	NotBefore   time.Time `json:"not_before"`
	NotAfter    time.Time `json:"not_after"`
	SKI         string    // hexadecimal
	RSAModulus  string    `json:"rsa_modulus"` // hexadecimal
	RSAExponent int       `json:"rsa_exponent"`
}

func readPinned(data []byte) ([]Anchor, error) {
	var file struct{ Anchors []pin }
	if err := json.Unmarshal(data, &file); err != nil {
		return nil, fmt.Errorf("reading pinned anchors: %w", err)
	}
	var anchors []Anchor
	for _, p := range file.Anchors {
		a, err := p.anchor()
		if err != nil {
			return nil, fmt.Errorf("reading pinned anchor %s: %w", p.Name, err)
		}
		anchors = append(anchors, a)
	}
	return anchors, nil
}

func (p pin) anchor() (Anchor, error) {
	modulus, ok := new(big.Int).SetString(p.RSAModulus, 16)
	serial, ok2 := new(big.Int).SetString(p.Serial, 16)
	id, err := hex.DecodeString(p.SKI)
	if !ok || !ok2 || err != nil {
		return Anchor{}, fmt.Errorf("malformed hexadecimal")
	}
	subject, err := encodeName(p.Subject)
	return Anchor{
		Anchor:  sign.Anchor{Name: p.Name, Kind: sign.AnchorPinned},
		Subject: subject, Key: &rsa.PublicKey{N: modulus, E: p.RSAExponent}, KeyID: id, Serial: serial,
		NotBefore: p.NotBefore, NotAfter: p.NotAfter, Use: p.Use,
	}, err
}

// encodeName encodes a name of JPKI's authorities: RFC 4514 writes the last part first.
func encodeName(text string) ([]byte, error) {
	types := map[string]int{"C": 6, "O": 10, "OU": 11}
	var rdns pkix.RDNSequence
	for _, part := range slices.Backward(strings.Split(text, ",")) {
		kind, value, _ := strings.Cut(part, "=")
		if types[kind] == 0 {
			return nil, fmt.Errorf("unknown attribute type %q", kind)
		}
		rdns = append(rdns, pkix.RelativeDistinguishedNameSET{{
			Type: asn1.ObjectIdentifier{2, 5, 4, types[kind]}, Value: value,
		}})
	}
	return asn1.Marshal(rdns)
}

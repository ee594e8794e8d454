package tsp_test

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"testing"
	"time"

	"github.com/jpki-desktop/jpki/sign/testca"
	"github.com/jpki-desktop/jpki/sign/tsp"
)

var moment = time.Date(2026, 11, 22, 19, 0, 0, 0, time.UTC)

func authority(t testing.TB) *testca.TSA {
	t.Helper()
	ca, err := testca.New()
	if err != nil {
		t.Fatal(err)
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	a, err := ca.NewTSA(key)
	if err != nil {
		t.Fatal(err)
	}
	a.Now, a.Accuracy, a.Ordering = func() time.Time { return moment }, 2*time.Second, true
	return a
}

func respond(t testing.TB, a *testca.TSA) []byte {
	t.Helper()
	sum := sha256.Sum256([]byte("signature"))
	der, err := a.Respond(tsp.Request(crypto.SHA256, sum[:], big.NewInt(42)))
	if err != nil {
		t.Fatal(err)
	}
	return der
}

func TestTokenSaysWhatWasAsked(t *testing.T) {
	r, err := tsp.ParseResponse(respond(t, authority(t)))
	if err != nil || r.Status != tsp.Granted {
		t.Fatalf("%+v, %v", r, err)
	}
	i, err := tsp.InfoOf(r.Token)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256([]byte("signature"))
	if i.Hash != crypto.SHA256 || !bytes.Equal(i.Imprint, sum[:]) || i.Nonce.Int64() != 42 || !i.Time.Equal(moment) ||
		i.Accuracy != 2*time.Second || i.Policy != testca.PolicyTSA.String() || i.Serial.Sign() <= 0 {
		t.Errorf("%+v", i)
	}
}

func TestRefusalIsRead(t *testing.T) {
	a := authority(t)
	a.Status, a.Failure, a.Text = 2, 15, "not that one"
	r, err := tsp.ParseResponse(respond(t, a))
	if err != nil || r.Status != 2 || r.Failure != "unacceptedPolicy" || r.Text != "not that one" || r.Token != nil {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestCriticalExtensionIsRefused(t *testing.T) {
	a := authority(t)
	for critical, accepted := range map[bool]bool{false: true, true: false} {
		a.Extra = []pkix.Extension{{Id: asn1.ObjectIdentifier{1, 2, 3}, Critical: critical, Value: []byte{5, 0}}}
		r, err := tsp.ParseResponse(respond(t, a))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tsp.InfoOf(r.Token); (err == nil) != accepted {
			t.Errorf("critical %v: %v", critical, err)
		}
	}
}

// timeOnly is a TSTInfo with that genTime and what may follow it.
func timeOnly(genTime string, rest ...byte) []byte {
	body := append([]byte{2, 1, 1, 6, 2, 0x2A, 3, 0x30, 0x2F, 0x30, 0x0B, 6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1, 4, 0x20}, make([]byte, 32)...)
	body = append(body, 2, 1, 9, 0x18, byte(len(genTime)))
	body = append(append(body, genTime...), rest...)
	return append([]byte{0x30, byte(len(body))}, body...)
}

func TestTimesOfTSTInfo(t *testing.T) {
	for text, want := range map[string]time.Time{
		"20261122190000Z":            moment,
		"20261122190000.5Z":          moment.Add(500 * time.Millisecond),
		"20261122190000.123456789Z":  moment.Add(123456789),
		"20261122190000":             {},
		"20261122190000+0900":        {},
		"20261122190000.Z":           {},
		"20261322190000Z":            {},
		"20261122190000,5Z":          {},
		"261122190000Z":              {},
		"20261122190000.1234567890Z": {},
	} {
		i, err := tsp.ParseInfo(timeOnly(text))
		if (err == nil) != !want.IsZero() {
			t.Errorf("%s: %v", text, err)
		} else if err == nil && !i.Time.Equal(want) {
			t.Errorf("%s: %v", text, i.Time)
		}
	}
}

func TestAccuracies(t *testing.T) {
	for _, c := range []struct {
		rest []byte
		want time.Duration
		ok   bool
	}{
		{nil, 0, true},
		{[]byte{0x30, 0}, 0, true},
		{[]byte{0x30, 3, 2, 1, 5}, 5 * time.Second, true},
		{[]byte{0x30, 3, 0x80, 1, 5}, 5 * time.Millisecond, true},
		{[]byte{0x30, 6, 0x80, 1, 5, 0x81, 1, 7}, 5007 * time.Microsecond, true},
		{[]byte{0x30, 6, 0x81, 1, 5, 0x80, 1, 7}, 0, false},
		{[]byte{0x30, 3, 2, 1, 0xFF}, 0, false},
		{[]byte{0x30, 3, 0x80, 1, 0}, 0, false},
		{[]byte{1, 1, 0xFF, 2, 1, 7}, 0, true},
		{[]byte{5, 0}, 0, false},
	} {
		i, err := tsp.ParseInfo(timeOnly("20261122190000Z", c.rest...))
		if (err == nil) != c.ok || err == nil && i.Accuracy != c.want {
			t.Errorf("% x: %+v, %v", c.rest, i, err)
		}
	}
}

// FuzzTSTInfo: what is accepted has a time in UTC, a serial number, a digest of its
// algorithm's size, and no accuracy below zero.
func FuzzTSTInfo(f *testing.F) {
	f.Add(timeOnly("20261122190000.25Z", 0x30, 3, 2, 1, 5, 1, 1, 0xFF, 2, 1, 7))
	f.Add(timeOnly("20261122190000Z", 0xA1, 9, 0x30, 7, 6, 2, 0x2A, 3, 4, 1, 0))
	f.Fuzz(func(t *testing.T, der []byte) {
		i, err := tsp.ParseInfo(der)
		if err != nil {
			return
		}
		if i.Serial == nil || i.Accuracy < 0 || i.Policy == "" || i.Time.Location() != time.UTC || i.Hash != 0 && len(i.Imprint) != i.Hash.Size() {
			t.Errorf("%+v", i)
		}
	})
}

// FuzzTimestampResponse: a token that is accepted is an element of its own within the
// response, and what it says can be read again.
func FuzzTimestampResponse(f *testing.F) {
	a := authority(f)
	f.Add(respond(f, a))
	a.Status, a.Text, a.Failure = 2, "text", 25
	f.Add(respond(f, a))
	f.Fuzz(func(t *testing.T, der []byte) {
		r, err := tsp.ParseResponse(der)
		if err != nil {
			return
		}
		if r.Status < 0 || r.Token != nil && (r.Token[0] != 0x30 || !bytes.HasSuffix(der, r.Token)) {
			t.Errorf("%+v", r)
		}
		if i, err := tsp.InfoOf(r.Token); err == nil && i.Serial == nil {
			t.Errorf("%+v", i)
		}
	})
}

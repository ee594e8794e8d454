package testca

import (
	"bytes"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"math/big"
	"reflect"
	"strings"
	"testing"
	"time"
)

// authorities are two with keys that are made fast.
func authorities(t testing.TB) Authorities {
	t.Helper()
	var a Authorities
	var err error
	if a.Sign, err = New(WithKey(ecKey(t, elliptic.P256()))); err != nil {
		t.Fatal(err)
	}
	if a.Auth, err = New(WithKey(ecKey(t, elliptic.P256())), ForAuthentication()); err != nil {
		t.Fatal(err)
	}
	return a
}

func register(t testing.TB) *Register {
	t.Helper()
	r, err := ParseRegister(nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestStandings(t *testing.T) {
	at := time.Date(2026, 3, 15, 1, 2, 3, 4, time.UTC)
	for _, c := range []struct {
		reasons []string
		want    error
		end     Standing
		state   State
		code    int
	}{
		{nil, nil, StandingGood, Good, 0},
		{[]string{ReasonLoss}, nil, StandingRevoked, Revoked, KeyCompromise},
		{[]string{ReasonAddress}, nil, StandingRevoked, Revoked, AffiliationChanged},
		{[]string{ReasonCessation}, nil, StandingRevoked, Revoked, CessationOfOperation},
		{[]string{ReasonOther}, nil, StandingRevoked, Revoked, Unspecified},
		{[]string{ReasonHold}, nil, StandingHeld, Revoked, CertificateHold},
		{[]string{ReasonHold, ReasonRelease}, nil, StandingGood, Good, 0},
		{[]string{ReasonHold, ReasonLoss}, nil, StandingRevoked, Revoked, KeyCompromise},
		{[]string{ReasonRelease}, ErrNotHeld, StandingGood, Good, 0},
		{[]string{ReasonLoss, ReasonRelease}, ErrAlreadyRevoked, StandingRevoked, Revoked, KeyCompromise},
		{[]string{ReasonLoss, ReasonHold}, ErrAlreadyRevoked, StandingRevoked, Revoked, KeyCompromise},
		{[]string{ReasonLoss, ReasonAddress}, ErrAlreadyRevoked, StandingRevoked, Revoked, KeyCompromise},
		{[]string{"boredom"}, ErrUnknownReason, StandingGood, Good, 0},
	} {
		t.Run(strings.Join(c.reasons, " "), func(t *testing.T) {
			r := register(t)
			cert := &x509.Certificate{SerialNumber: big.NewInt(0xAB)}
			issued := r.Add(KindSign, cert, nil)
			var err error
			for _, reason := range c.reasons {
				_, err = r.Revoke("00:ab", reason, at)
			}
			if !errors.Is(err, c.want) || issued.Status != c.end {
				t.Errorf("%v, %s", err, issued.Status)
			}
			s := r.status(KindSign, cert.SerialNumber)
			if s.State != c.state || s.Reason != c.code || s.State == Revoked && !s.At.Equal(at.Truncate(time.Second)) {
				t.Errorf("%+v", s)
			}
			if got := len(r.entries(KindSign, "")); (got == 1) != (c.state == Revoked) {
				t.Errorf("%d entries", got)
			}
			if len(r.entries(KindAuth, "")) != 0 || r.status(KindAuth, cert.SerialNumber).State != Unknown {
				t.Error("the other authority knows of it")
			}
			parsed(t, r)
		})
	}
}

// parsed holds a register to what is read of it after it was written.
func parsed(t testing.TB, r *Register) {
	t.Helper()
	data, err := r.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	again, err := ParseRegister(data)
	if err != nil {
		t.Fatalf("%v\n%s", err, data)
	}
	if len(r.Certificates) > 0 && !reflect.DeepEqual(r, again) {
		t.Errorf("another register was read from\n%s", data)
	}
}

func TestRenewalSupersedes(t *testing.T) {
	a, r := authorities(t), register(t)
	owner := SampleOwner()
	owner.Name, owner.Locality = "練習　太郎", "Renshu-cho"
	first, err := a.Issue(r, KindSign, ecKey(t, elliptic.P256()).Public(), &owner)
	if err != nil {
		t.Fatal(err)
	}
	serial := SerialText(first.SerialNumber)
	second, err := a.Renew(r, serial, nil, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first.RawSubjectPublicKeyInfo, second.RawSubjectPublicKeyInfo) || first.SerialNumber.Cmp(second.SerialNumber) == 0 {
		t.Error("not a new certificate for the same key")
	}
	if !bytes.Equal(alternativeNames(first), alternativeNames(second)) || second.Subject.Locality[0] != "Renshu-cho" {
		t.Error("not the same owner")
	}
	old, err := r.Find(serial)
	if err != nil || old.Reason != ReasonSuperseded || old.RenewedBy != SerialText(second.SerialNumber) {
		t.Errorf("%+v, %v", old, err)
	}
	if _, err := a.Renew(r, serial, nil, time.Now()); !errors.Is(err, ErrAlreadyRevoked) {
		t.Errorf("renewed again: %v", err)
	}
	if !r.knows("Renshu-cho") || r.knows("Nowhere-shi") || len(r.entries(KindSign, "Renshu-cho")) != 1 || len(r.entries(KindSign, "Mihon-shi")) != 0 {
		t.Error("not the municipality's")
	}
	parsed(t, r)
}

// alternativeNames is the subject's alternative names.
func alternativeNames(cert *x509.Certificate) []byte {
	for _, e := range cert.Extensions {
		if e.Id.Equal(ExtSubjectAltName) {
			return e.Value
		}
	}
	return nil
}

func TestIssueNamesTheResponder(t *testing.T) {
	a, r := authorities(t), register(t)
	for address, want := range map[string]string{"": "http://127.0.0.1:8780/ocsp", "127.0.0.1:9999": "http://127.0.0.1:9999/ocsp"} {
		r.Address = address
		for _, k := range []Kind{KindSign, KindAuth} {
			cert, err := a.Issue(r, k, ecKey(t, elliptic.P384()).Public(), nil)
			if err != nil || len(cert.OCSPServer) != 1 || cert.OCSPServer[0] != want {
				t.Errorf("%s: %v, %v", k, cert.OCSPServer, err)
			}
		}
	}
	if _, err := a.Issue(r, KindTSA, ecKey(t, elliptic.P256()).Public(), nil); !errors.Is(err, ErrBadKind) {
		t.Errorf("issued: %v", err)
	}
	if _, err := a.Issue(r, KindSign, ecKey(t, elliptic.P224()).Public(), nil); !errors.Is(err, ErrWeakKey) {
		t.Errorf("issued: %v", err)
	}
	if _, err := a.Issue(r, KindSign, ecKey(t, elliptic.P256()).Public(), &Owner{Locality: strings.Repeat("x", 1001)}); !errors.Is(err, ErrBadOwner) {
		t.Errorf("issued: %v", err)
	}
}

// request is a certificate request in PEM, with a byte of its signature changed if broken.
func request(t testing.TB, broken bool) []byte {
	t.Helper()
	der, err := x509.CreateCertificateRequest(rand.Reader, &x509.CertificateRequest{}, ecKey(t, elliptic.P256()))
	if err != nil {
		t.Fatal(err)
	}
	if broken {
		der[len(der)-1] ^= 1
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE REQUEST", Bytes: der})
}

func TestPossessionIsProven(t *testing.T) {
	if _, err := ParseRequest(request(t, false)); err != nil {
		t.Error(err)
	}
	if _, err := ParseRequest(request(t, true)); !errors.Is(err, ErrPossession) {
		t.Errorf("a false proof: %v", err)
	}
	spki, err := x509.MarshalPKIXPublicKey(ecKey(t, elliptic.P256()).Public())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ParseRequest(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: spki})); err != nil {
		t.Error(err)
	}
	for _, bad := range []string{"", "text", "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n", "-----BEGIN PUBLIC KEY-----\nMAA=\n-----END PUBLIC KEY-----\n"} {
		if _, err := ParseRequest([]byte(bad)); !errors.Is(err, ErrBadRequest) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestRegisterHasAnEnd(t *testing.T) {
	r := register(t)
	for n := range int64(maxIssued + 3) {
		r.Add(KindAuth, &x509.Certificate{SerialNumber: big.NewInt(n + 1), RawSubjectPublicKeyInfo: make([]byte, maxKey)}, nil)
	}
	if len(r.Certificates) != maxIssued || r.Certificates[0].Serial != "4" {
		t.Fatalf("%d, from %s", len(r.Certificates), r.Certificates[0].Serial)
	}
	parsed(t, r) // which has forgotten some, for want of room
	if _, err := r.Find(SerialText(big.NewInt(maxIssued + 3))); err != nil || len(r.Certificates) == maxIssued {
		t.Errorf("%v, %d", err, len(r.Certificates))
	}
}

// FuzzRegister holds that what is read of a register is written the same way again.
func FuzzRegister(f *testing.F) {
	a, r := authorities(f), register(f)
	for _, k := range []Kind{KindSign, KindAuth} {
		if _, err := a.Issue(r, k, ecKey(f, elliptic.P256()).Public(), nil); err != nil {
			f.Fatal(err)
		}
	}
	if _, err := r.Revoke(r.Certificates[0].Serial, ReasonHold, time.Now()); err != nil {
		f.Fatal(err)
	}
	data, err := r.Marshal()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte(`{"version":1,"changes":0,"certificates":[null]}`))
	f.Add([]byte(`{"version":1,"changes":0,"certificates":[{"serial":"1","kind":"sign","status":"revoked"}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := ParseRegister(data)
		if err != nil {
			return
		}
		for _, c := range r.Certificates {
			r.status(c.Kind, c.serial())
			r.entries(c.Kind, c.Municipality)
		}
		first, err := r.Marshal()
		if err != nil {
			t.Fatal(err)
		}
		again, err := ParseRegister(first)
		if err != nil {
			t.Fatal(err)
		}
		if second, err := again.Marshal(); err != nil || !bytes.Equal(first, second) {
			t.Errorf("%s\n%s", first, second)
		}
	})
}

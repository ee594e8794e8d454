package job

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jpki-desktop/jpki/card/emu"
	"github.com/jpki-desktop/jpki/sign"
	"github.com/jpki-desktop/jpki/sign/testca"
)

// served runs the practice authorities with that spoil until the test ends, and returns
// where they are.
func served(t *testing.T, spoils ...string) string {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	url, ended := make(chan string, 1), make(chan error, 1)
	go func() {
		ended <- ServeAuthority(ctx, AuthorityService{Listen: "127.0.0.1:0", Spoils: spoils, Serving: func(u string) { url <- u }})
	}()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	select {
	case u := <-url:
		return u
	case err := <-ended:
		ended <- nil
		t.Fatal(err)
	}
	return ""
}

// verdictOn is that on the card's signing certificate, and the codes of what was found.
func verdictOn(t *testing.T, der []byte, trust Trust) (sign.Verdict, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "cert.cer")
	if err := os.WriteFile(path, der, 0o600); err != nil {
		t.Fatal(err)
	}
	certs, err := FileCertificates(t.Context(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	trust.Practice = true
	certs[0].Kind = SignCert // whatever else it looks like
	s, err := CheckCertificate(t.Context(), certs[0], nil, &trust, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, f := range s.Findings {
		codes = append(codes, f.Code)
	}
	return s.Verdict, strings.Join(codes, " ")
}

// TestEverySpoiltAnswerIsSeenThrough has the service lie in every way that it can, and
// holds that none of it passes here.
func TestEverySpoiltAnswerIsSeenThrough(t *testing.T) {
	c, err := content()
	if err != nil {
		t.Fatal(err)
	}
	for _, spoil := range append(AuthoritySpoils(), "") {
		service, name, _ := strings.Cut(spoil, "=")
		if name == "slow" {
			continue // it takes as long as the timeout, which package pki tests
		}
		t.Run(spoil, func(t *testing.T) {
			// No nonce is allowed, and said; no owner is shown as none.
			want := spoil == "" || spoil == "ocsp=no-nonce" || spoil == "certificate=owner"
			var url string
			if url = served(t); spoil != "" {
				url = served(t, spoil)
			}
			if service == "ocsp" || spoil == "" {
				if v, codes := verdictOn(t, c.SignCert, Trust{OCSP: url + "/ocsp"}); (v == sign.Passed) != want {
					t.Errorf("OCSP: %s %s", v, codes)
				}
			}
			if service == "crl" || spoil == "" {
				path := filepath.Join(t.TempDir(), "full.crl")
				if err := os.WriteFile(path, fetched(t, url+"/crl/full.crl"), 0o600); err != nil {
					t.Fatal(err)
				}
				if v, codes := verdictOn(t, c.SignCert, Trust{CRLs: []string{path}}); (v == sign.Passed) != want {
					t.Errorf("CRL: %s %s", v, codes)
				}
			}
			if service == "tsa" || spoil == "" {
				if err := stamped(t, url+"/tsa"); (err == nil) != want {
					t.Errorf("TSA: %v", err)
				}
			}
			if service == "certificate" || spoil == "" {
				if v, codes := verdictOn(t, ordered(t, url), Trust{}); (v == sign.PassedRevocationUnchecked) != want {
					t.Errorf("certificate: %s %s", v, codes)
				}
			}
		})
	}
}

func fetched(t *testing.T, url string) []byte {
	t.Helper()
	resp, err := http.Get(url)
	if err != nil {
		return []byte(err.Error()) // such as after too many redirects
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// stamped signs a file with a time-stamp.
func stamped(t *testing.T, tsa string) error {
	t.Helper()
	opened, _, err := insert(t)
	if err != nil {
		t.Fatal(err)
	}
	path := document(t, "stamped")
	results, err := SignFiles(t.Context(), opened, SignRequest{Files: []string{path}, PIN: password, Raise: Raise{Level: sign.LevelT, TSA: tsa}})
	if err == nil {
		err = results[0].Err
	}
	if _, stat := os.Stat(path + ".p7s"); (stat == nil) != (err == nil) {
		t.Errorf("%v, but the file: %v", err, stat)
	}
	return err
}

// ordered is a signing certificate that a program ordered.
func ordered(t *testing.T, url string) []byte {
	t.Helper()
	body, err := json.Marshal(map[string]string{"kind": "sign", "request": string(request(t, elliptic.P256()))})
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.Post(url+"/issue", "application/json", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var answer struct{ Certificate string }
	if err := json.NewDecoder(resp.Body).Decode(&answer); err != nil {
		t.Fatal(err)
	}
	block, _ := pem.Decode([]byte(answer.Certificate))
	if block == nil {
		t.Fatalf("%+v", answer)
	}
	return block.Bytes
}

// request is a certificate request in PEM.
func request(t *testing.T, curve elliptic.Curve) []byte {
	t.Helper()
	key, err := ecdsa.GenerateKey(curve, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.CreateCertificateRequest(rand.Reader, &x509.CertificateRequest{}, key)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE REQUEST", Bytes: der})
}

// TestRenewalKeepsThePIN renews a card whose tries were partly spent.
func TestRenewalKeepsThePIN(t *testing.T) {
	file := filepath.Join(t.TempDir(), "card.json")
	before, err := NewPractice(file, emu.OneTryLeft, EndOfDay(time.Now(), 30))
	if err != nil {
		t.Fatal(err)
	}
	tries := before.State()
	issued, err := RenewPractice(file)
	if err != nil {
		t.Fatal(err)
	}
	before.State() // looks into the file, as every command does that needs a try
	if _, err := before.Transmit([]byte{0, 0xA4, 0, 0}); !errors.Is(err, emu.ErrRemoved) {
		t.Errorf("the old card is still there: %v", err)
	}
	after, err := emu.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	if got := after.State(); got.Sign != tries.Sign || got.Auth != tries.Auth || got.Profile != tries.Profile {
		t.Errorf("%+v, before %+v", got, tries)
	}
	oldSign, oldAuth := before.Certificates()
	newSign, newAuth := after.Certificates()
	for i, pair := range [][2][]byte{{oldSign, newSign}, {oldAuth, newAuth}} {
		old, err := x509.ParseCertificate(pair[0])
		if err != nil {
			t.Fatal(err)
		}
		next, err := x509.ParseCertificate(pair[1])
		if err != nil {
			t.Fatal(err)
		}
		r, err := register{}.Load()
		if err != nil {
			t.Fatal(err)
		}
		was, err := r.Find(testca.SerialText(old.SerialNumber))
		if err != nil || was.Reason != testca.ReasonSuperseded || was.RenewedBy != issued[i].Serial || issued[i].Serial != testca.SerialText(next.SerialNumber) {
			t.Errorf("%+v, %v, next %+v", was, err, issued[i])
		}
	}
}

// TestManyWritersLoseNothing revokes and issues from many sides at once.
func TestManyWritersLoseNothing(t *testing.T) {
	dir := t.TempDir()
	csr := filepath.Join(dir, "request.pem")
	if err := os.WriteFile(csr, request(t, elliptic.P384()), 0o600); err != nil {
		t.Fatal(err)
	}
	serials := make([]string, 16)
	var all sync.WaitGroup
	for i := range serials {
		all.Go(func() {
			issued, err := IssueCertificate(IssueRequest{CSR: csr, Auth: i%2 == 0, Output: filepath.Join(dir, fmt.Sprint(i))})
			if err == nil {
				_, err = RevokeIssued(issued.Serial, testca.ReasonAddress)
			}
			if err != nil {
				t.Error(err)
			}
			serials[i] = issued.Serial
		})
	}
	all.Wait()
	r, err := register{}.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, serial := range serials {
		if c, err := r.Find(serial); err != nil || c.Reason != testca.ReasonAddress {
			t.Errorf("%s: %+v, %v", serial, c, err)
		}
	}
}

// TestOnlyLoopbackIsListenedOn holds that no other computer can reach the service.
func TestOnlyLoopbackIsListenedOn(t *testing.T) {
	for address, want := range map[string]bool{
		"127.0.0.1:8780": true, "127.8.9.1:0": true, "[::1]:8780": true,
		"0.0.0.0:8780": false, "[::]:8780": false, ":8780": false, "192.0.2.1:8780": false, "localhost:8780": false, "127.0.0.1": false, "": false,
	} {
		if IsLoopback(address) != want {
			t.Errorf("%q: %v", address, !want)
		}
	}
}

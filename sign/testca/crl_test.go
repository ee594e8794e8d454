package testca

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"io"
	"math/big"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/ocsp"
)

func smallCA(t *testing.T) *CA {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	ca, err := New(WithKey(key))
	if err != nil {
		t.Fatal(err)
	}
	return ca
}

func TestCRLIsReadByOthers(t *testing.T) {
	ca := smallCA(t)
	at := now().Add(-time.Hour)
	der, err := ca.CRL(CRLNumber(7), CRLEntries(Entry{Serial: big.NewInt(5), At: at, Reason: AffiliationChanged}, Entry{Serial: big.NewInt(6), At: at}),
		CRLFor(IssuingPoint{Name: Name("C", "JP", "CN", "Mihon-shi CRLDP"), Users: true, Reasons: 0b1001000}))
	if err != nil {
		t.Fatal(err)
	}
	l, err := x509.ParseRevocationList(der)
	if err != nil {
		t.Fatal(err)
	}
	e := l.RevokedCertificateEntries
	if l.CheckSignatureFrom(ca.Cert) != nil || l.Number.Int64() != 7 || !bytes.Equal(l.AuthorityKeyId, ca.Cert.SubjectKeyId) ||
		len(e) != 2 || e[0].ReasonCode != AffiliationChanged || !e[0].RevocationTime.Equal(at) || e[1].ReasonCode != 0 {
		t.Errorf("got %+v", l)
	}
	text := opensslText(t, der, "crl", "-inform", "DER", "-noout", "-text", "-in")
	for _, want := range []string{"CN = Mihon-shi CRLDP", "Only User Certificates", "Only Some Reasons:", "Affiliation Changed, Certificate Hold", "Serial Number: 05"} {
		if !strings.Contains(text, want) {
			t.Errorf("openssl does not say %q:\n%s", want, text)
		}
	}
}

// opensslText has openssl print a file.
func opensslText(t *testing.T, data []byte, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath("openssl"); err != nil && os.Getenv("JPKI_TEST_REQUIRE_OPENSSL") == "" {
		t.Skip(err)
	}
	name := filepath.Join(t.TempDir(), "data")
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("openssl", append(args, name)...).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return string(out)
}

func TestSpoiledCRLs(t *testing.T) {
	ca, other := smallCA(t), smallCA(t)
	for name, opt := range map[string]CRLOption{"broken": CRLBroken(), "another key": CRLSignedBy(other.Key)} {
		der, err := ca.CRL(opt)
		if err != nil {
			t.Fatal(err)
		}
		l, err := x509.ParseRevocationList(der)
		if err != nil || l.CheckSignatureFrom(ca.Cert) == nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := ca.CRL(CRLAlgorithm(x509.MD5WithRSA)); err == nil {
		t.Error("made with MD5")
	}
}

func TestOCSPIsReadByOthers(t *testing.T) {
	ca := smallCA(t)
	cert, err := ca.IssueSigning(ca.Key.Public(), SampleOwner())
	if err != nil {
		t.Fatal(err)
	}
	responder, err := ca.IssueResponder(smallCA(t).Key)
	if err != nil {
		t.Fatal(err)
	}
	request, err := ocsp.CreateRequest(cert, ca.Cert, nil)
	if err != nil {
		t.Fatal(err)
	}
	at := now().Add(-time.Hour)
	revoked := OCSPStatus(func(serial *big.Int) Status {
		if serial.Cmp(cert.SerialNumber) != 0 {
			t.Errorf("asked about %v", serial)
		}
		return Status{State: Revoked, At: at, Reason: Superseded}
	})
	for name, c := range map[string]struct {
		opts   []OCSPOption
		status int
	}{
		"good": {nil, ocsp.Good}, "revoked": {[]OCSPOption{revoked}, ocsp.Revoked}, "by name": {[]OCSPOption{OCSPByName()}, ocsp.Good},
		"unknown":   {[]OCSPOption{OCSPStatus(func(*big.Int) Status { return Status{State: Unknown} })}, ocsp.Unknown},
		"delegated": {[]OCSPOption{OCSPDelegate(responder), revoked}, ocsp.Revoked},
	} {
		t.Run(name, func(t *testing.T) {
			der, err := ca.OCSP(request, c.opts...)
			if err != nil {
				t.Fatal(err)
			}
			r, err := ocsp.ParseResponseForCert(der, cert, ca.Cert)
			if err != nil || r.Status != c.status {
				t.Fatalf("got %+v, %v", r, err)
			}
			if c.status == ocsp.Revoked && (r.RevocationReason != Superseded || !r.RevokedAt.Equal(at)) {
				t.Errorf("got %+v", r)
			}
		})
	}
}

func TestOCSPRefusesWhatIsNotAskedRight(t *testing.T) {
	ca, other := smallCA(t), smallCA(t)
	foreign, err := ocsp.CreateRequest(other.Cert, other.Cert, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		request []byte
		status  ocsp.ResponseStatus
	}{{nil, ocsp.Malformed}, {[]byte("junk"), ocsp.Malformed}, {foreign, ocsp.Unauthorized}} {
		der, err := ca.OCSP(c.request)
		if err != nil {
			t.Fatal(err)
		}
		_, err = ocsp.ParseResponse(der, nil)
		if refused, ok := err.(ocsp.ResponseError); !ok || refused.Status != c.status {
			t.Errorf("got %v, want %v", err, c.status)
		}
	}
}

func TestOCSPHandler(t *testing.T) {
	ca := smallCA(t)
	request, err := ocsp.CreateRequest(ca.Cert, ca.Cert, nil)
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(ca.OCSPHandler(func() []OCSPOption { return nil }))
	defer s.Close()
	for _, c := range []struct {
		body   []byte
		status int
	}{{request, http.StatusOK}, {make([]byte, maxRequest+1), http.StatusBadRequest}} {
		r, err := http.Post(s.URL, "application/ocsp-request", bytes.NewReader(c.body))
		if err != nil {
			t.Fatal(err)
		}
		der, err := io.ReadAll(r.Body)
		_ = r.Body.Close()
		if err != nil || r.StatusCode != c.status {
			t.Fatalf("%d %v", r.StatusCode, err)
		}
		if _, err := ocsp.ParseResponse(der, ca.Cert); c.status == http.StatusOK && err != nil {
			t.Error(err)
		}
	}
	r, err := http.Get(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	_ = r.Body.Close()
	if r.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("GET: %d", r.StatusCode)
	}
}

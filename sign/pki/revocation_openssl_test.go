package pki

import (
	"bufio"
	"context"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jpki-desktop/jpki/sign"
	"github.com/jpki-desktop/jpki/sign/testca"
)

// opensslCA is an authority in the form that openssl ca keeps.
type opensslCA struct {
	dir  string
	cert *x509.Certificate
}

func openssl(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd := exec.Command("openssl", args...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("openssl %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

func write(t *testing.T, dir, name string, data []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func pemOf(cert *x509.Certificate) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert.Raw})
}

// opensslKeeps gives ca, as of now, to openssl, with the certificates that it has issued.
func opensslKeeps(t *testing.T, ca *testca.CA) *opensslCA {
	t.Helper()
	if _, err := exec.LookPath("openssl"); err != nil {
		if os.Getenv("JPKI_TEST_REQUIRE_OPENSSL") != "" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	o := &opensslCA{t.TempDir(), ca.Cert}
	both, err := ca.MarshalPEM()
	if err != nil {
		t.Fatal(err)
	}
	write(t, o.dir, "ca.pem", both)
	write(t, o.dir, "index.txt", nil)
	write(t, o.dir, "crlnumber", []byte("01\n"))
	write(t, o.dir, "ca.cnf", []byte(`[ca]
default_ca = jpki
[jpki]
database = index.txt
crlnumber = crlnumber
default_md = sha256
default_crl_days = 1
unique_subject = no
crl_extensions = crl
[crl]
authorityKeyIdentifier = keyid
`))
	return o
}

// ca runs openssl ca.
func (o *opensslCA) ca(t *testing.T, args ...string) {
	t.Helper()
	openssl(t, o.dir, append([]string{"ca", "-config", "ca.cnf", "-cert", "ca.pem", "-keyfile", "ca.pem", "-batch"}, args...)...)
}

// crl has openssl issue a CRL.
func (o *opensslCA) crl(t *testing.T) []byte {
	t.Helper()
	o.ca(t, "-gencrl", "-out", "crl.pem")
	data, err := os.ReadFile(filepath.Join(o.dir, "crl.pem"))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func (o *opensslCA) revoke(t *testing.T, cert *x509.Certificate, reason string) {
	t.Helper()
	write(t, o.dir, "one.pem", pemOf(cert))
	o.ca(t, "-revoke", "one.pem", "-crl_reason", reason)
}

// respond starts openssl ocsp on a free port and returns its address. It must not be
// probed: it waits for ever for the first line of a connection without one.
func (o *opensslCA) respond(t *testing.T, args ...string) string {
	t.Helper()
	all := append([]string{"ocsp", "-port", "0", "-index", "index.txt", "-CA", "ca.pem", "-rsigner", "ca.pem"}, args...)
	cmd := exec.Command("openssl", all...)
	cmd.Dir = o.dir
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stdout, cmd.Stderr = w, w
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_ = w.Close()
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait(); _ = r.Close() })
	for lines := bufio.NewScanner(r); lines.Scan(); {
		if address, ok := strings.CutPrefix(lines.Text(), "ACCEPT "); ok {
			address, _, _ = strings.Cut(address, " ")
			return "http://127.0.0.1:" + address[strings.LastIndex(address, ":")+1:]
		}
	}
	t.Fatal("openssl ocsp does not listen")
	return ""
}

// presentCA is valid now, as openssl knows no other time, and presentCert is one of its
// certificates.
func presentCA(t *testing.T) *testca.CA {
	t.Helper()
	ca, err := testca.New(testca.WithKey(newKey(t)), testca.WithNotBefore(time.Now().Add(-time.Hour)))
	if err != nil {
		t.Fatal(err)
	}
	return ca
}

func presentCert(t *testing.T, ca *testca.CA) *x509.Certificate {
	t.Helper()
	return issue(t, ca, testca.WithNotBefore(time.Now().Add(-time.Hour)))
}

// listed writes a certificate into openssl's index as valid.
func (o *opensslCA) listed(t *testing.T, certs ...*x509.Certificate) {
	t.Helper()
	var b strings.Builder
	for _, c := range certs {
		fmt.Fprintf(&b, "V\t%s\t\t%X\tunknown\t/C=JP/L=Mihon-shi/CN=%s\n", c.NotAfter.UTC().Format("060102150405Z"), c.SerialNumber, c.Subject.CommonName)
	}
	write(t, o.dir, "index.txt", []byte(b.String()))
}

func TestCRLMadeByOpenSSL(t *testing.T) {
	ca := presentCA(t)
	good, lost, held := presentCert(t, ca), presentCert(t, ca), presentCert(t, ca)
	o := opensslKeeps(t, ca)
	o.listed(t, good, lost, held)
	o.revoke(t, lost, "keyCompromise")
	o.revoke(t, held, "certificateHold")
	file := CRL{"openssl.pem", o.crl(t)}
	s := NewStore(PracticeAnchor(ca.Cert)).With(&Revocations{CRLs: []CRL{file}})
	expect(t, s.Judge(context.Background(), good, nil, time.Now()), sign.RevocationGood)
	expect(t, s.Judge(context.Background(), lost, nil, time.Now()), sign.RevocationRevoked, Revoked)
	expect(t, s.Judge(context.Background(), held, nil, time.Now()), sign.RevocationRevoked, CertificateOnHold)
}

func TestRespondingOpenSSL(t *testing.T) {
	ca := presentCA(t)
	good, lost, strange := presentCert(t, ca), presentCert(t, ca), presentCert(t, ca)
	o := opensslKeeps(t, ca)
	o.listed(t, good, lost)
	o.revoke(t, lost, "superseded")
	delegate, err := ca.IssueResponder(newKey(t), testca.WithNotAfter(time.Now().Add(time.Hour)))
	if err != nil {
		t.Fatal(err)
	}
	signer, err := delegate.MarshalPEM()
	if err != nil {
		t.Fatal(err)
	}
	write(t, o.dir, "delegate.pem", signer)
	for name, args := range map[string][]string{
		"by itself": {"-nmin", "10"}, "by a delegate": {"-rsigner", "delegate.pem", "-ndays", "1"}, "by key": {"-nmin", "10", "-resp_key_id"},
		"without an end": nil,
	} {
		t.Run(name, func(t *testing.T) {
			s := NewStore(PracticeAnchor(ca.Cert)).With(&Revocations{OCSP: o.respond(t, args...)})
			expect(t, s.Judge(context.Background(), good, nil, time.Now()), sign.RevocationGood)
			got := s.Judge(context.Background(), lost, nil, time.Now())
			expect(t, got, sign.RevocationRevoked, Revoked)
			if got.Status.Reason != "superseded" {
				t.Errorf("reason %s", got.Status.Reason)
			}
			expect(t, s.Judge(context.Background(), strange, nil, time.Now()), sign.RevocationUnchecked, OCSPUnknown)
		})
	}
}

// TestOpenSSLAgreesAboutCRLs has openssl verify judge with the CRLs of the test authority.
func TestOpenSSLAgreesAboutCRLs(t *testing.T) {
	ca := newCA(t, testca.WithSubject(testca.Name("C", "JP", "CN", "root")))
	cert := issue(t, ca)
	o := opensslKeeps(t, ca)
	write(t, o.dir, "leaf.pem", pemOf(cert))
	listed := testca.CRLEntries(testca.Entry{Serial: cert.SerialNumber, At: noon.Add(-time.Hour), Reason: testca.KeyCompromise})
	for name, c := range map[string]struct {
		opts []testca.CRLOption
		good bool
	}{
		"not listed":       {nil, true},
		"municipality's":   {[]testca.CRLOption{municipality("Mihon-shi")}, true},
		"another's":        {[]testca.CRLOption{municipality("Betsu-shi")}, false},
		"revoked":          {[]testca.CRLOption{listed}, false},
		"altered":          {[]testca.CRLOption{testca.CRLBroken()}, false},
		"expired":          {[]testca.CRLOption{testca.CRLTimes(noon.Add(-2*day), noon.Add(-day))}, false},
		"from the future":  {[]testca.CRLOption{testca.CRLTimes(noon.Add(day), noon.Add(2*day))}, false},
		"unknown critical": {[]testca.CRLOption{testca.CRLExtension(unknownCritical)}, false},
		"of authorities":   {[]testca.CRLOption{testca.CRLFor(testca.IssuingPoint{Authorities: true})}, false},
		"some reasons":     {[]testca.CRLOption{testca.CRLFor(testca.IssuingPoint{Reasons: 0b110})}, false},
	} {
		t.Run(name, func(t *testing.T) {
			der := newCRL(t, ca, c.opts...)
			got := NewStore(UserAnchor(ca.Cert)).With(with(der)).Judge(context.Background(), cert, nil, noon)
			if (got.Revocation == sign.RevocationGood) != c.good {
				t.Errorf("got %s %v", got.Revocation, got.Findings)
			}
			write(t, o.dir, "crl.pem", pem.EncodeToMemory(&pem.Block{Type: "X509 CRL", Bytes: der}))
			cmd := exec.Command("openssl", "verify", "-crl_check", "-extended_crl", "-attime", fmt.Sprint(noon.Unix()),
				"-CAfile", "ca.pem", "-CRLfile", "crl.pem", "leaf.pem")
			cmd.Dir = o.dir
			if out, err := cmd.CombinedOutput(); (err == nil) != c.good {
				t.Errorf("openssl: %v\n%s", err, out)
			}
		})
	}
}

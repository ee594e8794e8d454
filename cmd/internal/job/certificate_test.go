package job

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/jpki-desktop/jpki/sign"
	"github.com/jpki-desktop/jpki/sign/pki"
	"github.com/jpki-desktop/jpki/sign/testca"
)

func TestDaysLeftAreCountedInJapan(t *testing.T) {
	end := time.Date(2031, 4, 23, 14, 59, 59, 0, time.UTC) // 23:59:59 in Japan
	c := &Certificate{Certificate: &x509.Certificate{NotAfter: end}}
	for _, x := range []struct {
		now  string
		want int
	}{
		{"2031-04-23T14:59:59Z", 0}, {"2031-04-22T15:00:00Z", 0}, {"2031-04-22T14:59:59Z", 1},
		{"2031-04-23T15:00:00Z", -1}, {"2030-04-23T03:00:00Z", 365}, {"2031-04-22T23:30:00+09:00", 1},
	} {
		now, err := time.Parse(time.RFC3339, x.now)
		if err != nil {
			t.Fatal(err)
		}
		if got := c.DaysLeft(now); got != x.want {
			t.Errorf("%s: %d days left, want %d", x.now, got, x.want)
		}
	}
}

// TestCertificatesReadAsOpenSSLReadsThem compares the facts of all four certificates of
// a card with what openssl x509 says.
func TestCertificatesReadAsOpenSSLReadsThem(t *testing.T) {
	opened, _, err := insert(t)
	if err != nil {
		t.Fatal(err)
	}
	certs, err := opened.Certificates(Kinds(), password)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range certs {
		path := filepath.Join(t.TempDir(), "cert.der")
		if _, err := ExportCertificate(c, Export{Output: path}); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command("openssl", "x509", "-inform", "DER", "-in", path, "-noout", "-serial", "-subject", "-issuer",
			"-enddate", "-startdate", "-dateopt", "iso_8601", "-fingerprint", "-sha256", "-nameopt", "RFC2253,utf8").CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		said := map[string]string{}
		for line := range strings.Lines(string(out)) {
			key, value, _ := strings.Cut(strings.TrimSpace(line), "=")
			said[key] = value
		}
		fingerprint := strings.ToLower(strings.ReplaceAll(said["sha256 Fingerprint"], ":", ""))
		for _, pair := range [][2]string{
			{said["serial"], strings.ToUpper(c.SerialNumber.Text(16))},
			{said["subject"], pki.SubjectText(c.Certificate)},
			{said["issuer"], pki.IssuerText(c.Certificate)},
			{said["notAfter"], c.NotAfter.UTC().Format("2006-01-02 15:04:05Z")},
			{said["notBefore"], c.NotBefore.UTC().Format("2006-01-02 15:04:05Z")},
			{fingerprint, hexOf(c.SHA256[:])},
		} {
			if strings.TrimLeft(pair[0], "0") != strings.TrimLeft(pair[1], "0") {
				t.Errorf("%s: openssl says %q, we %q", c.Kind, pair[0], pair[1])
			}
		}
	}
}

func hexOf(b []byte) string { return new(big.Int).SetBytes(b).Text(16) }

// TestOddCertificatesAreShownAndNotTrusted puts odd certificates into files: each is
// shown as far as it can be, and judged as it deserves.
func TestOddCertificatesAreShownAndNotTrusted(t *testing.T) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	ca, err := practiceAuthority(signAuthority)
	if err != nil {
		t.Fatal(err)
	}
	long := testca.SampleOwner()
	long.Address = strings.Repeat("長", 200)
	long.AddressSubstitutes = strings.Repeat("0", 199) + "1"
	rare := testca.SampleOwner()
	rare.Name, rare.NameSubstitutes = "𠮷田　葛󠄀城", "0000000"
	twenty := new(big.Int).Lsh(big.NewInt(0x7F), 152)
	critical := pkix.Extension{Id: asn1.ObjectIdentifier{1, 2, 3, 4}, Critical: true, Value: []byte{5, 0}}
	good, unclear := sign.PassedRevocationUnchecked, sign.Failed
	for name, c := range map[string]struct {
		owner   testca.Owner
		options []testca.Option
		verdict sign.Verdict
	}{
		"long address":          {long, nil, good},
		"rare letters":          {rare, nil, good},
		"serial of 20 octets":   {rare, []testca.Option{testca.WithSerial(twenty)}, good},
		"valid after 2050":      {rare, []testca.Option{testca.WithNotAfter(time.Date(2060, 1, 1, 0, 0, 0, 0, time.UTC))}, good},
		"negative serial":       {rare, []testca.Option{testca.WithSerial(big.NewInt(-5))}, unclear},
		"otherName not UTF-8":   {rare, []testca.Option{testca.WithSANValue([]byte{0x30, 0x12, 0xA0, 0x10, 0x06, 0x0A, 0x2A, 0x83, 0x08, 0x8C, 0x9B, 0x75, 0x08, 0x05, 0x05, 0x01, 0xA0, 0x02, 0x0C, 0x00})}, good},
		"otherName no sequence": {rare, []testca.Option{testca.WithSANValue([]byte{0x04, 0x01, 0x00})}, sign.Failed},
		"unknown critical":      {rare, []testca.Option{testca.WithExtension(critical)}, sign.Failed},
	} {
		t.Run(name, func(t *testing.T) {
			der := issueDER(t, ca, key, c.owner, c.options...)
			path := filepath.Join(t.TempDir(), "odd.cer")
			if err := os.WriteFile(path, der, 0o644); err != nil {
				t.Fatal(err)
			}
			certs, err := FileCertificates(t.Context(), path, nil)
			if err != nil {
				t.Fatal(err)
			}
			checked, err := CheckCertificate(t.Context(), certs[0], nil, &Trust{Practice: true}, time.Now())
			if err != nil {
				t.Fatal(err)
			}
			if checked.Verdict != c.verdict {
				t.Errorf("verdict %s, want %s: %+v", checked.Verdict, c.verdict, checked.Findings)
			}
			if certs[0].Owner != nil && certs[0].Owner.Name != "" && certs[0].Owner.Name != c.owner.Name {
				t.Errorf("name %q", certs[0].Owner.Name)
			}
		})
	}
}

func issueDER(t *testing.T, ca *testca.CA, key *ecdsa.PrivateKey, owner testca.Owner, options ...testca.Option) []byte {
	t.Helper()
	cert, err := ca.IssueSigning(key.Public(), owner, options...)
	var refused *testca.RefusedError
	if errors.As(err, &refused) {
		return refused.DER
	}
	if err != nil {
		t.Fatal(err)
	}
	return cert.Raw
}

// TestEveryPrefixOfACertificateIsHandled cuts a certificate at every octet.
func TestEveryPrefixOfACertificateIsHandled(t *testing.T) {
	c, err := content()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "cut.cer")
	for n := range len(c.SignCert) {
		if err := os.WriteFile(path, c.SignCert[:n], 0o644); err != nil {
			t.Fatal(err)
		}
		certs, err := FileCertificates(t.Context(), path, nil)
		if err != nil {
			if code(err) != "certificate_unreadable" {
				t.Fatalf("%d octets: %v", n, err)
			}
			continue
		}
		checked, err := CheckCertificate(t.Context(), certs[0], nil, &Trust{Practice: true}, time.Now())
		if err != nil || checked.Verdict == sign.PassedRevocationUnchecked || certs[0].Whole {
			t.Fatalf("%d octets: verdict %s, whole %t, error %v", n, checked.Verdict, certs[0].Whole, err)
		}
	}
}

// TestReadingACertificateKeepsItsBudget counts the commands for the authentication
// certificate: at most 5 and its reads.
func TestReadingACertificateKeepsItsBudget(t *testing.T) {
	c, err := content()
	if err != nil {
		t.Fatal(err)
	}
	opened, e, err := insert(t)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := opened.Certificates([]Kind{AuthCert}, nil); err != nil {
		t.Fatal(err)
	}
	if got, budget := e.Count(), 5+(len(c.AuthCert)+255)/256; got.Total() > budget {
		t.Errorf("%d commands, budget %d: %+v", got.Total(), budget, got)
	}
}

func TestDefaultNames(t *testing.T) {
	now := time.Date(2026, 11, 22, 15, 4, 5, 0, time.UTC)
	for kind, want := range map[Kind]string{
		SignCert: "CertUserSign20261123000405.cer", AuthCert: "CertUserAuth20261123000405.cer", Other: "Cert20261123000405.cer",
	} {
		if got := DefaultName(kind, now); got != want || !regexp.MustCompile(`^[A-Za-z0-9.]+$`).MatchString(got) {
			t.Errorf("%s: %s", kind, got)
		}
	}
}

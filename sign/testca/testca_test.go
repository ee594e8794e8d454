package testca

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func rsaKey(t testing.TB) *rsa.PrivateKey {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func ecKey(t testing.TB, curve elliptic.Curve) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(curve, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func newCA(t testing.TB, opts ...Option) *CA {
	t.Helper()
	ca, err := New(opts...)
	if err != nil {
		t.Fatal(err)
	}
	return ca
}

func issue(t testing.TB, ca *CA, pub crypto.PublicKey, opts ...Option) *x509.Certificate {
	t.Helper()
	cert, err := ca.IssueSigning(pub, SampleOwner(), opts...)
	if err != nil {
		t.Fatal(err)
	}
	return cert
}

func writePEM(t testing.TB, cert *x509.Certificate) string {
	t.Helper()
	f := filepath.Join(t.TempDir(), "cert.pem")
	data := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert.Raw})
	if err := os.WriteFile(f, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return f
}

func openssl(t testing.TB, args ...string) string {
	t.Helper()
	out, err := exec.Command("openssl", args...).CombinedOutput()
	if err != nil {
		t.Fatalf("openssl %v: %v\n%s", args, err, out)
	}
	return string(out)
}

func TestSigningCertificateHasTheProfileOfJPKI(t *testing.T) {
	ca := newCA(t)
	cert := issue(t, ca, rsaKey(t).Public())
	text := openssl(t, "x509", "-in", writePEM(t, cert), "-noout", "-text", "-nameopt", "utf8,sep_comma_plus_space")
	for _, want := range []string{
		"Issuer: C=JP, O=JPKI-PRACTICE, OU=JPKI for digital signature, OU=Practice only - identifies nobody",
		"Subject: C=JP, L=Mihon-shi, CN=",
		"Signature Algorithm: sha256WithRSAEncryption",
		"X509v3 Key Usage: critical\n                Digital Signature, Non Repudiation\n",
		"X509v3 Certificate Policies: critical\n                Policy: 1.2.392.200149.8.5.1.0.20",
		"X509v3 Issuer Alternative Name",
		"X509v3 CRL Distribution Points",
		fmt.Sprintf("serial:%X", ca.Cert.SerialNumber.Bytes()[:1]),
		"1.2.392.200149.8.5.5.4::419890423",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("openssl's text lacks %q:\n%s", want, text)
		}
	}
	if strings.Contains(text, "URI:") {
		t.Errorf("the certificate names a host:\n%s", text)
	}
}

func TestOpenSSLVerifiesStrictly(t *testing.T) {
	for name, opts := range map[string][]Option{
		"rsa":  nil,
		"p256": {WithKey(ecKey(t, elliptic.P256()))},
		"p384": {WithKey(ecKey(t, elliptic.P384()))},
	} {
		t.Run(name, func(t *testing.T) {
			ca := newCA(t, opts...)
			root := writePEM(t, ca.Cert)
			openssl(t, "verify", "-x509_strict", "-CAfile", root, writePEM(t, issue(t, ca, ecKey(t, elliptic.P256()).Public())))
			auth, err := newCA(t, append(opts, ForAuthentication())...).IssueAuth(rsaKey(t).Public())
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(auth.Issuer.String(), "JPKI for user authentication") {
				t.Errorf("issuer is %v", auth.Issuer)
			}
			sub, err := ca.IssueCA(ecKey(t, elliptic.P256()), "below")
			if err != nil {
				t.Fatal(err)
			}
			openssl(t, "verify", "-x509_strict", "-CAfile", root, "-untrusted", writePEM(t, sub.Cert),
				writePEM(t, issue(t, sub, ecKey(t, elliptic.P384()).Public())))
		})
	}
}

func TestLifeEndsOnTheFifthBirthdayAfterIssue(t *testing.T) {
	at := func(text string) time.Time {
		v, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for _, c := range []struct{ issue, birth, want string }{
		{"2026-01-10T12:00:00+09:00", "419890423", "2030-04-23T23:59:59+09:00"},
		{"2026-06-10T12:00:00+09:00", "419890423", "2031-04-23T23:59:59+09:00"},
		{"2026-04-23T00:00:00+09:00", "419890423", "2031-04-23T23:59:59+09:00"}, // the day itself does not count
		{"2026-04-22T14:59:59Z", "419890423", "2030-04-23T23:59:59+09:00"},      // 22 April in Japan, too
		{"2026-04-22T15:00:00Z", "419890423", "2031-04-23T23:59:59+09:00"},      // 23 April in Japan
		{"2026-01-10T12:00:00+09:00", "420000229", "2030-02-28T23:59:59+09:00"},
		{"2027-06-10T12:00:00+09:00", "420000229", "2032-02-29T23:59:59+09:00"},
		{"2026-01-10T12:00:00+09:00", "0", "2031-01-10T23:59:59+09:00"},
		{"2026-01-10T12:00:00+09:00", "", "2031-01-10T23:59:59+09:00"},
	} {
		if got := lifeEnd(at(c.issue), c.birth); !got.Equal(at(c.want)) {
			t.Errorf("issued %s, born %q: ends %v, want %s", c.issue, c.birth, got, c.want)
		}
	}
}

func TestKeptAuthorityIssuesOn(t *testing.T) {
	ca := newCA(t)
	text, err := ca.MarshalPEM()
	if err != nil {
		t.Fatal(err)
	}
	again, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	if err := issue(t, again, rsaKey(t).Public()).CheckSignatureFrom(ca.Cert); err != nil {
		t.Error(err)
	}
	other, err := newCA(t, WithKey(ecKey(t, elliptic.P256()))).MarshalPEM()
	if err != nil {
		t.Fatal(err)
	}
	cert, _, _ := bytes.Cut(text, []byte("-----BEGIN PRIVATE"))
	_, key, _ := bytes.Cut(other, []byte("-----END CERTIFICATE-----\n"))
	for name, bad := range map[string][]byte{
		"empty": nil, "without key": cert, "another's key": append(bytes.Clone(cert), key...),
		"too large": make([]byte, maxPEM+1),
		"malformed": bytes.ReplaceAll(text, []byte("MII"), []byte("MIJ")),
	} {
		if _, err := Parse(bad); err == nil {
			t.Errorf("%s: parsed", name)
		}
	}
}

func TestNoVerbPrintsTheKey(t *testing.T) {
	ca := newCA(t)
	for _, verb := range []string{"%v", "%+v", "%#v", "%x", "%s", "%d"} {
		if got := fmt.Sprintf(verb, ca); got != ca.Cert.Subject.String() {
			t.Errorf("%s prints %q", verb, got)
		}
	}
}

func TestOptionsSpoilOneThing(t *testing.T) {
	key := ecKey(t, elliptic.P256())
	ca := newCA(t, WithKey(key))
	for name, c := range map[string]struct {
		opt  Option
		want func(*x509.Certificate) bool
	}{
		"key usage":    {WithKeyUsage(x509.KeyUsageDecipherOnly), func(c *x509.Certificate) bool { return c.KeyUsage == x509.KeyUsageDecipherOnly }},
		"no usage":     {WithKeyUsage(0), func(c *x509.Certificate) bool { return c.KeyUsage == 0 }},
		"is ca":        {WithIsCA(true), func(c *x509.Certificate) bool { return c.IsCA }},
		"path length":  {WithPathLen(0), func(c *x509.Certificate) bool { return c.MaxPathLenZero }},
		"long serial":  {WithSerial(new(big.Int).Lsh(big.NewInt(1), 200)), func(c *x509.Certificate) bool { return c.SerialNumber.BitLen() == 201 }},
		"policy":       {WithPolicy(PolicyAuth), func(c *x509.Certificate) bool { return c.PolicyIdentifiers[0].Equal(PolicyAuth) }},
		"ocsp":         {WithOCSP("http://ocsp.invalid/"), func(c *x509.Certificate) bool { return c.OCSPServer[0] == "http://ocsp.invalid/" }},
		"without":      {Without(ExtSubjectAltName), func(c *x509.Certificate) bool { return len(c.Extensions) == 6 }},
		"broken":       {WithBrokenSignature(), func(c *x509.Certificate) bool { return c.CheckSignatureFrom(ca.Cert) != nil }},
		"sha-1":        {WithSignatureAlgorithm(x509.ECDSAWithSHA1), func(c *x509.Certificate) bool { return c.SignatureAlgorithm == x509.ECDSAWithSHA1 }},
		"issuer":       {WithIssuerName(Name("C", "JP", "O", "他人")), func(c *x509.Certificate) bool { return c.Issuer.Organization[0] == "他人" }},
		"key id":       {WithSubjectKeyID([]byte{1, 2}), func(c *x509.Certificate) bool { return bytes.Equal(c.SubjectKeyId, []byte{1, 2}) }},
		"not after":    {WithNotAfter(time.Unix(1e9, 0)), func(c *x509.Certificate) bool { return c.NotAfter.Equal(time.Unix(1e9, 0)) }},
		"san anything": {WithSANValue([]byte{0x30, 0}), func(c *x509.Certificate) bool { return len(c.Extensions) == 7 }},
	} {
		t.Run(name, func(t *testing.T) {
			cert := issue(t, ca, key.Public(), c.opt)
			if !c.want(cert) {
				t.Errorf("the option has no effect")
			}
		})
	}
}

func TestNegativeSerialComesAsDER(t *testing.T) {
	ca := newCA(t, WithKey(ecKey(t, elliptic.P256())))
	_, err := ca.IssueSigning(ca.Key.Public(), SampleOwner(), WithSerial(big.NewInt(-3)))
	var refused *RefusedError
	if !errors.As(err, &refused) {
		t.Fatalf("got %v", err)
	}
	f := filepath.Join(t.TempDir(), "c.der")
	if err := os.WriteFile(f, refused.DER, 0o600); err != nil {
		t.Fatal(err)
	}
	if out := openssl(t, "x509", "-inform", "DER", "-in", f, "-noout", "-serial"); out != "serial=-03\n" {
		t.Errorf("openssl says %q", out)
	}
}

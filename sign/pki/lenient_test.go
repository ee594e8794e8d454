package pki_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"errors"
	"math/big"
	"testing"

	"github.com/jpki-desktop/jpki/sign/pki"
	"github.com/jpki-desktop/jpki/sign/testca"
)

// TestNegativeSerialIsShown reads a certificate that crypto/x509 refuses.
func TestNegativeSerialIsShown(t *testing.T) {
	ca, err := testca.New()
	if err != nil {
		t.Fatal(err)
	}
	_, err = ca.IssueSigning(ca.Key.Public(), testca.SampleOwner(), testca.WithSerial(big.NewInt(-77)))
	var refused *testca.RefusedError
	if !errors.As(err, &refused) {
		t.Fatalf("error %v", err)
	}
	cert, whole := pki.ParseLenient(refused.DER)
	if whole || cert == nil {
		t.Fatalf("certificate %v, whole %t", cert, whole)
	}
	if cert.SerialNumber.Int64() != -77 || cert.NotAfter.IsZero() || len(cert.Subject.CommonName) == 0 {
		t.Errorf("serial %v, until %v, subject %v", cert.SerialNumber, cert.NotAfter, cert.Subject)
	}
	owner, err := pki.ParseOwner(cert)
	if err != nil || owner.Name != testca.SampleOwner().Name {
		t.Errorf("owner %+v, error %v", owner, err)
	}
	if cert.KeyUsage != x509.KeyUsageDigitalSignature|x509.KeyUsageContentCommitment {
		t.Errorf("key usage %b", cert.KeyUsage)
	}
	if c := pki.NewStore(pki.PracticeAnchor(ca.Cert)).Judge(t.Context(), cert, nil, cert.NotBefore); len(c.Findings) == 0 {
		t.Error("a certificate that is not whole was accepted")
	}
}

// FuzzParseLenient cuts and changes certificates: what crypto/x509 takes is read the
// same, what it does not is never called whole and never accepted.
func FuzzParseLenient(f *testing.F) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader) // RSA keys take a fuzzer's time
	if err != nil {
		f.Fatal(err)
	}
	ca, err := testca.New(testca.WithKey(key))
	if err != nil {
		f.Fatal(err)
	}
	cert, err := ca.IssueSigning(ca.Key.Public(), testca.SampleOwner())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(cert.Raw)
	f.Add(ca.Cert.Raw)
	for n := 0; n < len(cert.Raw); n += 97 {
		f.Add(cert.Raw[:n])
	}
	store := pki.NewStore(pki.PracticeAnchor(ca.Cert)).For(pki.UseAny)
	f.Fuzz(func(t *testing.T, der []byte) {
		got, whole := pki.ParseLenient(der)
		_, err := x509.ParseCertificate(der)
		if whole != (err == nil) {
			t.Fatalf("whole %t, and crypto/x509 says %v", whole, err)
		}
		if got == nil {
			return
		}
		pki.ParseOwner(got)
		pki.Classify(got)
		if c := store.Judge(t.Context(), got, nil, ca.Cert.NotBefore.AddDate(1, 0, 0)); !whole && len(c.Findings) == 0 {
			t.Error("a certificate that is not whole was accepted")
		}
	})
}

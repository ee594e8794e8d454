package cms_test

import (
	"bytes"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"testing"
	"time"

	"github.com/jpki-desktop/jpki/sign"
	"github.com/jpki-desktop/jpki/sign/cms"
	"github.com/jpki-desktop/jpki/sign/pki"
	"github.com/jpki-desktop/jpki/sign/testca"
)

// TestCertificatesOfJPKIsShapeAreJudged joins the package with the authority of the
// practice card and with the judge in use.
func TestCertificatesOfJPKIsShapeAreJudged(t *testing.T) {
	ca, err := testca.New()
	if err != nil {
		t.Fatal(err)
	}
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	owner := testca.SampleOwner()
	issue := func(cert *x509.Certificate, err error) *x509.Certificate {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return cert
	}
	trusting, ignorant := pki.NewStore(pki.PracticeAnchor(ca.Cert)), pki.NewStore(pki.Pinned()...)
	signing := issue(ca.IssueSigning(key.Public(), owner))
	for _, test := range []struct {
		name    string
		cert    *x509.Certificate
		judge   sign.Judge
		verdict sign.Verdict
		code    string
	}{
		{"signing certificate", signing, trusting, sign.PassedRevocationUnchecked, ""},
		{"of an unknown authority", signing, ignorant, sign.Indeterminate, pki.PracticeCertificate},
		{"authentication certificate", issue(ca.IssueAuth(key.Public())), trusting, sign.Failed, pki.NotASigningCertificate},
		{"expired", issue(ca.IssueSigning(key.Public(), owner, testca.WithNotBefore(time.Now().AddDate(-1, 0, 0)), testca.WithNotAfter(time.Now().AddDate(0, 0, -1)))),
			trusting, sign.Indeterminate, pki.SignerExpired},
	} {
		s := verified(t, test.cert, key, test.judge)
		if s.Verdict != test.verdict || len(s.Findings) > 0 != (test.code != "") {
			t.Errorf("%s: %s %v", test.name, s.Verdict, s.Findings)
		}
		if test.code != "" && !has(s.Findings, test.code) {
			t.Errorf("%s: %v, not %s", test.name, s.Findings, test.code)
		}
	}
}

// verified is what a signature by key under cert comes out as.
func verified(t *testing.T, cert *x509.Certificate, key crypto.Signer, judge sign.Judge) sign.Signature {
	t.Helper()
	var sig bytes.Buffer
	content := []byte("申告書")
	id := &sign.Identity{Cert: cert, Signer: key}
	if err := cms.Sign(t.Context(), &sig, bytes.NewReader(content), id, nil); err != nil {
		t.Fatal(err)
	}
	r, err := cms.Verify(t.Context(), &sig, bytes.NewReader(content), &sign.VerifyOptions{Judge: judge})
	if err != nil || len(r.Signatures) != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	return r.Signatures[0]
}

func has(findings []sign.Finding, code string) bool {
	for _, f := range findings {
		if f.Code == code {
			return true
		}
	}
	return false
}

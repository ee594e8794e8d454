package pki

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"slices"
	"testing"
	"time"

	"github.com/jpki-desktop/jpki/sign"
	"github.com/jpki-desktop/jpki/sign/testca"
)

// noon is the time that the tests judge at.
var noon = time.Date(2027, 6, 1, 3, 0, 0, 0, time.UTC)

func codes(c sign.Certification) []string {
	var codes []string
	for _, f := range c.Findings {
		codes = append(codes, f.Code)
	}
	slices.Sort(codes)
	return codes
}

func newKey(t testing.TB) crypto.Signer {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func newCA(t testing.TB, opts ...testca.Option) *testca.CA {
	t.Helper()
	validity := testca.WithValidity(noon.AddDate(-1, 0, 0), noon.AddDate(9, 0, 0))
	ca, err := testca.New(append([]testca.Option{testca.WithKey(newKey(t)), validity}, opts...)...)
	if err != nil {
		t.Fatal(err)
	}
	return ca
}

func subCA(t testing.TB, ca *testca.CA, name string, opts ...testca.Option) *testca.CA {
	t.Helper()
	sub, err := ca.IssueCA(newKey(t), name, opts...)
	if err != nil {
		t.Fatal(err)
	}
	return sub
}

func issueFor(t testing.TB, ca *testca.CA, pub crypto.PublicKey, opts ...testca.Option) *x509.Certificate {
	t.Helper()
	opts = append([]testca.Option{testca.WithNotBefore(noon.AddDate(0, -1, 0))}, opts...)
	cert, err := ca.IssueSigning(pub, testca.SampleOwner(), opts...)
	if err != nil {
		t.Fatal(err)
	}
	return cert
}

func issue(t testing.TB, ca *testca.CA, opts ...testca.Option) *x509.Certificate {
	t.Helper()
	return issueFor(t, ca, newKey(t).Public(), opts...)
}

func issueAuth(t testing.TB, ca *testca.CA, opts ...testca.Option) *x509.Certificate {
	t.Helper()
	opts = append([]testca.Option{testca.WithNotBefore(noon.AddDate(0, -1, 0))}, opts...)
	cert, err := ca.IssueAuth(newKey(t).Public(), opts...)
	if err != nil {
		t.Fatal(err)
	}
	return cert
}

var unknownCritical = pkix.Extension{Id: asn1.ObjectIdentifier{1, 2, 3, 4}, Critical: true, Value: []byte{5, 0}}

// practiceOptions are what one option makes of a certificate of a practice authority
// that is an anchor.
var practiceOptions = map[string]struct {
	opts    []testca.Option
	verdict sign.Verdict
	codes   []string
}{
	"as it should be":          {nil, sign.Passed, nil},
	"policy of a real one":     {[]testca.Option{testca.WithPolicy(testca.PolicySigning)}, sign.Passed, nil},
	"without key usage":        {[]testca.Option{testca.Without(testca.ExtKeyUsage)}, sign.Failed, []string{KeyUsage}},
	"no nonRepudiation":        {[]testca.Option{testca.WithKeyUsage(x509.KeyUsageDigitalSignature)}, sign.Failed, []string{KeyUsage}},
	"policy of another":        {[]testca.Option{testca.WithPolicy(asn1.ObjectIdentifier{1, 2, 3})}, sign.Failed, []string{PolicyWrong}},
	"any policy":               {[]testca.Option{testca.WithPolicy(asn1.ObjectIdentifier{2, 5, 29, 32, 0})}, sign.Failed, []string{PolicyWrong}},
	"without policy":           {[]testca.Option{testca.Without(testca.ExtPolicies)}, sign.Failed, []string{PolicyWrong}},
	"policy of authentication": {[]testca.Option{testca.WithPolicy(testca.PolicyAuth)}, sign.Failed, []string{NotASigningCertificate}},
	"an authority":             {[]testca.Option{testca.WithIsCA(true)}, sign.Failed, []string{SignerIsCA}},
	"unknown critical":         {[]testca.Option{testca.WithExtension(unknownCritical)}, sign.Failed, []string{UnknownCriticalExtension}},
	"critical owner":           {[]testca.Option{testca.WithExtension(pkix.Extension{Id: testca.ExtSubjectAltName, Critical: true, Value: []byte{0x30, 0}})}, sign.Passed, nil},
	"expired":                  {[]testca.Option{testca.WithNotAfter(noon.Add(-time.Second))}, sign.Indeterminate, []string{SignerExpired}},
	"last second":              {[]testca.Option{testca.WithNotAfter(noon)}, sign.Passed, nil},
	"first second":             {[]testca.Option{testca.WithNotBefore(noon)}, sign.Passed, nil},
	"not yet valid":            {[]testca.Option{testca.WithNotBefore(noon.Add(time.Second))}, sign.Failed, []string{SignerNotYetValid}},
	"signature changed":        {[]testca.Option{testca.WithBrokenSignature()}, sign.Failed, []string{IssuerForged}},
	"signed with SHA-1":        {[]testca.Option{testca.WithSignatureAlgorithm(x509.ECDSAWithSHA1)}, sign.Failed, []string{WeakCertificateSignature}},
	"another issuer's name":    {[]testca.Option{testca.WithIssuerName(testca.Name("C", "JP", "O", "Elsewhere"))}, sign.Indeterminate, []string{IssuerUnknown}},
	"issuer in other case": {[]testca.Option{testca.WithIssuerName(testca.Name("C", "jp", "O", "ＪＰＫＩ-practice ",
		"OU", "JPKI  for Digital Signature", "OU", "Practice only - identifies nobody"))}, sign.Passed, nil},
	"twenty octets of serial": {[]testca.Option{testca.WithSerial(new(big.Int).Lsh(big.NewInt(1), 158))}, sign.Passed, nil},
}

func TestCertificateOfThePracticeAuthority(t *testing.T) {
	ca := newCA(t)
	s := NewStore(append(Pinned(), PracticeAnchor(ca.Cert))...)
	for name, c := range practiceOptions {
		t.Run(name, func(t *testing.T) {
			got := s.Judge(context.Background(), issue(t, ca, c.opts...), nil, noon)
			if !slices.Equal(codes(got), c.codes) {
				t.Fatalf("got %v, want %v", got.Findings, c.codes)
			}
			for _, f := range got.Findings {
				if f.Verdict != c.verdict {
					t.Errorf("%s leaves %s, want %s", f.Code, f.Verdict, c.verdict)
				}
			}
			if c.verdict == sign.Passed && (got.Anchor.Kind != sign.AnchorPractice || len(got.Chain) != 1) {
				t.Errorf("anchor %v, chain of %d", got.Anchor, len(got.Chain))
			}
			if got.Revocation != sign.RevocationUnchecked {
				t.Errorf("revocation is %s", got.Revocation)
			}
		})
	}
}

func TestPathThatReachesNoAnchor(t *testing.T) {
	real := Pinned()[2]
	practice, test := newCA(t), newCA(t, testca.WithOrganization("JPKI-TEST"))
	fake := newCA(t, testca.WithOrganization("JPKI"))
	sameID := newCA(t, testca.WithOrganization("JPKI"), testca.WithSubjectKeyID(real.KeyID))
	sameSerial := newCA(t, testca.WithOrganization("JPKI"), testca.WithSerial(real.Serial))
	other := newCA(t, testca.WithSubject(testca.Name("C", "JP", "O", "Elsewhere")))
	self := newKey(t)
	selfCA := newCA(t, testca.WithKey(self), testca.WithSubject(testca.Name("CN", "self")))
	realPolicy := testca.WithPolicy(testca.PolicySigning)
	for name, c := range map[string]struct {
		cert   *x509.Certificate
		others []*x509.Certificate
		code   string
	}{
		"practice":              {issue(t, practice), []*x509.Certificate{practice.Cert}, PracticeCertificate},
		"test card":             {issue(t, test), nil, TestCertificate},
		"real name":             {issue(t, fake, realPolicy), []*x509.Certificate{fake.Cert}, IssuerKeyUnknown},
		"without its issuer":    {issue(t, fake, realPolicy), nil, IssuerKeyUnknown},
		"real key identifier":   {issue(t, sameID, realPolicy), []*x509.Certificate{sameID.Cert}, IssuerForged},
		"that alone":            {issue(t, sameID, realPolicy), nil, IssuerForged},
		"real serial number":    {issue(t, sameSerial, realPolicy), []*x509.Certificate{sameSerial.Cert}, IssuerForged},
		"that without naming":   {issue(t, sameSerial, realPolicy, testca.Without(testca.ExtAuthorityKeyID)), []*x509.Certificate{sameSerial.Cert}, IssuerForged},
		"stranger":              {issue(t, other), []*x509.Certificate{other.Cert}, IssuerUnknown},
		"vouches for itself":    {issueFor(t, selfCA, self.Public(), testca.WithSubject(testca.Name("CN", "self"))), nil, SelfSigned},
		"itself with real name": {issueFor(t, fake, fake.Key.Public(), testca.WithSubject(fake.Cert.RawSubject)), nil, SelfSigned},
	} {
		t.Run(name, func(t *testing.T) {
			got := NewStore(Pinned()...).Judge(context.Background(), c.cert, c.others, noon)
			if !slices.Equal(codes(got), []string{c.code}) {
				t.Errorf("got %v, want %s", got.Findings, c.code)
			}
			if got.Anchor.Kind != sign.AnchorUnknown {
				t.Errorf("anchor %v", got.Anchor)
			}
		})
	}
}

func TestFactsOfTheSignerAreToldWithoutAnAnchor(t *testing.T) {
	ca := newCA(t)
	cert := issue(t, ca, testca.WithNotAfter(noon.Add(-time.Hour)), testca.WithKeyUsage(0), testca.WithExtension(unknownCritical))
	got := NewStore(Pinned()...).Judge(context.Background(), cert, nil, noon)
	want := []string{KeyUsage, PracticeCertificate, SignerExpired, UnknownCriticalExtension}
	if !slices.Equal(codes(got), want) {
		t.Errorf("got %v, want %v", got.Findings, want)
	}
}

func TestAuthenticationCertificateSignsNoDocument(t *testing.T) {
	ca, auth := newCA(t), newCA(t, testca.ForAuthentication())
	s := NewStore(PracticeAnchor(ca.Cert), PracticeAnchor(auth.Cert))
	for name, c := range map[string]struct {
		cert        *x509.Certificate
		signs, auth []string
	}{
		"authentication":                {issueAuth(t, auth), []string{NotASigningCertificate}, nil},
		"signing":                       {issue(t, ca), nil, []string{NotAnAuthenticationCertificate}},
		"signing, by the wrong one":     {issue(t, auth), []string{NotASigningCertificate}, []string{NotAnAuthenticationCertificate}},
		"authentication, the wrong one": {issueAuth(t, ca), []string{NotASigningCertificate}, []string{NotAnAuthenticationCertificate}},
		"authentication with nonRepudiation": {issueAuth(t, auth, testca.WithKeyUsage(x509.KeyUsageContentCommitment)),
			[]string{NotASigningCertificate}, []string{KeyUsage}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := codes(s.Judge(context.Background(), c.cert, nil, noon)); !slices.Equal(got, c.signs) {
				t.Errorf("for signing %v, want %v", got, c.signs)
			}
			if got := codes(s.For(UseAuth).Judge(context.Background(), c.cert, nil, noon)); !slices.Equal(got, c.auth) {
				t.Errorf("for authentication %v, want %v", got, c.auth)
			}
		})
	}
}

func TestJPKIHasOneTier(t *testing.T) {
	ca := newCA(t)
	s := NewStore(PracticeAnchor(ca.Cert))
	sub := subCA(t, ca, "below")
	got := s.Judge(context.Background(), issue(t, sub), []*x509.Certificate{sub.Cert}, noon)
	if want := []string{PathLength}; !slices.Equal(codes(got), want) {
		t.Errorf("got %v, want %v", got.Findings, want)
	}
	leaf := testca.CA{Key: newKey(t)}
	leaf.Cert = issueFor(t, ca, leaf.Key.Public())
	got = s.Judge(context.Background(), issue(t, &leaf), []*x509.Certificate{leaf.Cert}, noon)
	if want := []string{IssuerNotCA, PathLength}; !slices.Equal(codes(got), want) {
		t.Errorf("issued by a leaf: got %v, want %v", got.Findings, want)
	}
}

func TestTimeOfTheAnchorCounts(t *testing.T) {
	ca := newCA(t, testca.WithValidity(noon.AddDate(-2, 0, 0), noon.AddDate(-1, 0, 0)))
	s := NewStore(PracticeAnchor(ca.Cert))
	cert := issue(t, ca, testca.WithNotBefore(noon.AddDate(-3, 0, 0)), testca.WithNotAfter(noon.AddDate(3, 0, 0)))
	for code, at := range map[string]time.Time{
		IssuerExpired: noon, "": noon.AddDate(-1, -1, 0), IssuerNotYetValid: noon.AddDate(-2, -1, 0),
	} {
		got := s.Judge(context.Background(), cert, nil, at)
		if code == "" && len(got.Findings) == 0 {
			continue
		}
		if len(got.Findings) != 1 || got.Findings[0].Code != code || got.Findings[0].Time.IsZero() {
			t.Errorf("at %v: got %v, want %q", at, got.Findings, code)
		}
	}
}

func TestWeakKeyIsRefused(t *testing.T) {
	key, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Fatal(err)
	}
	ca, weak := newCA(t), newCA(t, testca.WithKey(key))
	s := NewStore(PracticeAnchor(ca.Cert), PracticeAnchor(weak.Cert))
	for name, cert := range map[string]*x509.Certificate{
		"of the signer": issueFor(t, ca, key.Public()), "of the anchor": issue(t, weak),
	} {
		if got := codes(s.Judge(context.Background(), cert, nil, noon)); !slices.Equal(got, []string{WeakKey}) {
			t.Errorf("%s: got %v", name, got)
		}
	}
}

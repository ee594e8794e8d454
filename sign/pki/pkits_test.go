package pki

import (
	"context"
	"crypto/x509"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jpki-desktop/jpki/sign"
)

// pkitsCase is a test of NIST's PKITS as the Go toolchain carries it.
type pkitsCase struct {
	Name                        string
	CertPath                    []string
	InitialPolicySet            []string
	InitialPolicyMappingInhibit bool
	InitialExplicitPolicy       bool
	InitialAnyPolicyInhibit     bool
	ShouldValidate              bool
}

// number returns the number of a case, such as 4.8.6.
func (c pkitsCase) number() string {
	number, _, _ := strings.Cut(c.Name, " ")
	return number
}

// section returns the section of a case, such as 4.8.
func (c pkitsCase) section() string {
	return strings.Join(strings.Split(c.number(), ".")[:2], ".")
}

// pkitsRefused are the valid cases that are refused here.
var pkitsRefused = map[string]string{
	"4.1.4": "crypto/x509 no longer verifies DSA",
	"4.1.5": "crypto/x509 does not parse inherited DSA parameters",
}

// pkitsReasons are the findings that may make a case of a section invalid.
var pkitsReasons = map[string][]string{
	"4.1": {IssuerForged, IssuerUnknown},
	"4.2": {SignerExpired, SignerNotYetValid, IssuerExpired, IssuerNotYetValid},
	"4.3": {IssuerUnknown},
	"4.4": {Revoked, IssuerRevoked, CRLSignatureInvalid, CRLIssuerMismatch, CRLIssuerUnauthorized,
		CRLUnknownCriticalExtension, CRLExpired, CertificateMalformed},
	"4.5":  {IssuerNotCA, Revoked},
	"4.6":  {IssuerNotCA, PathLength},
	"4.7":  {IssuerKeyUsage, CRLIssuerUnauthorized},
	"4.8":  {PolicyRequired},
	"4.9":  {PolicyRequired},
	"4.10": {PolicyRequired},
	"4.11": {PolicyRequired},
	"4.12": {PolicyRequired},
	"4.13": {NameConstraints},
	"4.14": {Revoked, CertificateOnHold, CRLScope, CRLReasons, CRLIssuerUnauthorized, CRLIssuerMismatch},
	"4.15": {Revoked, CertificateOnHold, CRLDeltaWithoutBase, CRLExpired},
	"4.16": {UnknownCriticalExtension},
}

// judge judges the path of a case, built anew from its certificates in reverse order, with
// all the CRLs of the suite.
func (c pkitsCase) judge(t *testing.T, dir string, r *Revocations) []string {
	t.Helper()
	var certs []*x509.Certificate
	for _, name := range c.CertPath {
		der, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		cert, err := ParseCertificate(der)
		if err != nil {
			return []string{CertificateMalformed}
		}
		certs = append(certs, cert)
	}
	s := NewStore(UserAnchor(certs[0])).For(UseAny).With(r) // some signers are authorities
	s.initial = policyInput{
		explicit: c.InitialExplicitPolicy, inhibitMapping: c.InitialPolicyMappingInhibit,
		inhibitAny: c.InitialAnyPolicyInhibit,
	}
	for _, p := range c.InitialPolicySet {
		if n, ok := strings.CutPrefix(p, "NIST-test-policy-"); ok {
			id, err := x509.ParseOID("2.16.840.1.101.3.2.1.48." + n)
			if err != nil {
				t.Fatal(err)
			}
			s.initial.acceptable = append(s.initial.acceptable, id)
		}
	}
	slices.Reverse(certs)
	got := s.Judge(context.Background(), certs[0], certs, r.Now)
	if accepted := len(got.Findings) == 0; accepted && got.Revocation != sign.RevocationGood {
		t.Errorf("%s: accepted with revocation %s", c.Name, got.Revocation)
	}
	return codes(got)
}

// pkitsCRLs reads the CRLs of the suite.
func pkitsCRLs(t *testing.T) *Revocations {
	t.Helper()
	const dir = "/usr/lib/python3/dist-packages/cryptography_vectors/x509/PKITS_data/crls"
	files, err := filepath.Glob(filepath.Join(dir, "*.crl"))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		if os.Getenv("JPKI_TEST_REQUIRE_VECTORS") != "" {
			t.Fatal("the CRLs of PKITS are missing: install python3-cryptography-vectors")
		}
		t.Skip("the CRLs of PKITS (Debian's python3-cryptography-vectors) are not there")
	}
	r := &Revocations{Now: time.Date(2015, 1, 1, 0, 0, 0, 0, time.UTC)}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		r.CRLs = append(r.CRLs, CRL{filepath.Base(file), data})
	}
	return r
}

func TestPKITS(t *testing.T) {
	goroot, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(strings.TrimSpace(string(goroot)), "src/crypto/x509/testdata/nist-pkits")
	data, err := os.ReadFile(filepath.Join(dir, "vectors.json"))
	if err != nil {
		t.Fatal(err)
	}
	var cases []pkitsCase
	if err := json.Unmarshal(data, &cases); err != nil {
		t.Fatal(err)
	}
	crls := pkitsCRLs(t)
	var right int
	for _, c := range cases {
		got := c.judge(t, filepath.Join(dir, "certs"), crls)
		switch {
		case pkitsRefused[c.number()] != "":
			if len(got) == 0 {
				t.Errorf("%s: accepted, no longer an exception", c.Name)
			}
			t.Logf("exception: %s: %s", c.Name, pkitsRefused[c.number()])
		case c.ShouldValidate != (len(got) == 0):
			t.Errorf("%s: should validate %v, got %v", c.Name, c.ShouldValidate, got)
		case !c.ShouldValidate && !slices.ContainsFunc(got, func(code string) bool {
			return slices.Contains(pkitsReasons[c.section()], code)
		}):
			t.Errorf("%s: refused for another reason: %v", c.Name, got)
		default:
			right++
		}
	}
	t.Logf("PKITS: agreed on %d of %d cases; %d exceptions", right, len(cases), len(pkitsRefused))
	if right < 247 {
		t.Errorf("%d cases right, want 247", right)
	}
}

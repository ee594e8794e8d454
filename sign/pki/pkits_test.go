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

// needsCRL tells whether nothing but a CRL makes the path of an invalid case invalid.
func (c pkitsCase) needsCRL() bool {
	sections := []string{"4.4", "4.14", "4.15"}
	cases := []string{"4.5.2", "4.5.5", "4.5.7", "4.7.4", "4.7.5"}
	return !c.ShouldValidate && (slices.Contains(sections, c.section()) || slices.Contains(cases, c.number()))
}

// pkitsRefused are the valid cases with a certificate that crypto/x509 refuses.
var pkitsRefused = map[string]string{
	"4.1.4":   "crypto/x509 no longer verifies DSA",
	"4.1.5":   "crypto/x509 does not parse inherited DSA parameters",
	"4.14.4":  "crypto/x509 does not parse a distribution point relative to the issuer",
	"4.14.5":  "crypto/x509 does not parse a distribution point relative to the issuer",
	"4.14.29": "crypto/x509 does not parse a distribution point relative to the issuer",
}

// pkitsReasons are the findings that may make a case of a section invalid.
var pkitsReasons = map[string][]string{
	"4.1":  {IssuerForged, IssuerUnknown},
	"4.2":  {SignerExpired, SignerNotYetValid, IssuerExpired, IssuerNotYetValid},
	"4.3":  {IssuerUnknown},
	"4.5":  {IssuerNotCA},
	"4.6":  {IssuerNotCA, PathLength},
	"4.7":  {IssuerKeyUsage},
	"4.8":  {PolicyRequired},
	"4.9":  {PolicyRequired},
	"4.10": {PolicyRequired},
	"4.11": {PolicyRequired},
	"4.12": {PolicyRequired},
	"4.13": {NameConstraints},
	"4.16": {UnknownCriticalExtension},
}

// judge judges the path of a case, built anew from its certificates in reverse order.
func (c pkitsCase) judge(t *testing.T, dir string) []string {
	t.Helper()
	var certs []*x509.Certificate
	for _, name := range c.CertPath {
		der, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		cert, err := x509.ParseCertificate(der)
		if err != nil {
			return []string{CertificateMalformed}
		}
		certs = append(certs, cert)
	}
	s := NewStore(UserAnchor(certs[0])).For(UseAny) // some signers are authorities
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
	at := time.Date(2015, 1, 1, 0, 0, 0, 0, time.UTC)
	return codes(s.Judge(context.Background(), certs[0], certs, at))
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
	var right, crl int
	for _, c := range cases {
		got := c.judge(t, filepath.Join(dir, "certs"))
		switch {
		case c.needsCRL():
			crl++
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
	t.Logf("PKITS: %d cases; %d judged rightly without CRLs; %d need a CRL to be refused; %d exceptions",
		len(cases), right, crl, len(pkitsRefused))
	if want := len(cases) - crl - len(pkitsRefused); right != want || right < 190 {
		t.Errorf("%d cases right, want %d", right, want)
	}
}

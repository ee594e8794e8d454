package pki

import (
	"context"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"github.com/jpki-desktop/jpki/sign/testca"
)

func writePEM(t *testing.T, certs ...*x509.Certificate) string {
	t.Helper()
	var data []byte
	for _, c := range certs {
		data = append(data, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw})...)
	}
	name := filepath.Join(t.TempDir(), "certs.pem")
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// opensslAccepts asks openssl verify for its opinion of a path at noon.
func opensslAccepts(t *testing.T, root, leaf *x509.Certificate, bundle []*x509.Certificate) bool {
	t.Helper()
	args := []string{"verify", "-x509_strict", "-policy_check", "-policy", "2.5.29.32.0", "-auth_level", "2", "-purpose", "smimesign",
		"-attime", strconv.FormatInt(noon.Unix(), 10), "-CAfile", writePEM(t, root)}
	if len(bundle) > 0 {
		args = append(args, "-untrusted", writePEM(t, bundle...))
	}
	out, err := exec.Command("openssl", append(args, writePEM(t, leaf))...).CombinedOutput()
	if _, refused := err.(*exec.ExitError); err != nil && !refused {
		t.Fatal(err)
	}
	t.Logf("%s", out)
	return err == nil
}

// ext makes an option of an extension with a marshalled value.
func ext(t *testing.T, id asn1.ObjectIdentifier, critical bool, value any) testca.Option {
	t.Helper()
	der, err := asn1.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return testca.WithExtension(pkix.Extension{Id: id, Critical: critical, Value: der})
}

func TestOpenSSLAgrees(t *testing.T) {
	root := newCA(t, testca.WithSubject(testca.Name("C", "JP", "CN", "root")))
	oneLevel := newCA(t, testca.WithSubject(testca.Name("CN", "one level")), testca.WithPathLen(0))
	bundle := map[*testca.CA][]*x509.Certificate{}
	depth := 0
	below := func(ca *testca.CA, opts ...testca.Option) *testca.CA {
		depth++
		sub := subCA(t, ca, "below "+strconv.Itoa(depth), opts...)
		bundle[sub] = append(slices.Clone(bundle[ca]), sub.Cert)
		return sub
	}
	onlyJP := testca.WithExtension(pkix.Extension{Id: testca.ExtNameConstraints, Critical: true,
		Value: constraints(false, generalName{directoryName, testca.Name("C", "JP", "L", "Mihon-shi")}).Extensions[0].Value})
	onlyFR := testca.WithExtension(pkix.Extension{Id: testca.ExtNameConstraints, Critical: true,
		Value: constraints(false, generalName{directoryName, testca.Name("C", "FR")}).Extensions[0].Value})
	french := newCA(t, testca.WithSubject(testca.Name("CN", "French only")), onlyFR)
	explicit := ext(t, asn1.ObjectIdentifier{2, 5, 29, 36}, true, struct {
		Explicit int `asn1:"tag:0"`
	}{0})
	leaf := testca.CA{Key: newKey(t)}
	leaf.Cert = issueFor(t, root, leaf.Key.Public())
	bundle[&leaf] = []*x509.Certificate{leaf.Cert}
	for name, c := range map[string]struct {
		root   *testca.CA
		issuer *testca.CA
		opts   []testca.Option
		valid  bool
	}{
		"direct":                  {root, root, nil, true},
		"one between":             {root, below(root), nil, true},
		"two between":             {root, below(below(root)), nil, true},
		"one too many":            {oneLevel, below(oneLevel), nil, false},
		"path length of a sub":    {root, below(below(root, testca.WithPathLen(0))), nil, false},
		"issuer without bit":      {root, below(root, testca.WithKeyUsage(x509.KeyUsageCRLSign)), nil, false},
		"issuer no authority":     {root, below(root, testca.WithIsCA(false)), nil, false},
		"issued by a leaf":        {root, &leaf, nil, false},
		"expired":                 {root, root, []testca.Option{testca.WithNotAfter(noon.AddDate(0, 0, -1))}, false},
		"not yet":                 {root, root, []testca.Option{testca.WithNotBefore(noon.AddDate(0, 0, 1))}, false},
		"issuer expired":          {root, below(root, testca.WithNotAfter(noon.AddDate(0, 0, -1))), nil, false},
		"changed":                 {root, root, []testca.Option{testca.WithBrokenSignature()}, false},
		"issuer changed":          {root, below(root, testca.WithBrokenSignature()), nil, false},
		"unknown critical":        {root, root, []testca.Option{testca.WithExtension(unknownCritical)}, false},
		"issuer unknown critical": {root, below(root, testca.WithExtension(unknownCritical)), nil, false},
		"SHA-1":                   {root, root, []testca.Option{testca.WithSignatureAlgorithm(x509.ECDSAWithSHA1)}, false},
		"usage":                   {root, root, []testca.Option{testca.WithKeyUsage(x509.KeyUsageKeyAgreement)}, false},
		"names permitted":         {root, below(root, onlyJP), nil, true},
		"names forbidden":         {root, below(root, onlyFR), nil, false},
		"forbidden by the root":   {french, french, nil, false},
		"required by itself":      {root, root, []testca.Option{explicit, testca.Without(testca.ExtPolicies)}, false},
		"policy required":         {root, below(root, explicit), nil, false},
		"policy there":            {root, below(root, explicit, testca.WithPolicy(testca.PolicySigningTest)), nil, true},
		"policy differs":          {root, below(root, explicit, testca.WithPolicy(testca.PolicySigning)), nil, false},
		"other issuer's name":     {root, root, []testca.Option{testca.WithIssuerName(testca.Name("CN", "other"))}, false},
	} {
		t.Run(name, func(t *testing.T) {
			cert := issue(t, c.issuer, c.opts...)
			got := NewStore(UserAnchor(c.root.Cert)).Judge(context.Background(), cert, bundle[c.issuer], noon)
			if ours := len(got.Findings) == 0; ours != c.valid {
				t.Errorf("valid %v, got %v", c.valid, got.Findings)
			}
			if theirs := opensslAccepts(t, c.root.Cert, cert, bundle[c.issuer]); theirs != c.valid {
				t.Errorf("valid %v, openssl says %v", c.valid, theirs)
			}
		})
	}
}

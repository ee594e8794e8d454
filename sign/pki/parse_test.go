package pki

import (
	"bytes"
	"encoding/pem"
	"errors"
	"slices"
	"testing"

	"github.com/jpki-desktop/jpki/sign/testca"
)

func TestCertificatesAreReadInBothForms(t *testing.T) {
	ca := newCA(t)
	a, b := issue(t, ca).Raw, ca.Cert.Raw
	encode := func(kind string, der []byte) []byte {
		return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der})
	}
	key, err := ca.MarshalPEM()
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		data []byte
		want [][]byte
	}{
		"DER": {a, [][]byte{a}}, "two DER": {slices.Concat(a, b), [][]byte{a, b}},
		"PEM":             {encode("CERTIFICATE", a), [][]byte{a}},
		"text around PEM": {slices.Concat([]byte("subject: …\n"), encode("CERTIFICATE", a), []byte("\nnext:\n"), encode("CERTIFICATE", b)), [][]byte{a, b}},
		"with a key":      {key, [][]byte{b}},
	} {
		got, err := ParseCertificates(c.data)
		if err != nil || len(got) != len(c.want) {
			t.Errorf("%s: %d certificates, %v", name, len(got), err)
			continue
		}
		for i := range got {
			if !bytes.Equal(got[i].Raw, c.want[i]) {
				t.Errorf("%s: certificate %d is another", name, i)
			}
		}
	}
	for name, bad := range map[string][]byte{
		"empty": nil, "other PEM": encode("PUBLIC KEY", a),
	} {
		if _, err := ParseCertificates(bad); !errors.Is(err, ErrNoCertificate) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, bad := range map[string][]byte{
		"cut": a[:len(a)-1], "more after it": append(bytes.Clone(a), 0), "text": []byte("hello"),
		"too many": bytes.Repeat(a, maxCertificates+1), "too large": make([]byte, maxInput+1),
		"malformed in PEM": encode("CERTIFICATE", a[1:]),
	} {
		if got, err := ParseCertificates(bad); err == nil {
			t.Errorf("%s: %d certificates", name, len(got))
		}
	}
}

func TestClassify(t *testing.T) {
	ca, auth := newCA(t), newCA(t, testca.ForAuthentication(), testca.WithOrganization("JPKI-TEST"))
	for name, c := range map[string]struct {
		got, want Profile
	}{
		"signing":         {Classify(issue(t, ca)), Profile{Use: UseSign, Origin: OriginPractice}},
		"phone":           {Classify(issue(t, ca, testca.WithPolicy(testca.PolicySigningPhone))), Profile{Use: UseSign, Origin: OriginPractice, Phone: true}},
		"authentication":  {Classify(issueAuth(t, auth)), Profile{Use: UseAuth, Origin: OriginTest}},
		"by usage":        {Classify(issueAuth(t, auth, testca.Without(testca.ExtPolicies))), Profile{Use: UseAuth, Origin: OriginTest}},
		"authority":       {Classify(ca.Cert), Profile{Use: UseSign, Origin: OriginPractice, CA: true}},
		"other authority": {Classify(auth.Cert), Profile{Use: UseAuth, Origin: OriginTest, CA: true}},
		"elsewhere": {Classify(issue(t, newCA(t, testca.WithSubject(testca.Name("CN", "x"))), testca.Without(testca.ExtPolicies), testca.WithKeyUsage(0))),
			Profile{Use: UseAny, Origin: OriginOther}},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %v, want %v", name, c.got, c.want)
		}
	}
}

func FuzzParseCertificates(f *testing.F) {
	ca := newCA(f)
	key, err := ca.MarshalPEM()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(key)
	f.Add(slices.Concat(ca.Cert.Raw, issue(f, ca).Raw))
	f.Fuzz(func(t *testing.T, data []byte) {
		certs, err := ParseCertificates(data)
		if (err == nil) != (len(certs) > 0) || len(certs) > maxCertificates {
			t.Errorf("%d certificates and %v", len(certs), err)
		}
		for _, c := range certs {
			Classify(c)
		}
	})
}

package pki

import (
	"context"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"slices"
	"testing"

	"github.com/jpki-desktop/jpki/sign"
	"github.com/jpki-desktop/jpki/sign/testca"
)

func TestRightOneOfManyAuthoritiesWithOneNameIsFound(t *testing.T) {
	var anchors []Anchor
	var cas []*testca.CA
	for range 3 {
		ca := newCA(t, testca.WithSerial(big.NewInt(int64(len(cas)+1))))
		cas, anchors = append(cas, ca), append(anchors, PracticeAnchor(ca.Cert))
	}
	anchors = anchors[1:]
	s := NewStore(anchors...)
	for i, ca := range cas {
		for _, opt := range []testca.Option{testca.WithBirth(""), testca.Without(testca.ExtAuthorityKeyID)} {
			got := s.Judge(context.Background(), issue(t, ca, opt), []*x509.Certificate{cas[0].Cert, cas[1].Cert, cas[2].Cert}, noon)
			if accepted := len(got.Findings) == 0; accepted != (i > 0) {
				t.Errorf("authority %d: %v", i, got.Findings)
			}
		}
	}
}

func TestKindOfAnchorIsTheStrictest(t *testing.T) {
	ca := newCA(t)
	s := NewStore(UserAnchor(ca.Cert), PracticeAnchor(ca.Cert))
	got := s.Judge(context.Background(), issue(t, ca, testca.Without(testca.ExtPolicies)), nil, noon)
	if !slices.Equal(codes(got), []string{PolicyWrong}) || got.Anchor.Kind != sign.AnchorPractice {
		t.Errorf("got %v under %v", got.Findings, got.Anchor)
	}
	test := newCA(t, testca.WithOrganization("JPKI-TEST"))
	if got := UserAnchor(test.Cert); got.Kind != sign.AnchorTest || got.Use != UseSign {
		t.Errorf("J-LIS's test authority is %v", got.Anchor)
	}
}

func TestPinnedKeyNeedsThePolicyOfRealCertificates(t *testing.T) {
	ca := newCA(t, testca.WithOrganization("JPKI"))
	a := PracticeAnchor(ca.Cert)
	a.Anchor, a.Cert = sign.Anchor{Name: "signca99", Kind: sign.AnchorPinned}, nil
	s := NewStore(append(Pinned(), a)...)
	for _, c := range []struct {
		opt  testca.Option
		want []string
	}{
		{testca.WithPolicy(testca.PolicySigning), nil},
		{testca.WithPolicy(testca.PolicySigningPhone), nil},
		{testca.WithPolicy(testca.PolicySigningTest), []string{PolicyWrong}},
	} {
		got := s.Judge(context.Background(), issue(t, ca, c.opt), []*x509.Certificate{ca.Cert}, noon)
		if !slices.Equal(codes(got), c.want) || got.Anchor.Name != "signca99" || len(got.Chain) != 0 {
			t.Errorf("got %v under %v, want %v", got.Findings, got.Anchor, c.want)
		}
	}
}

func TestBestOfTwoPathsCounts(t *testing.T) {
	root := newCA(t, testca.WithSubject(testca.Name("CN", "root")))
	late := subCA(t, root, "below", testca.WithNotAfter(noon.AddDate(0, 0, -1)))
	no, err := root.IssueCA(late.Key, "below", testca.WithIsCA(false))
	if err != nil {
		t.Fatal(err)
	}
	cert := issue(t, late)
	for _, bundle := range [][]*x509.Certificate{{late.Cert, no.Cert}, {no.Cert, late.Cert}} {
		got := NewStore(UserAnchor(root.Cert)).Judge(context.Background(), cert, bundle, noon)
		if !slices.Equal(codes(got), []string{IssuerExpired}) {
			t.Errorf("got %v", got.Findings)
		}
	}
}

func TestNumberThatRepeatsAccusesNobody(t *testing.T) {
	opts := []testca.Option{testca.WithSubject(testca.Name("CN", "root")), testca.WithSerial(big.NewInt(1))}
	known, renewed := newCA(t, opts...), newCA(t, opts...)
	got := NewStore(UserAnchor(known.Cert)).Judge(context.Background(), issue(t, renewed), nil, noon)
	if !slices.Equal(codes(got), []string{IssuerUnknown}) {
		t.Errorf("got %v", got.Findings)
	}
}

func TestPoliciesWithoutEndAreNotProcessed(t *testing.T) {
	root := newCA(t, testca.WithSubject(testca.Name("CN", "root")))
	var ids []asn1.ObjectIdentifier
	for i := range maxPolicies + 1 {
		ids = append(ids, asn1.ObjectIdentifier{1, 2, 3, i})
	}
	s := NewStore(UserAnchor(root.Cert))
	for n, want := range map[int][]string{maxPolicies: nil, maxPolicies + 1: {PathTooComplex}} {
		got := s.Judge(context.Background(), issue(t, root, testca.WithPolicy(ids[:n]...)), nil, noon)
		if !slices.Equal(codes(got), want) {
			t.Errorf("%d policies: got %v", n, got.Findings)
		}
	}
}

func TestUserAnchorMeansRFC5280Alone(t *testing.T) {
	root := newCA(t, testca.WithSubject(testca.Name("CN", "root")))
	sub := subCA(t, root, "below")
	bundle := []*x509.Certificate{sub.Cert}
	purposes := func(ids ...asn1.ObjectIdentifier) testca.Option {
		value, err := asn1.Marshal(ids)
		if err != nil {
			t.Fatal(err)
		}
		return testca.WithExtension(pkix.Extension{Id: testca.ExtExtendedKeyUsage, Value: value})
	}
	for name, c := range map[string]struct {
		opts []testca.Option
		want []string
	}{
		"plain":             {nil, nil},
		"without anything":  {[]testca.Option{testca.Without(testca.ExtKeyUsage), testca.Without(testca.ExtPolicies)}, nil},
		"digital signature": {[]testca.Option{testca.WithKeyUsage(x509.KeyUsageDigitalSignature)}, nil},
		"for encryption":    {[]testca.Option{testca.WithKeyUsage(x509.KeyUsageKeyEncipherment)}, []string{KeyUsage}},
		"mail":              {[]testca.Option{purposes(asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 3, 4})}, nil},
		"documents":         {[]testca.Option{purposes(documentPurposes[0])}, nil},
		"time stamps":       {[]testca.Option{purposes(asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 3, 8})}, []string{ExtendedKeyUsage}},
	} {
		got := NewStore(UserAnchor(root.Cert)).Judge(context.Background(), issue(t, sub, c.opts...), bundle, noon)
		if !slices.Equal(codes(got), c.want) || got.Anchor.Kind != sign.AnchorUser || len(got.Chain) != 2 {
			t.Errorf("%s: got %v, want %v; chain of %d", name, got.Findings, c.want, len(got.Chain))
		}
	}
}

func TestSignerThatTheUserNamesIsItsOwnAnchor(t *testing.T) {
	key := newKey(t)
	name := testca.Name("CN", "self")
	ca := newCA(t, testca.WithKey(key), testca.WithSubject(name))
	self := issueFor(t, ca, key.Public(), testca.WithSubject(name))
	issued := issue(t, newCA(t))
	for _, cert := range []*x509.Certificate{self, issued} {
		got := NewStore(UserAnchor(cert)).Judge(context.Background(), cert, nil, noon)
		if len(got.Findings) != 0 || len(got.Chain) != 0 {
			t.Errorf("got %v, chain of %d", got.Findings, len(got.Chain))
		}
		got = NewStore(UserAnchor(cert)).Judge(context.Background(), cert, nil, noon.AddDate(9, 0, 0))
		if !slices.Equal(codes(got), []string{SignerExpired}) {
			t.Errorf("later: %v", got.Findings)
		}
	}
}

func TestAnchorOf(t *testing.T) {
	ca, other := newCA(t), newCA(t)
	s := NewStore(append(Pinned(), PracticeAnchor(ca.Cert))...)
	for name, c := range map[string]struct {
		cert *x509.Certificate
		ok   bool
	}{
		"the authority": {ca.Cert, true}, "issued": {issue(t, ca), true},
		"same name": {other.Cert, false}, "issued by that": {issue(t, other), false},
	} {
		if got, ok := s.AnchorOf(c.cert); ok != c.ok || ok != (got.Kind == sign.AnchorPractice) {
			t.Errorf("%s: %v, %v", name, got, ok)
		}
	}
}

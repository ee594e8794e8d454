package pki

import (
	"context"
	"crypto"
	"crypto/rsa"
	"crypto/x509"
	"slices"
	"testing"
	"time"

	"github.com/jpki-desktop/jpki/sign/testca"
)

func TestIncompleteCertificatesAreNoPanic(t *testing.T) {
	ca := newCA(t)
	cert := issue(t, ca)
	odd := []*x509.Certificate{nil, {}, {Raw: []byte{1}}, {Raw: []byte{2}, PublicKey: (*rsa.PublicKey)(nil)},
		{Raw: []byte{3}, RawSubject: ca.Cert.RawSubject}, {Raw: cert.Raw, RawIssuer: cert.RawIssuer, PublicKey: &rsa.PublicKey{}}}
	for _, s := range []*Store{NewStore(), NewStore(Anchor{}), NewStore(PracticeAnchor(ca.Cert))} {
		for i, c := range odd {
			if got := s.Judge(context.Background(), c, odd, noon); len(got.Findings) == 0 {
				t.Errorf("certificate %d was accepted", i)
			}
			if _, ok := s.AnchorOf(c); ok {
				t.Errorf("certificate %d has an anchor", i)
			}
		}
	}
	if got := NewStore(PracticeAnchor(ca.Cert)).Judge(context.Background(), cert, odd, noon); len(got.Findings) != 0 {
		t.Errorf("a good one among them: %v", got.Findings)
	}
}

func TestCancelledJudgeAcceptsNothing(t *testing.T) {
	ca := newCA(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	got := NewStore(PracticeAnchor(ca.Cert)).Judge(ctx, issue(t, ca), nil, noon)
	if !slices.Contains(codes(got), PathTooComplex) {
		t.Errorf("got %v", got.Findings)
	}
}

func TestHostileBundleEndsSoon(t *testing.T) {
	name := testca.WithSubject(testca.Name("CN", "all the same"))
	var keys []crypto.Signer
	for range 16 {
		keys = append(keys, newKey(t))
	}
	var bundle []*x509.Certificate
	var cas []*testca.CA
	for _, k := range keys {
		ca := newCA(t, name, testca.WithKey(k))
		cas = append(cas, ca)
		for _, other := range keys {
			cross, err := ca.IssueCA(other, "", name, testca.Without(testca.ExtAuthorityKeyID))
			if err != nil {
				t.Fatal(err)
			}
			bundle = append(bundle, cross.Cert)
		}
	}
	cert := issue(t, cas[0])
	start := time.Now()
	got := NewStore(Pinned()...).Judge(context.Background(), cert, bundle, noon)
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("took %v", took)
	}
	if !slices.Contains(codes(got), PathTooComplex) {
		t.Errorf("got %v", got.Findings)
	}
	got = NewStore(UserAnchor(cas[0].Cert)).Judge(context.Background(), cert, bundle, noon)
	if len(got.Findings) != 0 {
		t.Errorf("under its own issuer: %v", got.Findings)
	}
}

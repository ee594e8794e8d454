package pki

import (
	"context"
	"crypto/rsa"
	"crypto/x509"
	"math/big"
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

// sameName makes n authorities with the same name and different keys.
func sameName(t *testing.T, n int) []*testca.CA {
	t.Helper()
	cas := make([]*testca.CA, n)
	for i := range cas {
		cas[i] = newCA(t, testca.WithSubject(testca.Name("CN", "all the same")))
	}
	return cas
}

// crossed makes every authority certify all others, many times over.
func crossed(t *testing.T, cas []*testca.CA, times int) (bundle []*x509.Certificate) {
	t.Helper()
	for _, ca := range slices.Repeat(cas, times) {
		for _, other := range cas {
			cross, err := ca.IssueCA(other.Key, "", testca.WithSubject(ca.Cert.RawSubject), testca.Without(testca.ExtAuthorityKeyID))
			if err != nil {
				t.Fatal(err)
			}
			bundle = append(bundle, cross.Cert)
		}
	}
	return bundle
}

func TestHostileBundleEndsSoon(t *testing.T) {
	for n, times := range map[int]int{3: 2, 16: 1} { // many paths, and many signatures
		cas := sameName(t, n)
		bundle, cert := crossed(t, cas, times), issue(t, cas[0])
		b := newBuilder(context.Background(), NewStore(Pinned()...), bundle, func(path) bool { return false })
		b.search([]*x509.Certificate{cert})
		if !b.limited || b.visits > maxVisits+maxDepth || len(b.links) > maxChecks {
			t.Errorf("%d visits, %d signatures, limited %v", b.visits, len(b.links), b.limited)
		}
		start := time.Now()
		got := NewStore(Pinned()...).Judge(context.Background(), cert, bundle, noon)
		if !slices.Contains(codes(got), PathTooComplex) {
			t.Errorf("got %v", got.Findings)
		}
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("took %v", took)
		}
		got = NewStore(UserAnchor(cas[0].Cert)).Judge(context.Background(), cert, bundle, noon)
		if len(got.Findings) != 0 {
			t.Errorf("under its own issuer: %v", got.Findings)
		}
	}
}

func TestKeyIdentifierIsTriedFirst(t *testing.T) {
	cas := sameName(t, 40)
	var bundle []*x509.Certificate
	for _, ca := range cas {
		bundle = append(bundle, ca.Cert)
	}
	cross, err := cas[0].IssueCA(cas[39].Key, "", testca.WithSubject(cas[0].Cert.RawSubject))
	if err != nil {
		t.Fatal(err)
	}
	b := newBuilder(context.Background(), NewStore(UserAnchor(cas[0].Cert)), append(bundle, cross.Cert), func(path) bool { return true })
	b.search([]*x509.Certificate{issue(t, cas[39])})
	if len(b.links) > 8 {
		t.Errorf("%d signatures were checked", len(b.links))
	}
}

func TestHugeKeyIsNotUsed(t *testing.T) {
	const bits = 1 << 20
	key := &rsa.PublicKey{N: new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), bits), big.NewInt(1)), E: 65537}
	cert := &x509.Certificate{SignatureAlgorithm: x509.SHA256WithRSA, Signature: make([]byte, bits/8)}
	start := time.Now()
	if signedBy(cert, key) || time.Since(start) > time.Second {
		t.Errorf("checked in %v", time.Since(start))
	}
}

func TestNamesControlNoDisplay(t *testing.T) {
	ca := newCA(t, testca.WithSubject(testca.Name("CN", "\x1b[2J\u202eevil")))
	got := NewStore(Pinned()...).Judge(context.Background(), issue(t, ca), nil, noon)
	if len(got.Findings) != 1 || got.Findings[0].Detail != "CN=\ufffd[2J\ufffdevil" {
		t.Errorf("got %q", got.Findings)
	}
	if a := UserAnchor(ca.Cert); a.Name != "CN=\ufffd[2J\ufffdevil" {
		t.Errorf("the anchor's name is %q", a.Name)
	}
}

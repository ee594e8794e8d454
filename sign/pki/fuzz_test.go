package pki

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/x509"
	"slices"
	"testing"

	"github.com/jpki-desktop/jpki/sign/testca"
)

// fixedKey makes the same key each time, so that what a fuzzer finds can be repeated.
func fixedKey(t testing.TB, n byte) crypto.Signer {
	t.Helper()
	key, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), append(make([]byte, 31), n+1))
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// FuzzJudge judges certificates made of any bytes: only what crypto/x509
// reaches from the anchor may be accepted.
func FuzzJudge(f *testing.F) {
	ca := newCA(f, testca.WithKey(fixedKey(f, 0)))
	fake := newCA(f, testca.WithKey(fixedKey(f, 1)), testca.WithSerial(ca.Cert.SerialNumber), testca.WithSubjectKeyID(ca.Cert.SubjectKeyId))
	sub := subCA(f, ca, "below")
	s := NewStore(append(Pinned(), UserAnchor(ca.Cert))...)
	for _, bundle := range [][]*x509.Certificate{
		{issue(f, ca), ca.Cert}, {issue(f, sub), sub.Cert}, {issueAuth(f, ca)}, {issue(f, fake), fake.Cert}, {fake.Cert, ca.Cert},
		{issue(f, ca, testca.WithBrokenSignature())}, {issue(f, fake), sub.Cert, fake.Cert, issue(f, ca)},
	} {
		var data []byte
		for _, c := range bundle {
			data = append(data, c.Raw...)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		certs, err := ParseCertificates(data)
		if err != nil {
			return
		}
		got := s.Judge(context.Background(), certs[0], certs[1:], noon)
		if len(got.Findings) == 0 && !reaches(certs[0], certs[1:], ca.Cert) {
			t.Errorf("accepted %x", certs[0].Raw)
		}
	})
}

// FuzzPaths judges random graphs of authorities, two bytes an edge: exactly what
// crypto/x509, searching all of them, reaches from the anchor may be accepted.
func FuzzPaths(f *testing.F) {
	f.Add([]byte{0, 1, 1, 2, 2, 7})
	f.Add([]byte{0, 0x81, 1, 7})
	f.Add([]byte{1, 2, 2, 1, 2, 7, 0, 3})
	f.Add([]byte{0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 3, 1})
	f.Add([]byte("1~~~~~~~~~~~~~~~~~~~~~~~~2110227")) // circles
	const parties, leaf = 8, 7
	f.Fuzz(func(t *testing.T, edges []byte) {
		cas := make([]*testca.CA, parties)
		for i := range cas {
			cas[i] = newCA(t, testca.WithKey(fixedKey(t, byte(i))), testca.WithSubject(testca.Name("CN", "same name")))
		}
		var bundle, leaves []*x509.Certificate
		for pair := range slices.Chunk(edges[:min(len(edges), 32)&^1], 2) {
			from, to, ca := pair[0]%parties, pair[1]%parties, pair[1]&0x80 == 0
			if to == 0 || from == leaf {
				continue
			}
			cert, err := cas[from].IssueCA(cas[to].Key, "", testca.WithSubject(cas[to].Cert.RawSubject), testca.WithIsCA(ca && to != leaf))
			if err != nil {
				t.Fatal(err)
			}
			if to == leaf {
				leaves = append(leaves, cert.Cert)
			} else {
				bundle = append(bundle, cert.Cert)
			}
		}
		s := NewStore(UserAnchor(cas[0].Cert)).For(UseAny)
		for _, cert := range leaves {
			if got := s.Judge(context.Background(), cert, bundle, noon); (len(got.Findings) == 0) != reaches(cert, bundle, cas[0].Cert) {
				t.Errorf("%v: got %v", edges, got.Findings)
			}
		}
	})
}

// reaches tells whether CA certificates lead from cert to root, by crypto/x509 alone. It
// goes by generations, so that certificates in circles cost no more than others.
func reaches(cert *x509.Certificate, bundle []*x509.Certificate, root *x509.Certificate) bool {
	generation, seen := []*x509.Certificate{cert}, map[*x509.Certificate]bool{}
	for range maxDepth {
		var next []*x509.Certificate
		for _, c := range generation {
			if c.CheckSignatureFrom(root) == nil {
				return true
			}
			for _, issuer := range bundle {
				if !seen[issuer] && c.CheckSignatureFrom(issuer) == nil {
					seen[issuer] = true
					next = append(next, issuer)
				}
			}
		}
		generation = next
	}
	return false
}

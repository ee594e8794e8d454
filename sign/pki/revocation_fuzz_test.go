package pki

import (
	"bytes"
	"context"
	"crypto/x509"
	"testing"

	"golang.org/x/crypto/ocsp"

	"github.com/jpki-desktop/jpki/sign"
	"github.com/jpki-desktop/jpki/sign/testca"
)

// FuzzCRL judges with CRLs made of any bytes: only one that the issuer has signed, as
// crypto/x509 sees it, may say anything of its certificate.
func FuzzCRL(f *testing.F) {
	ca := newCA(f, testca.WithKey(fixedKey(f, 0)))
	other := newCA(f, testca.WithKey(fixedKey(f, 1)))
	cert := issueFor(f, ca, fixedKey(f, 2).Public(), testca.WithSerial(other.Cert.SerialNumber))
	listed := testca.CRLEntries(testca.Entry{Serial: cert.SerialNumber, At: noon.Add(-day), Reason: testca.KeyCompromise, InvalidAt: noon.Add(-2 * day)})
	for _, opts := range [][]testca.CRLOption{
		nil, {listed}, {municipality("Mihon-shi"), listed}, {testca.CRLDelta(1), testca.CRLNumber(2)}, {testca.CRLBroken()},
		{testca.CRLFor(testca.IssuingPoint{Indirect: true, Reasons: 0b110})}, {testca.CRLExtension(unknownCritical)},
		{testca.CRLSignedBy(other.Key), listed},
	} {
		der := newCRL(f, ca, opts...)
		f.Add(der)
		f.Add(append(newCRL(f, ca), der...))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		got := NewStore(PracticeAnchor(ca.Cert)).With(with(data)).Judge(context.Background(), cert, nil, noon)
		if got.Revocation == sign.RevocationUnchecked {
			return
		}
		for der, rest := splitDER(data); der != nil; der, rest = splitDER(rest) {
			if l, err := x509.ParseRevocationList(der); err == nil && l.CheckSignatureFrom(ca.Cert) == nil {
				return
			}
		}
		if !bytes.Contains(data, []byte("-----BEGIN")) {
			t.Errorf("%s by %x", got.Revocation, data)
		}
	})
}

// FuzzOCSPResponse judges answers made of any bytes: good and revoked are only what
// golang.org/x/crypto/ocsp finds signed by the issuer, for the same certificate.
func FuzzOCSPResponse(f *testing.F) {
	ca := newCA(f, testca.WithKey(fixedKey(f, 0)))
	delegate, err := ca.IssueResponder(fixedKey(f, 3))
	if err != nil {
		f.Fatal(err)
	}
	cert := issueFor(f, ca, fixedKey(f, 2).Public())
	issuer := authority{distinguishedName(ca.Cert.RawSubject).key(), ca.Cert.PublicKey, ca.Cert}
	nonce := bytes.Repeat([]byte{7}, nonceSize)
	request := ocspRequest(cert, issuer, nonce)
	for _, opts := range [][]testca.OCSPOption{
		nil, {testca.OCSPByName()}, {testca.OCSPDelegate(delegate)}, {known(testca.Status{State: testca.Revoked, At: noon, Reason: 1})},
		{testca.OCSPRefusal(testca.TryLater)}, {testca.OCSPSignedBy(delegate.Key)}, {testca.OCSPWrongIssuer()}, {testca.OCSPExtension(unknownCritical)},
		{testca.OCSPDelegate(delegate), testca.OCSPBroken()},
	} {
		der, err := ca.OCSP(request, append([]testca.OCSPOption{testca.OCSPTimes(noon, noon.Add(day))}, opts...)...)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(der)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		s := NewStore(PracticeAnchor(ca.Cert)).With(asking("http://127.0.0.1/"))
		q := &inquiry{evidence: s.evidence, ctx: context.Background(), store: s, anchor: s.anchors[0], at: noon, trying: map[*crl]bool{}, known: map[*crl]vouched{}}
		c := &ocspCheck{inquiry: q, cert: cert, issuer: issuer, nonce: nonce, source: "fuzz"}
		a := c.judge(data)
		if a.Source == "" {
			if len(a.findings) == 0 {
				t.Error("says nothing, and not why")
			}
			return
		}
		if r, err := ocsp.ParseResponseForCert(data, cert, ca.Cert); err != nil || r.SerialNumber.Cmp(cert.SerialNumber) != 0 {
			t.Errorf("%s by %x: %v", a.State, data, err)
		}
	})
}

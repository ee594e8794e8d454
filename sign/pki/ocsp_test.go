package pki

import (
	"context"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jpki-desktop/jpki/sign"
	"github.com/jpki-desktop/jpki/sign/testca"
)

// responder serves OCSP for ca as of noon, and returns its address.
func responder(t *testing.T, ca *testca.CA, opts ...testca.OCSPOption) string {
	t.Helper()
	all := append([]testca.OCSPOption{testca.OCSPTimes(noon, noon.Add(time.Hour))}, opts...)
	s := httptest.NewServer(ca.OCSPHandler(func() []testca.OCSPOption { return all }))
	t.Cleanup(s.Close)
	return s.URL
}

func asking(address string) *Revocations {
	return &Revocations{OCSP: address, Now: noon}
}

func delegateOf(t *testing.T, ca *testca.CA, opts ...testca.Option) *testca.CA {
	t.Helper()
	r, err := ca.IssueResponder(newKey(t), opts...)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func known(s testca.Status) testca.OCSPOption {
	return testca.OCSPStatus(func(*big.Int) testca.Status { return s })
}

func TestOCSPAnswers(t *testing.T) {
	ca, other := newCA(t), newCA(t, testca.WithSubject(testca.Name("CN", "other")))
	cert := issue(t, ca)
	hour := noon.Add(-time.Hour)
	revoked := known(testca.Status{State: testca.Revoked, At: hour, Reason: testca.KeyCompromise})
	hold := testca.Status{State: testca.Revoked, At: hour, Reason: testca.CertificateHold}
	expired := testca.OCSPTimes(noon.Add(-2*day), noon.Add(-day))
	signedBy := func(opts ...testca.Option) []testca.OCSPOption {
		return []testca.OCSPOption{testca.OCSPDelegate(delegateOf(t, ca, opts...))}
	}
	stolen := delegateOf(t, other)
	critical := testca.OCSPExtension(unknownCritical)
	type options = []testca.OCSPOption
	for name, c := range map[string]struct {
		opts  options
		state sign.Revocation
		codes []string
	}{
		"good":                         {nil, sign.RevocationGood, nil},
		"good, by name":                {options{testca.OCSPByName()}, sign.RevocationGood, nil},
		"revoked":                      {options{revoked}, sign.RevocationRevoked, []string{Revoked}},
		"revoked later":                {options{known(testca.Status{State: testca.Revoked, At: noon.Add(time.Second)})}, sign.RevocationGood, []string{RevokedLater}},
		"on hold":                      {options{known(hold)}, sign.RevocationRevoked, []string{CertificateOnHold}},
		"unknown":                      {options{known(testca.Status{State: testca.Unknown})}, sign.RevocationUnchecked, []string{OCSPUnknown}},
		"several, one revoked":         {options{testca.OCSPFurther(testca.Status{State: testca.Revoked, At: hour}, hold)}, sign.RevocationRevoked, []string{Revoked}},
		"delegated":                    {signedBy(), sign.RevocationGood, nil},
		"delegated, by name":           {append(signedBy(), testca.OCSPByName()), sign.RevocationGood, nil},
		"delegated, checked":           {signedBy(testca.Without(testca.ExtNoCheck)), sign.RevocationGood, nil},
		"delegated, revoked":           {append(signedBy(), revoked), sign.RevocationRevoked, []string{Revoked}},
		"delegate without purpose":     {signedBy(testca.Without(testca.ExtExtendedKeyUsage)), sign.RevocationUnchecked, []string{OCSPResponderUnauthorized}},
		"delegate expired":             {signedBy(testca.WithNotAfter(noon.Add(-time.Second))), sign.RevocationUnchecked, []string{OCSPResponderUnauthorized}},
		"delegate not yet valid":       {signedBy(testca.WithNotBefore(noon.Add(time.Hour))), sign.RevocationUnchecked, []string{OCSPResponderUnauthorized}},
		"delegate altered":             {signedBy(testca.WithBrokenSignature()), sign.RevocationUnchecked, []string{OCSPResponderUnauthorized}},
		"delegate by SHA-1":            {signedBy(testca.WithSignatureAlgorithm(x509.ECDSAWithSHA1)), sign.RevocationUnchecked, []string{OCSPResponderUnauthorized}},
		"delegate unknown critical":    {signedBy(testca.WithExtension(unknownCritical)), sign.RevocationUnchecked, []string{OCSPResponderUnauthorized}},
		"delegate for encryption":      {signedBy(testca.WithKeyUsage(x509.KeyUsageKeyAgreement)), sign.RevocationUnchecked, []string{OCSPResponderUnauthorized}},
		"delegate of another":          {options{testca.OCSPDelegate(stolen)}, sign.RevocationUnchecked, []string{OCSPResponderUnauthorized}},
		"delegate of another, revoked": {options{testca.OCSPDelegate(stolen), revoked}, sign.RevocationUnchecked, []string{OCSPResponderUnauthorized}},
		"in the name of another":       {options{testca.OCSPDelegate(stolen), testca.OCSPSignedBy(ca.Key)}, sign.RevocationUnchecked, []string{OCSPResponderUnauthorized}},
		"certificate left out":         {append(signedBy(), testca.OCSPWithoutCertificate()), sign.RevocationUnchecked, []string{OCSPSignatureInvalid}},
		"another key":                  {options{testca.OCSPSignedBy(other.Key)}, sign.RevocationUnchecked, []string{OCSPSignatureInvalid}},
		"another key, revoked":         {options{testca.OCSPSignedBy(other.Key), revoked}, sign.RevocationUnchecked, []string{OCSPSignatureInvalid}},
		"altered":                      {options{testca.OCSPBroken()}, sign.RevocationUnchecked, []string{OCSPSignatureInvalid}},
		"signed with SHA-1":            {options{testca.OCSPAlgorithm(x509.ECDSAWithSHA1)}, sign.RevocationUnchecked, []string{RevocationSignatureWeak}},
		"another serial number":        {options{testca.OCSPSerial(big.NewInt(7))}, sign.RevocationUnchecked, []string{OCSPWrongCertificate}},
		"another issuer":               {options{testca.OCSPWrongIssuer()}, sign.RevocationUnchecked, []string{OCSPWrongCertificate}},
		"expired":                      {options{expired}, sign.RevocationUnchecked, []string{OCSPExpired}},
		"expired, revoked":             {options{expired, revoked}, sign.RevocationRevoked, []string{Revoked}},
		"expired, on hold":             {options{expired, known(hold)}, sign.RevocationUnchecked, []string{OCSPExpired}},
		"from the future":              {options{testca.OCSPTimes(noon.Add(time.Hour), noon.Add(day))}, sign.RevocationUnchecked, []string{OCSPNotYetValid}},
		"signed in the future":         {options{testca.OCSPProducedAt(noon.Add(time.Hour))}, sign.RevocationUnchecked, []string{OCSPNotYetValid}},
		"without an end":               {options{testca.OCSPTimes(noon, time.Time{})}, sign.RevocationGood, nil},
		"without an end, old":          {options{testca.OCSPTimes(noon.Add(-2*day), time.Time{})}, sign.RevocationUnchecked, []string{OCSPExpired}},
		"without nonce":                {options{testca.OCSPNonce(nil)}, sign.RevocationGood, []string{OCSPNonceMissing}},
		"another nonce":                {options{testca.OCSPNonce([]byte{4, 2, 1, 2})}, sign.RevocationUnchecked, []string{OCSPNonceMismatch}},
		"another nonce, revoked":       {options{testca.OCSPNonce([]byte{4, 2, 1, 2}), revoked}, sign.RevocationRevoked, []string{Revoked}},
		"unknown critical":             {options{critical}, sign.RevocationUnchecked, []string{OCSPUnknownCriticalExtension}},
		"unknown critical status":      {options{testca.OCSPSingleExtension(unknownCritical)}, sign.RevocationUnchecked, []string{OCSPUnknownCriticalExtension}},
		"try later":                    {options{testca.OCSPRefusal(testca.TryLater)}, sign.RevocationUnchecked, []string{OCSPRefused}},
		"unauthorized":                 {options{testca.OCSPRefusal(testca.Unauthorized)}, sign.RevocationUnchecked, []string{OCSPRefused}},
		"internal error":               {options{testca.OCSPRefusal(testca.InternalError)}, sign.RevocationUnchecked, []string{OCSPRefused}},
		"a status that is none":        {options{testca.OCSPRefusal(99)}, sign.RevocationUnchecked, []string{OCSPMalformed}},
		"truncated":                    {options{testca.OCSPTruncated(1)}, sign.RevocationUnchecked, []string{OCSPMalformed}},
		"nothing":                      {options{testca.OCSPTruncated(1 << 20)}, sign.RevocationUnchecked, []string{OCSPMalformed}},
	} {
		t.Run(name, func(t *testing.T) {
			s := NewStore(PracticeAnchor(ca.Cert)).With(asking(responder(t, ca, c.opts...)))
			expect(t, s.Judge(context.Background(), cert, nil, noon), c.state, c.codes...)
		})
	}
}

func TestOCSPStatusSaysAsOfWhen(t *testing.T) {
	ca := newCA(t)
	at := noon.Add(-time.Hour)
	address := responder(t, ca, known(testca.Status{State: testca.Revoked, At: at, Reason: testca.Superseded}))
	got := NewStore(PracticeAnchor(ca.Cert)).With(asking(address)).Judge(context.Background(), issue(t, ca), nil, noon)
	want := sign.Status{State: sign.RevocationRevoked, Reason: "superseded", RevokedAt: at, ThisUpdate: noon, NextUpdate: noon.Add(time.Hour), ProducedAt: noon, Source: address}
	if got.Status != want {
		t.Errorf("got %+v, want %+v", got.Status, want)
	}
}

func TestDelegateThatACRLRevokes(t *testing.T) {
	ca := newCA(t)
	d := delegateOf(t, ca, testca.Without(testca.ExtNoCheck))
	r := asking(responder(t, ca, testca.OCSPDelegate(d)))
	r.CRLs = with(newCRL(t, ca, municipality("Betsu-shi")), newCRL(t, ca, testca.CRLFor(testca.IssuingPoint{Name: ca.Cert.RawSubject, Reasons: 0b10}),
		testca.CRLEntries(testca.Entry{Serial: d.Cert.SerialNumber, At: noon.Add(-day), Reason: testca.KeyCompromise}))).CRLs
	got := NewStore(PracticeAnchor(ca.Cert)).With(r).Judge(context.Background(), issue(t, ca), nil, noon)
	expect(t, got, sign.RevocationUnchecked, CRLReasons, CRLScope, OCSPResponderUnauthorized)
}

func TestStatusAfterTheCertificatesEnd(t *testing.T) {
	ca := newCA(t)
	end := noon.Add(-day)
	cert := issue(t, ca, testca.WithNotAfter(end))
	cutoff, err := asn1.MarshalWithParams(end.Add(-day), "generalized")
	if err != nil {
		t.Fatal(err)
	}
	kept := testca.OCSPSingleExtension(pkix.Extension{Id: oidArchiveCutoff, Value: cutoff})
	s := NewStore(PracticeAnchor(ca.Cert))
	got := s.With(asking(responder(t, ca))).Judge(context.Background(), cert, nil, end.Add(-day))
	expect(t, got, sign.RevocationUnchecked, RevocationAfterExpiry)
	got = s.With(asking(responder(t, ca, kept))).Judge(context.Background(), cert, nil, end.Add(-day))
	expect(t, got, sign.RevocationGood)
}

func TestOCSPAddressOfTheCertificate(t *testing.T) {
	ca, real := newCA(t), newCA(t, testca.WithOrganization("JPKI"))
	pinned := PracticeAnchor(real.Cert)
	pinned.Anchor, pinned.Cert = sign.Anchor{Name: "signca99", Kind: sign.AnchorPinned}, nil
	s := NewStore(PracticeAnchor(ca.Cert), pinned)
	policy := testca.WithPolicy(testca.PolicySigning)
	address := responder(t, ca)
	judge := func(r *Revocations, cert *x509.Certificate) sign.Certification {
		return s.With(r).Judge(context.Background(), cert, nil, noon)
	}
	expect(t, judge(asking(OCSPAuto), issue(t, ca, testca.WithOCSP(address))), sign.RevocationGood)
	expect(t, judge(asking(OCSPAuto), issue(t, ca)), sign.RevocationUnchecked, OCSPNoAddress)
	expect(t, judge(asking(OCSPAuto), issue(t, ca, testca.WithOCSP("ldap://example.org"))), sign.RevocationUnchecked, OCSPAddressInvalid)
	expect(t, judge(asking(OCSPAuto), issue(t, real, policy, testca.WithOCSP(responder(t, real)))), sign.RevocationUnchecked, OCSPAutoRefused)
	expect(t, judge(asking(responder(t, real)), issue(t, real, policy)), sign.RevocationGood)
	expect(t, judge(nil, issue(t, ca)), sign.RevocationUnchecked)
}

// TestStrangersAddressIsNotAsked: whoever makes a file must not have its reader's program
// open connections. Nor is there anything to ask about a certificate that is no good.
func TestStrangersAddressIsNotAsked(t *testing.T) {
	ca, stranger := newCA(t), newCA(t, testca.WithSubject(testca.Name("CN", "stranger")))
	var asked atomic.Bool
	status := testca.OCSPStatus(func(*big.Int) testca.Status { asked.Store(true); return testca.Status{} })
	s := NewStore(PracticeAnchor(ca.Cert)).With(asking(OCSPAuto))
	got := s.Judge(context.Background(), issue(t, stranger, testca.WithOCSP(responder(t, stranger, status))), nil, noon)
	expect(t, got, sign.RevocationUnchecked, IssuerUnknown)
	bad := issue(t, ca, testca.WithOCSP(responder(t, ca, status)), testca.WithKeyUsage(0))
	expect(t, s.Judge(context.Background(), bad, nil, noon), sign.RevocationUnchecked, KeyUsage)
	if asked.Load() {
		t.Error("asked")
	}
}

func TestBothSources(t *testing.T) {
	ca := newCA(t)
	cert := issue(t, ca)
	revoked := testca.CRLEntries(testca.Entry{Serial: cert.SerialNumber, At: noon.Add(-day), Reason: testca.KeyCompromise})
	for name, c := range map[string]struct {
		crl   []byte
		ocsp  testca.OCSPOption
		state sign.Revocation
		codes []string
	}{
		"both good":           {newCRL(t, ca), testca.OCSPByName(), sign.RevocationGood, nil},
		"CRL proves it":       {newCRL(t, ca, revoked), testca.OCSPByName(), sign.RevocationRevoked, []string{Revoked}},
		"responder proves it": {newCRL(t, ca), known(testca.Status{State: testca.Revoked, At: noon.Add(-day)}), sign.RevocationRevoked, []string{Revoked}},
		"CRL is useless":      {newCRL(t, ca, testca.CRLBroken()), testca.OCSPByName(), sign.RevocationGood, nil},
		"responder too":       {newCRL(t, ca, testca.CRLBroken()), testca.OCSPBroken(), sign.RevocationUnchecked, []string{CRLSignatureInvalid, OCSPSignatureInvalid}},
	} {
		t.Run(name, func(t *testing.T) {
			r := asking(responder(t, ca, c.ocsp))
			r.CRLs = with(c.crl).CRLs
			expect(t, NewStore(PracticeAnchor(ca.Cert)).With(r).Judge(context.Background(), cert, nil, noon), c.state, c.codes...)
		})
	}
}

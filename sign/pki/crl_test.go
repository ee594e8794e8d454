package pki

import (
	"context"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"math/big"
	"slices"
	"testing"
	"time"

	"github.com/jpki-desktop/jpki/sign"
	"github.com/jpki-desktop/jpki/sign/testca"
)

const day = 24 * time.Hour

// newCRL issues a CRL at noon of the day before, for two days, unless options say otherwise.
func newCRL(t testing.TB, ca *testca.CA, opts ...testca.CRLOption) []byte {
	t.Helper()
	der, err := ca.CRL(append([]testca.CRLOption{testca.CRLTimes(noon.Add(-day), noon.Add(day))}, opts...)...)
	if err != nil {
		t.Fatal(err)
	}
	return der
}

// with makes Revocations of CRLs, as of noon.
func with(crls ...[]byte) *Revocations {
	r := &Revocations{Now: noon}
	for _, der := range crls {
		r.CRLs = append(r.CRLs, CRL{"test.crl", der})
	}
	return r
}

// municipality is the distribution point that testca gives the sample owner's certificate.
func municipality(name string) testca.CRLOption {
	return testca.CRLFor(testca.IssuingPoint{Name: testca.Name("C", "JP", "O", testca.Practice, "OU", "CRL Distribution Points", "CN", name+" CRLDP")})
}

func expect(t *testing.T, got sign.Certification, state sign.Revocation, want ...string) {
	t.Helper()
	if !slices.Equal(codes(got), want) || got.Revocation != state {
		t.Errorf("got %s %v, want %s %v", got.Revocation, got.Findings, state, want)
	}
	if got.Revocation == sign.RevocationGood && verdictOf(got.Findings) != sign.Passed {
		t.Errorf("good, and yet %v", got.Findings)
	}
}

func TestCRLOfTheSignersIssuer(t *testing.T) {
	ca, stranger := newCA(t), newKey(t)
	cert := issue(t, ca)
	revoked := func(at time.Time, reason int) testca.CRLOption {
		return testca.CRLEntries(testca.Entry{Serial: big.NewInt(5), At: noon.AddDate(-1, 0, 0)}, testca.Entry{Serial: cert.SerialNumber, At: at, Reason: reason})
	}
	hour := noon.Add(-time.Hour)
	unknownEntry := testca.CRLEntries(testca.Entry{Serial: big.NewInt(5), At: hour, Extensions: []pkix.Extension{unknownCritical}})
	for name, c := range map[string]struct {
		opts  []testca.CRLOption
		state sign.Revocation
		codes []string
	}{
		"not listed":              {nil, sign.RevocationGood, nil},
		"another one listed":      {[]testca.CRLOption{testca.CRLEntries(testca.Entry{Serial: big.NewInt(5), At: hour})}, sign.RevocationGood, nil},
		"revoked":                 {[]testca.CRLOption{revoked(hour, testca.KeyCompromise)}, sign.RevocationRevoked, []string{Revoked}},
		"revoked later":           {[]testca.CRLOption{revoked(noon.Add(time.Second), testca.AffiliationChanged)}, sign.RevocationGood, []string{RevokedLater}},
		"revoked, no reason":      {[]testca.CRLOption{revoked(noon, testca.Unspecified)}, sign.RevocationRevoked, []string{Revoked}},
		"on hold":                 {[]testca.CRLOption{revoked(hour, testca.CertificateHold)}, sign.RevocationRevoked, []string{CertificateOnHold}},
		"removed":                 {[]testca.CRLOption{revoked(hour, testca.RemoveFromCRL)}, sign.RevocationGood, nil},
		"of the municipality":     {[]testca.CRLOption{municipality("Mihon-shi")}, sign.RevocationGood, nil},
		"of another municipality": {[]testca.CRLOption{municipality("Betsu-shi")}, sign.RevocationUnchecked, []string{CRLScope}},
		"of authorities":          {[]testca.CRLOption{testca.CRLFor(testca.IssuingPoint{Authorities: true})}, sign.RevocationUnchecked, []string{CRLScope}},
		"of attributes":           {[]testca.CRLOption{testca.CRLFor(testca.IssuingPoint{Attribute: true})}, sign.RevocationUnchecked, []string{CRLScope}},
		"of users":                {[]testca.CRLOption{testca.CRLFor(testca.IssuingPoint{Users: true})}, sign.RevocationGood, nil},
		"of some reasons":         {[]testca.CRLOption{testca.CRLFor(testca.IssuingPoint{Reasons: 0b110})}, sign.RevocationUnchecked, []string{CRLReasons}},
		"some reasons, revoked":   {[]testca.CRLOption{testca.CRLFor(testca.IssuingPoint{Reasons: 0b110}), revoked(hour, testca.KeyCompromise)}, sign.RevocationRevoked, []string{Revoked}},
		"delta alone":             {[]testca.CRLOption{testca.CRLDelta(1), testca.CRLNumber(2)}, sign.RevocationUnchecked, []string{CRLDeltaWithoutBase}},
		"unknown critical":        {[]testca.CRLOption{testca.CRLExtension(unknownCritical)}, sign.RevocationUnchecked, []string{CRLUnknownCriticalExtension}},
		"unknown critical entry":  {[]testca.CRLOption{unknownEntry}, sign.RevocationUnchecked, []string{CRLUnknownCriticalExtension}},
		"altered":                 {[]testca.CRLOption{testca.CRLBroken()}, sign.RevocationUnchecked, []string{CRLSignatureInvalid}},
		"altered, revoked":        {[]testca.CRLOption{testca.CRLBroken(), revoked(hour, 1)}, sign.RevocationUnchecked, []string{CRLSignatureInvalid}},
		"by a stranger":           {[]testca.CRLOption{testca.CRLSignedBy(stranger)}, sign.RevocationUnchecked, []string{CRLSignatureInvalid}},
		"another issuer's":        {[]testca.CRLOption{testca.CRLIssuerName(testca.Name("CN", "other"))}, sign.RevocationUnchecked, []string{CRLIssuerMismatch}},
		"expired":                 {[]testca.CRLOption{testca.CRLTimes(noon.Add(-2*day), noon.Add(-skew-time.Second))}, sign.RevocationUnchecked, []string{CRLExpired}},
		"within the skew":         {[]testca.CRLOption{testca.CRLTimes(noon.Add(-2*day), noon.Add(-skew))}, sign.RevocationGood, nil},
		"expired, revoked":        {[]testca.CRLOption{testca.CRLTimes(noon.Add(-3*day), noon.Add(-2*day)), revoked(noon.Add(-4*day), 1)}, sign.RevocationRevoked, []string{Revoked}},
		"expired, on hold":        {[]testca.CRLOption{testca.CRLTimes(noon.Add(-3*day), noon.Add(-2*day)), revoked(noon.Add(-4*day), 6)}, sign.RevocationUnchecked, []string{CRLExpired}},
		"from the future":         {[]testca.CRLOption{testca.CRLTimes(noon.Add(skew+time.Second), noon.Add(day))}, sign.RevocationUnchecked, []string{CRLNotYetValid}},
		"without an end":          {[]testca.CRLOption{testca.CRLTimes(noon.Add(-time.Hour), time.Time{})}, sign.RevocationUnchecked, []string{CRLExpired}},
		"signed with SHA-1":       {[]testca.CRLOption{testca.CRLAlgorithm(x509.ECDSAWithSHA1)}, sign.RevocationUnchecked, []string{RevocationSignatureWeak}},
		"indirect, for others":    {[]testca.CRLOption{testca.CRLFor(testca.IssuingPoint{Indirect: true}), testca.CRLEntries(testca.Entry{Serial: cert.SerialNumber, At: hour, Issuer: testca.Name("CN", "other")})}, sign.RevocationGood, nil},
		"indirect, for this":      {[]testca.CRLOption{testca.CRLFor(testca.IssuingPoint{Indirect: true}), testca.CRLEntries(testca.Entry{Serial: cert.SerialNumber, At: hour, Issuer: ca.Cert.RawSubject})}, sign.RevocationRevoked, []string{Revoked}},
		"key lost before":         {[]testca.CRLOption{testca.CRLEntries(testca.Entry{Serial: cert.SerialNumber, At: noon.Add(time.Hour), InvalidAt: hour, Reason: 1})}, sign.RevocationRevoked, []string{Revoked}},
		"malformed scope":         {[]testca.CRLOption{testca.CRLExtension(pkix.Extension{Id: testca.ExtIssuingPoint, Critical: true, Value: []byte{4, 0}})}, sign.RevocationUnchecked, []string{CRLMalformed}},
	} {
		t.Run(name, func(t *testing.T) {
			s := NewStore(PracticeAnchor(ca.Cert)).With(with(newCRL(t, ca, c.opts...)))
			expect(t, s.Judge(context.Background(), cert, nil, noon), c.state, c.codes...)
		})
	}
}

func TestFileOfCRLs(t *testing.T) {
	ca := newCA(t)
	cert := issue(t, ca)
	good := newCRL(t, ca)
	armored := append([]byte("made by hand\n"), pem.EncodeToMemory(&pem.Block{Type: "X509 CRL", Bytes: good})...)
	for name, c := range map[string]struct {
		data []byte
		want []string
	}{
		"DER":               {good, nil},
		"PEM":               {armored, nil},
		"two":               {append(slices.Clone(good), good...), nil},
		"empty":             {nil, []string{CRLMalformed}},
		"text":              {[]byte("<html>not found</html>"), []string{CRLMalformed}},
		"truncated":         {good[:len(good)-1], []string{CRLMalformed}},
		"trailing":          {append(slices.Clone(good), 0), []string{CRLMalformed}},
		"a certificate":     {ca.Cert.Raw, []string{CRLMalformed}},
		"too large":         {make([]byte, MaxCRL+1), []string{CRLTooLarge}},
		"PEM of another":    {pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: ca.Cert.Raw}), []string{CRLMalformed}},
		"good and a broken": {append(slices.Clone(good), 0x30, 0), []string{CRLMalformed}},
	} {
		t.Run(name, func(t *testing.T) {
			got := NewStore(PracticeAnchor(ca.Cert)).With(with(c.data)).Judge(context.Background(), cert, nil, noon)
			state := sign.RevocationUnchecked
			if c.want == nil {
				state = sign.RevocationGood
			}
			expect(t, got, state, c.want...)
		})
	}
	got := NewStore(PracticeAnchor(ca.Cert)).With(with(good, []byte("junk"))).Judge(context.Background(), cert, nil, noon)
	if !slices.Equal(codes(got), []string{CRLMalformed}) || got.Findings[0].Verdict != sign.Indeterminate {
		t.Errorf("beside a good one: %v", got.Findings)
	}
}

func TestStatusSaysAsOfWhen(t *testing.T) {
	ca := newCA(t)
	cert := issue(t, ca)
	at := noon.Add(-time.Hour)
	crl := newCRL(t, ca, testca.CRLEntries(testca.Entry{Serial: cert.SerialNumber, At: at, Reason: testca.Superseded}))
	got := NewStore(PracticeAnchor(ca.Cert)).With(with(crl)).Judge(context.Background(), cert, nil, noon)
	want := sign.Status{State: sign.RevocationRevoked, Reason: "superseded", RevokedAt: at, ThisUpdate: noon.Add(-day), NextUpdate: noon.Add(day), Source: "test.crl"}
	if got.Status != want {
		t.Errorf("got %+v, want %+v", got.Status, want)
	}
	if f := got.Findings[0]; f.Verdict != sign.Failed || f.Detail != "superseded" || !f.Time.Equal(at) {
		t.Errorf("got %+v", f)
	}
	earlier := NewStore(PracticeAnchor(ca.Cert)).With(with(crl)).Judge(context.Background(), cert, nil, at.Add(-time.Second))
	expect(t, earlier, sign.RevocationGood, RevokedLater)
}

func TestSeveralCRLs(t *testing.T) {
	ca := newCA(t)
	cert := issue(t, ca)
	listed := func(reason int) testca.CRLOption {
		return testca.CRLEntries(testca.Entry{Serial: cert.SerialNumber, At: noon.Add(-3 * day), Reason: reason})
	}
	older := testca.CRLTimes(noon.Add(-2*day), noon.Add(day))
	expired := testca.CRLTimes(noon.Add(-9*day), noon.Add(-2*day))
	number := testca.CRLNumber
	some, rest := testca.CRLFor(testca.IssuingPoint{Reasons: 0b110}), testca.CRLFor(testca.IssuingPoint{Reasons: 0b1111_1000})
	last := testca.CRLFor(testca.IssuingPoint{Name: nil, Users: true})
	for name, c := range map[string]struct {
		crls  [][]byte
		state sign.Revocation
		want  []string
	}{
		"hold lifted":              {[][]byte{newCRL(t, ca, older, listed(6)), newCRL(t, ca)}, sign.RevocationGood, nil},
		"held since":               {[][]byte{newCRL(t, ca, older), newCRL(t, ca, listed(6))}, sign.RevocationRevoked, []string{CertificateOnHold}},
		"revoked in the older":     {[][]byte{newCRL(t, ca, older, listed(1)), newCRL(t, ca)}, sign.RevocationRevoked, []string{Revoked}},
		"another and the right":    {[][]byte{newCRL(t, ca, municipality("Betsu-shi")), newCRL(t, ca, municipality("Mihon-shi"))}, sign.RevocationGood, nil},
		"some reasons of all":      {[][]byte{newCRL(t, ca, some), newCRL(t, ca, rest)}, sign.RevocationUnchecked, []string{CRLReasons}},
		"reasons, then all":        {[][]byte{newCRL(t, ca, some), newCRL(t, ca, last, older)}, sign.RevocationGood, nil},
		"delta revokes":            {[][]byte{newCRL(t, ca, number(3)), newCRL(t, ca, number(4), testca.CRLDelta(2), listed(1))}, sign.RevocationRevoked, []string{Revoked}},
		"delta lifts":              {[][]byte{newCRL(t, ca, number(3), listed(6)), newCRL(t, ca, number(4), testca.CRLDelta(3), listed(8))}, sign.RevocationGood, nil},
		"delta renews its base":    {[][]byte{newCRL(t, ca, number(3), expired), newCRL(t, ca, number(4), testca.CRLDelta(3))}, sign.RevocationGood, nil},
		"delta expired":            {[][]byte{newCRL(t, ca, number(3), expired), newCRL(t, ca, number(4), testca.CRLDelta(3), expired)}, sign.RevocationUnchecked, []string{CRLExpired}},
		"delta of a later base":    {[][]byte{newCRL(t, ca, number(3), expired), newCRL(t, ca, number(5), testca.CRLDelta(4))}, sign.RevocationUnchecked, []string{CRLExpired}},
		"delta of another scope":   {[][]byte{newCRL(t, ca, number(3), expired), newCRL(t, ca, number(4), testca.CRLDelta(3), last)}, sign.RevocationUnchecked, []string{CRLExpired}},
		"delta of another key":     {[][]byte{newCRL(t, ca, number(3), expired), newCRL(t, ca, number(4), testca.CRLDelta(3), testca.CRLWithout(testca.ExtAuthorityKeyID))}, sign.RevocationUnchecked, []string{CRLExpired}},
		"delta forged":             {[][]byte{newCRL(t, ca, number(3), expired), newCRL(t, ca, number(4), testca.CRLDelta(3), testca.CRLBroken())}, sign.RevocationUnchecked, []string{CRLExpired}},
		"delta before the base":    {[][]byte{newCRL(t, ca, number(5), expired), newCRL(t, ca, number(4), testca.CRLDelta(3))}, sign.RevocationUnchecked, []string{CRLExpired}},
		"forged beside a good one": {[][]byte{newCRL(t, ca, testca.CRLBroken(), listed(1)), newCRL(t, ca)}, sign.RevocationGood, nil},
	} {
		t.Run(name, func(t *testing.T) {
			got := NewStore(PracticeAnchor(ca.Cert)).With(with(c.crls...)).Judge(context.Background(), cert, nil, noon)
			expect(t, got, c.state, c.want...)
		})
	}
}

func TestCRLMadeAfterTheCertificatesEnd(t *testing.T) {
	ca := newCA(t)
	end := noon.Add(-2 * day)
	cert := issue(t, ca, testca.WithNotAfter(end))
	at := end.Add(-day)
	kept := func(since time.Time) testca.CRLOption {
		der, err := asn1.MarshalWithParams(since, "generalized")
		if err != nil {
			t.Fatal(err)
		}
		return testca.CRLExtension(pkix.Extension{Id: oidExpiredOnCRL, Value: der})
	}
	for name, c := range map[string]struct {
		opts  []testca.CRLOption
		state sign.Revocation
		want  []string
	}{
		"may have dropped it": {nil, sign.RevocationUnchecked, []string{RevocationAfterExpiry}},
		"keeps expired ones":  {[]testca.CRLOption{kept(end.Add(-day))}, sign.RevocationGood, nil},
		"keeps later ones":    {[]testca.CRLOption{kept(end.Add(day))}, sign.RevocationUnchecked, []string{RevocationAfterExpiry}},
		"of that time":        {[]testca.CRLOption{testca.CRLTimes(at.Add(-day), at.Add(day))}, sign.RevocationGood, nil},
		"from before that":    {[]testca.CRLOption{testca.CRLTimes(at.Add(-3*day), at.Add(-day))}, sign.RevocationUnchecked, []string{CRLExpired}},
	} {
		t.Run(name, func(t *testing.T) {
			got := NewStore(PracticeAnchor(ca.Cert)).With(with(newCRL(t, ca, c.opts...))).Judge(context.Background(), cert, nil, at)
			expect(t, got, c.state, c.want...)
		})
	}
}

func TestRevocationOfAnAuthority(t *testing.T) {
	root := newCA(t, testca.WithSubject(testca.Name("CN", "root")))
	sub := subCA(t, root, "below")
	cert := issue(t, sub)
	listed := func(reason int) testca.CRLOption {
		return testca.CRLEntries(testca.Entry{Serial: sub.Cert.SerialNumber, At: noon.Add(-day), Reason: reason})
	}
	below := newCRL(t, sub)
	for name, c := range map[string]struct {
		crls  [][]byte
		state sign.Revocation
		want  []string
	}{
		"both":              {[][]byte{below, newCRL(t, root)}, sign.RevocationGood, nil},
		"authority revoked": {[][]byte{below, newCRL(t, root, listed(1))}, sign.RevocationRevoked, []string{IssuerRevoked}},
		"authority held":    {[][]byte{below, newCRL(t, root, listed(6))}, sign.RevocationRevoked, []string{IssuerOnHold}},
		"signer's alone":    {[][]byte{below}, sign.RevocationUnchecked, []string{IssuerRevocationUnchecked}},
		"authority's alone": {[][]byte{newCRL(t, root)}, sign.RevocationUnchecked, []string{CRLIssuerMismatch}},
		"authority's bad":   {[][]byte{below, newCRL(t, root, testca.CRLBroken())}, sign.RevocationUnchecked, []string{CRLSignatureInvalid}},
	} {
		t.Run(name, func(t *testing.T) {
			got := NewStore(UserAnchor(root.Cert)).With(with(c.crls...)).Judge(context.Background(), cert, []*x509.Certificate{sub.Cert}, noon)
			expect(t, got, c.state, c.want...)
		})
	}
}

func TestAnchorItselfIsNotAskedAbout(t *testing.T) {
	ca := newCA(t)
	s := NewStore(UserAnchor(ca.Cert)).For(UseAny)
	listed := testca.CRLEntries(testca.Entry{Serial: ca.Cert.SerialNumber, At: noon.Add(-day), Reason: testca.KeyCompromise})
	expect(t, s.With(with(newCRL(t, ca, listed))).Judge(context.Background(), ca.Cert, nil, noon), sign.RevocationUnchecked)
	expect(t, s.With(with([]byte("junk"))).Judge(context.Background(), ca.Cert, nil, noon), sign.RevocationUnchecked, CRLMalformed)
}

func TestAuthorityThatMayNotSignCRLs(t *testing.T) {
	ca := newCA(t, testca.WithKeyUsage(x509.KeyUsageCertSign))
	got := NewStore(PracticeAnchor(ca.Cert)).With(with(newCRL(t, ca))).Judge(context.Background(), issue(t, ca), nil, noon)
	expect(t, got, sign.RevocationUnchecked, CRLIssuerUnauthorized)
}

// TestHostileCertificatesDoNotMakeCRLsSlow holds the number of keys that a large CRL is
// hashed for.
func TestHostileCertificatesDoNotMakeCRLsSlow(t *testing.T) {
	ca := newCA(t)
	var others []*x509.Certificate
	for range 40 {
		others = append(others, newCA(t, testca.WithSubjectKeyID(ca.Cert.SubjectKeyId)).Cert)
	}
	s := NewStore(PracticeAnchor(ca.Cert)).With(with(newCRL(t, ca, testca.CRLBroken())))
	expect(t, s.Judge(context.Background(), issue(t, ca), others, noon), sign.RevocationUnchecked, CRLSignatureInvalid)
	if n := len(s.evidence.lists[0].checked); n > maxCRLIssuers+1 {
		t.Errorf("%d keys tried", n)
	}
}

func TestSignatureAlgorithmsOfCRLs(t *testing.T) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	for want, opts := range map[x509.SignatureAlgorithm]*x509.RevocationList{
		x509.SHA256WithRSA: {SignatureAlgorithm: x509.SHA256WithRSA}, x509.SHA512WithRSA: {SignatureAlgorithm: x509.SHA512WithRSA},
		x509.SHA256WithRSAPSS: {SignatureAlgorithm: x509.SHA256WithRSAPSS}, x509.SHA384WithRSAPSS: {SignatureAlgorithm: x509.SHA384WithRSAPSS},
		x509.SHA512WithRSAPSS: {SignatureAlgorithm: x509.SHA512WithRSAPSS},
	} {
		ca := newCA(t, testca.WithKey(key))
		opts.Number, opts.ThisUpdate, opts.NextUpdate = big.NewInt(1), noon, noon.Add(day)
		der, err := x509.CreateRevocationList(rand.Reader, opts, ca.Cert, crypto.Signer(key))
		if err != nil {
			t.Fatal(err)
		}
		l, err := parseCRL("", der)
		if err != nil || l.algorithm != want || !l.by(key.Public()) {
			t.Errorf("%v: read as %v, %v", want, l.algorithm, err)
		}
	}
}

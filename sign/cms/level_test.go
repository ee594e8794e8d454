package cms_test

import (
	"bytes"
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"errors"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"github.com/jpki-desktop/jpki/sign"
	"github.com/jpki-desktop/jpki/sign/cms"
	"github.com/jpki-desktop/jpki/sign/pki"
	"github.com/jpki-desktop/jpki/sign/testca"
)

// town is a signer, its authority, and a time-stamp authority of the same.
type town struct {
	ca      *testca.CA
	key     crypto.Signer
	cert    *x509.Certificate
	tsa     *testca.TSA
	address string
	content []byte
}

func newTown(t testing.TB, opts ...testca.Option) *town {
	t.Helper()
	ca, err := testca.New(testca.WithValidity(time.Now().AddDate(-1, 0, 0), time.Now().AddDate(20, 0, 0)))
	check(t, err)
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	check(t, err)
	cert, err := ca.IssueSigning(key.Public(), testca.SampleOwner(), opts...)
	check(t, err)
	tsa, err := ca.NewTSA(newKey(t), testca.WithNotBefore(time.Now().AddDate(0, 0, -1)))
	check(t, err)
	w := &town{ca: ca, key: key, cert: cert, tsa: tsa, content: []byte("申告書")}
	server := httptest.NewServer(tsa)
	t.Cleanup(server.Close)
	w.address = server.URL
	return w
}

func newKey(t testing.TB) crypto.Signer {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	check(t, err)
	return key
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (w *town) store() *pki.Store { return pki.NewStore(pki.PracticeAnchor(w.ca.Cert)) }

func (w *town) sign(t testing.TB, o sign.Options) []byte {
	t.Helper()
	var out bytes.Buffer
	o.Size = int64(len(w.content))
	id := &sign.Identity{Cert: w.cert, Chain: []*x509.Certificate{w.ca.Cert}, Signer: w.key}
	check(t, cms.Sign(t.Context(), &out, bytes.NewReader(w.content), id, &o))
	return out.Bytes()
}

func (w *town) extend(t testing.TB, sig []byte, level sign.Level, r *pki.Revocations) ([]byte, error) {
	t.Helper()
	store := w.store().With(r)
	var out bytes.Buffer
	err := cms.Extend(t.Context(), &out, bytes.NewReader(sig), &cms.ExtendOptions{
		Level: level, Authority: &pki.Authority{TSA: w.address, Store: store}, Timestamps: store.For(pki.UseTimestamp),
	})
	if err != nil && out.Len() > 0 {
		t.Errorf("%v, and yet %d bytes were written", err, out.Len())
	}
	return out.Bytes(), err
}

// atLevel is a signature extended to level, which must work.
func (w *town) atLevel(t testing.TB, level sign.Level, o sign.Options, r *pki.Revocations) []byte {
	t.Helper()
	sig, err := w.extend(t, w.sign(t, o), level, r)
	check(t, err)
	return sig
}

func (w *town) verify(t testing.TB, sig []byte, at time.Time, r *pki.Revocations) sign.Signature {
	t.Helper()
	store := w.store().With(r)
	return verifySignature(t, sig, w.content, &sign.VerifyOptions{Judge: store, Timestamps: store.For(pki.UseTimestamp), At: at})
}

func verifySignature(t testing.TB, sig, content []byte, o *sign.VerifyOptions) sign.Signature {
	t.Helper()
	r, err := cms.Verify(t.Context(), bytes.NewReader(sig), bytes.NewReader(content), o)
	if err != nil || len(r.Signatures) != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	return r.Signatures[0]
}

func findingCodes(s sign.Signature) (codes []string) {
	for _, f := range s.Findings {
		codes = append(codes, f.Code)
	}
	return codes
}

func TestTimestampProvesTheTime(t *testing.T) {
	w := newTown(t)
	for _, o := range []sign.Options{{}, {Attached: true}, {PEM: true}, {Attached: true, PEM: true, Digest: crypto.SHA512}} {
		before := time.Now().Add(-2 * time.Second)
		s := w.verify(t, w.atLevel(t, sign.LevelT, o, nil), time.Time{}, nil)
		if s.Verdict != sign.PassedRevocationUnchecked || len(s.Findings) > 0 || len(s.Timestamps) != 1 {
			t.Errorf("%+v: %s %v", o, s.Verdict, s.Findings)
		}
		if s.Proven.Before(before) || s.Proven.After(time.Now()) || s.ProvenBy != w.tsa.Cert.Subject.String() {
			t.Errorf("%+v: proven %v by %s", o, s.Proven, s.ProvenBy)
		}
		if s.Timestamps[0].Policy != testca.PolicyTSA.String() || !s.Timestamps[0].Trusted {
			t.Errorf("%+v", s.Timestamps[0])
		}
	}
}

// TestExtendingLeavesWhatWasSigned looks for the SignerInfo's signed part, from its version
// to its signature value, in both files.
func TestExtendingLeavesWhatWasSigned(t *testing.T) {
	w := newTown(t)
	crl := w.crl(t)
	for _, o := range []sign.Options{{}, {Attached: true}} {
		sig := w.sign(t, o)
		i := bytes.LastIndex(sig, w.cert.RawIssuer)
		signed := sig[i:] // issuer, serial number, algorithms, attributes, value: nothing follows
		for _, level := range []sign.Level{sign.LevelT, sign.LevelLT} {
			extended, err := w.extend(t, sig, level, crl)
			check(t, err)
			if !bytes.Contains(extended, signed) {
				t.Errorf("%s, attached %v: what was signed has changed", level, o.Attached)
			}
			if o.Attached && !bytes.Contains(extended, w.content) {
				t.Errorf("%s: the content has changed", level)
			}
		}
	}
}

func TestProvenTimeDecidesAboutAnExpiredCertificate(t *testing.T) {
	w := newTown(t, testca.WithNotAfter(time.Now().AddDate(0, 1, 0)))
	later := time.Now().AddDate(2, 0, 0)
	s := w.verify(t, w.sign(t, sign.Options{}), later, nil)
	if s.Verdict != sign.Indeterminate || !slices.Contains(findingCodes(s), pki.SignerExpired) {
		t.Errorf("level B: %s %v", s.Verdict, s.Findings)
	}
	sig := w.atLevel(t, sign.LevelT, sign.Options{}, nil)
	s = w.verify(t, sig, later, nil)
	if s.Verdict != sign.PassedRevocationUnchecked || !slices.Equal(findingCodes(s), []string{cms.TimestampRevocationUnchecked}) {
		t.Errorf("level T: %s %v", s.Verdict, s.Findings)
	}
	// The time-stamp is worth nothing once its own certificate has expired.
	s = w.verify(t, sig, time.Now().AddDate(11, 0, 0), nil)
	if s.Verdict != sign.Indeterminate || !s.Proven.IsZero() || !slices.Contains(findingCodes(s), cms.TimestampExpired) {
		t.Errorf("after the time-stamp authority's end: %s %v", s.Verdict, s.Findings)
	}
	// Before the time-stamp, the time judged at counts.
	if s = w.verify(t, sig, time.Now().Add(-time.Minute), nil); !slices.Contains(findingCodes(s), pki.SignerNotYetValid) {
		t.Errorf("before: %s %v", s.Verdict, s.Findings)
	}
}

// crl is the authority's CRL with entries.
func (w *town) crl(t testing.TB, entries ...testca.Entry) *pki.Revocations {
	t.Helper()
	der, err := w.ca.CRL(testca.CRLEntries(entries...))
	check(t, err)
	return &pki.Revocations{CRLs: []pki.CRL{{Name: "town.crl", Data: der}}}
}

func TestProvenTimeDecidesAboutARevokedCertificate(t *testing.T) {
	w := newTown(t)
	sig := w.atLevel(t, sign.LevelT, sign.Options{}, nil)
	after := w.crl(t, testca.Entry{Serial: w.cert.SerialNumber, At: time.Now().Add(time.Hour), Reason: 3})
	at := time.Now().Add(2 * time.Hour)
	if s := w.verify(t, w.sign(t, sign.Options{}), at, after); s.Verdict != sign.Failed {
		t.Errorf("level B, revoked: %s %v", s.Verdict, s.Findings)
	}
	if s := w.verify(t, sig, at, after); s.Verdict != sign.Passed || !slices.Contains(findingCodes(s), pki.RevokedLater) {
		t.Errorf("revoked after the time-stamp: %s %v", s.Verdict, s.Findings)
	}
	before := w.crl(t, testca.Entry{Serial: w.cert.SerialNumber, At: time.Now().Add(-time.Hour), Reason: 3})
	if s := w.verify(t, sig, at, before); s.Verdict != sign.Failed || !slices.Contains(findingCodes(s), pki.Revoked) {
		t.Errorf("revoked before the time-stamp: %s %v", s.Verdict, s.Findings)
	}
	tsa := w.crl(t, testca.Entry{Serial: w.tsa.Cert.SerialNumber, At: time.Now().Add(-time.Hour), Reason: 1})
	if s := w.verify(t, sig, time.Time{}, tsa); !s.Proven.IsZero() || !slices.Contains(findingCodes(s), cms.TimestampRevoked) {
		t.Errorf("time-stamp authority revoked: %v %v", s.Proven, s.Findings)
	}
}

func TestLevelLTIsJudgedByWhatIsInside(t *testing.T) {
	w := newTown(t, testca.WithNotAfter(time.Now().AddDate(0, 1, 0)))
	responder := httptest.NewServer(w.ca.OCSPHandler(func() []testca.OCSPOption { return nil }))
	defer responder.Close()
	for name, r := range map[string]*pki.Revocations{"CRL": w.crl(t), "OCSP": {OCSP: responder.URL}} {
		for _, o := range []sign.Options{{}, {Attached: true}} {
			sig := w.atLevel(t, sign.LevelLT, o, r)
			s := w.verify(t, sig, time.Time{}, nil)
			if s.Verdict != sign.Passed || s.Revocation != sign.RevocationGood || len(s.Findings) > 0 {
				t.Errorf("%s, attached %v: %s %s %v", name, o.Attached, s.Verdict, s.Revocation, s.Findings)
			}
			// What is inside speaks for the signer for ever, but not for the time-stamp
			// authority, which is judged at the time judged at.
			at := time.Now().AddDate(5, 0, 0)
			s = w.verify(t, sig, at, nil)
			if s.Verdict != sign.PassedRevocationUnchecked || s.Revocation != sign.RevocationGood ||
				!slices.Equal(findingCodes(s), []string{cms.TimestampRevocationUnchecked}) {
				t.Errorf("%s, attached %v, later: %s %s %v", name, o.Attached, s.Verdict, s.Revocation, s.Findings)
			}
			newer, err := w.ca.CRL(testca.CRLTimes(time.Now(), at.AddDate(0, 0, 1)))
			check(t, err)
			if s = w.verify(t, sig, at, &pki.Revocations{CRLs: []pki.CRL{{Name: "newer", Data: newer}}}); s.Verdict != sign.Passed {
				t.Errorf("%s, attached %v, later with a newer CRL: %s %v", name, o.Attached, s.Verdict, s.Findings)
			}
		}
	}
}

func TestEvidenceInsideDoesNotHideARevocation(t *testing.T) {
	w := newTown(t)
	sig := w.atLevel(t, sign.LevelLT, sign.Options{}, w.crl(t))
	revoked := w.crl(t, testca.Entry{Serial: w.cert.SerialNumber, At: time.Now().Add(-time.Hour), Reason: 1})
	if s := w.verify(t, sig, time.Time{}, revoked); s.Verdict != sign.Failed {
		t.Errorf("%s %v", s.Verdict, s.Findings)
	}
}

// TestForeignEvidenceProvesNothing puts another authority's CRL, of the same name, into a
// signature.
func TestForeignEvidenceProvesNothing(t *testing.T) {
	w, other := newTown(t), newTown(t)
	sig := w.atLevel(t, sign.LevelT, sign.Options{}, nil)
	false_ := other.crl(t)
	authority := &fixed{&sign.Evidence{CRLs: [][]byte{false_.CRLs[0].Data}}}
	var out bytes.Buffer
	check(t, cms.Extend(t.Context(), &out, bytes.NewReader(sig), &cms.ExtendOptions{
		Level: sign.LevelLT, Authority: authority, Timestamps: w.store().For(pki.UseTimestamp)}))
	s := w.verify(t, out.Bytes(), time.Time{}, nil)
	if s.Verdict != sign.PassedRevocationUnchecked || s.Revocation != sign.RevocationUnchecked {
		t.Errorf("%s %s %v", s.Verdict, s.Revocation, s.Findings)
	}
}

// fixed is an authority that has one thing to say.
type fixed struct{ evidence *sign.Evidence }

func (f *fixed) Timestamp(context.Context, crypto.Hash, []byte) ([]byte, error) {
	return nil, errors.New("no time-stamp is needed here")
}

func (f *fixed) Evidence(context.Context, *x509.Certificate, []*x509.Certificate, time.Time) (*sign.Evidence, error) {
	e := *f.evidence
	return &e, nil
}

func TestLevelLTSaysWhatIsMissing(t *testing.T) {
	w := newTown(t)
	revoked := w.crl(t, testca.Entry{Serial: w.cert.SerialNumber, At: time.Now().Add(-time.Hour), Reason: 1})
	tsa := w.crl(t, testca.Entry{Serial: w.tsa.Cert.SerialNumber, At: time.Now().Add(-time.Hour), Reason: 1})
	old, err := w.ca.CRL(testca.CRLTimes(time.Now().AddDate(0, -2, 0), time.Now().AddDate(0, -1, 0)))
	check(t, err)
	for name, test := range map[string]struct {
		r    *pki.Revocations
		code string
		of   *x509.Certificate
	}{
		"no source":     {nil, pki.RevocationSourceMissing, w.cert},
		"revoked":       {revoked, pki.Revoked, w.cert},
		"old CRL":       {&pki.Revocations{CRLs: []pki.CRL{{Name: "old", Data: old}}}, pki.CRLExpired, w.cert},
		"no CRL":        {&pki.Revocations{CRLs: []pki.CRL{{Name: "page", Data: []byte("<html>")}}}, pki.CRLMalformed, w.cert},
		"no responder":  {&pki.Revocations{OCSP: "http://127.0.0.1:1"}, pki.OCSPUnreachable, w.cert},
		"no OCSP there": {&pki.Revocations{OCSP: w.address}, pki.OCSPHTTPStatus, w.cert},
	} {
		_, err := w.extend(t, w.sign(t, sign.Options{}), sign.LevelLT, test.r)
		var missing *pki.EvidenceError
		if !errors.As(err, &missing) || missing.Finding.Code != test.code || !missing.Certificate.Equal(test.of) {
			t.Errorf("%s: %v, want %s", name, err, test.code)
		}
	}
	var bad *cms.TokenError
	if _, err := w.extend(t, w.sign(t, sign.Options{}), sign.LevelLT, tsa); !errors.As(err, &bad) || bad.Finding.Code != cms.TimestampRevoked {
		t.Errorf("revoked time-stamp authority: %v", err)
	}
}

func TestFurtherTimestampDoesNotReplaceTheFirst(t *testing.T) {
	w := newTown(t, testca.WithNotBefore(time.Now().Add(-time.Hour)))
	w.tsa.Now = func() time.Time { return time.Now().Add(-time.Minute) }
	sig := w.atLevel(t, sign.LevelT, sign.Options{}, nil)
	w.tsa.Now = nil
	sig, err := w.extend(t, sig, sign.LevelT, nil)
	check(t, err)
	s := w.verify(t, sig, time.Now(), nil)
	if len(s.Timestamps) != 2 || time.Since(s.Proven) < 50*time.Second {
		t.Errorf("%d time-stamps, proven %v", len(s.Timestamps), s.Proven)
	}
	if sig, err = w.extend(t, sig, sign.LevelLT, w.crl(t)); err != nil {
		t.Fatal(err)
	}
	if s = w.verify(t, sig, time.Time{}, nil); len(s.Timestamps) != 2 || s.Verdict != sign.Passed {
		t.Errorf("level LT: %d time-stamps, %s %v", len(s.Timestamps), s.Verdict, s.Findings)
	}
}

func TestEverySignerIsExtended(t *testing.T) {
	w := newTown(t)
	sig := w.atLevel(t, sign.LevelT, sign.Options{Attached: true, PEM: true}, nil)
	if !bytes.HasPrefix(sig, []byte("-----BEGIN CMS-----\n")) {
		t.Errorf("PEM has become %.30q", sig)
	}
	for _, bad := range []string{"", "no signature", "-----BEGIN CMS-----\n"} {
		if out, err := w.extend(t, []byte(bad), sign.LevelT, nil); err == nil {
			t.Errorf("%q was extended to %d bytes", bad, len(out))
		}
	}
	if _, err := w.extend(t, sig[:len(sig)/2], sign.LevelT, nil); err == nil {
		t.Error("half a signature was extended")
	}
}

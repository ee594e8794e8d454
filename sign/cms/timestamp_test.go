package cms_test

import (
	"bytes"
	"context"
	"crypto"
	"crypto/sha256"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jpki-desktop/jpki/sign"
	"github.com/jpki-desktop/jpki/sign/cms"
	"github.com/jpki-desktop/jpki/sign/pki"
	"github.com/jpki-desktop/jpki/sign/testca"
	"github.com/jpki-desktop/jpki/sign/tsp"
)

// tokenOver is what a time-stamp authority says about data.
func tokenOver(t testing.TB, a *testca.TSA, data []byte) []byte {
	t.Helper()
	sum := sha256.Sum256(data)
	der, err := a.Respond(tsp.Request(crypto.SHA256, sum[:], big.NewInt(7)))
	check(t, err)
	r, err := tsp.ParseResponse(der)
	check(t, err)
	return r.Token
}

// TestBadTimestampProvesNothing puts a bad token into a good signature: the signature is
// worth what it was, no time is proven, and the reason is told.
func TestBadTimestampProvesNothing(t *testing.T) {
	w, other := newTown(t), newTown(t)
	purposes := func(opts ...testca.Option) *testca.TSA {
		a, err := w.ca.NewTSA(newKey(t), append([]testca.Option{testca.WithNotBefore(time.Now().AddDate(0, 0, -2))}, opts...)...)
		check(t, err)
		return a
	}
	spoilt := func(spoil func(*testca.TSA)) *testca.TSA {
		a := *w.tsa
		spoil(&a)
		return &a
	}
	sig := w.sign(t, sign.Options{})
	value, _ := cms.TokensOf(t, sig)
	good := tokenOver(t, w.tsa, value)
	expired := purposes(testca.WithNotAfter(time.Now().AddDate(0, 0, -1)))
	expired.Now = func() time.Time { return time.Now().Add(-30 * time.Hour) }
	for name, test := range map[string]struct {
		token []byte
		code  string
	}{
		"nothing":             {[]byte{5, 0}, cms.TimestampMalformed},
		"half":                {append([]byte{0x30, 11}, good[4:15]...), cms.TimestampMalformed},
		"octets of MIME":      {append([]byte("Co"), make([]byte, 'o')...), cms.TimestampMalformed},
		"another signature":   {tokenOver(t, w.tsa, []byte("other")), cms.TimestampMismatch},
		"signature instead":   {sig, cms.TimestampMalformed},
		"forged":              {tokenOver(t, spoilt(func(a *testca.TSA) { a.BadSignature = true }), value), cms.TimestampInvalid},
		"no certificate":      {tokenOver(t, spoilt(func(a *testca.TSA) { a.NoCertificate = true }), value), cms.TimestampInvalid},
		"another key":         {tokenOver(t, spoilt(func(a *testca.TSA) { a.Key = newKey(t) }), value), cms.TimestampInvalid},
		"before its birth":    {tokenOver(t, spoilt(func(a *testca.TSA) { a.Now = func() time.Time { return time.Now().AddDate(-1, 0, 0) } }), value), cms.TimestampInvalid},
		"future":              {tokenOver(t, spoilt(func(a *testca.TSA) { a.Now = func() time.Time { return time.Now().Add(time.Hour) } }), value), cms.TimestampFuture},
		"stranger":            {tokenOver(t, other.tsa, value), cms.TimestampUntrusted},
		"expired":             {tokenOver(t, expired, value), cms.TimestampExpired},
		"no purpose":          {tokenOver(t, purposes(testca.Without(testca.ExtExtendedKeyUsage)), value), cms.TimestampPurpose},
		"purpose not alone":   {tokenOver(t, purposes(testca.WithPurposes(true, []int{1, 3, 6, 1, 5, 5, 7, 3, 8}, []int{1, 3, 6, 1, 5, 5, 7, 3, 4})), value), cms.TimestampPurpose},
		"purpose not binding": {tokenOver(t, purposes(testca.WithPurposes(false, []int{1, 3, 6, 1, 5, 5, 7, 3, 8})), value), cms.TimestampPurpose},
	} {
		s := w.verify(t, cms.WithToken(t, sig, test.token), time.Time{}, nil)
		if s.Verdict != sign.PassedRevocationUnchecked || !s.Proven.IsZero() || !slices.Equal(findingCodes(s), []string{test.code}) {
			t.Errorf("%s: %s, proven %v, %v; want %s", name, s.Verdict, s.Proven, findingCodes(s), test.code)
		}
	}
	if s := w.verify(t, cms.WithToken(t, sig, good), time.Time{}, nil); s.Proven.IsZero() {
		t.Errorf("the good one: %v", s.Findings)
	}
}

// TestNoAlteredByteOfATokenProvesATime flips every byte of a token.
func TestNoAlteredByteOfATokenProvesATime(t *testing.T) {
	w := newTown(t)
	sig := w.sign(t, sign.Options{})
	value, _ := cms.TokensOf(t, sig)
	good := tokenOver(t, w.tsa, value)
	moment := w.verify(t, cms.WithToken(t, sig, good), time.Time{}, nil).Proven
	for i := range good {
		bad := bytes.Clone(good)
		bad[i] ^= 1
		if i < 4 {
			continue // the length of the whole: no attribute could hold it
		}
		r, err := cms.Verify(t.Context(), bytes.NewReader(cms.WithToken(t, sig, bad)), nil,
			&sign.VerifyOptions{Judge: w.store(), Timestamps: w.store().For(pki.UseTimestamp)})
		check(t, err)
		for _, s := range r.Signatures { // none, when the whole file has become malformed
			if !s.Proven.IsZero() && !s.Proven.Equal(moment) {
				t.Errorf("byte %d: proves %v", i, s.Proven)
			}
		}
	}
}

func TestTimestampsAreBounded(t *testing.T) {
	w := newTown(t)
	sig := w.sign(t, sign.Options{})
	value, _ := cms.TokensOf(t, sig)
	token := tokenOver(t, w.tsa, value)
	for range 70 {
		sig = cms.WithToken(t, sig, token)
	}
	s := w.verify(t, sig, time.Time{}, nil)
	if len(s.Timestamps) != 64 || !slices.Equal(findingCodes(s), []string{cms.TooManyTimestamps}) {
		t.Errorf("%d, %v", len(s.Timestamps), s.Findings)
	}
}

// workshop is a folder where OpenSSL works.
type workshop struct{ dir string }

func newWorkshop(t testing.TB) workshop {
	t.Helper()
	if _, err := exec.LookPath("openssl"); err != nil {
		if os.Getenv("JPKI_TEST_REQUIRE_OPENSSL") != "" {
			t.Fatal("openssl is required and missing")
		}
		t.Skip("SKIPPED, NOT TESTED: no openssl here to judge by; JPKI_TEST_REQUIRE_OPENSSL makes this fail")
	}
	return workshop{t.TempDir()}
}

func (o workshop) write(t testing.TB, name string, data []byte) {
	t.Helper()
	check(t, os.WriteFile(filepath.Join(o.dir, name), data, 0o600))
}

func (o workshop) writePEM(t testing.TB, name, kind string, der []byte) {
	t.Helper()
	o.write(t, name, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
}

func (o workshop) run(t testing.TB, arguments string) (string, error) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "openssl", strings.Fields(arguments)...)
	cmd.Dir = o.dir
	out, err := cmd.CombinedOutput()
	return string(out), err
}

func TestOpenSSLVerifiesOurTimestamps(t *testing.T) {
	o, w := newWorkshop(t), newTown(t)
	o.writePEM(t, "ca.pem", "CERTIFICATE", w.ca.Cert.Raw)
	o.write(t, "content", w.content)
	for _, level := range []sign.Level{sign.LevelT, sign.LevelLT} {
		sig := w.atLevel(t, level, sign.Options{}, w.crlAt(t, level))
		value, tokens := cms.TokensOf(t, sig)
		o.write(t, "sig", sig)
		o.write(t, "value", value)
		o.write(t, "token", tokens[0])
		for _, arguments := range []string{
			"ts -verify -token_in -in token -data value -CAfile ca.pem",
			"cms -verify -cades -binary -inform DER -in sig -content content -CAfile ca.pem -out out",
			"cms -cmsout -print -noout -inform DER -in sig",
		} {
			if out, err := o.run(t, arguments); err != nil {
				t.Errorf("%s: openssl %s: %v\n%s", level, arguments, err, out)
			}
		}
		if out, err := o.run(t, "ts -verify -token_in -in token -data content -CAfile ca.pem"); err == nil {
			t.Errorf("openssl takes the token for other data: %s", out)
		}
	}
}

// crlAt is a CRL for the level that needs one.
func (w *town) crlAt(t testing.TB, level sign.Level) *pki.Revocations {
	if level == sign.LevelLT {
		return w.crl(t)
	}
	return nil
}

// opensslTSA is OpenSSL's own time-stamp authority.
type opensslTSA struct {
	workshop
	t *testing.T
}

func (a opensslTSA) Timestamp(_ context.Context, h crypto.Hash, digest []byte) ([]byte, error) {
	a.write(a.t, "query", tsp.Request(h, digest, big.NewInt(12345)))
	if out, err := a.workshop.run(a.t, "ts -reply -config tsa.cnf -queryfile query -out reply"); err != nil {
		return nil, fmt.Errorf("%w: %s", err, out)
	}
	reply, err := os.ReadFile(filepath.Join(a.dir, "reply"))
	if err != nil {
		return nil, err
	}
	r, err := tsp.ParseResponse(reply)
	if err != nil {
		return nil, err
	}
	return r.Token, nil
}

func (a opensslTSA) Evidence(context.Context, *x509.Certificate, []*x509.Certificate, time.Time) (*sign.Evidence, error) {
	return &sign.Evidence{}, nil
}

const tsaConfig = `[tsa]
default_tsa = practice
[practice]
serial = serial
signer_cert = tsa.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1, millisecs:500, microsecs:100
clock_precision_digits = 3
ordering = yes
tsa_name = yes
ess_cert_id_chain = yes
ess_cert_id_alg = %s
`

func TestTimestampsOfOpenSSLAreTaken(t *testing.T) {
	w := newTown(t)
	key, err := x509.MarshalPKCS8PrivateKey(w.tsa.Key)
	check(t, err)
	for _, algorithm := range []string{"sha1", "sha256"} {
		o := newWorkshop(t)
		o.write(t, "tsa.cnf", []byte(fmt.Sprintf(tsaConfig, algorithm)))
		o.write(t, "serial", []byte("01\n"))
		o.writePEM(t, "tsa.pem", "CERTIFICATE", w.tsa.Cert.Raw)
		o.writePEM(t, "tsa.key", "PRIVATE KEY", key)
		var out bytes.Buffer
		check(t, cms.Extend(t.Context(), &out, bytes.NewReader(w.sign(t, sign.Options{})), &cms.ExtendOptions{
			Level: sign.LevelT, Authority: opensslTSA{o, t}, Timestamps: w.store().For(pki.UseTimestamp)}))
		s := w.verify(t, out.Bytes(), time.Time{}, nil)
		if s.Proven.IsZero() || len(s.Findings) > 0 {
			t.Fatalf("%s: %v", algorithm, s.Findings)
		}
		if got, want := s.Timestamps[0].Accuracy, 1500100*time.Microsecond; got != want {
			t.Errorf("accuracy %v, want %v", got, want)
		}
	}
}

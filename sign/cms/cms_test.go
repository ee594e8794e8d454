package cms

import (
	"bytes"
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	_ "embed"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"math/big"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jpki-desktop/jpki/sign"
)

// party is an identity with its key at hand.
type party struct {
	*sign.Identity
	key crypto.Signer
}

var (
	//go:embed testdata/keys.pem
	keysPEM []byte

	// The same in every process, so that what the fuzzer keeps stays signed.
	authority = sync.OnceValue(func() party { return newParty("Test CA", fixedKey(0), nil, 1) })
	signerRSA = sync.OnceValue(func() party { ca := authority(); return newParty("Signer", fixedKey(1), &ca, 0xABC) })
	signerEC  = sync.OnceValue(func() party { ca := authority(); return newParty("Signer EC", fixedKey(2), &ca, 0xEC) })
)

// fixedKey is the nth of keysPEM.
func fixedKey(n int) crypto.Signer {
	block, rest := pem.Decode(keysPEM)
	for range n {
		block, rest = pem.Decode(rest)
	}
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		panic(err)
	}
	return key.(crypto.Signer)
}

func newEC() crypto.Signer {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		panic(err)
	}
	return key
}

// newParty makes a party whose certificate issuer signs: its own key when nil.
func newParty(name string, key crypto.Signer, issuer *party, serial int64) party {
	template := &x509.Certificate{
		SerialNumber: big.NewInt(serial),
		Subject:      pkix.Name{Country: []string{"JP"}, Organization: []string{"練習"}, CommonName: name},
		NotBefore:    time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC),
		NotAfter:     time.Date(2120, 1, 1, 0, 0, 0, 0, time.UTC),
		KeyUsage:     x509.KeyUsageDigitalSignature | x509.KeyUsageContentCommitment,
		SubjectKeyId: bytes.Repeat([]byte{byte(serial)}, 20),
	}
	parent, signer := template, key
	if issuer == nil {
		template.IsCA, template.BasicConstraintsValid = true, true
		template.KeyUsage = x509.KeyUsageCertSign
	} else {
		parent, signer = issuer.Cert, issuer.key
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, key.Public(), signer)
	if err != nil {
		panic(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		panic(err)
	}
	p := party{&sign.Identity{Cert: cert, Signer: key}, key}
	if issuer != nil {
		p.Chain = []*x509.Certificate{issuer.Cert}
	}
	return p
}

// trusting is a judge that knows some certificates and no others.
type trusting []*x509.Certificate

func (certs trusting) Judge(_ context.Context, cert *x509.Certificate, _ []*x509.Certificate, at time.Time) sign.Certification {
	for _, c := range certs {
		if c.Equal(cert) && at.Before(c.NotAfter) {
			return sign.Certification{Anchor: sign.Anchor{Name: "test", Kind: sign.AnchorUser}}
		}
	}
	return sign.Certification{Findings: []sign.Finding{{Code: "issuer_unknown", Verdict: sign.Indeterminate}}}
}

func judging(parties ...party) *sign.VerifyOptions {
	var certs trusting
	for _, p := range parties {
		certs = append(certs, p.Cert)
	}
	return &sign.VerifyOptions{Judge: certs}
}

func mustSign(t testing.TB, content []byte, p party, o sign.Options) []byte {
	t.Helper()
	var out bytes.Buffer
	if o.Attached {
		o.Size = int64(len(content))
	}
	if err := Sign(t.Context(), &out, bytes.NewReader(content), p.Identity, &o); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// verifyBytes verifies sig over content, nil for none at hand.
func verifyBytes(t testing.TB, sig, content []byte, o *sign.VerifyOptions) *sign.Report {
	t.Helper()
	var src io.Reader
	if content != nil {
		src = bytes.NewReader(content)
	}
	report, err := Verify(t.Context(), bytes.NewReader(sig), src, o)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// codes are the codes of all findings of r, in order.
func codes(r *sign.Report) string {
	var all []string
	for _, f := range r.Findings {
		all = append(all, f.Code)
	}
	for _, s := range r.Signatures {
		for _, f := range s.Findings {
			all = append(all, f.Code)
		}
	}
	return strings.Join(all, " ")
}

func wantPassed(t testing.TB, r *sign.Report) {
	t.Helper()
	if r.Verdict != sign.PassedRevocationUnchecked || len(r.Signatures) == 0 {
		t.Fatalf("verdict %s with %d signatures: %s", r.Verdict, len(r.Signatures), details(r))
	}
}

func details(r *sign.Report) string {
	text := fmt.Sprint(r.Findings)
	for _, s := range r.Signatures {
		text += fmt.Sprint(" ", s.Findings)
	}
	return text
}

func TestSignedContentVerifies(t *testing.T) {
	content := bytes.Repeat([]byte("申告書\r\n"), 50_000) // more than a buffer
	for _, p := range []party{signerRSA(), signerEC()} {
		for _, hash := range []crypto.Hash{0, crypto.SHA256, crypto.SHA384, crypto.SHA512} {
			for _, o := range []sign.Options{{}, {PEM: true}, {Attached: true}, {Attached: true, PEM: true}} {
				if o.Attached && p.Cert.Equal(signerEC().Cert) {
					continue
				}
				o.Digest = hash
				t.Run(fmt.Sprintf("%s/%v/%+v", p.Cert.Subject.CommonName, hash, o), func(t *testing.T) {
					sig := mustSign(t, content, p, o)
					detached := content
					if o.Attached {
						detached = nil
					}
					r := verifyBytes(t, sig, detached, judging(p))
					wantPassed(t, r)
					if info, err := Inspect(bytes.NewReader(sig)); err != nil || info != (Info{o.Attached, o.PEM}) {
						t.Errorf("Inspect: %+v, %v", info, err)
					}
					if !Detect(sig[:100]) {
						t.Error("not detected")
					}
				})
			}
		}
	}
}

func TestReportTellsWhatWasSigned(t *testing.T) {
	content := []byte("content")
	at := time.Date(2031, 2, 3, 4, 5, 6, 0, time.UTC)
	o := judging(signerRSA())
	o.Now = at
	o.At = at
	r := verifyBytes(t, mustSign(t, content, signerRSA(), sign.Options{Time: at}), content, o)
	wantPassed(t, r)
	s, sum := r.Signatures[0], sha256.Sum256(content)
	if r.Format != sign.CMS || !s.Signer.Equal(signerRSA().Cert) || !s.Claimed.Equal(at) || !s.Proven.IsZero() {
		t.Errorf("signature %+v", s)
	}
	if s.Serial != "ABC" || s.Issuer != "CN=Test CA,O=練習,C=JP" {
		t.Errorf("signer is named %s %s", s.Serial, s.Issuer)
	}
	if c := s.Covers; c.Bytes != 7 || c.Attached || c.Digest != crypto.SHA256 || !bytes.Equal(c.Sum, sum[:]) {
		t.Errorf("covers %+v", c)
	}
	if s.Anchor.Kind != sign.AnchorUser || s.Revocation != sign.RevocationUnchecked {
		t.Errorf("certification %+v %s", s.Anchor, s.Revocation)
	}
}

func TestCertificateIsJudgedAtTheTimeOfTheOptions(t *testing.T) {
	sig := mustSign(t, []byte("x"), signerRSA(), sign.Options{})
	o := judging(signerRSA())
	o.At = signerRSA().Cert.NotAfter.AddDate(0, 0, 1)
	if r := verifyBytes(t, sig, []byte("x"), o); codes(r) != "issuer_unknown" {
		t.Errorf("findings %s", codes(r))
	}
}

func TestAttachedContentIsExtractedAndCompared(t *testing.T) {
	content := bytes.Repeat([]byte("0123456789"), 70_000)
	sig := mustSign(t, content, signerRSA(), sign.Options{Attached: true})
	var out bytes.Buffer
	o := judging(signerRSA())
	o.Extract = &out
	wantPassed(t, verifyBytes(t, sig, content, o))
	if !bytes.Equal(out.Bytes(), content) {
		t.Error("extracted content is different")
	}
	o.Extract = nil
	for name, other := range map[string][]byte{
		"shorter": content[:len(content)-1], "longer": append(bytes.Clone(content), 0), "empty": {},
		"altered": append(bytes.Clone(content[:len(content)-1]), 'x'),
	} {
		if r := verifyBytes(t, sig, other, o); codes(r) != ContentMismatch || r.Verdict != sign.Failed {
			t.Errorf("%s: %s %s", name, r.Verdict, codes(r))
		}
	}
}

func TestEmptyContentIsContent(t *testing.T) {
	wantPassed(t, verifyBytes(t, mustSign(t, nil, signerRSA(), sign.Options{}), []byte{}, judging(signerRSA())))
	r := verifyBytes(t, mustSign(t, nil, signerRSA(), sign.Options{Attached: true}), nil, judging(signerRSA()))
	wantPassed(t, r)
	if !r.Signatures[0].Covers.Attached {
		t.Error("empty content inside is not seen")
	}
}

func TestContentOfAnotherSizeIsRefused(t *testing.T) {
	for _, size := range []int64{1, 4, 6, 100} {
		o := &sign.Options{Attached: true, Size: size}
		var out bytes.Buffer
		err := Sign(t.Context(), &out, strings.NewReader("12345"), signerRSA().Identity, o)
		if !errors.Is(err, sign.ErrSizeChanged) {
			t.Errorf("size %d attached: %v", size, err)
		}
		o.Attached = false
		if err := Sign(t.Context(), &out, strings.NewReader("12345"), signerRSA().Identity, o); !errors.Is(err, sign.ErrSizeChanged) {
			t.Errorf("size %d detached: %v", size, err)
		}
	}
}

// writes counts calls of Write.
type writes int

func (w *writes) Write(p []byte) (int, error) { *w++; return len(p), nil }

func TestDetachedSignatureIsWrittenByFinishAlone(t *testing.T) {
	for _, pem := range []bool{false, true} {
		var n writes
		p, err := Prepare(t.Context(), &n, strings.NewReader("x"), signerRSA().Cert, nil, &sign.Options{PEM: pem})
		if err != nil || n != 0 {
			t.Fatalf("%d writes before Finish, %v", n, err)
		}
		if err := p.Finish(t.Context(), signerRSA().key); err != nil || n == 0 {
			t.Errorf("%d writes after Finish, %v", n, err)
		}
	}
}

func TestSigningErrors(t *testing.T) {
	ec, other := signerEC(), authority()
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	for name, test := range map[string]struct {
		ctx  context.Context
		src  io.Reader
		id   *sign.Identity
		o    *sign.Options
		want string
	}{
		"ECDSA attached":   {t.Context(), strings.NewReader(""), ec.Identity, &sign.Options{Attached: true}, "length"},
		"weak digest":      {t.Context(), strings.NewReader(""), ec.Identity, &sign.Options{Digest: crypto.SHA1}, "SHA-1"},
		"unknown digest":   {t.Context(), strings.NewReader(""), ec.Identity, &sign.Options{Digest: crypto.SHA3_256}, "SHA3-256"},
		"negative size":    {t.Context(), strings.NewReader(""), ec.Identity, &sign.Options{Size: -1}, "-1 bytes"},
		"year 10000":       {t.Context(), strings.NewReader(""), ec.Identity, &sign.Options{Time: time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)}, "10000"},
		"another's key":    {t.Context(), strings.NewReader(""), &sign.Identity{Cert: signerRSA().Cert, Signer: other.key}, nil, "against the certificate"},
		"unreadable":       {t.Context(), failing{}, ec.Identity, nil, "reading content: device gone"},
		"unreadable later": {t.Context(), io.MultiReader(strings.NewReader("x"), failing{}), signerRSA().Identity, &sign.Options{Attached: true, Size: 9}, "device gone"},
		"interrupted":      {cancelled, strings.NewReader(""), ec.Identity, nil, "canceled"},
	} {
		err := Sign(test.ctx, io.Discard, test.src, test.id, test.o)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error)  { return 0, errors.New("device gone") }
func (failing) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestSigningReportsAFullDisk(t *testing.T) {
	content := bytes.Repeat([]byte("x"), 2*bufferSize)
	for _, o := range []sign.Options{{}, {PEM: true}, {Attached: true}, {Attached: true, PEM: true}} {
		o.Size = int64(len(content))
		for _, room := range []int{0, 100, bufferSize} {
			if room > 100 && !o.Attached {
				continue
			}
			err := Sign(t.Context(), &disk{room}, bytes.NewReader(content), signerRSA().Identity, &o)
			if err == nil || !strings.Contains(err.Error(), "disk full") {
				t.Errorf("%+v with room for %d: %v", o, room, err)
			}
		}
	}
}

// disk has room for so many bytes.
type disk struct{ room int }

func (d *disk) Write(p []byte) (int, error) {
	n := min(len(p), d.room)
	d.room -= n
	if n < len(p) {
		return n, errors.New("disk full")
	}
	return n, nil
}

func TestVerifyReturnsErrorsOfReadingOnly(t *testing.T) {
	content := bytes.Repeat([]byte("x"), 2*bufferSize)
	detached := mustSign(t, content, signerRSA(), sign.Options{})
	attached := mustSign(t, content, signerRSA(), sign.Options{Attached: true})
	full := judging(signerRSA())
	full.Extract = failing{}
	for name, test := range map[string]struct {
		sig, content io.Reader
		o            *sign.VerifyOptions
		want         string
	}{
		"signature":          {failing{}, nil, judging(), "reading signature: device gone"},
		"signature later":    {io.MultiReader(bytes.NewReader(attached[:bufferSize+9]), failing{}), nil, judging(), "device gone"},
		"content":            {bytes.NewReader(detached), failing{}, judging(), "reading content: device gone"},
		"content to compare": {bytes.NewReader(attached), failing{}, judging(), "reading content: device gone"},
		"extraction":         {bytes.NewReader(attached), nil, full, "disk full"},
		"no judge":           {bytes.NewReader(attached), nil, &sign.VerifyOptions{}, "nobody to judge"},
	} {
		r, err := Verify(t.Context(), test.sig, test.content, test.o)
		if err == nil || r != nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, %v", name, r, err)
		}
	}
}

func TestVerifyStopsWhenInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	sig := mustSign(t, []byte("x"), signerRSA(), sign.Options{})
	endless := readFunc(func(p []byte) (int, error) { cancel(); return len(p), nil })
	if _, err := Verify(ctx, bytes.NewReader(sig), endless, judging()); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

type readFunc func([]byte) (int, error)

func (f readFunc) Read(p []byte) (int, error) { return f(p) }

package cms_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/jpki-desktop/jpki/sign"
	"github.com/jpki-desktop/jpki/sign/cms"
	"github.com/jpki-desktop/jpki/sign/pki"
	"github.com/jpki-desktop/jpki/sign/testca"
)

// many is how many small signatures a filing office may have to verify at once.
const many = 10_000

// filings are signatures over a tax return each, by one of several residents; every
// fiftieth document was altered afterwards.
type filings struct {
	ca         *testca.CA
	signatures [][]byte
	documents  [][]byte
}

func newFilings(tb testing.TB, n int) *filings {
	tb.Helper()
	ca, err := testca.New()
	if err != nil {
		tb.Fatal(err)
	}
	var ids []*sign.Identity
	for range 8 {
		key, err := rsa.GenerateKey(rand.Reader, 2048)
		if err != nil {
			tb.Fatal(err)
		}
		cert, err := ca.IssueSigning(key.Public(), testca.SampleOwner())
		if err != nil {
			tb.Fatal(err)
		}
		ids = append(ids, &sign.Identity{Cert: cert, Chain: []*x509.Certificate{ca.Cert}, Signer: key})
	}
	f := &filings{ca, make([][]byte, n), make([][]byte, n)}
	inParallel(n, func(i int) {
		f.documents[i] = fmt.Appendf(nil, "申告書 %d 円", i)
		var sig bytes.Buffer
		if err := cms.Sign(context.Background(), &sig, bytes.NewReader(f.documents[i]), ids[i%len(ids)], nil); err != nil {
			panic(err)
		}
		f.signatures[i] = sig.Bytes()
		if i%50 == 49 {
			f.documents[i] = append(f.documents[i], "!"...)
		}
	})
	return f
}

// inParallel does work(0) to work(n-1) on every processor.
func inParallel(n int, work func(i int)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				work(i)
			}
		})
	}
	wg.Wait()
}

// ours returns a verifier that tells whether the filing i is sound.
func (f *filings) ours(testing.TB) func(i int) bool {
	o := &sign.VerifyOptions{Judge: pki.NewStore(pki.PracticeAnchor(f.ca.Cert))}
	return func(i int) bool {
		r, err := cms.Verify(context.Background(), bytes.NewReader(f.signatures[i]), bytes.NewReader(f.documents[i]), o)
		return err == nil && r.Verdict == sign.PassedRevocationUnchecked
	}
}

// openSSL is the same by one process of OpenSSL's each.
func (f *filings) openSSL(tb testing.TB) func(i int) bool {
	if _, err := exec.LookPath("openssl"); err != nil {
		if os.Getenv("JPKI_TEST_REQUIRE_OPENSSL") != "" {
			tb.Fatal("openssl is required and missing")
		}
		tb.Skip("SKIPPED, NOT TESTED: no openssl to compare with; JPKI_TEST_REQUIRE_OPENSSL makes this fail")
	}
	dir := tb.TempDir()
	write := func(name string, data []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			panic(err)
		}
		return path
	}
	ca := write("ca.pem", pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: f.ca.Cert.Raw}))
	return func(i int) bool {
		sig, doc := write(fmt.Sprint(i, ".p7s"), f.signatures[i]), write(fmt.Sprint(i), f.documents[i])
		return exec.Command("openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", sig, "-content", doc,
			"-CAfile", ca, "-purpose", "any", "-ignore_critical", "-out", os.DevNull).Run() == nil
	}
}

// verifiers are compared with each other. The slow one verifies a tenth.
var verifiers = []struct {
	name  string
	n     int
	sound func(*filings, testing.TB) func(i int) bool
}{
	{"jpki", many, (*filings).ours},
	{"openssl", many / 10, (*filings).openSSL},
}

// TestManyFilingsHaveEqualVerdicts holds the verdicts of the benchmark to each other.
func TestManyFilingsHaveEqualVerdicts(t *testing.T) {
	f := newFilings(t, 200)
	for _, v := range verifiers {
		sound := v.sound(f, t)
		for i := range f.signatures {
			if want := i%50 != 49; sound(i) != want {
				t.Errorf("%s: filing %d is sound: %v", v.name, i, !want)
			}
		}
	}
}

// BenchmarkMany verifies small signatures on two processors: in process, and with openssl
// cms -verify in a loop.
func BenchmarkMany(b *testing.B) {
	f := newFilings(b, many)
	for _, v := range verifiers {
		sound := v.sound(f, b)
		b.Run(v.name, func(b *testing.B) {
			var good atomic.Int64
			for b.Loop() {
				good.Store(0)
				inParallel(v.n, func(i int) {
					if sound(i) {
						good.Add(1)
					}
				})
			}
			if want := int64(v.n - v.n/50); good.Load() != want {
				b.Errorf("%d sound, not %d", good.Load(), want)
			}
			b.ReportMetric(float64(v.n)*float64(b.N)/b.Elapsed().Seconds(), "signatures/s")
		})
	}
}

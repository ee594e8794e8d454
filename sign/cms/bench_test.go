package cms

import (
	"bufio"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/jpki-desktop/jpki/sign"
)

const benchSize = 1 << 30

// benchDir holds a file of benchSize bytes, called content, beside OpenSSL's keys.
func benchDir(b *testing.B) openSSL {
	o := newOpenSSL(b)
	f, err := os.Create(filepath.Join(o.dir, "content"))
	if err != nil {
		b.Fatal(err)
	}
	block := bytes.Repeat([]byte("0123456789abcdef"), 1<<16)
	w := bufio.NewWriter(f)
	for range benchSize / len(block) {
		w.Write(block)
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
	return o
}

func (o openSSL) open(b *testing.B, name string) *os.File {
	f, err := os.Open(filepath.Join(o.dir, name))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { f.Close() })
	return f
}

// sign makes the file sig.
func (o openSSL) sign(b *testing.B, options sign.Options) {
	f, err := os.Create(filepath.Join(o.dir, "sig"))
	if err != nil {
		b.Fatal(err)
	}
	options.Size = benchSize
	if err := Sign(b.Context(), f, o.open(b, "content"), signerRSA().Identity, &options); err != nil {
		b.Fatal(err)
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
}

func (o openSSL) verify(b *testing.B, content io.Reader) {
	r, err := Verify(b.Context(), o.open(b, "sig"), content, judging(signerRSA()))
	if err != nil {
		b.Fatal(err)
	}
	wantPassed(b, r)
}

// BenchmarkGiB signs and verifies a file, ours beside OpenSSL's.
func BenchmarkGiB(b *testing.B) {
	o := benchDir(b)
	shell := func(arguments string) func(*testing.B) {
		return func(b *testing.B) { o.must(b, arguments) }
	}
	const by = " -signer rsa.pem -inkey rsa.key -outform DER -out sig"
	for _, bench := range []struct {
		name string
		run  func(*testing.B)
	}{
		{"openssl dgst", shell("dgst -sha256 content")},
		{"sign detached", func(b *testing.B) { o.sign(b, sign.Options{}) }},
		{"verify detached", func(b *testing.B) { o.verify(b, o.open(b, "content")) }},
		{"openssl cms -sign -nodetach -stream", shell("cms -sign -binary -in content -nodetach -stream" + by)},
		{"verify openssl's attached", func(b *testing.B) { o.verify(b, nil) }},
		{"sign attached", func(b *testing.B) { o.sign(b, sign.Options{Attached: true}) }},
		{"verify attached", func(b *testing.B) { o.verify(b, nil) }},
		{"verify attached and compare", func(b *testing.B) { o.verify(b, o.open(b, "content")) }},
		{"sign attached as PEM", func(b *testing.B) { o.sign(b, sign.Options{Attached: true, PEM: true}) }},
		{"verify attached as PEM", func(b *testing.B) { o.verify(b, nil) }},
	} {
		b.Run(bench.name, func(b *testing.B) {
			b.SetBytes(benchSize)
			b.ReportAllocs()
			for range b.N {
				bench.run(b)
			}
		})
	}
}

package cms

import (
	"bytes"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jpki-desktop/jpki/sign"
)

// openSSL runs OpenSSL in a directory that holds the parties' keys and certificates.
type openSSL struct{ dir string }

func newOpenSSL(t testing.TB) openSSL {
	t.Helper()
	if _, err := exec.LookPath("openssl"); err != nil {
		if os.Getenv("JPKI_TEST_REQUIRE_OPENSSL") != "" {
			t.Fatal("openssl is required and missing")
		}
		t.Skip("SKIPPED, NOT TESTED: no openssl here to judge by; JPKI_TEST_REQUIRE_OPENSSL makes this fail")
	}
	o := openSSL{t.TempDir()}
	o.write(t, "ca.pem", certificatePEM(authority().Cert))
	for name, p := range map[string]party{"rsa": signerRSA(), "ec": signerEC()} {
		der, err := x509.MarshalPKCS8PrivateKey(p.key)
		if err != nil {
			t.Fatal(err)
		}
		o.write(t, name+".key", pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}))
		o.write(t, name+".pem", certificatePEM(p.Cert))
	}
	return o
}

func certificatePEM(cert *x509.Certificate) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert.Raw})
}

func (o openSSL) write(t testing.TB, name string, data []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(o.dir, name), data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func (o openSSL) read(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(o.dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// run runs openssl with arguments that are separated by spaces.
func (o openSSL) run(t testing.TB, arguments string) error {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "openssl", strings.Fields(arguments)...)
	cmd.Dir = o.dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("openssl %s: %w\n%s", arguments, err, out)
	}
	return nil
}

func (o openSSL) must(t testing.TB, arguments string) {
	t.Helper()
	if err := o.run(t, arguments); err != nil {
		t.Fatal(err)
	}
}

func TestOpenSSLVerifiesOurSignatures(t *testing.T) {
	o := newOpenSSL(t)
	content := []byte("line\nwithout carriage return, then one\r\n\x00\xff")
	o.write(t, "content", content)
	for _, p := range []party{signerRSA(), signerEC()} {
		for _, options := range []sign.Options{
			{}, {PEM: true}, {Digest: 6}, {Digest: 7}, // SHA-384 and SHA-512
			{Attached: true}, {Attached: true, PEM: true},
		} {
			if options.Attached && p.Cert.Equal(signerEC().Cert) {
				continue
			}
			o.write(t, "sig", mustSign(t, content, p, options))
			arguments := "cms -verify -binary -CAfile ca.pem -in sig -out out -inform "
			if options.PEM {
				arguments += "PEM"
			} else {
				arguments += "DER"
			}
			if !options.Attached {
				arguments += " -content content"
			}
			o.must(t, arguments)
			o.must(t, arguments+" -cades")
			if !bytes.Equal(o.read(t, "out"), content) {
				t.Errorf("%+v: openssl extracts other content", options)
			}
		}
	}
}

func TestOurSignaturesAreDER(t *testing.T) {
	o := newOpenSSL(t)
	for _, options := range []sign.Options{{}, {Attached: true}} {
		sig := mustSign(t, []byte("content"), signerRSA(), options)
		o.write(t, "sig", sig)
		o.must(t, "cms -cmsout -inform DER -in sig -outform DER -out again")
		if !bytes.Equal(o.read(t, "again"), sig) {
			t.Errorf("%+v: openssl encodes the same otherwise", options)
		}
	}
}

func TestOpenSSLRejectsOurSignatureOverOtherContent(t *testing.T) {
	o := newOpenSSL(t)
	o.write(t, "sig", mustSign(t, []byte("content"), signerRSA(), sign.Options{}))
	o.write(t, "content", []byte("Content"))
	if o.run(t, "cms -verify -binary -CAfile ca.pem -in sig -inform DER -content content") == nil {
		t.Error("openssl accepts it")
	}
}

func TestOpenSSLSignaturesVerify(t *testing.T) {
	o := newOpenSSL(t)
	content := bytes.Repeat([]byte("text\r\n\x00"), 100_000)
	o.write(t, "content", content)
	const cades, plain = "", SigningCertificateMissing
	for _, test := range []struct{ arguments, findings string }{
		{"-signer rsa.pem -inkey rsa.key -cades", cades},
		{"-signer rsa.pem -inkey rsa.key -cades -md sha384", cades}, // ESSCertIDv2 with another digest
		{"-signer rsa.pem -inkey rsa.key", plain},
		{"-signer rsa.pem -inkey rsa.key -nosmimecap", plain},
		{"-signer rsa.pem -inkey rsa.key -md sha384", plain},
		{"-signer rsa.pem -inkey rsa.key -md sha512", plain},
		{"-signer rsa.pem -inkey rsa.key -keyid", plain},
		{"-signer rsa.pem -inkey rsa.key -keyopt rsa_padding_mode:pss", plain},
		{"-signer rsa.pem -inkey rsa.key -keyopt rsa_padding_mode:pss -keyopt rsa_pss_saltlen:17 -md sha512", plain},
		{"-signer ec.pem -inkey ec.key", plain},
		{"-signer ec.pem -inkey ec.key -cades -md sha384", cades},
		{"-signer ec.pem -inkey ec.key -keyid -md sha512", plain},
		{"-signer rsa.pem -inkey rsa.key -cades -certfile ca.pem", cades},
	} {
		for _, form := range []string{"", " -stream", " -nodetach", " -nodetach -stream"} {
			if strings.Contains(test.arguments, "pss") && strings.Contains(form, "-stream") {
				continue // OpenSSL 3.0 itself ends with "illegal zero content"
			}
			for _, encoding := range []string{"DER", "PEM"} {
				arguments := test.arguments + form + " -outform " + encoding
				t.Run(arguments, func(t *testing.T) {
					o.must(t, "cms -sign -binary -in content -out sig "+arguments)
					detached := content
					if strings.Contains(form, "nodetach") {
						detached = nil
					}
					r := verifyBytes(t, o.read(t, "sig"), detached, judging(signerRSA(), signerEC()))
					wantPassed(t, r)
					if codes(r) != test.findings || r.Signatures[0].Covers.Bytes != int64(len(content)) {
						t.Errorf("findings %q, covers %+v", codes(r), r.Signatures[0].Covers)
					}
				})
			}
		}
	}
}

func TestOpenSSLSmimeSignatureVerifies(t *testing.T) { // PKCS #7, with its own PEM label
	o := newOpenSSL(t)
	o.write(t, "content", []byte("content"))
	for _, form := range []string{"DER", "PEM", "DER -nodetach", "PEM -nodetach -stream"} {
		o.must(t, "smime -sign -binary -in content -out sig -signer rsa.pem -inkey rsa.key -outform "+form)
		wantPassed(t, verifyBytes(t, o.read(t, "sig"), []byte("content"), judging(signerRSA())))
	}
}

func TestEverySignerOfOpenSSLIsJudged(t *testing.T) {
	o := newOpenSSL(t)
	o.write(t, "content", []byte("content"))
	o.must(t, "cms -sign -binary -cades -in content -outform DER -out sig -signer rsa.pem -inkey rsa.key -signer ec.pem -inkey ec.key")
	sig := o.read(t, "sig")
	if r := verifyBytes(t, sig, []byte("content"), judging(signerRSA(), signerEC())); len(r.Signatures) != 2 {
		t.Errorf("%d signatures", len(r.Signatures))
	} else {
		wantPassed(t, r)
	}
	r := verifyBytes(t, sig, []byte("content"), judging(signerEC()))
	if r.Verdict != sign.Indeterminate || codes(r) != "issuer_unknown" {
		t.Errorf("one of two known: %s %s", r.Verdict, codes(r))
	}
}

func TestWeakAndBareSignaturesOfOpenSSLDoNotPass(t *testing.T) {
	o := newOpenSSL(t)
	o.write(t, "content", []byte("content"))
	weak := judging(signerRSA())
	weak.AllowWeak = true
	for _, test := range []struct {
		arguments string
		o         *sign.VerifyOptions
		verdict   sign.Verdict
		code      string
	}{
		{"-md sha1", judging(signerRSA()), sign.Failed, WeakDigest},
		{"-md sha1", weak, sign.Indeterminate, WeakDigest},
		{"-md md5", weak, sign.Indeterminate, WeakDigest},
		{"-noattr", judging(signerRSA()), sign.Failed, SignedAttributesMissing},
		{"-nocerts", judging(signerRSA()), sign.Indeterminate, CertificateMissing},
	} {
		o.must(t, "cms -sign -binary -in content -outform DER -out sig -signer rsa.pem -inkey rsa.key "+test.arguments)
		r := verifyBytes(t, o.read(t, "sig"), []byte("content"), test.o)
		if r.Verdict != test.verdict || !strings.HasPrefix(codes(r), test.code) {
			t.Errorf("%s: %s %s", test.arguments, r.Verdict, codes(r))
		}
	}
}

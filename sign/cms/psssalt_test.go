package cms

import (
	"crypto"
	"crypto/rsa"
	"testing"

	"github.com/jpki-desktop/jpki/sign"
)

// TestPSSWithoutSaltIsHeldToIt: a salt length of 0 in the parameters, which package rsa
// takes for any length, was once satisfied by every salt (found by Wycheproof).
func TestPSSWithoutSaltIsHeldToIt(t *testing.T) {
	for _, salt := range []int{1, 32} {
		a := goodAssembly(signerRSA(), rejectedContent)
		a.signers[0].algorithm = pssAlgorithm(crypto.SHA256, crypto.SHA256, 0)
		a.signers[0].pss = &rsa.PSSOptions{SaltLength: salt, Hash: crypto.SHA256}
		if r := verifyBytes(t, a.der(t), rejectedContent, judging(signerRSA())); r.Verdict != sign.Failed || codes(r) != SignatureInvalid {
			t.Errorf("salt of %d: %s %s", salt, r.Verdict, codes(r))
		}
	}
}

func TestPSSWithoutSaltOfOpenSSLVerifies(t *testing.T) {
	o := newOpenSSL(t)
	o.write(t, "content", []byte("content"))
	o.must(t, "cms -sign -binary -cades -in content -outform DER -out sig -signer rsa.pem -inkey rsa.key -keyopt rsa_padding_mode:pss -keyopt rsa_pss_saltlen:0")
	wantPassed(t, verifyBytes(t, o.read(t, "sig"), []byte("content"), judging(signerRSA())))
}

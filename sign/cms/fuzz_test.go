package cms

import (
	"bytes"
	"crypto"
	"testing"
	"time"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	"github.com/jpki-desktop/jpki/sign"
)

var fuzzedContent = []byte("the content of the file")

// fuzzSeeds are good signatures over fuzzedContent in every form, made at a fixed time.
func fuzzSeeds(t testing.TB) (seeds [][]byte) {
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	for _, o := range []sign.Options{
		{Time: at}, {Time: at, Attached: true}, {Time: at, PEM: true}, {Time: at, Attached: true, PEM: true}, {Time: at, Digest: crypto.SHA512},
	} {
		seeds = append(seeds, mustSign(t, fuzzedContent, signerRSA(), o))
	}
	seeds = append(seeds, toBER(seeds[0], 20), toBER(seeds[1], 3), mustSign(t, fuzzedContent, signerEC(), sign.Options{Time: at}))
	for _, test := range rejections[:20] {
		a := goodAssembly(signerRSA(), fuzzedContent)
		test.spoil(a, a.signers[0])
		seeds = append(seeds, a.der(t))
	}
	return seeds
}

// FuzzVerify: nothing passes but the content that was signed, by those who signed it, and
// memory is bounded by the size of the file.
func FuzzVerify(f *testing.F) {
	for _, seed := range fuzzSeeds(f) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, sig []byte) {
		before := allocated()
		o := judging(signerRSA(), signerEC())
		o.AllowWeak = true
		r := verifyBytes(t, sig, fuzzedContent, o)
		if n := allocated() - before; n > 16<<20+100*uint64(len(sig)) {
			t.Errorf("%d bytes allocated for %d", n, len(sig))
		}
		for _, s := range r.Signatures {
			if s.Verdict != sign.Passed && s.Verdict != sign.PassedRevocationUnchecked {
				continue
			}
			if s.Covers.Bytes != int64(len(fuzzedContent)) || !bytes.Equal(s.Covers.Sum, sum(s.Covers.Digest, fuzzedContent)) {
				t.Errorf("passed with %+v", s.Covers)
			}
			if !s.Signer.Equal(signerRSA().Cert) && !s.Signer.Equal(signerEC().Cert) {
				t.Errorf("passed with signer %v", s.Signer.Subject)
			}
		}
		if _, err := Inspect(bytes.NewReader(sig)); err != nil && len(r.Signatures) > 0 {
			t.Errorf("what verifies cannot be inspected: %v", err)
		}
		if len(r.Signatures) > 0 && !Detect(sig) {
			t.Error("what verifies is not detected")
		}
	})
}

// FuzzBER: what is read as an element comes out as one in definite form, once and for all.
func FuzzBER(f *testing.F) {
	for _, seed := range fuzzSeeds(f) {
		f.Add(seed)
	}
	f.Add([]byte("\x24\x80\x04\x01a\x24\x80\x00\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, ber []byte) {
		der, err := normalized(ber)
		if err != nil {
			return
		}
		s := cryptobyte.String(der)
		var e cryptobyte.String
		if !s.ReadAnyASN1Element(&e, new(asn1.Tag)) || !s.Empty() || len(der) > 2*len(ber) {
			t.Fatalf("%x becomes %x", ber, der)
		}
		if again, err := normalized(der); err != nil || !bytes.Equal(again, der) {
			t.Errorf("%x becomes %x, %v", der, again, err)
		}
	})
}

// FuzzSignVerify: what is signed verifies in every form, and one changed bit of it fails.
func FuzzSignVerify(f *testing.F) {
	f.Add([]byte("content"), uint8(0), int64(0))
	f.Add([]byte{}, uint8(1), int64(2_524_608_000)) // 2050
	f.Add(bytes.Repeat([]byte("0123456789"), 100), uint8(7), int64(-631_152_001))
	f.Fuzz(func(t *testing.T, content []byte, form uint8, at int64) {
		when := time.Unix(at, 0)
		if y := when.UTC().Year(); y < 2 || y > 9999 {
			return
		}
		o := sign.Options{Attached: form&1 != 0, PEM: form&2 != 0, Time: when}
		judge := judging(signerRSA())
		judge.Now, judge.At = when, when
		sig := mustSign(t, content, signerRSA(), o)
		r := verifyBytes(t, sig, content, judge)
		wantPassed(t, r)
		if !r.Signatures[0].Claimed.Equal(when) {
			t.Errorf("signed at %v, claims %v", when, r.Signatures[0].Claimed)
		}
		if form&4 != 0 && !o.PEM {
			wantPassed(t, verifyBytes(t, toBER(sig, int(form)), content, judge))
		}
		if len(content) > 0 {
			bad := bytes.Clone(content)
			bad[int(form)%len(bad)] ^= 1 << (form % 8)
			if r := verifyBytes(t, sig, bad, judge); r.Verdict != sign.Failed {
				t.Errorf("changed content: %s", r.Verdict)
			}
		}
	})
}

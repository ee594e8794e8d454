package cms

import (
	"bytes"
	"io"
	"testing"

	"github.com/jpki-desktop/jpki/sign"
)

// unsigned are the spans of sig whose bytes carry no signed meaning: both version numbers,
// which follow from the rest, and the CA's certificate, which is for the judge to check.
func unsigned(sig []byte) (spans [][2]int) {
	add := func(start, n int) { spans = append(spans, [2]int{start, start + n}) }
	first := bytes.Index(sig, version)
	last := bytes.LastIndex(sig, append(bytes.Clone(version), tlv(tagSequence, signerRSA().Cert.RawIssuer, serialNumber(signerRSA().Cert))...))
	add(first+2, 1)
	add(last+2, 1)
	ca := authority().Cert.Raw
	add(bytes.Index(sig, ca), len(ca))
	return spans
}

func TestNoAlteredByteIsAccepted(t *testing.T) {
	content := []byte("the content of the file")
	for _, o := range []sign.Options{{}, {Attached: true}} {
		sig := mustSign(t, content, signerRSA(), o)
		detached := content
		if o.Attached {
			detached = nil
		}
		free := unsigned(sig)
		for i := range sig {
			for _, flip := range []byte{0xFF, 1, 0x20, 1 << (i % 8)} {
				bad := bytes.Clone(sig)
				bad[i] ^= flip
				r := verifyBytes(t, bad, detached, judging(signerRSA()))
				if r.Verdict != sign.PassedRevocationUnchecked {
					continue
				}
				if !within(free, i) {
					t.Errorf("attached %v: byte %d of %d, %#x → %#x, is accepted", o.Attached, i, len(sig), sig[i], bad[i])
				}
			}
		}
	}
}

func within(spans [][2]int, i int) bool {
	for _, s := range spans {
		if s[0] <= i && i < s[1] {
			return true
		}
	}
	return false
}

func TestNoTruncationIsAccepted(t *testing.T) {
	content := []byte("content")
	for _, o := range []sign.Options{{}, {Attached: true}, {PEM: true}} {
		sig := mustSign(t, content, signerRSA(), o)
		if o.PEM {
			sig = bytes.TrimSuffix(sig, []byte("\n"))
		}
		for n := range sig {
			r := verifyBytes(t, sig[:n], content, judging(signerRSA()))
			if r.Verdict != sign.Failed && r.Verdict != sign.NoSignature {
				t.Fatalf("%+v: the first %d of %d bytes: %s", o, n, len(sig), r.Verdict)
			}
		}
	}
}

// TestNoInsertionIsAccepted adds a byte anywhere.
func TestNoInsertionIsAccepted(t *testing.T) {
	content := []byte("content")
	sig := mustSign(t, content, signerRSA(), sign.Options{Attached: true})
	for i := range len(sig) + 1 {
		for _, b := range []byte{0, 0x30} {
			bad := bytes.Join([][]byte{sig[:i], sig[i:]}, []byte{b})
			if r := verifyBytes(t, bad, nil, judging(signerRSA())); r.Verdict == sign.PassedRevocationUnchecked {
				t.Errorf("%#x at %d is accepted", b, i)
			}
		}
	}
}

// slow hands out one byte at a time.
type slow struct{ src io.Reader }

func (s slow) Read(p []byte) (int, error) { return s.src.Read(p[:min(1, len(p))]) }

func TestSmallReadsMakeNoDifference(t *testing.T) {
	content := bytes.Repeat([]byte("content"), 100)
	for _, o := range []sign.Options{{Attached: true}, {Attached: true, PEM: true}} {
		sig := mustSign(t, content, signerRSA(), o)
		r, err := Verify(t.Context(), slow{bytes.NewReader(sig)}, slow{bytes.NewReader(content)}, judging(signerRSA()))
		if err != nil {
			t.Fatal(err)
		}
		wantPassed(t, r)
	}
}

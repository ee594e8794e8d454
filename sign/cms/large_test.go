package cms

import (
	"bytes"
	"io"
	"math"
	"runtime"
	"testing"

	"github.com/jpki-desktop/jpki/sign"
)

// zeros never ends.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// counted counts what is written to it and forgets it.
type counted int64

func (c *counted) Write(p []byte) (int, error) { *c += counted(len(p)); return len(p), nil }

// TestHeadTellsLengthsOfAnySize adds up what the head says with the tail that follows.
func TestHeadTellsLengthsOfAnySize(t *testing.T) {
	for _, size := range []int64{0, 1, 127, 128, 65_535, math.MaxUint32 - 3000, math.MaxUint32, math.MaxUint32 + 1, 1 << 40, maxSize} {
		p, err := newPending(signerRSA().Cert, signerRSA().Chain, &sign.Options{Attached: true, Size: size})
		if err != nil {
			t.Fatal(err)
		}
		head := p.head(size)
		tail := p.tail(p.attributesOver(make([]byte, 32)), make([]byte, 256))
		r := readerOf(head)
		if err := r.into(tagSequence); err != nil {
			t.Fatal(err)
		}
		if want := int64(len(head)) + size + int64(len(tail)); r.scope().end != want {
			t.Errorf("content of %d: the file ends at %d, not %d", size, r.scope().end, want)
		}
		r = readerOf(head)
		if _, err := readHead(r); err != nil {
			t.Fatal(err)
		}
		if e, err := r.expect(tagOctetString); err != nil || e.length != size {
			t.Errorf("content of %d: %+v, %v", size, e, err)
		}
	}
	if err := Sign(t.Context(), io.Discard, zeros{}, signerRSA().Identity, &sign.Options{Attached: true, Size: maxSize + 1}); err == nil {
		t.Error("lengths that overflow are written")
	}
}

// TestContentOver4GiBPassesInConstantMemory signs and verifies at once, through a pipe.
func TestContentOver4GiBPassesInConstantMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED, NOT TESTED: 4 GiB of content take some seconds")
	}
	const size = 1<<32 + 1
	before := allocated()
	r, w := io.Pipe()
	go func() {
		w.CloseWithError(Sign(t.Context(), w, io.LimitReader(zeros{}, size), signerRSA().Identity, &sign.Options{Attached: true, Size: size}))
	}()
	o := judging(signerRSA())
	var extracted counted
	o.Extract = &extracted
	report, err := Verify(t.Context(), r, nil, o)
	if err != nil {
		t.Fatal(err)
	}
	wantPassed(t, report)
	if extracted != size || report.Signatures[0].Covers.Bytes != size {
		t.Errorf("%d bytes extracted, %d covered", extracted, report.Signatures[0].Covers.Bytes)
	}
	if n := allocated() - before; n > 4<<20 {
		t.Errorf("%d bytes allocated altogether", n)
	}
}

// TestManySegmentsPassInConstantMemory reads content in segments of one byte.
func TestManySegmentsPassInConstantMemory(t *testing.T) {
	content := make([]byte, 1<<20)
	sig := toBER(mustSign(t, content, signerRSA(), sign.Options{Attached: true}), 1)
	before := allocated()
	wantPassed(t, verifyBytes(t, sig, nil, judging(signerRSA())))
	if n := allocated() - before; n > 4<<20 {
		t.Errorf("%d bytes allocated altogether", n)
	}
}

// TestSmallestPartsStayWithinMemory fills the 16 MiB beside the content with the smallest
// parts that can be had.
func TestSmallestPartsStayWithinMemory(t *testing.T) {
	const room = maxBeside / 3
	for name, spoil := range map[string]func(a *assembly, s *assembledSigner){
		"digests":    func(a *assembly, _ *assembledSigner) { a.digests = [][]byte{bytes.Repeat(algorithmOf(""), room/4)} },
		"attributes": func(_ *assembly, s *assembledSigner) { s.attributes = [][]byte{bytes.Repeat(attr(""), room/6)} },
		"values": func(_ *assembly, s *assembledSigner) {
			s.attributes[0] = tlv(tagSequence, oidData.der(), tlv(tagSet, bytes.Repeat(null, room/2)))
		},
		"unsigned": func(_ *assembly, s *assembledSigner) { s.unsigned = tlv(context1Cons, bytes.Repeat(null, room/2)) },
		"segments": func(a *assembly, _ *assembledSigner) {
			a.crls = tlv(context1Cons, tlv(tagOctetString|constructed, bytes.Repeat(tlv(tagOctetString), room/2)))
		},
		"crls": func(a *assembly, _ *assembledSigner) {
			a.crls = tlv(context1Cons, bytes.Repeat(tlv(tagSequence), room/2))
		},
	} {
		a := goodAssembly(signerRSA(), nil)
		spoil(a, a.signers[0])
		sig := a.der(t)
		before := allocated()
		verifyBytes(t, sig, []byte{}, judging(signerRSA()))
		if n := (allocated() - before) >> 20; n > 128 {
			t.Errorf("%s: %d MiB allocated altogether for %d", name, n, len(sig)>>20)
		}
	}
}

func allocated() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.TotalAlloc
}

func TestEndlessSetOfCRLsIsCutOff(t *testing.T) {
	open := func(tag byte, parts ...[]byte) []byte { return append([]byte{tag, 0x80}, bytes.Join(parts, nil)...) }
	signedData := open(tagSequence, version, tlv(tagSet), tlv(tagSequence, oidData.der()))
	head := open(tagSequence, oidSignedData.der(), open(context0Cons, signedData), open(context1Cons))
	src := io.MultiReader(bytes.NewReader(head), repeating(tlv(tagOctetString, make([]byte, 1000))))
	r, err := Verify(t.Context(), src, nil, judging())
	if err != nil || codes(r) != TooManyRevocations {
		t.Errorf("%v, %v", r, err)
	}
}

// repeating hands out data for ever.
func repeating(data []byte) io.Reader {
	var rest []byte
	return readFunc(func(p []byte) (int, error) {
		if len(rest) == 0 {
			rest = data
		}
		n := copy(p, rest)
		rest = rest[n:]
		return n, nil
	})
}

package cms

import (
	"bytes"
	"testing"
)

// TokensOf returns the signature value of the first signer of a detached signature, and its
// time-stamp tokens.
func TokensOf(t testing.TB, sig []byte) (value []byte, tokens [][]byte) {
	t.Helper()
	x := &extension{ExtendOptions: &ExtendOptions{}}
	if err := x.read(t.Context(), bytes.NewReader(sig)); err != nil {
		t.Fatal(err)
	}
	si, ok := readSigner(x.signers[0])
	if !ok {
		t.Fatal("no signer")
	}
	return si.value, si.unsigned.all(oidSignatureTimestamp)
}

// WithToken is a detached signature with a further unsigned attribute for a time-stamp,
// whatever is in it, at every signer.
func WithToken(t testing.TB, sig, token []byte) []byte {
	t.Helper()
	return withAttribute(t, sig, attribute{oidSignatureTimestamp, [][]byte{token}})
}

func withAttribute(t testing.TB, sig []byte, a attribute) []byte {
	t.Helper()
	x := &extension{ExtendOptions: &ExtendOptions{}}
	if err := x.read(t.Context(), bytes.NewReader(sig)); err != nil {
		t.Fatal(err)
	}
	for i := range x.signers {
		var ok bool
		if x.signers[i], ok = withUnsigned(x.signers[i], a); !ok {
			t.Fatal("no signer")
		}
	}
	var out bytes.Buffer
	if err := x.write(t.Context(), &out, nil); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

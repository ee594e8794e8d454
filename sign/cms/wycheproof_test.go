package cms

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rsa"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"math/big"
	"path"
	"strconv"
	"strings"
	"testing"

	"github.com/c2sp/wycheproof"
	"golang.org/x/crypto/cryptobyte"
)

// vectors is a file of Wycheproof's for verifying signatures.
type vectors struct {
	TestGroups []vectorGroup
}

type vectorGroup struct {
	SHA, MGFSHA string
	SLen        int
	PublicKey   vectorKey
	Tests       []struct {
		TcID             int
		Comment          string
		Msg, Sig, Result string
	}
}

type vectorKey struct {
	Modulus, PublicExponent string // RSA
	Curve, Uncompressed     string // ECDSA
}

var vectorHashes = map[string]crypto.Hash{
	"SHA-1": crypto.SHA1, "SHA-256": crypto.SHA256, "SHA-384": crypto.SHA384, "SHA-512": crypto.SHA512,
}

var vectorCurves = map[string]elliptic.Curve{"secp256r1": elliptic.P256(), "secp384r1": elliptic.P384(), "secp521r1": elliptic.P521()}

// public is the key of a group.
func (k vectorKey) public(t *testing.T) crypto.PublicKey {
	t.Helper()
	if k.Curve == "" {
		n, ok1 := new(big.Int).SetString(k.Modulus, 16)
		e, err := strconv.ParseInt(k.PublicExponent, 16, 32)
		if !ok1 || err != nil {
			t.Fatalf("no RSA key: %v", k)
		}
		return &rsa.PublicKey{N: n, E: int(e)}
	}
	point, err := hex.DecodeString(k.Uncompressed)
	if err != nil {
		t.Fatal(err)
	}
	pub, err := ecdsa.ParseUncompressedPublicKey(vectorCurves[k.Curve], point)
	if err != nil {
		t.Fatal(err)
	}
	return pub
}

// parse reads an AlgorithmIdentifier as one in a file is read.
func parse(t *testing.T, der cryptobyte.String) algorithm {
	t.Helper()
	a, ok := readAlgorithm(&der)
	if !ok {
		t.Fatalf("no algorithm: %x", der)
	}
	return a
}

// vectorFiles are those for the keys and digests that are read, by what makes the
// signature algorithm of a group.
var vectorFiles = []struct {
	pattern   string
	algorithm func(g vectorGroup, h crypto.Hash) []byte
}{
	{"rsa_signature_*_test.json", func(_ vectorGroup, h crypto.Hash) []byte {
		return algorithmOf(map[crypto.Hash]oid{crypto.SHA256: oidSHA256WithRSA, crypto.SHA384: oidSHA384WithRSA, crypto.SHA512: oidSHA512WithRSA}[h], null...)
	}},
	{"rsa_signature_*_test.json", func(vectorGroup, crypto.Hash) []byte { return algorithmOf(oidRSA, null...) }},
	{"rsa_pss_*_test.json", func(g vectorGroup, h crypto.Hash) []byte {
		return pssAlgorithm(h, vectorHashes[g.MGFSHA], byte(g.SLen))
	}},
	{"ecdsa_secp*_test.json", func(_ vectorGroup, h crypto.Hash) []byte {
		return algorithmOf(map[crypto.Hash]oid{crypto.SHA256: oidECDSAWithSHA256, crypto.SHA384: oidECDSAWithSHA384, crypto.SHA512: oidECDSAWithSHA512}[h])
	}},
}

// tally counts what became of vectors.
type tally struct{ ran, accepted, unsupported int }

// TestWycheproof runs the vectors for every digest and key that is read against the code
// that verifies signatures: valid ones pass, invalid ones do not. The few "acceptable" ones
// are DigestInfos without NULL, which PKCS #1 allows to be refused: they are.
func TestWycheproof(t *testing.T) {
	for _, f := range vectorFiles {
		names, err := fs.Glob(wycheproof.TestVectors, f.pattern)
		if err != nil {
			t.Fatal(err)
		}
		var total tally
		for _, name := range names {
			if strings.Contains(name, "p1363") {
				continue // another encoding of ECDSA signatures than X.509's and CMS's
			}
			for _, g := range readVectors(t, name).TestGroups {
				h := vectorHashes[g.SHA]
				if h == 0 || g.PublicKey.Curve != "" && vectorCurves[g.PublicKey.Curve] == nil || strings.HasPrefix(g.MGFSHA, "SHA-512/") {
					continue
				}
				runVectors(t, name, g, parse(t, f.algorithm(g, h)), &total)
			}
		}
		t.Logf("%s: %d vectors ran, %d of them valid and accepted, %d refused as unsupported", f.pattern, total.ran, total.accepted, total.unsupported)
		if total.ran < 1000 {
			t.Errorf("%s: only %d vectors", f.pattern, total.ran)
		}
	}
}

func readVectors(t *testing.T, name string) (v vectors) {
	t.Helper()
	data, err := fs.ReadFile(wycheproof.TestVectors, path.Clean(name))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func runVectors(t *testing.T, name string, g vectorGroup, a algorithm, total *tally) {
	t.Helper()
	h := vectorHashes[g.SHA]
	check, err := a.scheme(h)
	if f := (*fault)(nil); errors.As(err, &f) && f.code == UnsupportedAlgorithm && g.MGFSHA != g.SHA {
		total.ran += len(g.Tests) // a mask of another digest than the message's: nothing in use has one
		total.unsupported += len(g.Tests)
		return
	} else if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	pub := g.PublicKey.public(t)
	for _, v := range g.Tests {
		msg, err1 := hex.DecodeString(v.Msg)
		sig, err2 := hex.DecodeString(v.Sig)
		if err := errors.Join(err1, err2); err != nil {
			t.Fatal(err)
		}
		total.ran++
		accepted := check(pub, sum(h, msg), sig) == nil
		if accepted {
			total.accepted++
		}
		if accepted != (v.Result == "valid") {
			t.Errorf("%s %d (%s): %s, accepted: %v", name, v.TcID, v.Comment, v.Result, accepted)
		}
	}
}

package card_test

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/jpki-desktop/jpki/card"
)

const sha256 = crypto.SHA256

var keyOnce = sync.OnceValues(func() (*rsa.PrivateKey, error) { return rsa.GenerateKey(rand.Reader, 2048) })

func practiceKey(t testing.TB) *rsa.PrivateKey {
	t.Helper()
	key, err := keyOnce()
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// digestInfos begin the data that the card is to sign (RFC 8017 section 9.2, note 1).
var digestInfos = map[crypto.Hash]string{
	crypto.SHA256: "3031300d060960864801650304020105000420",
	crypto.SHA384: "3041300d060960864801650304020205000430",
	crypto.SHA512: "3051300d060960864801650304020305000440",
}

// pso is a line of a script: SIGN over the digest, answered by the signature of key.
func pso(t *testing.T, key *rsa.PrivateKey, hash crypto.Hash, digest []byte) string {
	t.Helper()
	signature, err := rsa.SignPKCS1v15(nil, key, hash, digest)
	if err != nil {
		t.Fatal(err)
	}
	return signCommand(hash, digest) + fmt.Sprintf(" > %X9000", signature)
}

func signCommand(hash crypto.Hash, digest []byte) string {
	data := fmt.Sprintf("%s%x", digestInfos[hash], digest)
	return string(bytes.ToUpper(fmt.Appendf(nil, "802A0080%02X%s00", len(data)/2, data)))
}

func digestOf(hash crypto.Hash) []byte { return bytes.Repeat([]byte{0x5A}, hash.Size()) }

func TestSignerAsksOnceAndSignsTheDigestInfo(t *testing.T) {
	key := practiceKey(t)
	c, s := opened(t, signPIN, "00200080 > 63C5", "end",
		"begin", selectJPKI, signPIN, verifySign, signKey,
		pso(t, key, crypto.SHA256, digestOf(crypto.SHA256)),
		pso(t, key, crypto.SHA384, digestOf(crypto.SHA384)),
		"end",
		"begin", selectJPKI, signPIN, verifySign, signKey,
		pso(t, key, crypto.SHA512, digestOf(crypto.SHA512)),
		"end")
	pin := card.PIN("ABC123")
	signer := c.Signer(card.SignKey, &key.PublicKey, telling(t, pin, 5))
	sign := func(hash crypto.Hash) {
		t.Helper()
		if _, err := signer.Sign(nil, digestOf(hash), hash); err != nil {
			t.Fatal(err)
		}
	}
	sign(crypto.SHA256)
	sign(crypto.SHA384)
	if err := c.Release(); err != nil {
		t.Fatal(err)
	}
	sign(crypto.SHA512)
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if signer.Public() != crypto.PublicKey(&key.PublicKey) {
		t.Error("another public key than was given")
	}
	expectWiped(t, s, pin)
}

// expectWiped checks that neither the PIN nor a command with one is left in memory.
func expectWiped(t *testing.T, s *script, pins ...card.PIN) {
	t.Helper()
	for _, pin := range pins {
		if len(bytes.Trim(pin, "\x00")) > 0 {
			t.Errorf("a PIN is left in memory")
		}
	}
	for _, capdu := range s.sent {
		if len(bytes.Trim(capdu, "\x00")) == 0 {
			continue
		}
		if (capdu[1] == 0x20 || capdu[1] == 0x24) && len(capdu) > 4 {
			t.Errorf("a command with a PIN is left in memory")
		}
	}
}

func TestSignerRefusesWhatTheCardCannotDo(t *testing.T) {
	key := practiceKey(t)
	ec, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name   string
		pub    crypto.PublicKey
		digest int
		opts   crypto.SignerOpts
		scheme bool // want ErrScheme
	}{
		{"PSS", &key.PublicKey, 32, &rsa.PSSOptions{Hash: crypto.SHA256}, true},
		{"SHA-1", &key.PublicKey, 20, crypto.SHA1, true},
		{"no hash", &key.PublicKey, 32, crypto.Hash(0), true},
		{"no options", &key.PublicKey, 32, nil, true},
		{"ECDSA", &ec.PublicKey, 32, crypto.SHA256, true},
		{"no key", nil, 32, crypto.SHA256, true},
		{"empty key", &rsa.PublicKey{}, 32, crypto.SHA256, true},
		{"short digest", &key.PublicKey, 31, crypto.SHA256, false},
		{"long digest", &key.PublicKey, 48, crypto.SHA256, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			crd, _ := opened(t) // nothing is sent
			_, err := crd.Signer(card.SignKey, c.pub, unasked(t)).Sign(nil, make([]byte, c.digest), c.opts)
			if err == nil || errors.Is(err, card.ErrScheme) != c.scheme {
				t.Errorf("%v", err)
			}
		})
	}
}

func TestSignerLetsNoBadSignatureOut(t *testing.T) {
	key := practiceKey(t)
	other, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	digest := digestOf(sha256)
	command := signCommand(sha256, digest)
	for _, c := range []struct {
		name string
		line string
		want error
	}{
		{"of another key", pso(t, other, sha256, digest), card.ErrBadSignature},
		{"zeros", command + fmt.Sprintf(" > %X9000", make([]byte, 256)), card.ErrBadSignature},
		{"too short", command + fmt.Sprintf(" > %X9000", make([]byte, 255)), card.ErrMalformed},
		{"nothing", command + " > 9000", card.ErrMalformed},
	} {
		t.Run(c.name, func(t *testing.T) {
			crd, _ := opened(t, signPIN, "00200080 > 63C5", "end", "begin", selectJPKI, signPIN, verifySign, signKey, c.line)
			_, err := crd.Signer(card.SignKey, &key.PublicKey, telling(t, card.PIN("ABC123"), 5)).Sign(nil, digest, sha256)
			if !errors.Is(err, c.want) {
				t.Errorf("%v, want %v", err, c.want)
			}
		})
	}
}

func TestSignatureInPieces(t *testing.T) {
	key := practiceKey(t)
	digest := digestOf(sha256)
	signature, err := rsa.SignPKCS1v15(nil, key, sha256, digest)
	if err != nil {
		t.Fatal(err)
	}
	command := signCommand(sha256, digest)
	c, _ := opened(t, signPIN, "00200080 > 63C5", "end", "begin", selectJPKI, signPIN, verifySign, signKey,
		command+" > 6C80", command[:len(command)-2]+"80 > 6180",
		fmt.Sprintf("00C0000080 > %X6180", signature[:128]), fmt.Sprintf("00C0000080 > %X9000", signature[128:]))
	got, err := c.Signer(card.SignKey, &key.PublicKey, telling(t, card.PIN("ABC123"), 5)).Sign(nil, digest, sha256)
	if err != nil || !bytes.Equal(got, signature) {
		t.Errorf("%X, %v", got, err)
	}
}

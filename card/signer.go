package card

import (
	"crypto"
	"crypto/rsa"
	"errors"
	"fmt"
	"io"
)

// ErrScheme says that another kind of signature was asked for than the card makes.
var ErrScheme = errors.New("the card signs with RSA PKCS#1 v1.5 and SHA-256, SHA-384 or SHA-512 only")

// digestInfo holds what precedes the digest in a DigestInfo (RFC 8017 section 9.2,
// note 1). The card pads whatever it is given and does not build this.
var digestInfo = map[crypto.Hash][]byte{
	crypto.SHA256: {0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20},
	crypto.SHA384: {0x30, 0x41, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02, 0x05, 0x00, 0x04, 0x30},
	crypto.SHA512: {0x30, 0x51, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x03, 0x05, 0x00, 0x04, 0x40},
}

// Signer returns a signer with the private key of k, whose public key is pub (from
// [Card.Certificate]). Its Sign takes a SHA-256, SHA-384 or SHA-512 digest and returns
// an RSA PKCS#1 v1.5 signature that pub verifies; any other scheme is [ErrScheme]. It
// asks pin only if no PIN of k is kept, and leaves the card held, so that a further
// signature costs one command.
func (c *Card) Signer(k Key, pub crypto.PublicKey, pin PINFunc) crypto.Signer {
	return &signer{card: c, key: k, public: pub, pin: pin}
}

type signer struct {
	card   *Card
	key    Key
	public crypto.PublicKey
	pin    PINFunc
}

func (s *signer) Public() crypto.PublicKey { return s.public }

// Sign implements [crypto.Signer]; it needs no randomness.
func (s *signer) Sign(_ io.Reader, digest []byte, opts crypto.SignerOpts) ([]byte, error) {
	pub, ok := s.public.(*rsa.PublicKey)
	if !ok || pub.N == nil || opts == nil {
		return nil, ErrScheme
	}
	hash := opts.HashFunc()
	prefix, ok := digestInfo[hash]
	if _, pss := opts.(*rsa.PSSOptions); pss || !ok {
		return nil, ErrScheme
	}
	if len(digest) != hash.Size() {
		return nil, fmt.Errorf("signing: digest of %d bytes in place of %d", len(digest), hash.Size())
	}
	if err := s.card.unlock(s.key, s.pin); err != nil {
		return nil, err
	}
	signature, err := s.card.sign(s.key, append(prefix[:len(prefix):len(prefix)], digest...))
	if err != nil {
		return nil, fmt.Errorf("signing: %w", err)
	}
	if len(signature) != pub.Size() {
		return nil, fmt.Errorf("signing: %w: signature of %d bytes", ErrMalformed, len(signature))
	}
	if rsa.VerifyPKCS1v15(pub, hash, digest, signature) != nil {
		return nil, ErrBadSignature
	}
	return signature, nil
}

// sign has the card pad data and sign it with the key of k, whose PIN is verified.
func (c *Card) sign(k Key, data []byte) ([]byte, error) {
	if err := absentMeansNone(c.selectFile(fileOf(k, fileSignKey, fileAuthKey))); err != nil {
		return nil, err
	}
	capdu := append([]byte{0x80, insSign, 0x00, 0x80, byte(len(data))}, data...)
	signature, sw, err := c.exchange(append(capdu, shortLe(maxRead)), true)
	if err != nil {
		return nil, err
	}
	return signature, expectOK(insSign, sw)
}

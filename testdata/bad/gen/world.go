package main

import (
	"crypto"
	"crypto/x509"
	_ "embed"
	"encoding/pem"
	"fmt"
	"math/big"
	"time"

	"github.com/jpki-desktop/jpki/sign/testca"
)

// keysPEM are three RSA keys, of the authority, the signer and somebody else, then one on
// P-256 and one on P-384. They are no secret.
//
//go:embed keys.pem
var keysPEM []byte

// world is who is who in the files.
type world struct {
	now                    time.Time
	ca                     *testca.CA
	key, other, p256, p384 crypto.Signer
	signer                 *x509.Certificate // of key
}

func newWorld() (*world, error) {
	var keys []crypto.Signer
	for block, rest := pem.Decode(keysPEM); block != nil; block, rest = pem.Decode(rest) {
		key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
		if err != nil {
			return nil, fmt.Errorf("reading key: %w", err)
		}
		keys = append(keys, key.(crypto.Signer))
	}
	w := &world{now: time.Now().Truncate(time.Second), key: keys[1], other: keys[2], p256: keys[3], p384: keys[4]}
	year := w.now.AddDate(-1, 0, 0)
	ca, err := testca.New(testca.WithKey(keys[0]), testca.WithSerial(big.NewInt(1)), testca.WithNotBefore(year))
	if err != nil {
		return nil, err
	}
	w.ca = ca
	w.signer = w.issue(ca, w.key)
	return w, nil
}

// issue issues a signing certificate of a serial number that follows from the key, under
// the same name each time. It is valid from a year ago to four years ahead.
func (w *world) issue(ca *testca.CA, key crypto.Signer, o ...testca.Option) *x509.Certificate {
	return must(ca.IssueSigning(key.Public(), testca.SampleOwner(), w.constant(o)...))
}

// issueAuth issues an authentication certificate in the same way.
func (w *world) issueAuth(key crypto.Signer, o ...testca.Option) *x509.Certificate {
	return must(w.ca.IssueAuth(key.Public(), w.constant(o)...))
}

// constant are the options that leave nothing to chance, then o.
func (w *world) constant(o []testca.Option) []testca.Option {
	return append([]testca.Option{
		testca.WithSerial(big.NewInt(0xBAD)), testca.WithSubject(testca.Name("C", "JP", "L", "Mihon-shi", "CN", "BAD")),
		testca.WithNotBefore(w.now.AddDate(-1, 0, 0).Add(time.Hour)), testca.WithNotAfter(w.now.AddDate(4, 0, 0)),
	}, o...)
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err) // an option here is wrong
	}
	return v
}

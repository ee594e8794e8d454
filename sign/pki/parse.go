package pki

import (
	"bytes"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"

	"golang.org/x/crypto/cryptobyte"
	casn1 "golang.org/x/crypto/cryptobyte/asn1"
)

// Limits of [ParseCertificates]: octets of all of its input, and certificates in it.
const (
	maxInput        = 4 << 20
	maxCertificates = 256
)

// ErrNoCertificate says that a file has no certificate in it.
var ErrNoCertificate = errors.New("no certificate")

// ParseCertificates reads certificates in PEM (RFC 7468: blocks of other kinds are passed
// over) or DER (one after the other): at most 4 MiB and 256 certificates. One that
// cannot be parsed is an error.
func ParseCertificates(data []byte) ([]*x509.Certificate, error) {
	all, err := SplitCertificates(data)
	if err != nil {
		return nil, err
	}
	certs := make([]*x509.Certificate, len(all))
	for i, der := range all {
		if certs[i], err = ParseCertificate(der); err != nil {
			return nil, fmt.Errorf("parsing certificate %d: %w", i+1, err)
		}
	}
	return certs, nil
}

// SplitCertificates is ParseCertificates without the parsing: it returns each in DER, and
// at the end what is no whole element.
func SplitCertificates(data []byte) ([][]byte, error) {
	if len(data) > maxInput {
		return nil, fmt.Errorf("certificates take %d octets, more than %d", len(data), maxInput)
	}
	split := splitDER
	if bytes.Contains(data, []byte("-----BEGIN ")) {
		split = splitPEM
	}
	var all [][]byte
	for der, rest := split(data); der != nil; der, rest = split(rest) {
		if len(all) == maxCertificates {
			return nil, fmt.Errorf("more than %d certificates", maxCertificates)
		}
		all = append(all, der)
	}
	if len(all) == 0 {
		return nil, ErrNoCertificate
	}
	return all, nil
}

func splitPEM(data []byte) (der, rest []byte) {
	for {
		block, rest := pem.Decode(data)
		if block == nil {
			return nil, nil
		}
		if block.Type == "CERTIFICATE" {
			return block.Bytes, rest
		}
		data = rest
	}
}

// splitDER takes the first element off data; what is none goes to the parser, which
// says what is wrong with it.
func splitDER(data []byte) (der, rest []byte) {
	if len(data) == 0 {
		return nil, nil
	}
	s := cryptobyte.String(data)
	var element cryptobyte.String
	if !s.ReadASN1Element(&element, casn1.SEQUENCE) {
		return data, nil
	}
	return element, s
}

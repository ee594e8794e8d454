package testca

import (
	"bytes"
	"crypto"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
)

// maxPEM limits what [Parse] reads: a certificate and a key take a few thousand octets.
const maxPEM = 1 << 16

// MarshalPEM writes the certificate and the private key of ca (RFC 7468: CERTIFICATE,
// then PRIVATE KEY as PKCS #8), so that an authority can be kept. It fails for a key that
// is not in memory.
func (ca *CA) MarshalPEM() ([]byte, error) {
	key, err := x509.MarshalPKCS8PrivateKey(ca.Key)
	if err != nil {
		return nil, fmt.Errorf("encoding key: %w", err)
	}
	defer clear(key)
	var b bytes.Buffer
	for _, block := range []*pem.Block{
		{Type: "CERTIFICATE", Bytes: ca.Cert.Raw},
		{Type: "PRIVATE KEY", Bytes: key},
	} {
		if err := pem.Encode(&b, block); err != nil {
			return nil, err
		}
	}
	return b.Bytes(), nil
}

// Parse reads what [CA.MarshalPEM] wrote. The key must be that of the certificate.
func Parse(data []byte) (*CA, error) {
	if len(data) > maxPEM {
		return nil, errors.New("authority is larger than 64 KiB")
	}
	ca := &CA{}
	for block, rest := pem.Decode(data); block != nil; block, rest = pem.Decode(rest) {
		if err := ca.read(block); err != nil {
			return nil, err
		}
	}
	if ca.Cert == nil || ca.Key == nil {
		return nil, errors.New("authority lacks its certificate or its key")
	}
	pub, ok := ca.Cert.PublicKey.(interface{ Equal(crypto.PublicKey) bool })
	if !ok || !pub.Equal(ca.Key.Public()) {
		return nil, errors.New("authority's key is not that of its certificate")
	}
	return ca, nil
}

func (ca *CA) read(block *pem.Block) error {
	switch block.Type {
	case "CERTIFICATE":
		cert, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return fmt.Errorf("reading authority's certificate: %w", err)
		}
		ca.Cert = cert
	case "PRIVATE KEY":
		defer clear(block.Bytes)
		key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
		if err != nil {
			return errors.New("reading authority's key: malformed") // the cause might quote it
		}
		signer, ok := key.(crypto.Signer)
		if !ok {
			return errors.New("authority's key cannot sign")
		}
		ca.Key = signer
	}
	return nil
}

package cms_test

import (
	"crypto/x509"
	"slices"
	"testing"

	"github.com/digitorus/pkcs7"
)

func init() {
	rival := verifiers[0]
	rival.name, rival.sound = "digitorus", (*filings).digitorus
	verifiers = slices.Insert(verifiers, 1, rival)
}

// digitorus is the same by github.com/digitorus/pkcs7.
func (f *filings) digitorus(testing.TB) func(i int) bool {
	pool := x509.NewCertPool()
	pool.AddCert(f.ca.Cert)
	return func(i int) bool {
		p, err := pkcs7.Parse(f.signatures[i])
		if err != nil {
			return false
		}
		p.Content = f.documents[i]
		return p.VerifyWithChain(pool) == nil
	}
}

package cms

import (
	"crypto"
	"crypto/x509"
	"errors"
)

// findSigner returns the certificate whose key made the signature, nil if there is none.
// Several may go by the name that the signer gives: all are tried, and of those that fit
// the one that the signing-certificate attribute means is taken.
func (j *judgement) findSigner(hash crypto.Hash, check scheme) *x509.Certificate {
	ids, ok := j.attributes.certIDs()
	if !ok {
		j.add(Malformed, "signing-certificate attribute")
		return nil
	}
	fitting, err := j.fitting(hash, check)
	if err != nil {
		j.addFault(err)
		return nil
	}
	for _, cert := range fitting {
		if namedByAll(ids, cert) {
			if len(ids) == 0 {
				j.add(SigningCertificateMissing, "")
			}
			return cert
		}
	}
	for _, id := range ids {
		if id.hash == 0 {
			j.add(UnsupportedAlgorithm, "signing-certificate attribute")
			return fitting[0]
		}
	}
	j.add(SigningCertificateMismatch, "")
	return fitting[0]
}

func namedByAll(ids []certID, cert *x509.Certificate) bool {
	for _, id := range ids {
		if !id.names(cert) {
			return false
		}
	}
	return true
}

// fitting returns the certificates that the signer's name means and whose keys made the
// signature: at least one, or else a fault.
func (j *judgement) fitting(hash crypto.Hash, check scheme) (all []*x509.Certificate, err error) {
	encodings := j.attributes.encodings()
	unsorted := true
	err = j.missing()
	for _, cert := range j.parsed {
		if !j.names(cert) {
			continue
		}
		for i, e := range encodings {
			fault := check(cert.PublicKey, sum(hash, e), j.value)
			if fault == nil {
				all = append(all, cert)
				unsorted = unsorted && i > 0
				break
			}
			err = moreTelling(err, fault)
		}
	}
	if len(all) == 0 {
		return nil, err
	}
	if unsorted {
		j.add(SignedAttributesUnsorted, "")
	}
	return all, nil
}

// missing is the fault that no certificate goes by the signer's name.
func (j *judgement) missing() error {
	for _, der := range j.broken {
		if j.mentionedIn(der) {
			return &fault{CertificateMalformed, j.result.Issuer}
		}
	}
	return &fault{CertificateMissing, j.result.Issuer}
}

// moreTelling returns the one of two faults of candidates that says more: that a key of
// the right kind did not make the signature, or else the later one.
func moreTelling(a, b error) error {
	if f := (*fault)(nil); errors.As(a, &f) && f.code == SignatureInvalid {
		return a
	}
	return b
}

package job

import (
	"encoding/pem"
	"errors"
	"os"
	"time"

	"github.com/jpki-desktop/jpki/sign/testca"
)

// Issued is what the practice authorities remember of a certificate.
type Issued = testca.Issued

// RevocationReasons are the reasons for which [RevokeIssued] revokes.
func RevocationReasons() []string { return testca.Reasons() }

// authorityErrors have the codes of what the practice authorities refuse.
var authorityErrors = map[error]string{
	testca.ErrUnknownSerial: "authority_unknown_serial", testca.ErrAlreadyRevoked: "authority_revoked", testca.ErrNotHeld: "authority_not_held",
	testca.ErrBadRequest: "authority_request_unreadable", testca.ErrPossession: "authority_possession", testca.ErrWeakKey: "authority_key_unfit",
}

// refused gives an error of the practice authorities about subject its code.
func refused(err error, subject string) error {
	for known, code := range authorityErrors {
		if errors.Is(err, known) {
			return fail(code, err, subject)
		}
	}
	return err
}

// IssuedCertificates are all certificates that the practice authorities issued, the oldest
// first.
func IssuedCertificates() ([]Issued, error) {
	r, err := register{}.Load()
	if err != nil {
		return nil, err
	}
	return last(r, len(r.Certificates)), nil
}

// RevokeIssued revokes a certificate of the practice authorities, puts it on hold, or
// releases it.
func RevokeIssued(serial, reason string) (Issued, error) {
	var revoked Issued
	err := register{}.Update(func(r *testca.Register) error {
		c, err := r.Revoke(serial, reason, time.Now())
		if err == nil {
			revoked = *c
		}
		return err
	})
	return revoked, refused(err, serial)
}

// IssueRequest says what certificate to issue, and where it goes.
type IssueRequest struct {
	CSR    string // file of a certificate request or a public key, PEM
	Auth   bool   // an authentication certificate, in place of a signing certificate
	Output string // a file
	PEM    bool
	Force  bool
}

// IssueCertificate has a practice authority certify a key for the sample owner.
func IssueCertificate(q IssueRequest) (Issued, error) {
	var issued Issued
	if _, err := checkInput(q.CSR); err != nil {
		return issued, err
	}
	data, err := os.ReadFile(q.CSR)
	if err != nil {
		return issued, reading(q.CSR, err)
	}
	pub, err := testca.ParseRequest(data)
	if err != nil {
		return issued, refused(err, q.CSR)
	}
	out, err := newOutput(q.Output, q.Force, q.CSR)
	if err != nil {
		return issued, err
	}
	defer out.Abort()
	authorities, err := practiceAuthorities()
	if err != nil {
		return issued, err
	}
	kind := testca.KindSign
	if q.Auth {
		kind = testca.KindAuth
	}
	err = register{}.Update(func(r *testca.Register) error {
		cert, err := authorities.Issue(r, kind, pub, nil)
		if err != nil {
			return err
		}
		der := cert.Raw
		if q.PEM {
			der = pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
		}
		if _, err := out.Write(der); err != nil {
			return err
		}
		issued = last(r, 1)[0]
		return out.Commit()
	})
	return issued, refused(err, q.CSR)
}

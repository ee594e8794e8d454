package testca

import (
	"bytes"
	"crypto"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"time"

	"golang.org/x/crypto/cryptobyte"
	casn1 "golang.org/x/crypto/cryptobyte/asn1"
)

var (
	oidBasicResponse   = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 48, 1, 1}
	oidNonce           = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 48, 1, 2}
	ExtNoCheck         = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 48, 1, 5} // id-pkix-ocsp-nocheck, RFC 6960 section 4.2.2.2.1
	purposeOCSPSigning = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 3, 9}
	oidSHA1            = asn1.ObjectIdentifier{1, 3, 14, 3, 2, 26}
	oidSHA256          = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 1}
)

// maxRequest limits a request that [CA.OCSPHandler] reads, in octets.
const maxRequest = 1 << 16

// State is what a responder knows of a certificate.
type State int

// The states (CertStatus, RFC 6960 section 4.2.1).
const (
	Good State = iota
	Revoked
	Unknown
)

// Status is the state of a certificate; At and Reason are those of a revocation.
type Status struct {
	State  State
	At     time.Time
	Reason int // Unspecified is left out
}

// certID is how OCSP names a certificate (RFC 6960 section 4.1.1).
type certID struct {
	Algorithm         pkix.AlgorithmIdentifier
	NameHash, KeyHash []byte
	Serial            *big.Int
}

// ocspRequest is an OCSPRequest without a requestor's name and signature.
type ocspRequest struct {
	TBS struct {
		Version    int           `asn1:"explicit,tag:0,default:0,optional"`
		Requestor  asn1.RawValue `asn1:"explicit,tag:1,optional"`
		List       []singleRequest
		Extensions []pkix.Extension `asn1:"explicit,tag:2,optional"`
	}
	Signature asn1.RawValue `asn1:"explicit,tag:0,optional"`
}

type singleRequest struct {
	ID         certID
	Extensions []pkix.Extension `asn1:"explicit,tag:0,optional"`
}

// OCSP answers a request (RFC 6960) about certificates of ca: good for each, from now for
// an hour, signed with the authority's key, with the nonce of the request, unless options
// say otherwise. A request that is malformed, or about another authority, is refused in
// the answer.
func (ca *CA) OCSP(request []byte, opts ...OCSPOption) ([]byte, error) {
	t := &ocspTemplate{status: func(*big.Int) Status { return Status{} }, signer: ca,
		thisUpdate: now(), nextUpdate: now().Add(time.Hour), producedAt: now()}
	for _, o := range opts {
		o(t)
	}
	if t.refusal != 0 {
		return refusal(t.refusal)
	}
	var r ocspRequest
	if rest, err := asn1.Unmarshal(request, &r); err != nil || len(rest) > 0 || len(r.TBS.List) == 0 {
		return refusal(MalformedRequest)
	}
	for i, one := range r.TBS.List {
		if !ca.named(one.ID) {
			return refusal(Unauthorized)
		}
		r.TBS.List[i].ID = t.named(one.ID)
	}
	return t.answer(&r)
}

// OCSPHandler answers requests by POST on any path, each with what opts returns then.
func (ca *CA) OCSPHandler(opts func() []OCSPOption) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			http.Error(w, "OCSP requests come by POST here", http.StatusMethodNotAllowed)
			return
		}
		request, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxRequest))
		if err != nil {
			http.Error(w, "reading request", http.StatusBadRequest)
			return
		}
		response, err := ca.OCSP(request, opts()...)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/ocsp-response")
		_, _ = w.Write(response) // whoever asked may have gone
	})
}

// named tells whether id is of a certificate of ca.
func (ca *CA) named(id certID) bool {
	sum := func(data []byte) []byte { s := sha1.Sum(data); return s[:] }
	if id.Algorithm.Algorithm.Equal(oidSHA256) {
		sum = func(data []byte) []byte { s := sha256.Sum256(data); return s[:] }
	} else if !id.Algorithm.Algorithm.Equal(oidSHA1) {
		return false
	}
	bits, err := keyBits(ca.Cert)
	return err == nil && bytes.Equal(id.NameHash, sum(ca.Cert.RawSubject)) && bytes.Equal(id.KeyHash, sum(bits))
}

func keyBits(cert *x509.Certificate) ([]byte, error) {
	var info struct {
		Algorithm pkix.AlgorithmIdentifier
		Key       asn1.BitString
	}
	_, err := asn1.Unmarshal(cert.RawSubjectPublicKeyInfo, &info)
	return info.Key.Bytes, err
}

// IssueResponder certifies a key that answers OCSP requests for ca (RFC 6960 section
// 4.2.2.2): extended key usage id-kp-OCSPSigning, and id-pkix-ocsp-nocheck.
func (ca *CA) IssueResponder(key crypto.Signer, opts ...Option) (*CA, error) {
	t := &template{organization: Practice, notBefore: ca.Cert.NotBefore, notAfter: ca.Cert.NotAfter}
	t.subject = Name("C", "JP", "O", Practice, "CN", "OCSP responder "+opaque())
	t.put(pkix.Extension{Id: ExtKeyUsage, Critical: true, Value: keyUsage(x509.KeyUsageDigitalSignature)})
	t.add(ExtExtendedKeyUsage, true, func(b *cryptobyte.Builder) {
		b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) { b.AddASN1ObjectIdentifier(purposeOCSPSigning) })
	})
	t.add(ExtNoCheck, false, func(b *cryptobyte.Builder) { b.AddASN1NULL() })
	t.add(ExtAuthorityKeyID, false, authorityKeyID(ca.Cert))
	t.apply(opts)
	if t.err != nil {
		return nil, t.err
	}
	cert, err := t.issue(ca, key.Public())
	if err != nil {
		return nil, fmt.Errorf("certifying responder: %w", err)
	}
	return &CA{Cert: cert, Key: key}, nil
}

package pki

import (
	"bytes"
	"crypto"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"time"

	"golang.org/x/crypto/cryptobyte"
	casn1 "golang.org/x/crypto/cryptobyte/asn1"
)

// Limits of a response: certificates in it, and statuses.
const (
	maxResponderCertificates = 16
	maxSingleResponses       = 256
)

var (
	oidOCSPBasic     = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 48, 1, 1}
	oidOCSPNoCheck   = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 48, 1, 5}
	oidArchiveCutoff = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 48, 1, 6}
)

// ocspStatuses are the words of OCSPResponseStatus (RFC 6960 section 4.2.1); 4 is unused.
var ocspStatuses = map[int]string{1: "malformedRequest", 2: "internalError", 3: "tryLater", 5: "sigRequired", 6: "unauthorized"}

// ocspResponse is a BasicOCSPResponse (RFC 6960 section 4.2.1).
type ocspResponse struct {
	signed
	byName     string // key of the responder's name; empty = named by byKey
	byKey      []byte // SHA-1 of its key
	producedAt time.Time
	singles    []singleResponse
	nonce      []byte // nil = none
	certs      []*x509.Certificate
	critical   string // a critical extension that is not understood
}

// singleResponse is the status of one certificate.
type singleResponse struct {
	hash                   crypto.Hash // of the two that follow; 0 = not known here
	nameHash, keyHash      []byte
	serial                 []byte
	state                  casn1.Tag // of the CHOICE: 0 good, 1 revoked, 2 unknown
	revokedAt              time.Time
	reason                 reason
	invalidAt              time.Time
	thisUpdate, nextUpdate time.Time
	cutoff                 time.Time // statuses of certificates that expired after it are kept; zero = not told
	critical               string
}

// parseOCSP reads an OCSPResponse. One that is refused has a status other than 0 and
// nothing else; nil means that it is malformed.
func parseOCSP(data []byte) (r *ocspResponse, status int) {
	der := cryptobyte.String(data)
	var outer, wrapped, octets cryptobyte.String
	var id asn1.ObjectIdentifier
	var present bool
	if !der.ReadASN1(&outer, casn1.SEQUENCE) || !der.Empty() || !outer.ReadASN1Enum(&status) ||
		!outer.ReadOptionalASN1(&wrapped, &present, context0) || !outer.Empty() {
		return nil, 0
	}
	if status != 0 {
		if ocspStatuses[status] == "" {
			status = 0
		}
		return nil, status
	}
	if !present || !wrapped.ReadASN1(&wrapped, casn1.SEQUENCE) || !wrapped.ReadASN1ObjectIdentifier(&id) ||
		!id.Equal(oidOCSPBasic) || !wrapped.ReadASN1(&octets, casn1.OCTET_STRING) || !wrapped.Empty() ||
		!octets.ReadASN1(&outer, casn1.SEQUENCE) || !octets.Empty() {
		return nil, 0
	}
	r = &ocspResponse{}
	tbs, _, ok := r.readSigned(&outer)
	if !ok || !r.readCertificates(&outer) || !outer.Empty() || !r.readData(tbs) {
		return nil, 0
	}
	return r, 0
}

// readCertificates reads those that crypto/x509 can read: no other may speak for anybody.
func (r *ocspResponse) readCertificates(der *cryptobyte.String) bool {
	var list cryptobyte.String
	var present bool
	if !der.ReadOptionalASN1(&list, &present, context0) || present && !list.ReadASN1(&list, casn1.SEQUENCE) {
		return false
	}
	for range maxResponderCertificates {
		var element cryptobyte.String
		if list.Empty() {
			return true
		}
		if !list.ReadASN1Element(&element, casn1.SEQUENCE) {
			return false
		}
		if cert, err := x509.ParseCertificate(element); err == nil {
			r.certs = append(r.certs, cert)
		}
	}
	return list.Empty()
}

// readData reads a ResponseData.
func (r *ocspResponse) readData(der cryptobyte.String) bool {
	var list, extensions cryptobyte.String
	var present bool
	if !der.SkipOptionalASN1(context0) || !r.readResponder(&der) || !der.ReadASN1GeneralizedTime(&r.producedAt) ||
		!der.ReadASN1(&list, casn1.SEQUENCE) || !der.ReadOptionalASN1(&extensions, &present, context1) || !der.Empty() {
		return false
	}
	for !list.Empty() {
		s, ok := readSingle(&list)
		if !ok || len(r.singles) == maxSingleResponses {
			return false
		}
		r.singles = append(r.singles, s)
	}
	return !present || eachExtension(extensions, r.extension)
}

func (r *ocspResponse) readResponder(der *cryptobyte.String) bool {
	var id cryptobyte.String
	if der.PeekASN1Tag(context1) {
		if !der.ReadASN1(&id, context1) {
			return false
		}
		r.byName = distinguishedName(id).key()
		return true
	}
	return der.ReadASN1(&id, casn1.Tag(2).ContextSpecific().Constructed()) &&
		id.ReadASN1((*cryptobyte.String)(&r.byKey), casn1.OCTET_STRING) && id.Empty()
}

func (r *ocspResponse) extension(e pkix.Extension) bool {
	value := cryptobyte.String(e.Value)
	switch {
	case e.Id.Equal(oidOCSPNonce):
		// RFC 9654 section 2.1 has an OCTET STRING inside; older responders return
		// whatever they were sent.
		r.nonce = e.Value
		if inner := cryptobyte.String(nil); value.ReadASN1(&inner, casn1.OCTET_STRING) && value.Empty() {
			r.nonce = inner
		}
	case e.Critical:
		r.critical = e.Id.String()
	}
	return true
}

func readSingle(list *cryptobyte.String) (s singleResponse, ok bool) {
	var der, extensions cryptobyte.String
	var nextUpdate cryptobyte.String
	var haveNext, haveExtensions bool
	ok = list.ReadASN1(&der, casn1.SEQUENCE) && s.readID(&der) && s.readState(&der) &&
		der.ReadASN1GeneralizedTime(&s.thisUpdate) &&
		der.ReadOptionalASN1(&nextUpdate, &haveNext, context0) &&
		(!haveNext || nextUpdate.ReadASN1GeneralizedTime(&s.nextUpdate) && nextUpdate.Empty()) &&
		der.ReadOptionalASN1(&extensions, &haveExtensions, context1) && der.Empty() &&
		(!haveExtensions || eachExtension(extensions, s.extension))
	return s, ok
}

var hashes = map[string]crypto.Hash{
	oidSHA1.String():         crypto.SHA1,
	"2.16.840.1.101.3.4.2.1": crypto.SHA256,
	"2.16.840.1.101.3.4.2.2": crypto.SHA384,
	"2.16.840.1.101.3.4.2.3": crypto.SHA512,
}

func (s *singleResponse) readID(der *cryptobyte.String) bool {
	var id, algorithm cryptobyte.String
	var hash asn1.ObjectIdentifier
	ok := der.ReadASN1(&id, casn1.SEQUENCE) && id.ReadASN1(&algorithm, casn1.SEQUENCE) && algorithm.ReadASN1ObjectIdentifier(&hash) &&
		id.ReadASN1((*cryptobyte.String)(&s.nameHash), casn1.OCTET_STRING) &&
		id.ReadASN1((*cryptobyte.String)(&s.keyHash), casn1.OCTET_STRING) &&
		id.ReadASN1((*cryptobyte.String)(&s.serial), casn1.INTEGER) && id.Empty()
	s.hash = hashes[hash.String()]
	return ok
}

func (s *singleResponse) readState(der *cryptobyte.String) bool {
	var state cryptobyte.String
	var tag casn1.Tag
	if !der.ReadAnyASN1(&state, &tag) {
		return false
	}
	switch s.state = tag & 0x1f; tag {
	case casn1.Tag(0).ContextSpecific(), casn1.Tag(2).ContextSpecific():
		return state.Empty()
	case context1:
		return s.readRevoked(state)
	}
	return false
}

func (s *singleResponse) readRevoked(info cryptobyte.String) bool {
	var code cryptobyte.String
	var present bool
	var n int
	ok := info.ReadASN1GeneralizedTime(&s.revokedAt) && info.ReadOptionalASN1(&code, &present, context0) && info.Empty() &&
		(!present || code.ReadASN1Enum(&n) && code.Empty())
	s.reason = reason(n)
	return ok
}

// extension reads the extensions of a status, which may be those of a CRL entry (RFC 6960
// section 4.4.5).
func (s *singleResponse) extension(e pkix.Extension) (ok bool) {
	value := cryptobyte.String(e.Value)
	switch {
	case e.Id.Equal(oidArchiveCutoff):
		return value.ReadASN1GeneralizedTime(&s.cutoff) && value.Empty()
	case e.Id.Equal(oidInvalidityDate):
		return value.ReadASN1GeneralizedTime(&s.invalidAt) && value.Empty()
	case e.Critical && !e.Id.Equal(oidReasonCode):
		s.critical = e.Id.String()
	}
	return true
}

// about tells whether s is the status of cert.
func (s *singleResponse) about(cert *x509.Certificate, issuer authority) bool {
	return s.hash != 0 && bytes.Equal(s.serial, serialOf(cert)) &&
		bytes.Equal(s.nameHash, digest(s.hash, cert.RawIssuer)) && bytes.Equal(s.keyHash, digest(s.hash, issuer.keyBits()))
}

package testca

import (
	"encoding/asn1"
	"encoding/base64"
	"io"
	"math/big"
	"net/http"
	"net/url"
	"strings"
)

// body reads a request of at most [maxRequest] octets, or refuses it.
func body(w http.ResponseWriter, r *http.Request) ([]byte, bool) {
	data, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxRequest))
	if err != nil {
		http.Error(w, "the request is too large or broke off", http.StatusRequestEntityTooLarge)
	}
	return data, err == nil
}

// getOCSP answers a request in the path (RFC 6960 appendix A.1).
func (s *Service) getOCSP(w http.ResponseWriter, r *http.Request, encoded string) {
	text, err := url.PathUnescape(encoded)
	if err != nil {
		http.Error(w, "no base64", http.StatusBadRequest)
		return
	}
	request, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		http.Error(w, "no base64", http.StatusBadRequest)
		return
	}
	s.ocsp(w, r, request)
}

func (s *Service) postOCSP(w http.ResponseWriter, r *http.Request) {
	if request, ok := body(w, r); ok {
		s.ocsp(w, r, request)
	}
}

// ocsp answers a request by the authority that it names.
func (s *Service) ocsp(w http.ResponseWriter, r *http.Request, request []byte) {
	register, err := s.Keeper.Load()
	if err != nil {
		unreadable(w)
		return
	}
	branch, k := s.asked(request)
	opts := []OCSPOption{
		OCSPStatus(func(serial *big.Int) Status { return register.status(k, serial) }), OCSPDelegate(branch.Responder),
	}
	for _, spoil := range s.Spoils {
		opts = append(opts, spoil.ocsp(branch.CA)...)
	}
	response, err := branch.CA.OCSP(request, opts...)
	if err != nil {
		http.Error(w, "the key does not sign", http.StatusInternalServerError)
		return
	}
	s.send(w, r, "ocsp", "application/ocsp-response", response)
}

// unreadable refuses for want of a register.
func unreadable(w http.ResponseWriter) {
	http.Error(w, "the register cannot be read", http.StatusInternalServerError)
}

// getCRL hands out the CRL that the path names.
func (s *Service) getCRL(w http.ResponseWriter, r *http.Request) {
	name, ok := strings.CutSuffix(r.PathValue("name"), ".crl")
	if !ok || name == "" {
		http.NotFound(w, r)
		return
	}
	register, err := s.Keeper.Load()
	if err != nil {
		unreadable(w)
		return
	}
	branch, k, opts := s.Sign, KindSign, []CRLOption{CRLNumber(register.Changes + 1)}
	switch {
	case name == "auth":
		branch, k = s.Auth, KindAuth
		opts = append(opts, CRLEntries(register.entries(k, "")...))
	case name == "full":
		opts = append(opts, CRLEntries(register.entries(k, "")...))
	case register.knows(name):
		point := IssuingPoint{Name: branch.CA.distributionName(name + " CRLDP")}
		opts = append(opts, CRLEntries(register.entries(k, name)...), CRLFor(point))
	default:
		http.NotFound(w, r)
		return
	}
	for _, spoil := range s.Spoils {
		opts = append(opts, spoil.crl()...)
	}
	der, err := branch.CA.CRL(opts...)
	if err != nil {
		http.Error(w, "the key does not sign", http.StatusInternalServerError)
		return
	}
	s.send(w, r, "crl", "application/pkix-crl", der)
}

// postTSA stamps the time, spoilt as asked.
func (s *Service) postTSA(w http.ResponseWriter, r *http.Request) {
	request, ok := body(w, r)
	if !ok {
		return
	}
	if r.Header.Get("Content-Type") != "application/timestamp-query" {
		http.Error(w, "a time-stamp request is expected", http.StatusUnsupportedMediaType)
		return
	}
	tsa := *s.TSA
	for _, spoil := range s.Spoils {
		spoil.tsa(&tsa)
	}
	response, err := tsa.Respond(request)
	if err != nil {
		http.Error(w, "the key does not sign", http.StatusInternalServerError)
		return
	}
	s.send(w, r, "tsa", "application/timestamp-reply", response)
}

// asked returns the authority that an OCSP request is about: the one for signing if it is
// neither, which then refuses.
func (s *Service) asked(request []byte) (Branch, Kind) {
	var r ocspRequest
	_, err := asn1.Unmarshal(request, &r)
	if err == nil && len(r.TBS.List) > 0 && s.Auth.CA.named(r.TBS.List[0].ID) {
		return s.Auth, KindAuth
	}
	return s.Sign, KindSign
}

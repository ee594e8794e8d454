package testca

import (
	"bytes"
	"crypto"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"mime"
	"net/http"
	"time"
)

// order is what a program asks for in JSON.
type order struct {
	Kind    Kind   `json:"kind"`    // to issue
	Request string `json:"request"` // PEM: certificate request or public key
	Owner   *Owner `json:"owner"`   // to issue; null = the sample
	Serial  string `json:"serial"`  // to renew or revoke
	Reason  string `json:"reason"`  // to revoke: one of Reasons
}

// issuedAnswer tells of a new certificate.
type issuedAnswer struct {
	Serial      string `json:"serial"`
	Certificate string `json:"certificate"` // PEM
	Issuer      string `json:"issuer"`      // PEM
}

// apiCodes are the names of errors for programs. All others are "internal".
var apiCodes = map[error]string{
	ErrUnknownSerial: "unknown_serial", ErrAlreadyRevoked: "already_revoked", ErrNotHeld: "not_held", ErrUnknownReason: "unknown_reason",
	ErrBadRequest: "bad_request", ErrPossession: "possession_unproven", ErrWeakKey: "key_unfit", ErrBadOwner: "bad_owner", ErrBadKind: "bad_kind",
}

// programs adds what answers programs in JSON.
func (s *Service) programs(mux *http.ServeMux) {
	mux.HandleFunc("POST /issue", s.ordered(s.issue))
	mux.HandleFunc("POST /renew", s.ordered(s.renew))
	mux.HandleFunc("POST /revoke", s.ordered(s.revoke))
	mux.HandleFunc("GET /certificates", func(w http.ResponseWriter, _ *http.Request) {
		register, err := s.Keeper.Load()
		if err != nil {
			decline(w, err)
			return
		}
		list := []*Issued{}
		for _, c := range register.Certificates {
			list = append(list, c.public())
		}
		answer(w, http.StatusOK, map[string]any{"certificates": list})
	})
}

// public is c without what only a renewal needs.
func (c *Issued) public() *Issued {
	p := *c
	p.Owner, p.Key = nil, nil
	return &p
}

// ordered reads an order, has do work on the register, and answers with what it returns.
func (s *Service) ordered(do func(*Register, *order) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		// A web page cannot send this type to another origin without asking first.
		if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
			http.Error(w, "application/json is expected", http.StatusUnsupportedMediaType)
			return
		}
		data, ok := body(w, r)
		if !ok {
			return
		}
		var o order
		d := json.NewDecoder(bytes.NewReader(data))
		d.DisallowUnknownFields()
		if d.Decode(&o) != nil {
			decline(w, ErrBadRequest)
			return
		}
		var result any
		err := s.Keeper.Update(func(register *Register) (err error) {
			result, err = do(register, &o)
			return err
		})
		if err != nil {
			decline(w, err)
			return
		}
		answer(w, http.StatusOK, result)
	}
}

func (s *Service) issue(register *Register, o *order) (any, error) {
	pub, err := ParseRequest([]byte(o.Request))
	if err != nil {
		return nil, err
	}
	cert, err := s.authorities().Issue(register, o.Kind, pub, o.Owner, s.spoilt()...)
	return s.issued(cert, o.Kind), err
}

func (s *Service) renew(register *Register, o *order) (any, error) {
	var pub crypto.PublicKey
	if o.Request != "" {
		var err error
		if pub, err = ParseRequest([]byte(o.Request)); err != nil {
			return nil, err
		}
	}
	old, err := register.Find(o.Serial)
	if err != nil {
		return nil, err
	}
	cert, err := s.authorities().Renew(register, o.Serial, pub, time.Now(), s.spoilt()...)
	return s.issued(cert, old.Kind), err
}

func (s *Service) revoke(register *Register, o *order) (any, error) {
	c, err := register.Revoke(o.Serial, o.Reason, time.Now())
	if err != nil {
		return nil, err
	}
	return c.public(), nil
}

func (s *Service) authorities() Authorities { return Authorities{s.Sign.CA, s.Auth.CA} }

// spoilt are the options of certificates that are issued wrongly.
func (s *Service) spoilt() []Option {
	var opts []Option
	for _, spoil := range s.Spoils {
		opts = append(opts, spoil.certificate()...)
	}
	return opts
}

// issued tells of a certificate, which is nil after an error.
func (s *Service) issued(cert *x509.Certificate, k Kind) any {
	if cert == nil {
		return nil
	}
	issuer := s.Sign.CA.Cert
	if k == KindAuth {
		issuer = s.Auth.CA.Cert
	}
	text := func(c *x509.Certificate) string {
		return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw}))
	}
	return issuedAnswer{SerialText(cert.SerialNumber), text(cert), text(issuer)}
}

func answer(w http.ResponseWriter, status int, v any) {
	data, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		panic(err) // our own types
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(append(data, '\n')) // whoever asked may have gone
}

// decline tells a program why nothing was done.
func decline(w http.ResponseWriter, err error) {
	status, code := http.StatusInternalServerError, "internal"
	for known, name := range apiCodes {
		if errors.Is(err, known) {
			status, code = http.StatusBadRequest, name
		}
	}
	answer(w, status, map[string]any{"error": map[string]string{"code": code}})
}

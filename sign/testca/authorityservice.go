package testca

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"time"
)

// Limits of a service.
const (
	serviceTimeout = 10 * time.Second // of one question or answer
	serviceHeaders = 16 << 10         // octets
	shutdownTime   = time.Second      // for answers under way, before the service ends
)

// Keeper keeps the register of a service. Several services and programs may share one: a
// service asks it anew for every answer.
type Keeper interface {
	Load() (*Register, error)

	// Update has change work on the register, and keeps the result unless change fails.
	// Nobody else changes it meanwhile.
	Update(change func(*Register) error) error
}

// Branch is an authority and the responder that answers for it.
type Branch struct {
	CA        *CA
	Responder *CA
}

// Service is the public service in small: it answers OCSP requests (RFC 6960) and hands out
// CRLs for both authorities, stamps times (RFC 3161), and issues, renews and revokes
// certificates when a program asks in JSON.
//
//	POST /ocsp · GET /ocsp/{base64}
//	GET  /crl/full.crl · /crl/auth.crl · /crl/{municipality}.crl
//	POST /tsa
//	GET  /ca/sign.cer · /ca/auth.cer · /ca/tsa.cer
//	POST /issue · /renew · /revoke · GET /certificates
//
// It believes whoever asks, so that nobody but programs of the same computer may ask it.
type Service struct {
	Sign, Auth Branch
	TSA        *TSA
	Keeper     Keeper
	Spoils     []Spoil           // what to answer wrongly
	Log        func(line string) // receives a line for each answer, without personal data; nil = nobody
}

// Serve answers on l until ctx ends.
func (s *Service) Serve(ctx context.Context, l net.Listener) error {
	server := &http.Server{
		Handler: s, ReadTimeout: serviceTimeout, WriteTimeout: slowness + serviceTimeout,
		IdleTimeout: serviceTimeout, MaxHeaderBytes: serviceHeaders,
		BaseContext: func(net.Listener) context.Context { return ctx },
	}
	ended := make(chan error, 1)
	stop := context.AfterFunc(ctx, func() {
		limit, cancel := context.WithTimeout(context.Background(), shutdownTime)
		defer cancel()
		err := server.Shutdown(limit)
		if err != nil {
			err = server.Close()
		}
		ended <- err
	})
	err := server.Serve(l)
	if !errors.Is(err, http.ErrServerClosed) {
		stop()
		return err
	}
	return <-ended
}

// ServeHTTP answers what a program of this computer asks, and refuses what a web page had
// its browser ask: such a question names another host, or comes from another origin.
func (s *Service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	noted := &answered{ResponseWriter: w, status: http.StatusOK}
	defer func() { s.log(r, noted.status) }()
	if !loopback(r.Host) || r.Header.Get("Origin") != "" {
		http.Error(noted, "only programs of this computer are served", http.StatusForbidden)
		return
	}
	// Base64 has slashes, two in a row too, which a ServeMux would clean away.
	if encoded, ok := strings.CutPrefix(r.URL.EscapedPath(), "/ocsp/"); ok && r.Method == http.MethodGet {
		s.getOCSP(noted, r, encoded)
		return
	}
	s.routes().ServeHTTP(noted, r)
}

func (s *Service) routes() *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /ocsp", s.postOCSP)
	mux.HandleFunc("GET /crl/{name}", s.getCRL)
	mux.HandleFunc("POST /tsa", s.postTSA)
	for name, cert := range map[string][]byte{"sign": s.Sign.CA.Cert.Raw, "auth": s.Auth.CA.Cert.Raw, "tsa": s.TSA.Cert.Raw} {
		mux.HandleFunc("GET /ca/"+name+".cer", func(w http.ResponseWriter, _ *http.Request) {
			send(w, "application/pkix-cert", cert)
		})
	}
	s.programs(mux)
	return mux
}

// answered remembers the status of an answer.
type answered struct {
	http.ResponseWriter
	status int
}

func (a *answered) WriteHeader(status int) {
	a.status = status
	a.ResponseWriter.WriteHeader(status)
}

// log tells of an answer. Only the first part of the path goes in: a request can be in the
// rest.
func (s *Service) log(r *http.Request, status int) {
	if s.Log == nil {
		return
	}
	first, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	if _, known := services[first]; !known {
		first = "…"
	}
	method := r.Method
	if method != http.MethodGet && method != http.MethodPost {
		method = "…"
	}
	s.Log(time.Now().UTC().Format(time.RFC3339) + " " + method + " /" + first + " " + http.StatusText(status))
}

// services are the first parts of the paths.
var services = map[string]bool{
	"ocsp": true, "crl": true, "tsa": true, "ca": true, "issue": true, "renew": true, "revoke": true, "certificates": true,
}

// loopback tells whether a Host header is of this computer itself.
func loopback(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	ip, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return host == "localhost" || err == nil && ip.IsLoopback()
}

func send(w http.ResponseWriter, contentType string, data []byte) {
	w.Header().Set("Content-Type", contentType)
	_, _ = w.Write(data) // whoever asked may have gone
}

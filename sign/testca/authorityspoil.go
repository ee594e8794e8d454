package testca

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"net/http"
	"slices"
	"strings"
	"time"
)

// slowness is how long an answer takes that is spoilt by "slow".
const slowness = time.Minute

// Spoil is one way in which a [Service] answers wrongly, such as "ocsp=expired".
type Spoil struct {
	service, name string
}

func (s Spoil) String() string { return s.service + "=" + s.name }

// ParseSpoil reads one of [Spoils].
func ParseSpoil(text string) (Spoil, bool) {
	service, name, _ := strings.Cut(text, "=")
	s := Spoil{service, name}
	return s, slices.Contains(Spoils(), s)
}

// Spoils returns all the ways, by service: of an OCSP answer, a CRL, a time-stamp and a
// certificate.
func Spoils() []Spoil {
	var all []Spoil
	add := func(service string, names ...string) {
		slices.Sort(names)
		for _, name := range names {
			all = append(all, Spoil{service, name})
		}
	}
	add("ocsp", append(keys(ocspSpoils), keys(sendSpoils)...)...)
	add("crl", append(keys(crlSpoils), keys(sendSpoils)...)...)
	add("tsa", append(keys(tsaSpoils), keys(sendSpoils)...)...)
	add("certificate", keys(certificateSpoils)...)
	return all
}

func keys[V any](m map[string]V) []string {
	var all []string
	for k := range m {
		all = append(all, k)
	}
	return all
}

// past and future are a day long, and long over or still to come.
func past() (from, to time.Time)   { return now().AddDate(0, 0, -9), now().AddDate(0, 0, -8) }
func future() (from, to time.Time) { return now().AddDate(0, 0, 8), now().AddDate(0, 0, 9) }

// unknownCritical is an extension that nobody knows and nobody may pass over.
func unknownCritical() pkix.Extension {
	return pkix.Extension{Id: asn1.ObjectIdentifier{1, 3, 6, 1, 4, 1, 32473, 1}, Critical: true, Value: []byte{5, 0}} // RFC 5612
}

// stranger is a key that nobody has certified.
func stranger() *ecdsa.PrivateKey {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		panic(err) // the system's random numbers do not fail
	}
	return key
}

var ocspSpoils = map[string]func(ca *CA) []OCSPOption{
	"expired":        func(*CA) []OCSPOption { return []OCSPOption{OCSPTimes(past())} },
	"future":         func(*CA) []OCSPOption { return []OCSPOption{OCSPTimes(future())} },
	"signature":      func(*CA) []OCSPOption { return []OCSPOption{OCSPBroken()} },
	"stranger":       func(*CA) []OCSPOption { return []OCSPOption{OCSPSignedBy(stranger())} },
	"no-certificate": func(*CA) []OCSPOption { return []OCSPOption{OCSPWithoutCertificate()} },
	"nonce":          func(*CA) []OCSPOption { return []OCSPOption{OCSPNonce([]byte{4, 1, 0})} },
	"no-nonce":       func(*CA) []OCSPOption { return []OCSPOption{OCSPNonce(nil)} },
	"serial":         func(*CA) []OCSPOption { return []OCSPOption{OCSPSerial(big.NewInt(1))} },
	"issuer":         func(*CA) []OCSPOption { return []OCSPOption{OCSPWrongIssuer()} },
	"critical":       func(*CA) []OCSPOption { return []OCSPOption{OCSPExtension(unknownCritical())} },
	"truncated":      func(*CA) []OCSPOption { return []OCSPOption{OCSPTruncated(8)} },
	"unknown": func(*CA) []OCSPOption {
		return []OCSPOption{OCSPStatus(func(*big.Int) Status { return Status{State: Unknown} })}
	},
	"purpose": func(ca *CA) []OCSPOption { return []OCSPOption{OCSPDelegate(purposeless(ca))} },

	"try-later":    func(*CA) []OCSPOption { return []OCSPOption{OCSPRefusal(TryLater)} },
	"malformed":    func(*CA) []OCSPOption { return []OCSPOption{OCSPRefusal(MalformedRequest)} },
	"internal":     func(*CA) []OCSPOption { return []OCSPOption{OCSPRefusal(InternalError)} },
	"unauthorized": func(*CA) []OCSPOption { return []OCSPOption{OCSPRefusal(Unauthorized)} },
}

// purposeless is a responder whose certificate does not allow it to answer.
func purposeless(ca *CA) *CA {
	responder, err := ca.IssueResponder(stranger(), Without(ExtExtendedKeyUsage))
	if err != nil {
		return ca
	}
	return responder
}

var crlSpoils = map[string]func() []CRLOption{
	"expired":   func() []CRLOption { return []CRLOption{CRLTimes(past())} },
	"future":    func() []CRLOption { return []CRLOption{CRLTimes(future())} },
	"signature": func() []CRLOption { return []CRLOption{CRLBroken()} },
	"stranger":  func() []CRLOption { return []CRLOption{CRLSignedBy(stranger())} },
	"issuer":    func() []CRLOption { return []CRLOption{CRLIssuerName(Name("C", "JP", "O", Practice))} },
	"critical":  func() []CRLOption { return []CRLOption{CRLExtension(unknownCritical())} },
	"point": func() []CRLOption {
		return []CRLOption{CRLFor(IssuingPoint{Name: Name("C", "JP", "O", Practice, "CN", "Nowhere CRLDP")})}
	},
}

var tsaSpoils = map[string]func(*TSA){
	"nonce":          func(a *TSA) { a.NonceOff = 1 },
	"no-nonce":       func(a *TSA) { a.NoNonce = true },
	"digest":         func(a *TSA) { a.ImprintFlip = 1 },
	"signature":      func(a *TSA) { a.BadSignature = true },
	"no-certificate": func(a *TSA) { a.NoCertificate = true },
	"modified":       func(a *TSA) { a.Status = 1 },
	"refused":        func(a *TSA) { a.Status, a.Text = 2, "practice: refused as asked" },
	"hour-ago":       func(a *TSA) { a.Now = func() time.Time { return time.Now().Add(-time.Hour) } },
	"hour-ahead":     func(a *TSA) { a.Now = func() time.Time { return time.Now().Add(time.Hour) } },
	"truncated":      func(a *TSA) { a.Spoil = func(response []byte) []byte { return response[:len(response)-8] } },
	"critical":       func(a *TSA) { a.Extra = []pkix.Extension{unknownCritical()} },
}

var certificateSpoils = map[string]func() []Option{
	"expired":   func() []Option { return []Option{WithValidity(past())} },
	"future":    func() []Option { return []Option{WithValidity(future())} },
	"signature": func() []Option { return []Option{WithBrokenSignature()} },
	"sha1":      func() []Option { return []Option{WithSignatureAlgorithm(x509.SHA1WithRSA)} },
	"usage":     func() []Option { return []Option{WithKeyUsage(x509.KeyUsageKeyEncipherment)} },
	"policy":    func() []Option { return []Option{WithPolicy(PolicyTSA)} },
	"ca":        func() []Option { return []Option{WithIsCA(true)} },
	"owner":     func() []Option { return []Option{Without(ExtSubjectAltName)} },
	"issuer":    func() []Option { return []Option{WithIssuerName(Name("C", "JP", "O", Practice))} },
	"critical":  func() []Option { return []Option{WithExtension(unknownCritical())} },
}

// sendSpoils are about the way, whatever is sent.
var sendSpoils = map[string]func(w http.ResponseWriter, r *http.Request) bool{
	"html": func(w http.ResponseWriter, _ *http.Request) bool {
		send(w, "text/html", []byte("<!DOCTYPE html><title>practice</title>Sign in to the network"))
		return true
	},
	"http-500": func(w http.ResponseWriter, _ *http.Request) bool {
		http.Error(w, "spoilt as asked", http.StatusInternalServerError)
		return true
	},
	"huge": func(w http.ResponseWriter, _ *http.Request) bool {
		send(w, "application/octet-stream", bytes.Repeat([]byte{0x30}, 4<<20))
		return true
	},
	"loop": func(w http.ResponseWriter, r *http.Request) bool {
		http.Redirect(w, r, "http://"+r.Host+r.URL.Path, http.StatusTemporaryRedirect)
		return true
	},
	"slow": func(_ http.ResponseWriter, r *http.Request) bool {
		select {
		case <-time.After(slowness):
		case <-r.Context().Done():
		}
		return false
	},
}

func (s Spoil) ocsp(ca *CA) []OCSPOption {
	if f := ocspSpoils[s.name]; s.service == "ocsp" && f != nil {
		return f(ca)
	}
	return nil
}

func (s Spoil) crl() []CRLOption {
	if f := crlSpoils[s.name]; s.service == "crl" && f != nil {
		return f()
	}
	return nil
}

func (s Spoil) tsa(a *TSA) {
	if f := tsaSpoils[s.name]; s.service == "tsa" && f != nil {
		f(a)
	}
}

func (s Spoil) certificate() []Option {
	if f := certificateSpoils[s.name]; s.service == "certificate" && f != nil {
		return f()
	}
	return nil
}

// send sends an answer, unless a spoil sends something else.
func (s *Service) send(w http.ResponseWriter, r *http.Request, service, contentType string, data []byte) {
	for _, spoil := range s.Spoils {
		if f := sendSpoils[spoil.name]; spoil.service == service && f != nil && f(w, r) {
			return
		}
	}
	send(w, contentType, data)
}

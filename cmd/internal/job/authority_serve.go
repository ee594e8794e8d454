package job

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"net"
	"net/netip"
	"os"
	"slices"
	"strings"

	"github.com/jpki-desktop/jpki/sign/testca"
)

// The files of those who answer for the practice authorities.
const (
	signResponder = "sign-ocsp.pem"
	authResponder = "auth-ocsp.pem"
	timeAuthority = "tsa.pem"
)

// AuthorityAddress is where the practice authorities are served unless told otherwise.
const AuthorityAddress = testca.DefaultAddress

// AuthorityService says how to serve the practice authorities.
type AuthorityService struct {
	Listen  string // host:port; a port of 0 is any that is free
	Spoils  []string
	Serving func(url string) // called once it answers
	Log     func(line string)
}

// IsLoopback tells whether address, host:port, is one that only programs of this computer
// reach. A name does not count, as somebody else says what it stands for.
func IsLoopback(address string) bool {
	a, err := netip.ParseAddrPort(address)
	return err == nil && a.Addr().IsLoopback()
}

// AuthoritySpoils are the wrong answers that [AuthorityService] can be asked for.
func AuthoritySpoils() []string {
	var names []string
	for _, s := range testca.Spoils() {
		names = append(names, s.String())
	}
	return names
}

// ServeAuthority serves the practice authorities until ctx ends. From then on they name
// its address in the certificates that they issue.
func ServeAuthority(ctx context.Context, q AuthorityService) error {
	l, err := net.Listen("tcp", q.Listen)
	if err != nil {
		return fail("authority_address", err, q.Listen)
	}
	defer l.Close()
	address := l.Addr().String()
	err = register{}.Update(func(r *testca.Register) error { r.Address = address; return nil })
	if err != nil {
		return err
	}
	s, err := authorityService()
	if err != nil {
		return err
	}
	for _, text := range q.Spoils {
		if spoil, ok := testca.ParseSpoil(text); ok {
			s.Spoils = append(s.Spoils, spoil)
		}
	}
	s.Log = q.Log
	q.Serving("http://" + address)
	return s.Serve(ctx, l)
}

// authorityService is the service of the practice authorities, with their responders and
// the time-stamp authority, which are made at first use.
func authorityService() (*testca.Service, error) {
	a, err := practiceAuthorities()
	if err != nil {
		return nil, err
	}
	s := &testca.Service{Keeper: register{}, Sign: testca.Branch{CA: a.Sign}, Auth: testca.Branch{CA: a.Auth}}
	if s.Sign.Responder, err = responder(signResponder, a.Sign); err != nil {
		return nil, err
	}
	if s.Auth.Responder, err = responder(authResponder, a.Auth); err != nil {
		return nil, err
	}
	s.TSA, err = timestampAuthority(a.Sign)
	return s, err
}

func responder(name string, ca *testca.CA) (*testca.CA, error) {
	return deputy(name, ca, nil, func(key *ecdsa.PrivateKey) (*testca.CA, error) { return ca.IssueResponder(key) })
}

// timestampAuthority is the one that the signing authority certified, with the address at
// which its responder is now.
func timestampAuthority(ca *testca.CA) (*testca.TSA, error) {
	r, err := register{}.Load()
	if err != nil {
		return nil, err
	}
	address := []string{r.OCSPAddress()}
	current := func(d *testca.CA) bool {
		_, err := r.Find(testca.SerialText(d.Cert.SerialNumber))
		return err == nil && slices.Equal(d.Cert.OCSPServer, address)
	}
	d, err := deputy(timeAuthority, ca, current, func(key *ecdsa.PrivateKey) (*testca.CA, error) {
		cert, err := ca.IssueTSA(key.Public(), testca.WithOCSP(address[0]))
		if err != nil {
			return nil, err
		}
		err = register{}.Update(func(r *testca.Register) error { r.Add(testca.KindTSA, cert, nil); return nil })
		return &testca.CA{Cert: cert, Key: key}, err
	})
	if err != nil {
		return nil, err
	}
	return &testca.TSA{Cert: d.Cert, Key: d.Key}, nil
}

// deputy loads what answers for an authority from a file, and makes it anew where there is
// none, or not one that ca certified and that is current.
func deputy(name string, ca *testca.CA, current func(*testca.CA) bool, issue func(*ecdsa.PrivateKey) (*testca.CA, error)) (*testca.CA, error) {
	path := practicePath(name)
	if data, err := os.ReadFile(path); err == nil {
		d, err := testca.Parse(data)
		if err == nil && d.Cert.CheckSignatureFrom(ca.Cert) == nil && (current == nil || current(d)) {
			return d, nil
		}
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	d, err := issue(key)
	if err != nil {
		return nil, err
	}
	data, err := d.MarshalPEM()
	if err != nil {
		return nil, err
	}
	return d, WriteFile(path, data, true, nil)
}

// SpoilNames are the wrong answers by service, for the help: "ocsp=expired|future…".
func SpoilNames() []string {
	var lines []string
	for _, text := range AuthoritySpoils() {
		service, name, _ := strings.Cut(text, "=")
		if n := len(lines); n > 0 && strings.HasPrefix(lines[n-1], service+"=") {
			lines[n-1] += "|" + name
			continue
		}
		lines = append(lines, text)
	}
	return lines
}

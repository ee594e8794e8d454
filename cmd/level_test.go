package cmd_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/asn1"
	"encoding/pem"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/jpki-desktop/jpki/sign/testca"
)

// TestLevels runs the scripts about time-stamps and levels, which have the commands
//
//	tsa NAME KIND         starts a time-stamp authority of the practice authority; $NAME is its address
//	crl FILE [FILE.p7s]   writes the practice authority's CRL, in which the signer of FILE.p7s is revoked in a day
//
// and the times $SOON, after that revocation, and $LATER, after the end of the practice
// card's certificate and before that of the time-stamp authority's.
func TestLevels(t *testing.T) {
	p := scripts(t, "../testdata/script/level")
	setup := p.Setup
	p.Setup = func(e *testscript.Env) error {
		e.Setenv("SOON", time.Now().AddDate(0, 0, 3).Format(time.DateOnly))
		e.Setenv("LATER", time.Now().AddDate(7, 0, 0).Format(time.DateOnly))
		return setup(e)
	}
	p.Cmds["tsa"] = startTSA
	p.Cmds["crl"] = writeCRL
	testscript.Run(t, p)
}

func practiceCA(ts *testscript.TestScript) *testca.CA {
	data, err := os.ReadFile(ts.MkAbs("home/data/jpki/practice/sign-ca.pem"))
	ts.Check(err)
	ca, err := testca.Parse(data)
	ts.Check(err)
	return ca
}

var (
	timestamping = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 3, 8}
	clientAuth   = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 3, 2}
)

// tsaOptions are the certificates of the kinds of authorities.
var tsaOptions = map[string][]testca.Option{
	"no-purpose":    {testca.Without(testca.ExtExtendedKeyUsage)},
	"not-critical":  {testca.WithPurposes(false, timestamping)},
	"more-purposes": {testca.WithPurposes(true, timestamping, clientAuth)},
	"expired":       {testca.WithValidity(time.Now().AddDate(-2, 0, 0), time.Now().AddDate(-1, 0, 0))},
}

// tsaKinds change what an authority says.
var tsaKinds = map[string]func(*testca.TSA){
	"good":          func(a *testca.TSA) { a.Accuracy = time.Second },
	"wrong-nonce":   func(a *testca.TSA) { a.NonceOff = 1 },
	"no-nonce":      func(a *testca.TSA) { a.NoNonce = true },
	"wrong-digest":  func(a *testca.TSA) { a.ImprintFlip = 1 },
	"with-mods":     func(a *testca.TSA) { a.Status = 1 },
	"rejected":      func(a *testca.TSA) { a.Status, a.Failure, a.Text = 2, 14, "closed\x1b[2J today" },
	"forged":        func(a *testca.TSA) { a.BadSignature = true },
	"truncated":     func(a *testca.TSA) { a.Spoil = func(b []byte) []byte { return b[:len(b)/2] } },
	"past":          func(a *testca.TSA) { a.Now = func() time.Time { return time.Now().Add(-time.Hour) } },
	"future":        func(a *testca.TSA) { a.Now = func() time.Time { return time.Now().Add(time.Hour) } },
	"no-cert":       func(a *testca.TSA) { a.NoCertificate = true },
	"no-purpose":    func(*testca.TSA) {},
	"not-critical":  func(*testca.TSA) {},
	"more-purposes": func(*testca.TSA) {},
	"expired":       func(*testca.TSA) {},
}

// servers answer what is no time-stamp at all.
var servers = map[string]http.HandlerFunc{
	"html":     func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<html>Welcome</html>") },
	"redirect": func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/again", http.StatusFound) },
	"refusing": func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "no", http.StatusForbidden) },
	"huge": func(w http.ResponseWriter, _ *http.Request) {
		for range 32 {
			_, _ = w.Write(make([]byte, 1<<16))
		}
	},
	"slow": func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // or else the server does not see the client leave
		<-r.Context().Done()
	},
}

func startTSA(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: tsa NAME KIND")
	}
	name, kind := args[0], args[1]
	switch handler, ok := servers[kind]; {
	case ok:
		ts.Setenv(name, serve(ts, handler))
	case kind == "absent":
		l, err := net.Listen("tcp", "127.0.0.1:0")
		ts.Check(err)
		ts.Setenv(name, "http://"+l.Addr().String())
		ts.Check(l.Close())
	default:
		ts.Setenv(name, serve(ts, authority(ts, kind)))
	}
}

func serve(ts *testscript.TestScript, h http.Handler) string {
	server := httptest.NewServer(h)
	ts.Defer(func() {
		server.CloseClientConnections()
		server.Close()
	})
	return server.URL
}

// authority is one of the practice authority, or of another when its kind is stranger.
func authority(ts *testscript.TestScript, kind string) *testca.TSA {
	ca, change := practiceCA(ts), tsaKinds[kind]
	if kind == "stranger" {
		var err error
		ca, err = testca.New()
		ts.Check(err)
		ts.Check(os.WriteFile(ts.MkAbs("stranger.cer"), ca.Cert.Raw, 0o644))
		change = tsaKinds["good"]
	}
	if change == nil {
		ts.Fatalf("no kind %s", kind)
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	ts.Check(err)
	tsa, err := ca.NewTSA(key, append([]testca.Option{testca.WithNotBefore(time.Now().AddDate(0, 0, -1))}, tsaOptions[kind]...)...)
	ts.Check(err)
	change(tsa)
	return tsa
}

func writeCRL(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 || len(args) > 2 {
		ts.Fatalf("usage: crl FILE [FILE.p7s]")
	}
	ca := practiceCA(ts)
	var opts []testca.CRLOption
	if len(args) == 2 {
		opts = append(opts, testca.CRLEntries(testca.Entry{
			Serial: signerSerial(ts, args[1]), At: time.Now().AddDate(0, 0, 1), Reason: 3,
		}))
	}
	der, err := ca.CRL(opts...)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), der, 0o644))
}

// signerSerial is the serial number of the signer of a file, as OpenSSL reads it.
func signerSerial(ts *testscript.TestScript, path string) *big.Int {
	ts.Check(ts.Exec("openssl", "cms", "-verify", "-noverify", "-binary", "-inform", "DER", "-in", path,
		"-content", strings.TrimSuffix(path, ".p7s"), "-certsout", "signer.pem", "-out", "discarded"))
	data, err := os.ReadFile(ts.MkAbs("signer.pem"))
	ts.Check(err)
	certs, err := x509.ParseCertificates(pemBytes(data))
	ts.Check(err)
	for _, c := range certs {
		if !c.IsCA {
			return c.SerialNumber
		}
	}
	ts.Fatalf("%s has no signer", path)
	return nil
}

// pemBytes are the blocks of PEM one after the other, in DER.
func pemBytes(data []byte) (der []byte) {
	for block, rest := pem.Decode(data); block != nil; block, rest = pem.Decode(rest) {
		der = append(der, block.Bytes...)
	}
	return der
}

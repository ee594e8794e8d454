package testca

import (
	"bytes"
	"context"
	"crypto/elliptic"
	"crypto/sha1"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/crypto/cryptobyte"
	casn1 "golang.org/x/crypto/cryptobyte/asn1"
)

// memory keeps a register in memory.
type memory struct {
	mu   sync.Mutex
	data []byte
	err  error
}

func (m *memory) Load() (*Register, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.err != nil {
		return nil, m.err
	}
	return ParseRegister(m.data)
}

func (m *memory) Update(change func(*Register) error) error {
	r, err := m.Load()
	if err != nil {
		return err
	}
	if err := change(r); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.data, err = r.Marshal()
	return err
}

// service is a service whose keys were made fast.
func service(t testing.TB) (*Service, *memory) {
	t.Helper()
	a, m := authorities(t), &memory{}
	s := &Service{Sign: Branch{CA: a.Sign}, Auth: Branch{CA: a.Auth}, Keeper: m}
	for _, b := range []*Branch{&s.Sign, &s.Auth} {
		var err error
		if b.Responder, err = b.CA.IssueResponder(ecKey(t, elliptic.P256())); err != nil {
			t.Fatal(err)
		}
	}
	tsa, err := a.Sign.NewTSA(ecKey(t, elliptic.P256()))
	if err != nil {
		t.Fatal(err)
	}
	s.TSA = tsa
	return s, m
}

// ask has the service answer one request of this computer.
func ask(s *Service, method, path, contentType string, body []byte) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "http://127.0.0.1"+path, bytes.NewReader(body))
	r.Header.Set("Content-Type", contentType)
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

// order sends JSON, and returns what was issued or the code of an error.
func (o order) send(t *testing.T, s *Service, path string) (answer issuedAnswer, code string) {
	t.Helper()
	data, err := json.Marshal(o)
	if err != nil {
		t.Fatal(err)
	}
	w := ask(s, http.MethodPost, path, "application/json", data)
	var result struct {
		issuedAnswer
		Error struct{ Code string }
	}
	if err := json.Unmarshal(w.Body.Bytes(), &result); err != nil {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	if (w.Code == http.StatusOK) != (result.Error.Code == "") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	return result.issuedAnswer, result.Error.Code
}

// ocspRequestFor asks for a certificate of ca.
func ocspRequestFor(t testing.TB, ca *CA, cert *x509.Certificate) []byte {
	t.Helper()
	bits, err := keyBits(ca.Cert)
	if err != nil {
		t.Fatal(err)
	}
	var b cryptobyte.Builder
	sequence := func(f cryptobyte.BuilderContinuation) cryptobyte.BuilderContinuation {
		return func(b *cryptobyte.Builder) { b.AddASN1(casn1.SEQUENCE, f) }
	}
	sequence(sequence(sequence(sequence(sequence(func(b *cryptobyte.Builder) {
		sequence(func(b *cryptobyte.Builder) { b.AddASN1ObjectIdentifier(oidSHA1) })(b)
		b.AddASN1OctetString(sha1Sum(cert.RawIssuer))
		b.AddASN1OctetString(sha1Sum(bits))
		b.AddASN1BigInt(cert.SerialNumber)
	})))))(&b)
	return b.BytesOrPanic()
}

func TestProgramsOrderALife(t *testing.T) {
	s, m := service(t)
	owner := SampleOwner()
	for kind, ca := range map[Kind]*CA{KindSign: s.Sign.CA, KindAuth: s.Auth.CA} {
		first, code := order{Kind: kind, Request: string(request(t, false)), Owner: &owner}.send(t, s, "/issue")
		block, _ := pem.Decode([]byte(first.Certificate))
		if code != "" || block == nil {
			t.Fatalf("%+v %s", first, code)
		}
		cert, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			t.Fatal(err)
		}
		if err := cert.CheckSignatureFrom(ca.Cert); err != nil {
			t.Error(err)
		}
		question := ocspRequestFor(t, ca, cert)
		good := ask(s, http.MethodPost, "/ocsp", "application/ocsp-request", question)
		second, code := order{Serial: first.Serial, Request: string(request(t, false))}.send(t, s, "/renew")
		if code != "" || second.Serial == first.Serial {
			t.Fatalf("%+v %s", second, code)
		}
		got := ask(s, http.MethodGet, "/ocsp/"+url.PathEscape(base64.StdEncoding.EncodeToString(question)), "", nil)
		if good.Code != http.StatusOK || got.Code != http.StatusOK || !bytes.Contains(good.Body.Bytes(), []byte{0x80, 0}) || !bytes.Contains(got.Body.Bytes(), []byte{0xA1, 0x16}) {
			t.Errorf("not good and then revoked: %x\n%x", good.Body, got.Body)
		}
		if _, code := (order{Serial: second.Serial, Reason: ReasonLoss}).send(t, s, "/revoke"); code != "" {
			t.Error(code)
		}
		if _, code := (order{Serial: second.Serial, Reason: ReasonLoss}).send(t, s, "/revoke"); code != "already_revoked" {
			t.Error(code)
		}
	}
	list := ask(s, http.MethodGet, "/certificates", "", nil).Body.String()
	if strings.Count(list, `"revoked"`) != 4 || strings.Contains(list, "見本") || strings.Contains(list, `"key"`) {
		t.Error(list)
	}
	m.err = errors.New("no disk")
	for _, path := range []string{"/certificates", "/crl/full.crl"} {
		if w := ask(s, http.MethodGet, path, "", nil); w.Code != http.StatusInternalServerError {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
}

func TestOrdersAreRefused(t *testing.T) {
	s, _ := service(t)
	for want, o := range map[string]struct {
		path string
		order
	}{
		"bad_kind":            {"/issue", order{Kind: "tsa", Request: string(request(t, false))}},
		"possession_unproven": {"/issue", order{Kind: KindSign, Request: string(request(t, true))}},
		"bad_request":         {"/issue", order{Kind: KindSign}},
		"bad_owner":           {"/issue", order{Kind: KindSign, Request: string(request(t, false)), Owner: &Owner{}}},
		"unknown_serial":      {"/renew", order{Serial: "12"}},
		"unknown_reason":      {"/revoke", order{Serial: "12", Reason: "boredom"}},
	} {
		if _, code := o.send(t, s, o.path); code != want {
			t.Errorf("%s: %s, want %s", o.path, code, want)
		}
	}
	if w := ask(s, http.MethodPost, "/issue", "application/json", []byte(`{"surprise": 1}`)); w.Code != http.StatusBadRequest {
		t.Errorf("unknown part: %d", w.Code)
	}
}

func TestWebPagesAreNotServed(t *testing.T) {
	s, _ := service(t)
	for name, c := range map[string]struct {
		host, origin, contentType string
		want                      int
	}{
		"this computer":      {"127.0.0.1:8780", "", "application/json", http.StatusBadRequest},
		"its name":           {"localhost:8780", "", "application/json", http.StatusBadRequest},
		"the new protocol":   {"[::1]:8780", "", "application/json", http.StatusBadRequest},
		"another host":       {"attacker.example", "", "application/json", http.StatusForbidden},
		"like this computer": {"127.0.0.1.attacker.example", "", "application/json", http.StatusForbidden},
		"another origin":     {"127.0.0.1:8780", "https://attacker.example", "application/json", http.StatusForbidden},
		"a form":             {"127.0.0.1:8780", "", "text/plain", http.StatusUnsupportedMediaType},
	} {
		r := httptest.NewRequest(http.MethodPost, "/revoke", strings.NewReader("{}"))
		r.Host = c.host
		r.Header.Set("Content-Type", c.contentType)
		if c.origin != "" {
			r.Header.Set("Origin", c.origin)
		}
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if w.Code != c.want {
			t.Errorf("%s: %d, want %d", name, w.Code, c.want)
		}
	}
}

func TestServiceRefusesBadRequests(t *testing.T) {
	s, _ := service(t)
	var lines []string
	s.Log = func(line string) { lines = append(lines, line) }
	large := make([]byte, maxRequest+1)
	for _, c := range []struct {
		method, path, contentType string
		body                      []byte
		want                      int
	}{
		{"POST", "/ocsp", "", large, http.StatusRequestEntityTooLarge},
		{"POST", "/tsa", "application/timestamp-query", large, http.StatusRequestEntityTooLarge},
		{"POST", "/issue", "application/json", large, http.StatusRequestEntityTooLarge},
		{"POST", "/tsa", "text/plain", nil, http.StatusUnsupportedMediaType},
		{"GET", "/ocsp/%25", "", nil, http.StatusBadRequest},
		{"GET", "/ocsp//////", "", nil, http.StatusBadRequest},
		{"GET", "/crl/Nowhere-shi.crl", "", nil, http.StatusNotFound},
		{"GET", "/crl/full", "", nil, http.StatusNotFound},
		{"GET", "/secret-name", "", nil, http.StatusNotFound},
		{"DELETE", "/certificates", "", nil, http.StatusMethodNotAllowed},
		{"GET", "/ca/tsa.cer", "", nil, http.StatusOK},
	} {
		if w := ask(s, c.method, c.path, c.contentType, c.body); w.Code != c.want {
			t.Errorf("%s %s: %d, want %d", c.method, c.path, w.Code, c.want)
		}
	}
	if all := strings.Join(lines, "\n"); len(lines) != 11 || strings.Contains(all, "secret") || strings.Contains(all, "Nowhere") || strings.Contains(all, "DELETE") {
		t.Errorf("log:\n%s", all)
	}
}

func TestServiceEndsWhileItAnswersSlowly(t *testing.T) {
	s, _ := service(t)
	spoil, ok := ParseSpoil("ocsp=slow")
	if !ok {
		t.Fatal("no such spoil")
	}
	s.Spoils = []Spoil{spoil}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, l) }()
	conn, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := conn.Write([]byte("POST /ocsp HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\nx")); err != nil {
		t.Fatal(err)
	}
	time.Sleep(50 * time.Millisecond)
	began := time.Now()
	cancel()
	if err := <-ended; err != nil || time.Since(began) > 2*shutdownTime {
		t.Errorf("%v after %v", err, time.Since(began))
	}
}

// FuzzService holds that nothing that a program sends makes the service panic, or answer
// neither yes nor why not.
func FuzzService(f *testing.F) {
	s, _ := service(f)
	f.Add("/ocsp", "application/ocsp-request", ocspRequestFor(f, s.Sign.CA, s.TSA.Cert))
	f.Add("/issue", "application/json", []byte(`{"kind":"sign","request":"-----BEGIN PUBLIC KEY-----"}`))
	f.Add("/revoke", "application/json", []byte(`{"serial":"1","reason":"loss"}`))
	f.Add("/tsa", "application/timestamp-query", []byte{0x30, 0})
	f.Fuzz(func(t *testing.T, path, contentType string, body []byte) {
		r := httptest.NewRequest(http.MethodPost, "/", bytes.NewReader(body))
		r.Host, r.URL = "localhost", &url.URL{Path: "/" + strings.TrimPrefix(path, "/")}
		r.Header.Set("Content-Type", contentType)
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if w.Code >= http.StatusInternalServerError {
			t.Errorf("%s: %d %s", path, w.Code, w.Body)
		}
	})
}

func sha1Sum(data []byte) []byte {
	sum := sha1.Sum(data)
	return sum[:]
}

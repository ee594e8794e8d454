package pki

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/jpki-desktop/jpki/sign"
	"github.com/jpki-desktop/jpki/sign/testca"
)

// listener serves each connection by f, and returns its address.
func listener(t *testing.T, f func(net.Conn)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() { defer c.Close(); f(c) }()
		}
	}()
	return "http://" + l.Addr().String()
}

func server(t *testing.T, f http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewServer(f)
	t.Cleanup(s.Close)
	return s.URL
}

// hang reads until the other side gives up.
func hang(c net.Conn) { _, _ = io.Copy(io.Discard, c) }

func drip(c net.Conn) {
	_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
	for {
		if _, err := c.Write([]byte{0x30}); err != nil {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
}

func TestRespondersThatDoNotAnswer(t *testing.T) {
	ca := newCA(t)
	cert := issue(t, ca)
	closed := listener(t, func(net.Conn) {})
	refused := httptest.NewServer(http.NotFoundHandler())
	refused.Close()
	for name, c := range map[string]struct{ address, code string }{
		"refused":         {refused.URL, OCSPUnreachable},
		"no such host":    {"http://nowhere.invalid/", OCSPUnreachable},
		"hanging":         {listener(t, hang), OCSPTimeout},
		"dripping":        {listener(t, drip), OCSPTimeout},
		"closing at once": {closed, OCSPNotHTTP},
		"not HTTP":        {listener(t, func(c net.Conn) { _, _ = io.WriteString(c, "220 mail ready\r\n"); hang(c) }), OCSPNotHTTP},
		"cut short": {listener(t, func(c net.Conn) {
			_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort")
			_ = c.(*net.TCPConn).CloseWrite()
			hang(c)
		}), OCSPNotHTTP},
		"endless header": {listener(t, func(c net.Conn) {
			_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nX: "+strings.Repeat("x", 3<<20))
			hang(c)
		}), OCSPNotHTTP},
		"HTML": {server(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "<html>") }), OCSPMalformed},
		"404":  {server(t, http.NotFound), OCSPHTTPStatus},
		"304":  {server(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotModified) }), OCSPHTTPStatus},
		"loop": {server(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/", http.StatusFound) }), OCSPRedirect},
		"to a file": {server(t, func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "file:///etc/passwd", http.StatusFound)
		}), OCSPRedirect},
		"to nowhere": {server(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Location", "http:///")
			w.WriteHeader(http.StatusFound)
		}), OCSPRedirect},
		"huge":            {server(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(make([]byte, maxAnswer+1)) }), OCSPTooLarge},
		"a file":          {"file:///etc/passwd", OCSPAddressInvalid},
		"no host":         {"http:///path", OCSPAddressInvalid},
		"with a password": {"http://user:secret@127.0.0.1/", OCSPAddressInvalid},
		"no address":      {"http://%zz", OCSPAddressInvalid},
		"TLS to HTTP":     {strings.Replace(server(t, http.NotFound), "http:", "https:", 1), OCSPUnreachable},
	} {
		t.Run(name, func(t *testing.T) {
			r := asking(c.address)
			r.Timeout = 300 * time.Millisecond
			start := time.Now()
			got := NewStore(PracticeAnchor(ca.Cert)).With(r).Judge(context.Background(), cert, nil, noon)
			expect(t, got, sign.RevocationUnchecked, c.code)
			if d := time.Since(start); d > 5*time.Second {
				t.Errorf("took %v", d)
			}
			if strings.Contains(got.Findings[0].Detail, "secret") {
				t.Errorf("tells %s", got.Findings[0].Detail)
			}
		})
	}
}

func TestRedirectKeepsTheQuestion(t *testing.T) {
	ca := newCA(t)
	last := responder(t, ca)
	via := last
	for range maxRedirects {
		next := via
		via = server(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, next, http.StatusFound) })
	}
	got := NewStore(PracticeAnchor(ca.Cert)).With(asking(via)).Judge(context.Background(), issue(t, ca), nil, noon)
	expect(t, got, sign.RevocationGood)
}

// TestSilentResponderIsAskedOnce: a file of 64 signers must not wait 64 times.
func TestSilentResponderIsAskedOnce(t *testing.T) {
	ca := newCA(t)
	asked := make(chan struct{}, 10)
	r := asking(listener(t, func(c net.Conn) { asked <- struct{}{}; hang(c) }))
	r.Timeout = 100 * time.Millisecond
	s := NewStore(PracticeAnchor(ca.Cert)).With(r)
	for range 3 {
		expect(t, s.Judge(context.Background(), issue(t, ca), nil, noon), sign.RevocationUnchecked, OCSPTimeout)
	}
	if n := len(asked); n != 1 {
		t.Errorf("asked %d times", n)
	}
}

func TestAnswerIsKept(t *testing.T) {
	ca := newCA(t)
	asked := 0
	r := asking(server(t, func(w http.ResponseWriter, r *http.Request) {
		asked++
		ca.OCSPHandler(func() []testca.OCSPOption {
			return []testca.OCSPOption{testca.OCSPTimes(noon, noon.Add(time.Hour))}
		}).ServeHTTP(w, r)
	}))
	s, one, two := NewStore(PracticeAnchor(ca.Cert)).With(r), issue(t, ca), issue(t, ca)
	for range 2 {
		expect(t, s.Judge(context.Background(), one, nil, noon), sign.RevocationGood)
		expect(t, s.Judge(context.Background(), two, nil, noon), sign.RevocationGood)
	}
	if asked != 2 {
		t.Errorf("asked %d times", asked)
	}
}

func TestInterruptedQuestionEnds(t *testing.T) {
	ca := newCA(t)
	ctx, cancel := context.WithCancel(context.Background())
	address := listener(t, func(c net.Conn) { cancel(); hang(c) })
	start := time.Now()
	got := NewStore(PracticeAnchor(ca.Cert)).With(asking(address)).Judge(ctx, issue(t, ca), nil, noon)
	if got.Revocation != sign.RevocationUnchecked || time.Since(start) > 5*time.Second {
		t.Errorf("got %s %v after %v", got.Revocation, got.Findings, time.Since(start))
	}
}

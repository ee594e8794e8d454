package pki

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/jpki-desktop/jpki/sign"
)

// Limits of a question by HTTP.
const (
	defaultTimeout = 10 * time.Second // the whole of it, redirects included
	connectTimeout = 5 * time.Second  // TLS included
	maxRedirects   = 3
	maxAnswer      = 1 << 20              // octets
	maxReceived    = 2*maxAnswer + 64<<10 // octets, with headers and the marks between chunks
)

// post sends a question to an address and returns the answer, whatever type it says to
// be of, or a finding. It follows redirects to http and https, but not from https to http.
func post(ctx context.Context, address, contentType string, body []byte, timeout time.Duration) ([]byte, *sign.Finding) {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	to, err := url.Parse(address)
	switch {
	case err != nil:
		return nil, about(OCSPAddressInvalid, "")
	case to.Scheme != "http" && to.Scheme != "https" || to.Hostname() == "" || to.User != nil:
		return nil, about(OCSPAddressInvalid, to.Redacted()) // a password would end up in reports
	}
	for range maxRedirects + 1 {
		data, next, f := postOnce(ctx, to, contentType, body)
		if next == nil {
			return data, f
		}
		if next.Host == "" || next.Scheme != "https" && (next.Scheme != "http" || to.Scheme == "https") {
			return nil, about(OCSPRedirect, address)
		}
		to = next
	}
	return nil, about(OCSPRedirect, address)
}

// postOnce returns the answer, where to go instead, or a finding. It goes straight to the
// address: a proxy would learn whose signature is being verified. It does without
// [http.Transport], which reports what a server sends unasked on standard error.
func postOnce(ctx context.Context, to *url.URL, contentType string, body []byte) ([]byte, *url.URL, *sign.Finding) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, to.String(), bytes.NewReader(body))
	if err != nil {
		return nil, nil, about(OCSPAddressInvalid, to.String())
	}
	request.Header.Set("Content-Type", contentType)
	request.Close = true
	conn, err := connect(ctx, to)
	if err != nil {
		return nil, nil, about(broken(err, OCSPUnreachable), to.String())
	}
	defer conn.Close()
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) })
	defer stop()
	if err := request.Write(conn); err != nil {
		return nil, nil, about(broken(err, OCSPNotHTTP), to.String())
	}
	response, err := http.ReadResponse(bufio.NewReader(io.LimitReader(conn, maxReceived)), request)
	if err != nil {
		return nil, nil, about(broken(err, OCSPNotHTTP), to.String())
	}
	defer response.Body.Close()
	return answered(response, to)
}

// answered reads a response.
func answered(response *http.Response, to *url.URL) ([]byte, *url.URL, *sign.Finding) {
	if next, err := response.Location(); err == nil && response.StatusCode/100 == 3 {
		return nil, next, nil
	}
	if response.StatusCode != http.StatusOK {
		return nil, nil, about(OCSPHTTPStatus, strconv.Itoa(response.StatusCode)+", "+to.String())
	}
	data, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer+1))
	switch {
	case err != nil:
		return nil, nil, about(broken(err, OCSPNotHTTP), to.String())
	case len(data) > maxAnswer:
		return nil, nil, about(OCSPTooLarge, to.String())
	}
	return data, nil, nil
}

func connect(ctx context.Context, to *url.URL) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, connectTimeout)
	defer cancel()
	port := to.Port()
	switch {
	case port != "":
	case to.Scheme == "https":
		port = "443"
	default:
		port = "80"
	}
	address := net.JoinHostPort(to.Hostname(), port)
	if to.Scheme == "https" {
		return (&tls.Dialer{}).DialContext(ctx, "tcp", address)
	}
	return (&net.Dialer{}).DialContext(ctx, "tcp", address)
}

// broken is the code for a connection that ended before its time: otherwise, unless it
// did so because time was up.
func broken(err error, otherwise string) string {
	var late net.Error
	if errors.Is(err, context.DeadlineExceeded) || errors.As(err, &late) && late.Timeout() {
		return OCSPTimeout
	}
	return otherwise
}

func about(code, detail string) *sign.Finding {
	f := indeterminate(code, detail)
	return &f
}

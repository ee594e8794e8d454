package pki

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strconv"
	"time"

	"github.com/jpki-desktop/jpki/sign"
)

// Limits of a question by HTTP.
const (
	defaultTimeout = 10 * time.Second // the whole of it, redirects included
	connectTimeout = 5 * time.Second
	maxRedirects   = 3
	maxAnswer      = 1 << 20 // octets
)

// transport goes straight to the address: proxies of the environment are for browsers,
// and would learn whose signature is being verified. No cookies, nothing kept open.
var transport = &http.Transport{
	DialContext:            (&net.Dialer{Timeout: connectTimeout}).DialContext,
	TLSHandshakeTimeout:    connectTimeout,
	DisableKeepAlives:      true,
	DisableCompression:     true,
	MaxResponseHeaderBytes: 64 << 10,
}

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

// postOnce returns the answer, where to go instead, or a finding.
func postOnce(ctx context.Context, to *url.URL, contentType string, body []byte) ([]byte, *url.URL, *sign.Finding) {
	connected := false
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { connected = true }})
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, to.String(), bytes.NewReader(body))
	if err != nil {
		return nil, nil, about(OCSPAddressInvalid, to.String())
	}
	request.Header.Set("Content-Type", contentType)
	response, err := transport.RoundTrip(request)
	if err != nil {
		return nil, nil, about(broken(err, connected), to.String())
	}
	defer response.Body.Close()
	if next, err := response.Location(); err == nil && response.StatusCode/100 == 3 {
		return nil, next, nil
	}
	if response.StatusCode != http.StatusOK {
		return nil, nil, about(OCSPHTTPStatus, strconv.Itoa(response.StatusCode)+", "+to.String())
	}
	data, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer+1))
	switch {
	case err != nil:
		return nil, nil, about(broken(err, true), to.String())
	case len(data) > maxAnswer:
		return nil, nil, about(OCSPTooLarge, to.String())
	}
	return data, nil, nil
}

// broken is the code for a connection that could not be made, or ended before its time.
func broken(err error, connected bool) string {
	var late net.Error
	switch {
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &late) && late.Timeout():
		return OCSPTimeout
	case connected:
		return OCSPNotHTTP
	}
	return OCSPUnreachable
}

func about(code, detail string) *sign.Finding {
	f := indeterminate(code, detail)
	return &f
}

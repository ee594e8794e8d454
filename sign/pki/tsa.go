package pki

import (
	"bytes"
	"context"
	"crypto"
	"crypto/rand"
	"math/big"
	"net/url"
	"time"

	"github.com/jpki-desktop/jpki/sign/tsp"
)

// Codes of a [TimestampError]: what kept a time-stamp authority from giving a token. Its
// detail is the address, except where the comment names another.
const (
	TSAMissing         = "tsa_missing"          // no address
	TSAAddressInvalid  = "tsa_address_invalid"  // no http or https address
	TSAUnreachable     = "tsa_unreachable"      // no connection
	TSATimeout         = "tsa_timeout"          // no answer in time
	TSAHTTPStatus      = "tsa_http_status"      // refused by HTTP; detail: status and address
	TSANotHTTP         = "tsa_not_http"         // connected, and then no HTTP
	TSARedirect        = "tsa_redirect"         // redirected more than 3 times, or to something else than HTTP
	TSATooLarge        = "tsa_too_large"        // the answer is over 1 MiB
	TSAMalformed       = "tsa_malformed"        // the answer is no time-stamp response, such as a web page
	TSARefused         = "tsa_refused"          // the authority declines; detail: its reason
	TSAModified        = "tsa_modified"         // granted, but with modifications that nobody asked for
	TSANonceMismatch   = "tsa_nonce_mismatch"   // an answer to another request
	TSAImprintMismatch = "tsa_imprint_mismatch" // a token over another digest
	TSATime            = "tsa_time"             // its time is over 5 minutes off the clock here
)

// tsaCodes has the code of each thing that can go wrong on the way.
var tsaCodes = map[string]string{
	OCSPAddressInvalid: TSAAddressInvalid, OCSPUnreachable: TSAUnreachable, OCSPTimeout: TSATimeout,
	OCSPHTTPStatus: TSAHTTPStatus, OCSPNotHTTP: TSANotHTTP, OCSPRedirect: TSARedirect, OCSPTooLarge: TSATooLarge,
}

// TimestampError says why there is no time-stamp. Package msg has its words, by Code.
type TimestampError struct {
	code, detail string
	time         time.Time // of the token
}

func (e *TimestampError) Error() string { return "asking for a time-stamp: " + e.code + " " + e.detail }

// Code returns the stable code of the error, one of the constants above.
func (e *TimestampError) Code() string { return e.code }

// Args returns what the words of the error are about.
func (e *TimestampError) Args() []any { return []any{e.detail, e.time} }

// CheckTSA returns a [*TimestampError] if address cannot be one of an authority.
func CheckTSA(address string) error {
	u, err := url.Parse(address)
	switch {
	case err != nil:
		return &TimestampError{code: TSAAddressInvalid}
	case u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil:
		return &TimestampError{code: TSAAddressInvalid, detail: printable(u.Redacted())}
	}
	return nil
}

// Timestamp implements [sign.Authority] (RFC 3161 sections 2.4 and 3.4): it sends a nonce,
// and accepts no token over anything else, nor one whose time is over 5 minutes off the
// clock here. It does not check the token's signature. Its errors are of type
// [*TimestampError].
func (a *Authority) Timestamp(ctx context.Context, h crypto.Hash, digest []byte) ([]byte, error) {
	if a.TSA == "" {
		return nil, a.refuse(TSAMissing)
	}
	number := make([]byte, 8)
	_, _ = rand.Read(number) // never fails
	number[0] = number[0]&0x7F | 0x40
	nonce := new(big.Int).SetBytes(number)
	data, f := post(ctx, a.TSA, tsp.QueryType, tsp.Request(h, digest, nonce), a.timeout())
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if f != nil {
		return nil, &TimestampError{code: tsaCodes[f.Code], detail: printable(f.Detail)}
	}
	r, err := tsp.ParseResponse(data)
	if err != nil {
		return nil, a.refuse(TSAMalformed)
	}
	if code := granted(r); code == TSARefused {
		return nil, &TimestampError{code: code, detail: printable(declined(r))}
	} else if code != "" {
		return nil, a.refuse(code)
	}
	return r.Token, a.check(r.Token, h, digest, nonce)
}

func (a *Authority) refuse(code string) *TimestampError {
	return &TimestampError{code: code, detail: printable(a.TSA)}
}

// granted returns the code of why a response is none that can be used, empty if it is.
func granted(r *tsp.Response) string {
	switch {
	case r.Status == tsp.GrantedWithMods:
		return TSAModified
	case r.Status != tsp.Granted:
		return TSARefused
	case r.Token == nil:
		return TSAMalformed
	}
	return ""
}

// declined is what the authority says about its refusal, shortened.
func declined(r *tsp.Response) string {
	text := r.Failure
	if r.Text != "" && text != "" {
		text += ", "
	}
	text += r.Text
	if runes := []rune(text); len(runes) > 200 {
		text = string(runes[:200]) + "…"
	}
	return text
}

// check compares what a token says with what was asked.
func (a *Authority) check(token []byte, h crypto.Hash, digest []byte, nonce *big.Int) error {
	info, err := tsp.InfoOf(token)
	if err != nil {
		return a.refuse(TSAMalformed)
	}
	now := time.Now()
	switch {
	case info.Nonce == nil || info.Nonce.Cmp(nonce) != 0:
		return a.refuse(TSANonceMismatch)
	case info.Hash != h || !bytes.Equal(info.Imprint, digest):
		return a.refuse(TSAImprintMismatch)
	case info.Time.After(now.Add(skew)) || info.Time.Before(now.Add(-skew)):
		e := a.refuse(TSATime)
		e.time = info.Time
		return e
	}
	return nil
}

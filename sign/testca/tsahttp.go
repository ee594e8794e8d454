package testca

import (
	"io"
	"net/http"
)

// ServeHTTP answers requests by POST, as RFC 3161 section 3.4 describes.
func (a *TSA) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost || r.Header.Get("Content-Type") != "application/timestamp-query" {
		http.Error(w, "a time-stamp request is expected, by POST", http.StatusBadRequest)
		return
	}
	request, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 64<<10))
	if err != nil {
		http.Error(w, "the request is too large", http.StatusRequestEntityTooLarge)
		return
	}
	response, err := a.Respond(request)
	if err != nil {
		http.Error(w, "the key does not sign", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/timestamp-reply")
	_, _ = w.Write(response) // whoever hung up does not want it
}

package testca

import (
	"bytes"
	"crypto"
	"crypto/sha256"
	"testing"
	"time"

	"github.com/digitorus/timestamp"
)

// TestAnotherLibraryReadsTimeStamps has github.com/digitorus/timestamp ask for a
// time-stamp and read it.
func TestAnotherLibraryReadsTimeStamps(t *testing.T) {
	ca := newCA(t)
	tsa, err := ca.NewTSA(rsaKey(t))
	if err != nil {
		t.Fatal(err)
	}
	tsa.Accuracy = 2 * time.Second
	content := []byte("content")
	request, err := timestamp.CreateRequest(bytes.NewReader(content), &timestamp.RequestOptions{Hash: crypto.SHA256, Certificates: true})
	if err != nil {
		t.Fatal(err)
	}
	response, err := tsa.Respond(request)
	if err != nil {
		t.Fatal(err)
	}
	stamp, err := timestamp.ParseResponse(response)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(content)
	if !bytes.Equal(stamp.HashedMessage, sum[:]) || stamp.Accuracy != tsa.Accuracy || time.Since(stamp.Time).Abs() > time.Minute {
		t.Errorf("%+v", stamp)
	}
	spoiled := bytes.Replace(response, sum[:], make([]byte, len(sum)), 1)
	if _, err := timestamp.ParseResponse(spoiled); err == nil {
		t.Error("a spoiled time-stamp was taken")
	}
}

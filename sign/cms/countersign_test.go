package cms

import (
	"crypto"
	"testing"
	"time"

	"github.com/jpki-desktop/jpki/sign"
)

// countersigned is the signature of one party with a countersignature of another over
// data: a SignerInfo without a content type.
func countersigned(t *testing.T, sig []byte, by party, data []byte) []byte {
	t.Helper()
	s := goodSigner(by, data)
	var attributes [][]byte
	for _, a := range signedAttributes(sum(crypto.SHA256, data), time.Now(), signingCertificateV2(by.Cert)) {
		if a.id != oidContentType {
			attributes = append(attributes, a.der())
		}
	}
	s.attributes = attributes
	return withAttribute(t, sig, attribute{oidCountersignature, [][]byte{s.der(t, data)}})
}

func TestCountersignaturesAreShownAndChangeNoVerdict(t *testing.T) {
	content := []byte("content")
	assembled := goodAssembly(signerRSA(), content)
	assembled.certificates = append(assembled.certificates, signerEC().Cert.Raw)
	sig := assembled.der(t)
	value, _ := TokensOf(t, sig)
	for _, c := range []struct {
		name    string
		over    []byte
		trusted []party
		verdict sign.Verdict
	}{
		{"good", value, []party{signerRSA(), signerEC()}, sign.PassedRevocationUnchecked},
		{"by a stranger", value, []party{signerRSA()}, sign.Indeterminate},
		{"over something else", content, []party{signerRSA(), signerEC()}, sign.Failed},
	} {
		r := verifyBytes(t, countersigned(t, sig, signerEC(), c.over), content, judging(c.trusted...))
		wantPassed(t, r)
		counter := r.Signatures[0].Countersignatures
		if len(counter) != 1 || counter[0].Verdict != c.verdict || counter[0].Signer == nil || !counter[0].Signer.Equal(signerEC().Cert) {
			t.Errorf("%s: %+v", c.name, counter)
		}
	}
}

func TestEveryCountersignatureIsShown(t *testing.T) {
	content := []byte("content")
	sig := mustSign(t, content, signerRSA(), sign.Options{})
	value, _ := TokensOf(t, sig)
	for range 3 {
		sig = countersigned(t, sig, signerRSA(), value)
	}
	r := verifyBytes(t, sig, content, judging(signerRSA()))
	wantPassed(t, r)
	if got := r.Signatures[0].Countersignatures; len(got) != 3 || got[2].Verdict != sign.PassedRevocationUnchecked {
		t.Errorf("%+v", got)
	}
}

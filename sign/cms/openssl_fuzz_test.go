package cms

import (
	"bytes"
	"strings"
	"testing"

	"github.com/jpki-desktop/jpki/sign"
)

// FuzzAgreement: what passes here without a finding, OpenSSL accepts, too, unless it
// cannot read a part that carries no signed meaning.
func FuzzAgreement(f *testing.F) {
	for _, seed := range fuzzSeeds(f) {
		if Detect(seed) && !strings.HasPrefix(string(seed), armorBegin) {
			f.Add(seed)
		}
	}
	base := newOpenSSL(f)
	f.Fuzz(func(t *testing.T, sig []byte) {
		r := verifyBytes(t, sig, fuzzedContent, judging(signerRSA(), signerEC()))
		info, err := Inspect(bytes.NewReader(sig))
		if err != nil || info.PEM || r.Verdict != sign.PassedRevocationUnchecked || codes(r) != "" || sig[0] != tagSequence {
			return
		}
		o := openSSL{t.TempDir()}
		o.write(t, "sig", sig)
		o.write(t, "content", fuzzedContent)
		arguments := "cms -verify -binary -purpose any -inform DER -in sig -CAfile " + base.dir + "/ca.pem -out out"
		if !info.Attached {
			arguments += " -content content"
		}
		if err := o.run(t, arguments); err != nil && o.run(t, "cms -cmsout -inform DER -in sig -noout -print") == nil {
			t.Errorf("OpenSSL refuses what passes here: %v", err)
		}
	})
}

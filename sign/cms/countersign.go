package cms

import (
	"bytes"
	"context"
	"crypto"
	"hash"
)

// checkCountersignatures verifies the signatures over the signature value (RFC 5652
// section 11.4), so that they can be shown. Anybody can add one, so none changes the
// verdict; those over countersignatures are not looked for.
func (j *judgement) checkCountersignatures(ctx context.Context) {
	if j.counter {
		return
	}
	for _, der := range j.unsigned.all(oidCountersignature) {
		if !j.within() {
			return
		}
		over := *j.verification
		over.content, over.attached, over.differ = digestsOf(j.value), false, false
		c := over.newJudgement()
		c.counter = true
		j.result.Countersignatures = append(j.result.Countersignatures, c.verify(ctx, der))
	}
}

// digestsOf are those of data by every algorithm.
func digestsOf(data []byte) *digests {
	d := &digests{hashes: map[crypto.Hash]hash.Hash{}}
	for _, h := range hashes {
		d.hashes[h] = h.New()
	}
	_, _ = d.Write(bytes.Clone(data)) // hashes do not fail
	return d
}

package cmd

import (
	"time"

	"github.com/jpki-desktop/jpki/sign"
	"github.com/jpki-desktop/jpki/sign/pki"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// timestampJSON is a time-stamp over a signature.
type timestampJSON struct {
	Time      *time.Time `json:"time"`
	Accuracy  float64    `json:"accuracy"` // in seconds; 0 = not told
	Authority string     `json:"authority"`
	Policy    string     `json:"policy"`
	Serial    string     `json:"serial"`
	Anchor    anchorJSON `json:"anchor"`
	Trusted   bool       `json:"trusted"`
}

func timestampsJSON(list []sign.Timestamp) []timestampJSON {
	out := []timestampJSON{}
	for _, t := range list {
		j := timestampJSON{Time: moment(t.Time), Accuracy: t.Accuracy.Seconds(), Policy: t.Policy, Serial: t.Serial,
			Anchor: anchorJSON{t.Anchor.Name, string(t.Anchor.Kind)}, Trusted: t.Trusted}
		if t.Authority != nil {
			j.Authority = pki.SubjectText(t.Authority)
		}
		out = append(out, j)
	}
	return out
}

// countersignatureJSON is a signature over a signature.
type countersignatureJSON struct {
	Verdict string     `json:"verdict"`
	Subject string     `json:"subject"`
	Issuer  string     `json:"issuer"`
	Serial  string     `json:"serial"`
	Claimed *time.Time `json:"claimed"`
}

func countersignaturesJSON(list []sign.Signature) []countersignatureJSON {
	out := []countersignatureJSON{}
	for _, s := range list {
		j := countersignatureJSON{Verdict: string(s.Verdict), Issuer: s.Issuer, Serial: s.Serial, Claimed: moment(s.Claimed)}
		if s.Signer != nil {
			j.Subject = pki.SubjectText(s.Signer)
		}
		out = append(out, j)
	}
	return out
}

// provenRows tell of the time that a time-stamp proves, and by whom.
func (a *app) provenRows(s *sign.Signature) []row {
	if s.Proven.IsZero() {
		return nil
	}
	return []row{
		{a.say(msg.LabelProven), msg.Moment(a.lang, s.Proven) + a.say(msg.ProvenNotLater)},
		{a.say(msg.LabelProvenBy), s.ProvenBy},
	}
}

// countersignatureRows name those who signed the signature, with the verdict on theirs.
func (a *app) countersignatureRows(s *sign.Signature) (rows []row) {
	for _, c := range s.Countersignatures {
		name := a.say(msg.SignerUnknown)
		if c.Signer != nil {
			name = pki.SubjectText(c.Signer)
		}
		name += a.say(msg.Brackets, msg.Verdict(a.lang, c.Verdict).Message)
		rows = append(rows, row{a.say(msg.LabelCountersigner), name})
	}
	return rows
}

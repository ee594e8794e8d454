package report

import (
	"encoding/hex"
	"strings"
	"time"

	"github.com/jpki-desktop/jpki/cmd/internal/job"
	"github.com/jpki-desktop/jpki/sign"
	"github.com/jpki-desktop/jpki/sign/pki"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// VerifyDocument is the result of jpki verify (schema jpki.verify/1).
type VerifyDocument struct {
	Schema     string          `json:"schema"`
	File       string          `json:"file"`
	Content    string          `json:"content"`
	Format     string          `json:"format"`
	Verdict    string          `json:"verdict"`
	JudgedAt   *time.Time      `json:"judged_at"` // null = the present
	Signatures []signatureJSON `json:"signatures"`
	Findings   []findingJSON   `json:"findings"`
}

type signatureJSON struct {
	Verdict           string        `json:"verdict"`
	Signer            signerJSON    `json:"signer"`
	Time              timeJSON      `json:"time"`
	Covers            coversJSON    `json:"covers"`
	CertificateStatus string        `json:"certificate_status"`
	Status            statusJSON    `json:"status"`
	Findings          []findingJSON `json:"findings"`

	Timestamps        []timestampJSON        `json:"timestamps"`
	Countersignatures []countersignatureJSON `json:"countersignatures"`
}

type signerJSON struct {
	Name      string `json:"name"`
	Sex       string `json:"sex"`
	BirthDate string `json:"birth_date"`
	Address   string `json:"address"`
	Subject   string `json:"subject"`
	Serial    string `json:"serial"`
	Issuer    string `json:"issuer"`
	Anchor    Anchor `json:"anchor"`
}

type timeJSON struct {
	Claimed  *time.Time `json:"claimed"`
	Proven   *time.Time `json:"proven"`
	ProvenBy string     `json:"proven_by"`
}

type coversJSON struct {
	Bytes    int64  `json:"bytes"`
	Digest   string `json:"digest"`
	Sum      string `json:"sum"`
	Attached bool   `json:"attached"`
}

// timestampJSON is a time-stamp over a signature.
type timestampJSON struct {
	Time      *time.Time `json:"time"`
	Accuracy  float64    `json:"accuracy"` // in seconds; 0 = not told
	Authority string     `json:"authority"`
	Policy    string     `json:"policy"`
	Serial    string     `json:"serial"`
	Anchor    Anchor     `json:"anchor"`
	Trusted   bool       `json:"trusted"`
}

// countersignatureJSON is a signature over a signature.
type countersignatureJSON struct {
	Verdict string     `json:"verdict"`
	Subject string     `json:"subject"`
	Issuer  string     `json:"issuer"`
	Serial  string     `json:"serial"`
	Claimed *time.Time `json:"claimed"`
}

// VerifyJSON returns the document about a verified file. Its messages are in the language
// l, all else is for scripts.
func VerifyJSON(l msg.Lang, v *job.Verified) VerifyDocument {
	out := VerifyDocument{
		Schema: "jpki.verify/1", File: v.File, Content: v.Content, Format: string(v.Format), Verdict: string(v.Verdict), JudgedAt: utc(v.At),
		Signatures: []signatureJSON{}, Findings: newFindings(l, v.Findings),
	}
	for i := range v.Signatures {
		out.Signatures = append(out.Signatures, newSignature(l, &v.Signatures[i]))
	}
	return out
}

func newSignature(l msg.Lang, s *sign.Signature) signatureJSON {
	return signatureJSON{
		Verdict: string(s.Verdict),
		Signer:  newSigner(s),
		Time:    timeJSON{utc(s.Claimed), utc(s.Proven), s.ProvenBy},
		Covers: coversJSON{
			Bytes: s.Covers.Bytes, Digest: digestName(s), Sum: hex.EncodeToString(s.Covers.Sum), Attached: s.Covers.Attached,
		},
		CertificateStatus: string(s.Revocation),
		Status:            newStatus(s.Status),
		Findings:          newFindings(l, s.Findings),
		Timestamps:        newTimestamps(s.Timestamps),
		Countersignatures: newCountersignatures(s.Countersignatures),
	}
}

func newSigner(s *sign.Signature) signerJSON {
	out := signerJSON{Serial: s.Serial, Issuer: s.Issuer, Anchor: NewAnchor(s.Anchor)}
	if s.Signer != nil {
		o := ownerOf(s.Signer)
		out.Name, out.Sex, out.BirthDate, out.Address = o.Name, sexName(o.Sex), isoDate(o.Birth), o.Address
		out.Subject = pki.SubjectText(s.Signer)
	}
	return out
}

// digestName is the name of the digest as the flag --digest spells it.
func digestName(s *sign.Signature) string {
	if s.Covers.Digest == 0 {
		return ""
	}
	return strings.ToLower(strings.ReplaceAll(s.Covers.Digest.String(), "-", ""))
}

func newTimestamps(list []sign.Timestamp) []timestampJSON {
	out := []timestampJSON{}
	for _, t := range list {
		j := timestampJSON{Time: utc(t.Time), Accuracy: t.Accuracy.Seconds(), Policy: t.Policy, Serial: t.Serial, Anchor: NewAnchor(t.Anchor), Trusted: t.Trusted}
		if t.Authority != nil {
			j.Authority = pki.SubjectText(t.Authority)
		}
		out = append(out, j)
	}
	return out
}

func newCountersignatures(list []sign.Signature) []countersignatureJSON {
	out := []countersignatureJSON{}
	for _, s := range list {
		j := countersignatureJSON{Verdict: string(s.Verdict), Issuer: s.Issuer, Serial: s.Serial, Claimed: utc(s.Claimed)}
		if s.Signer != nil {
			j.Subject = pki.SubjectText(s.Signer)
		}
		out = append(out, j)
	}
	return out
}

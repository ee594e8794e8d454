package cmd

import (
	"encoding/hex"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/jpki-desktop/jpki/cmd/internal/job"
	"github.com/jpki-desktop/jpki/sign"
	"github.com/jpki-desktop/jpki/sign/pki"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// verifyJSON is the result of jpki verify (schema jpki.verify/1).
type verifyJSON struct {
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
	Name      string     `json:"name"`
	Sex       string     `json:"sex"`
	BirthDate string     `json:"birth_date"`
	Address   string     `json:"address"`
	Subject   string     `json:"subject"`
	Serial    string     `json:"serial"`
	Issuer    string     `json:"issuer"`
	Anchor    anchorJSON `json:"anchor"`
}

type anchorJSON struct {
	Name string `json:"name"`
	Kind string `json:"kind"`
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

// statusJSON says where the state of revocation comes from.
type statusJSON struct {
	Source     string     `json:"source"` // file of the CRL, or address of the responder
	ThisUpdate *time.Time `json:"this_update"`
	NextUpdate *time.Time `json:"next_update"`
	RevokedAt  *time.Time `json:"revoked_at"`
	Reason     string     `json:"reason"`
}

func newStatus(s sign.Status) statusJSON {
	return statusJSON{s.Source, moment(s.ThisUpdate), moment(s.NextUpdate), moment(s.RevokedAt), s.Reason}
}

type findingJSON struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Hint    string `json:"hint"`
	Verdict string `json:"verdict"`
}

func (a *app) verifiedJSON(v *job.Verified) verifyJSON {
	out := verifyJSON{
		Schema: "jpki.verify/1", File: v.File, Content: v.Content, Format: string(v.Format), Verdict: string(v.Verdict), JudgedAt: moment(v.At),
		Signatures: []signatureJSON{}, Findings: a.findingsJSON(v.Findings),
	}
	for i := range v.Signatures {
		out.Signatures = append(out.Signatures, a.signatureJSON(&v.Signatures[i]))
	}
	return out
}

func (a *app) signatureJSON(s *sign.Signature) signatureJSON {
	out := signatureJSON{
		Verdict: string(s.Verdict),
		Signer:  signerJSON{Serial: s.Serial, Issuer: s.Issuer, Anchor: anchorJSON{s.Anchor.Name, string(s.Anchor.Kind)}},
		Time:    timeJSON{moment(s.Claimed), moment(s.Proven), s.ProvenBy},
		Covers: coversJSON{
			Bytes: s.Covers.Bytes, Digest: digestName(s), Sum: hex.EncodeToString(s.Covers.Sum), Attached: s.Covers.Attached,
		},
		CertificateStatus: string(s.Revocation),
		Status:            newStatus(s.Status),
		Findings:          a.findingsJSON(s.Findings),
		Timestamps:        timestampsJSON(s.Timestamps),
		Countersignatures: countersignaturesJSON(s.Countersignatures),
	}
	if s.Signer != nil {
		out.Signer.Subject = pki.SubjectText(s.Signer)
		o := ownerOf(s.Signer)
		out.Signer.Name, out.Signer.Sex, out.Signer.Address = o.Name, sexName(o.Sex), o.Address
		out.Signer.BirthDate = isoDate(o.Birth)
	}
	return out
}

func moment(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}

// digestName is the name of the digest as the flag --digest spells it.
func digestName(s *sign.Signature) string {
	if s.Covers.Digest == 0 {
		return ""
	}
	return strings.ToLower(strings.ReplaceAll(s.Covers.Digest.String(), "-", ""))
}

func (a *app) findingsJSON(list []sign.Finding) []findingJSON {
	out := []findingJSON{}
	for _, f := range list {
		words := msg.Finding(a.lang, f)
		out = append(out, findingJSON{f.Code, words.Message, words.Hint, string(f.Verdict)})
	}
	return out
}

func (a *app) printSignature(w io.Writer, s *sign.Signature) {
	if s.Anchor.Kind == sign.AnchorPractice {
		fmt.Fprintf(w, "  %s\n", a.say(msg.PracticeBand))
	}
	rows := a.signerRows(s)
	claimed := a.say(msg.TimeNone)
	if !s.Claimed.IsZero() {
		claimed = msg.Moment(a.lang, s.Claimed) + a.say(msg.TimeClaimed)
	}
	rows = append(rows,
		row{a.say(msg.LabelIssuer), a.anchor(s)},
		row{a.say(msg.LabelSerial), s.Serial},
		row{a.say(msg.LabelSigned), claimed},
	)
	rows = append(rows, a.provenRows(s)...)
	if s.Covers.Digest != 0 {
		rows = append(rows, row{a.say(msg.LabelCovers), a.say(msg.Covers, s.Covers.Bytes, s.Covers.Digest)})
	}
	rows = append(rows, row{a.say(msg.LabelRevocation), a.revocation(s)})
	rows = append(rows, a.countersignatureRows(s)...)
	printRows(w, rows)
	a.printFindings(w, s.Findings)
}

// revocation is what is known of it, as of when and by whom.
func (a *app) revocation(s *sign.Signature) string {
	text := a.say(msg.Revocation(s.Revocation))
	if s.Status.Source == "" || s.Revocation == sign.RevocationUnchecked {
		return text
	}
	at := s.Status.ThisUpdate
	if s.Revocation == sign.RevocationRevoked {
		at = s.Status.RevokedAt
	}
	source := s.Status.Source
	if source == pki.SourceInside {
		source = a.say(msg.SourceInside)
	}
	return text + a.say(msg.RevocationSource, msg.Moment(a.lang, at), source)
}

// signerRows tell who signed: what a JPKI signing certificate says of its holder, or the
// subject of another one.
func (a *app) signerRows(s *sign.Signature) []row {
	if s.Signer == nil {
		return []row{{a.say(msg.LabelSigner), a.say(msg.SignerUnknown)}}
	}
	o := ownerOf(s.Signer)
	if o.Name == "" {
		return []row{{a.say(msg.LabelSigner), pki.SubjectText(s.Signer)}}
	}
	return a.ownerRows(o)
}

func (a *app) anchor(s *sign.Signature) string {
	name := s.Anchor.Name
	if name == "" {
		name = s.Issuer
	}
	return name + a.say(msg.AnchorKind(s.Anchor.Kind))
}

func (a *app) printFindings(w io.Writer, list []sign.Finding) {
	for _, f := range list {
		words := msg.Finding(a.lang, f)
		fmt.Fprintf(w, "  ● %s\n", printable(words.Message))
		if words.Hint != "" {
			fmt.Fprintf(w, "    → %s\n", printable(words.Hint))
		}
	}
}

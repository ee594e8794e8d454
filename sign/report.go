package sign

import (
	"crypto"
	"crypto/x509"
	"slices"
	"time"
)

// Verdict is the outcome of a verification, in the words of ETSI EN 319 102-1.
type Verdict string

// The verdicts, from the best to the worst.
const (
	Passed                    Verdict = "passed"
	PassedRevocationUnchecked Verdict = "passed_revocation_unchecked"
	NoSignature               Verdict = "no_signature"
	Indeterminate             Verdict = "indeterminate"
	ModifiedAfter             Verdict = "modified_after"
	Failed                    Verdict = "failed"
)

var verdictOrder = []Verdict{Passed, PassedRevocationUnchecked, NoSignature, Indeterminate, ModifiedAfter, Failed}

// Worse returns the worse one of v and w.
func (v Verdict) Worse(w Verdict) Verdict {
	if slices.Index(verdictOrder, w) > slices.Index(verdictOrder, v) {
		return w
	}
	return v
}

// Report is the result of a verification. A bad signature is a Report, not an error.
type Report struct {
	Format     Format
	Verdict    Verdict // the worst one of Signatures and Findings
	Signatures []Signature
	Findings   []Finding // about the file as a whole, such as that it cannot be parsed
}

// Signature is what is known of one signature (in CMS: of one SignerInfo).
type Signature struct {
	Verdict    Verdict
	Signer     *x509.Certificate // nil if no certificate of the signature verifies it
	Issuer     string            // RFC 4514 text of the issuer that the signature names
	Serial     string            // serial number that the signature names, upper-case hexadecimal
	Chain      []*x509.Certificate
	Anchor     Anchor
	Claimed    time.Time // time that the signer claims, zero if none: no proof
	Proven     time.Time // time that the earliest trusted timestamp proves, zero if none
	ProvenBy   string    // RFC 4514 text of the authority of that timestamp
	Covers     Coverage
	Revocation Revocation
	Status     Status    // where Revocation comes from
	Findings   []Finding // most serious first

	Timestamps        []Timestamp // over the signature, in the order of the file
	Countersignatures []Signature // over the signature, by others or by itself; they change no verdict
}

// Timestamp is a time-stamp over a signature: an authority says that the signature existed
// at a time.
type Timestamp struct {
	Time      time.Time
	Accuracy  time.Duration     // how far Time may be off; 0 = not told
	Policy    string            // dotted text of the policy that the authority follows
	Serial    string            // of the token, upper-case hexadecimal
	Authority *x509.Certificate // nil if no certificate verifies the token
	Chain     []*x509.Certificate
	Anchor    Anchor
	Trusted   bool      // the token proves Time
	Findings  []Finding // why not

	Revocation Revocation // of Authority
}

// Coverage tells what a signature covers.
type Coverage struct {
	Bytes    int64       // length of the content
	Digest   crypto.Hash // algorithm of Sum
	Sum      []byte      // digest of the content
	Attached bool        // the content is inside the signature
}

// Revocation is what is known of a certificate's revocation.
type Revocation string

// The states of revocation.
const (
	RevocationUnchecked Revocation = "unchecked"
	RevocationGood      Revocation = "good"
	RevocationRevoked   Revocation = "revoked"
)

// Status is what a CRL or an OCSP responder says of a certificate's revocation. Times that
// it does not give are zero.
type Status struct {
	State      Revocation
	Reason     string    // of a revocation, as RFC 5280 section 5.3.1 spells it, such as keyCompromise
	RevokedAt  time.Time // may be after the time judged at, and State good
	InvalidAt  time.Time // since when the key was not to be trusted any more (section 5.3.2)
	ThisUpdate time.Time // State was right then
	NextUpdate time.Time // there is newer information by then
	ProducedAt time.Time // an OCSP response was signed
	Source     string    // name of the CRL's file, or address of the responder; empty = unchecked
}

// AnchorKind tells why an anchor is trusted, or that none was found.
type AnchorKind string

// The kinds of anchors.
const (
	AnchorUnknown  AnchorKind = "unknown"  // no path to an anchor
	AnchorPinned   AnchorKind = "pinned"   // a generation of JPKI's CAs, by its key
	AnchorPractice AnchorKind = "practice" // the authority of the practice card
	AnchorTest     AnchorKind = "test"     // J-LIS's test cards
	AnchorUser     AnchorKind = "user"     // named by the user
)

// Anchor is where a certification path ends.
type Anchor struct {
	Name string // short name such as signca02, or the CA's subject
	Kind AnchorKind
}

// Finding is one thing that a verifier found. Its words for people are in package msg,
// by Code.
type Finding struct {
	Code    string    // stable, snake_case
	Verdict Verdict   // the best verdict that is left with this finding
	Detail  string    // what it is about, such as a name or an object identifier; may be empty
	Time    time.Time // the moment it is about, if any
}

// Settle sorts the findings of s, most serious first, and sets its verdict from them:
// the worst one, and [PassedRevocationUnchecked] where nothing worse was found and
// revocation was not checked.
func (s *Signature) Settle(o *VerifyOptions) {
	s.Verdict = Passed
	if s.Revocation != RevocationGood {
		s.Verdict = PassedRevocationUnchecked
		if o.RequireRevocation && s.Revocation != RevocationRevoked {
			s.Findings = append(s.Findings, Finding{Code: "revocation_unchecked", Verdict: Indeterminate})
		}
	}
	for _, f := range s.Findings {
		s.Verdict = s.Verdict.Worse(f.Verdict)
	}
	slices.SortStableFunc(s.Findings, func(a, b Finding) int {
		return slices.Index(verdictOrder, b.Verdict) - slices.Index(verdictOrder, a.Verdict)
	})
}

// Settle sets the verdict of r: the worst one of its signatures and findings.
func (r *Report) Settle() {
	r.Verdict = Passed
	if len(r.Signatures) == 0 {
		r.Verdict = NoSignature
	}
	for _, s := range r.Signatures {
		r.Verdict = r.Verdict.Worse(s.Verdict)
	}
	for _, f := range r.Findings {
		r.Verdict = r.Verdict.Worse(f.Verdict)
	}
}

package report

import (
	"github.com/jpki-desktop/jpki/sign"
	"github.com/jpki-desktop/jpki/sign/pki"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// SignatureBand says that a signature was made with a practice card; it is empty for the
// others.
func SignatureBand(l msg.Lang, s *sign.Signature) string {
	if s.Anchor.Kind != sign.AnchorPractice {
		return ""
	}
	return msg.PracticeBand.In(l)
}

// SignatureRows are what is known of a signature: who signed, when, what, and whether the
// certificate was revoked; as details its issuer and number, who proves the time, and who
// signed the signature.
func SignatureRows(l msg.Lang, s *sign.Signature) []Row {
	rows := signerRows(l, s)
	rows = append(rows, asDetails(
		NewRow(l, msg.LabelIssuer, signerIssuer(l, s)),
		NewRow(l, msg.LabelSerial, s.Serial),
	)...)
	rows = append(rows, timeRows(l, s)...)
	if s.Covers.Digest != 0 {
		rows = append(rows, NewRow(l, msg.LabelCovers, msg.Covers.In(l, s.Covers.Bytes, s.Covers.Digest)))
	}
	rows = append(rows, NewRow(l, msg.LabelRevocation, revocation(l, s)))
	return append(rows, countersignatureRows(l, s)...)
}

// signerRows tell who signed: what a JPKI signing certificate says of its holder, or the
// subject of another one.
func signerRows(l msg.Lang, s *sign.Signature) []Row {
	if s.Signer == nil {
		return []Row{NewRow(l, msg.LabelSigner, msg.SignerUnknown.In(l))}
	}
	o := ownerOf(s.Signer)
	if o.Name == "" {
		return []Row{NewRow(l, msg.LabelSigner, pki.SubjectText(s.Signer))}
	}
	return ownerRows(l, o)
}

func signerIssuer(l msg.Lang, s *sign.Signature) string {
	name := s.Anchor.Name
	if name == "" {
		name = s.Issuer
	}
	return name + msg.AnchorKind(s.Anchor.Kind).In(l)
}

// timeRows tell of the time that the signer claims, and of the one that a time-stamp
// proves, and by whom.
func timeRows(l msg.Lang, s *sign.Signature) []Row {
	claimed := msg.TimeNone.In(l)
	if !s.Claimed.IsZero() {
		claimed = msg.Moment(l, s.Claimed) + msg.TimeClaimed.In(l)
	}
	rows := []Row{NewRow(l, msg.LabelSigned, claimed)}
	if s.Proven.IsZero() {
		return rows
	}
	rows = append(rows, NewRow(l, msg.LabelProven, msg.Moment(l, s.Proven)+msg.ProvenNotLater.In(l)))
	return append(rows, asDetails(NewRow(l, msg.LabelProvenBy, s.ProvenBy))...)
}

// revocation is what is known of it, as of when and by whom.
func revocation(l msg.Lang, s *sign.Signature) string {
	text := msg.Revocation(s.Revocation).In(l)
	if s.Status.Source == "" || s.Revocation == sign.RevocationUnchecked {
		return text
	}
	at := s.Status.ThisUpdate
	if s.Revocation == sign.RevocationRevoked {
		at = s.Status.RevokedAt
	}
	source := s.Status.Source
	if source == pki.SourceInside {
		source = msg.SourceInside.In(l)
	}
	return text + msg.RevocationSource.In(l, msg.Moment(l, at), source)
}

// countersignatureRows name those who signed the signature, with the verdict on theirs.
func countersignatureRows(l msg.Lang, s *sign.Signature) (rows []Row) {
	for _, c := range s.Countersignatures {
		name := msg.SignerUnknown.In(l)
		if c.Signer != nil {
			name = pki.SubjectText(c.Signer)
		}
		name += msg.Brackets.In(l, msg.Verdict(l, c.Verdict).Message)
		rows = append(rows, NewRow(l, msg.LabelCountersigner, name))
	}
	return asDetails(rows...)
}

package testca

import (
	"math/big"
	"time"
)

// Reasons for which a certificate of JPKI is revoked.
const (
	ReasonLoss       = "loss"           // the card was lost or stolen, or its key became known
	ReasonAddress    = "address_change" // or another of the owner's four items changed
	ReasonSuperseded = "superseded"     // it was renewed
	ReasonCessation  = "cessation"      // the owner gave it back, moved abroad or died
	ReasonHold       = "hold"           // 一時保留, until it is released or revoked
	ReasonRelease    = "release"        // lifts a hold
	ReasonOther      = "unspecified"
)

// Reasons returns them all.
func Reasons() []string {
	return []string{ReasonLoss, ReasonAddress, ReasonSuperseded, ReasonCessation, ReasonHold, ReasonRelease, ReasonOther}
}

// reasonCodes are the CRLReasons (RFC 5280 section 5.3.1) of reasons.
var reasonCodes = map[string]int{
	ReasonLoss: KeyCompromise, ReasonAddress: AffiliationChanged, ReasonSuperseded: Superseded,
	ReasonCessation: CessationOfOperation, ReasonHold: CertificateHold, ReasonRelease: RemoveFromCRL, ReasonOther: Unspecified,
}

// Revoke changes the standing of a certificate at that time, to the second:
//
//	good ─▶ held ─▶ good     hold, release
//	good, held   ─▶ revoked  any other reason
//
// Errors are [ErrUnknownReason], [ErrUnknownSerial], [ErrAlreadyRevoked] and [ErrNotHeld].
func (r *Register) Revoke(serial, reason string, at time.Time) (*Issued, error) {
	if _, ok := reasonCodes[reason]; !ok {
		return nil, ErrUnknownReason
	}
	c, err := r.Find(serial)
	switch {
	case err != nil:
		return nil, err
	case c.Status == StandingRevoked:
		return c, ErrAlreadyRevoked
	case reason == ReasonRelease && c.Status != StandingHeld:
		return c, ErrNotHeld
	}
	at = at.UTC().Truncate(time.Second)
	c.Status, c.Reason, c.RevokedAt = StandingRevoked, reason, &at
	switch reason {
	case ReasonHold:
		c.Status = StandingHeld
	case ReasonRelease:
		c.Status, c.Reason, c.RevokedAt = StandingGood, "", nil
	}
	r.Changes++
	return c, nil
}

// Supersede revokes old, which next renews. One that was revoked before only gets to know
// its successor.
func (r *Register) Supersede(old, next *Issued, at time.Time) {
	if old.Status != StandingRevoked {
		// It is there and not revoked, so there is no error.
		_, _ = r.Revoke(old.Serial, ReasonSuperseded, at)
	}
	old.RenewedBy = next.Serial
}

// status is what OCSP says of a certificate of the authority for kind k.
func (r *Register) status(k Kind, serial *big.Int) Status {
	c, err := r.Find(SerialText(serial))
	switch {
	case err != nil || c.issuer() != k:
		return Status{State: Unknown}
	case c.Status == StandingGood:
		return Status{State: Good}
	}
	return Status{State: Revoked, At: *c.RevokedAt, Reason: reasonCodes[c.Reason]}
}

// issuer is the kind of the authority that issued c.
func (c *Issued) issuer() Kind {
	if c.Kind == KindAuth {
		return KindAuth
	}
	return KindSign
}

// entries are those of a CRL of the authority for kind k: of all its certificates, or of
// those of one municipality.
func (r *Register) entries(k Kind, municipality string) []Entry {
	var all []Entry
	for _, c := range r.Certificates {
		if c.issuer() == k && c.Status != StandingGood && (municipality == "" || c.Municipality == municipality) {
			all = append(all, Entry{Serial: c.serial(), At: *c.RevokedAt, Reason: reasonCodes[c.Reason]})
		}
	}
	return all
}

// knows tells whether a certificate of that municipality was issued.
func (r *Register) knows(municipality string) bool {
	for _, c := range r.Certificates {
		if c.Kind == KindSign && c.Municipality == municipality {
			return true
		}
	}
	return false
}

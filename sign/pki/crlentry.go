package pki

import (
	"bytes"
	"crypto/x509/pkix"
	"encoding/asn1"
	"time"

	"golang.org/x/crypto/cryptobyte"
	casn1 "golang.org/x/crypto/cryptobyte/asn1"
)

var (
	oidReasonCode        = asn1.ObjectIdentifier{2, 5, 29, 21}
	oidHoldInstruction   = asn1.ObjectIdentifier{2, 5, 29, 23}
	oidInvalidityDate    = asn1.ObjectIdentifier{2, 5, 29, 24}
	oidCertificateIssuer = asn1.ObjectIdentifier{2, 5, 29, 29}
)

// reason is a CRLReason (RFC 5280 section 5.3.1).
type reason int

const (
	certificateHold reason = 6
	removeFromCRL   reason = 8
)

var reasonNames = []string{"unspecified", "keyCompromise", "cACompromise", "affiliationChanged", "superseded",
	"cessationOfOperation", "certificateHold", "", "removeFromCRL", "privilegeWithdrawn", "aACompromise"}

func (r reason) String() string {
	if r < 0 || int(r) >= len(reasonNames) || reasonNames[r] == "" {
		return reasonNames[0]
	}
	return reasonNames[r]
}

// entry is a revoked certificate.
type entry struct {
	serial    cryptobyte.String // contents of the INTEGER
	revokedAt time.Time
	invalidAt time.Time // zero = not told
	reason    reason
	issuer    string // key of the certificate's issuer; empty = that of the entry before
	critical  string // a critical extension that is not understood
}

func readEntry(list *cryptobyte.String) (e entry, ok bool) {
	var der cryptobyte.String
	if !list.ReadASN1(&der, casn1.SEQUENCE) || !der.ReadASN1(&e.serial, casn1.INTEGER) || !minimal(e.serial) ||
		!readTime(&der, &e.revokedAt) {
		return e, false
	}
	return e, der.Empty() || eachExtension(der, e.extension)
}

// minimal tells whether an INTEGER is written as DER demands, so that its octets can be
// searched for.
func minimal(n []byte) bool {
	switch {
	case len(n) == 0:
		return false
	case len(n) == 1:
		return true
	}
	return !(n[0] == 0 && n[1] < 0x80) && !(n[0] == 0xff && n[1] >= 0x80)
}

func (e *entry) extension(x pkix.Extension) (ok bool) {
	value := cryptobyte.String(x.Value)
	switch {
	case x.Id.Equal(oidReasonCode):
		var n int
		ok = value.ReadASN1Enum(&n) && value.Empty()
		e.reason = reason(n)
	case x.Id.Equal(oidInvalidityDate):
		ok = value.ReadASN1GeneralizedTime(&e.invalidAt) && value.Empty()
	case x.Id.Equal(oidCertificateIssuer):
		var keys []string
		if ok = value.ReadASN1(&value, casn1.SEQUENCE); ok {
			if keys, _, ok = directories(value); ok {
				e.issuer = keys[0]
			}
		}
	default:
		ok = true
		if x.Critical && !x.Id.Equal(oidHoldInstruction) {
			e.critical = x.Id.String()
		}
	}
	return ok
}

// checkEntries reads every entry once, so that what cannot be read is known before
// anything is concluded from an entry's absence.
func (l *crl) checkEntries() bool {
	for rest := l.entries; !rest.Empty(); {
		e, ok := readEntry(&rest)
		if !ok {
			return false
		}
		if e.critical != "" {
			l.critical = e.critical
		}
	}
	return true
}

// find returns the entry of the certificate with that issuer and serial number (contents
// of the INTEGER). Of several the one that cannot be lifted counts.
func (l *crl) find(issuer string, serial []byte) (found entry, ok bool) {
	if !bytes.Contains(l.entries, serial) { // by far the most frequent case, and fast
		return found, false
	}
	current := l.issuer
	for rest := l.entries; !rest.Empty(); {
		e, readable := readEntry(&rest)
		if !readable {
			break
		}
		if e.issuer != "" {
			current = e.issuer
		}
		if current == issuer && bytes.Equal(e.serial, serial) && (!ok || e.permanent()) {
			found, ok = e, true
		}
	}
	return found, ok
}

// permanent tells whether a revocation stays: a hold may be lifted.
func (e entry) permanent() bool { return e.reason != certificateHold && e.reason != removeFromCRL }

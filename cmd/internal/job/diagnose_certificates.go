package job

import (
	"crypto/x509"
	"errors"
	"strings"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/sign"
	"github.com/jpki-desktop/jpki/sign/pki"
)

// warnDays before its end a certificate is worth a note: renewal is open by then.
const warnDays = 90

var errNeedsPIN = errors.New("the PIN would be needed")

// authCertificate looks at the authentication certificate, which most cards show to
// everybody.
func (e *examination) authCertificate(info *card.Info) {
	if !info.Auth {
		e.add("auth_certificate", "absent")
		return
	}
	nobody := func(card.Key, int) (card.PIN, error) { return nil, errNeedsPIN }
	der, ok := step(e, "auth_certificate", func() ([]byte, error) {
		der, err := e.card.RawCertificate(card.AuthKey, nobody)
		if _, blocked := errors.AsType[*card.PINError](err); blocked {
			err = errNeedsPIN
		}
		return der, err
	}, stateFor{errNeedsPIN, "needs_pin", false}, stateFor{card.ErrNoCertificate, "absent", false}, stateFor{card.ErrMalformed, "malformed", false})
	if !ok {
		return
	}
	cert := newCertificate(AuthCert, der, e.anchors())
	if cert == nil || !cert.Whole {
		e.add("auth_certificate", "malformed")
		return
	}
	e.period(cert)
	e.add("auth_issuer", e.issuer(cert.Certificate))
	if e.Details {
		serial := strings.ToUpper(cert.SerialNumber.Text(16))
		e.add("auth_holder", "shown", cert.Subject.CommonName, serial, cert.NotBefore, cert.NotAfter, cert.DaysLeft(e.Clock()))
	}
}

// period tells how long the authentication certificate is valid, but no date: it ends on
// its holder's birthday.
func (e *examination) period(cert *Certificate) {
	now := e.Clock()
	days := cert.DaysLeft(now)
	switch {
	case now.Before(cert.NotBefore):
		e.add("auth_certificate", "not_yet_valid")
		e.distrustClock()
	case now.After(cert.NotAfter):
		e.add("auth_certificate", "expired")
	case days <= warnDays:
		e.add("auth_certificate", "expires_soon")
	case days < 366:
		e.add("auth_certificate", "valid_this_year")
	default:
		e.add("auth_certificate", "valid", days/366)
	}
}

func (e *examination) anchors() *pki.Store {
	return pki.NewStore(append(pki.Pinned(), practiceAnchors(e.Reader)...)...)
}

// issuer tells who issued an authentication certificate, by key.
func (e *examination) issuer(cert *x509.Certificate) string {
	found := e.anchors().For(pki.UseAuth).Judge(e.ctx, cert, nil, e.Clock())
	switch found.Anchor.Kind {
	case sign.AnchorPinned, sign.AnchorPractice:
		return string(found.Anchor.Kind)
	}
	for _, f := range found.Findings {
		switch f.Code {
		case pki.IssuerForged:
			return "forged"
		case pki.PracticeCertificate:
			return "practice"
		case pki.TestCertificate:
			return "test"
		}
	}
	return "unknown"
}

// authority looks at the certificate of an authority that the card holds.
func (e *examination) authority(k card.Key, name string) {
	ca, ok := step(e, name, func() (*x509.Certificate, error) { return e.card.CA(k) },
		stateFor{card.ErrNoCertificate, "absent", false}, stateFor{card.ErrMalformed, "malformed", false})
	if !ok {
		return
	}
	now := e.Clock()
	if now.Before(ca.NotBefore) {
		e.distrustClock()
	}
	anchor, pinned := e.anchors().AnchorOf(ca)
	state := string(anchor.Kind)
	if origin := pki.Classify(ca).Origin; !pinned && (origin == pki.OriginPractice || origin == pki.OriginTest) {
		state = string(origin)
	}
	if now.After(ca.NotAfter) {
		state = "expired"
	}
	e.add(name, state, anchor.Name, ca.NotAfter)
}

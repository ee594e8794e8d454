package job

import (
	"context"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"slices"
	"strings"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/sign"
	"github.com/jpki-desktop/jpki/sign/pki"
)

// application is an application of a 個人番号カード.
type application struct {
	name string
	id   string // hexadecimal
}

// applications are those that are known (five sources and more).
var applications = []application{
	{"jpki", "D392F000260100000001"},
	{"profile_input", "D3921000310001010408"},   // 券面事項入力補助
	{"profile_display", "D3921000310001010402"}, // 券面事項確認
	{"juki", "D3921000310001010401"},            // 住基
	{"common", "D3921000310001010100"},
}

// selectApplications asks the card for every known application by SELECT, and for nothing
// of what they hold. JPKI's is selected again at the end, as whoever comes next may expect.
func selectApplications(conn card.Conn) (answering, silent []string, err error) {
	if err := conn.Begin(); err != nil {
		return nil, nil, err
	}
	defer conn.End()
	for _, a := range append(slices.Clone(applications), applications[0]) {
		there, err := selected(conn, a.id)
		switch {
		case err != nil:
			return nil, nil, err
		case slices.Contains(answering, a.name) || slices.Contains(silent, a.name):
		case there:
			answering = append(answering, a.name)
		default:
			silent = append(silent, a.name)
		}
	}
	return answering, silent, nil
}

// selected sends SELECT by name, and again if the card says 6F00, as it may do once after
// power-up.
func selected(conn card.Conn, id string) (bool, error) {
	aid, err := hex.DecodeString(id)
	if err != nil {
		return false, err
	}
	capdu := append([]byte{0x00, 0xA4, 0x04, 0x0C, byte(len(aid))}, aid...)
	var sw uint16
	for range 2 {
		answer, err := conn.Transmit(capdu)
		if err != nil {
			return false, err
		}
		if len(answer) < 2 {
			return false, card.ErrMalformed
		}
		if sw = uint16(answer[len(answer)-2])<<8 | uint16(answer[len(answer)-1]); sw != 0x6F00 {
			break
		}
	}
	return sw == 0x9000 || sw>>8 == 0x61 || sw>>8 == 0x62, nil
}

// unread says of the checks of the card from the named one on that nobody looked.
func (d *Doctor) unread(first string) {
	names := []string{"atr", "applications", "token", "certificates", "sign_certificate", "auth_certificate", "sign_ca", "auth_ca", "sign_pin", "auth_pin"}
	for _, name := range names[slices.Index(names, first):] {
		d.add(name, "not_looked_at")
	}
}

// examine reads from the card what it tells without a PIN.
func (d *Doctor) examine(ctx context.Context, conn card.Conn) {
	e := &examination{Doctor: d, ctx: ctx}
	conn = d.traced(conn)
	type selection struct{ answering, silent []string }
	apps, ok := step(e, "applications", func() (s selection, err error) {
		s.answering, s.silent, err = selectApplications(conn)
		return s, err
	}, stateFor{errHanging, "failed", true}, stateFor{card.ErrRemoved, "failed", false}, stateFor{context.Canceled, "not_looked_at", true})
	switch {
	case ok && len(apps.answering) > 0:
		d.add("applications", "answering", apps.answering, apps.silent)
	case ok:
		d.add("applications", "none")
	}
	info, ok := step(e, "token", func() (*card.Info, error) {
		c, err := card.New(conn)
		if err != nil {
			return nil, err
		}
		e.card = c
		return c.Info()
	})
	if !ok {
		d.unread("certificates")
		e.close(conn)
		return
	}
	e.token(info)
	e.authCertificate(info)
	e.authority(card.SignKey, "sign_ca")
	e.authority(card.AuthKey, "auth_ca")
	e.tries(card.SignKey, "sign_pin")
	e.tries(card.AuthKey, "auth_pin")
	e.close(conn)
}

// close lets go of the card, unless a command is still on its way: that would wait.
func (e *examination) close(conn card.Conn) {
	if !e.pending {
		within(e.ctx, e.Limit, func() (any, error) { return nil, conn.Close() }, nil)
	}
}

// token tells the kind of the card and which certificates it holds.
func (e *examination) token(info *card.Info) {
	state := string(info.Kind)
	if info.Practice && info.Kind == card.KindMynumber {
		state = "practice"
	}
	e.add("token", state, info.Label, info.Practice)
	switch {
	case info.Sign && info.Auth:
		e.add("certificates", "both")
	case info.Sign:
		e.add("certificates", "sign_only")
	case info.Auth:
		e.add("certificates", "auth_only")
	default:
		e.add("certificates", "none")
	}
	if info.Sign {
		e.add("sign_certificate", "needs_pin")
	} else {
		e.add("sign_certificate", "absent")
	}
}

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

// tries asks for the tries left of a PIN, which costs none.
func (e *examination) tries(k card.Key, name string) {
	left, ok := step(e, name, func() (int, error) { return e.card.Retries(k) }, stateFor{card.ErrNoCertificate, "absent", false})
	if !ok {
		return
	}
	limit := card.MaxTries(k)
	switch {
	case left == 0:
		e.add(name, "blocked", k)
	case left == 1:
		e.add(name, "last_try", k, left, limit)
	case left < limit:
		e.add(name, "used", k, left, limit)
	default:
		e.add(name, "full", k, left, limit)
	}
}

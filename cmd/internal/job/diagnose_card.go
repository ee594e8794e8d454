package job

import (
	"context"
	"slices"

	"github.com/jpki-desktop/jpki/card"
)

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
	})
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

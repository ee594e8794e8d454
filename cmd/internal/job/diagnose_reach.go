package job

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/card/pcsc"
)

// practiceCard looks at the practice card, which is reached without any service.
func (d *Doctor) practiceCard(ctx context.Context) bool {
	practice, err := OpenPractice(strings.TrimPrefix(d.Reader, PracticeReader))
	if err != nil {
		d.add("card", "practice_unreadable", d.shownError(err))
		d.unread("atr")
		return false
	}
	name := PracticeReader // and not a path, which may have a user's name in it
	if d.Details {
		name = d.Reader
	}
	d.add("card", "found", name)
	d.add("atr", "not_used")
	d.examine(ctx, inProcess{practice})
	return true
}

// serviceCard looks for the card in the readers of the service, as every command does,
// and at the card if there is one.
func (d *Doctor) serviceCard(ctx context.Context, f *pcsc.Diagnosis) bool {
	if f.Access != pcsc.Granted || f.Err != nil || len(f.Readers) == 0 {
		d.add("card", "not_looked_at")
		d.unread("atr")
		return false
	}
	reader, state, facts := d.reach(ctx, f)
	var conn card.Conn
	if state == "found" {
		var err error
		conn, err = within(ctx, d.Limit, func() (card.Conn, error) { return pcsc.Open(reader.Name) }, func(c card.Conn) { c.Close() })
		if err != nil {
			state, facts = "failed", []any{d.shownError(err)}
		}
	}
	d.add("card", state, facts...)
	if reader.ATR == nil {
		d.add("atr", "not_looked_at")
	} else {
		d.add("atr", "read", fmt.Sprintf("% X", reader.ATR))
	}
	if state != "found" {
		d.unread("applications")
		return false
	}
	d.examine(ctx, conn)
	return true
}

// attempt is what came of looking for the JPKI application in one reader.
type attempt struct {
	reader pcsc.ReaderDetails
	state  string
	err    error
}

// tellingStates are the states of attempts, the most telling first.
var tellingStates = []string{"in_use", "hanging", "jpki_missing", "failed", "other_card", "mute_card", "removed", "no_card"}

// reach returns the reader with the only JPKI card, or the one that tells most of why
// there is none, with the state and the facts of the check.
func (d *Doctor) reach(ctx context.Context, f *pcsc.Diagnosis) (pcsc.ReaderDetails, string, []any) {
	readers, err := f.Named(d.Reader)
	if err != nil {
		state := "reader_unknown"
		if errors.Is(err, card.ErrSeveral) {
			state = "reader_ambiguous"
		}
		return pcsc.ReaderDetails{}, state, []any{d.shownReaders(f.Readers)}
	}
	attempts := map[string][]attempt{}
	for _, r := range readers {
		a := d.attempt(ctx, r)
		attempts[a.state] = append(attempts[a.state], a)
	}
	found := attempts["found"]
	switch {
	case len(found) == 1:
		return found[0].reader, "found", []any{d.shownReader(found[0].reader.Name)}
	case len(found) > 1:
		return pcsc.ReaderDetails{}, "several_cards", []any{d.attempted(found)}
	}
	for _, state := range tellingStates {
		if those := attempts[state]; those != nil {
			state, facts := d.explain(f, state, those)
			return those[0].reader, state, facts
		}
	}
	return pcsc.ReaderDetails{}, "not_looked_at", nil
}

// attempt looks for the JPKI application in one reader.
func (d *Doctor) attempt(ctx context.Context, r pcsc.ReaderDetails) attempt {
	a := attempt{reader: r}
	if !r.Present {
		a.state = "no_card"
		return a
	}
	o := pcsc.Options{Reader: r.Name, Trace: d.Trace}
	c, err := within(ctx, d.Limit, func() (*card.Card, error) {
		c, _, err := pcsc.Find(ctx, o)
		return c, err
	}, func(c *card.Card) { c.Close() })
	if err == nil {
		c.Close()
		a.state = "found"
		return a
	}
	a.err, a.state = err, attemptState(err, r)
	if a.state == "other_card" && d.isMynumber(ctx, r.Name) {
		a.state = "jpki_missing"
	}
	return a
}

func attemptState(err error, r pcsc.ReaderDetails) string {
	switch {
	case errors.Is(err, errHanging) && (r.Shared || r.InUse), errors.Is(err, card.ErrInUse):
		return "in_use"
	case errors.Is(err, errHanging):
		return "hanging"
	case errors.Is(err, card.ErrOtherCard):
		return "other_card"
	case errors.Is(err, card.ErrMuteCard):
		return "mute_card"
	case errors.Is(err, card.ErrNoCard):
		return "no_card"
	case errors.Is(err, card.ErrRemoved), errors.Is(err, card.ErrNoReader), errors.Is(err, card.ErrUnknownReader):
		return "removed"
	}
	return "failed"
}

// isMynumber tells whether a card without the JPKI application has others of a
// 個人番号カード.
func (d *Doctor) isMynumber(ctx context.Context, reader string) bool {
	answering, err := within(ctx, d.Limit, func() ([]string, error) {
		conn, err := pcsc.Open(reader)
		if err != nil {
			return nil, err
		}
		defer conn.Close()
		answering, _, err := selectApplications(d.traced(conn))
		return answering, err
	}, nil)
	return err == nil && len(answering) > 0
}

// explain adds to a state what else is known of it.
func (d *Doctor) explain(f *pcsc.Diagnosis, state string, those []attempt) (string, []any) {
	names := d.attempted(those)
	switch state {
	case "in_use":
		if holders := programNames(f, pcsc.GnuPG); holders != nil {
			return "in_use_gnupg", []any{names, holders}
		}
		if holders := programNames(f, ""); holders != nil {
			return "in_use_by", []any{names, holders}
		}
	case "failed":
		return state, []any{d.shownError(those[0].err)}
	}
	return state, []any{names}
}

func (d *Doctor) attempted(attempts []attempt) []string {
	var names []string
	for _, a := range attempts {
		names = append(names, d.shownReader(a.reader.Name))
	}
	return names
}

func (d *Doctor) shownReaders(readers []pcsc.ReaderDetails) []string {
	var names []string
	for _, r := range readers {
		names = append(names, d.shownReader(r.Name))
	}
	return names
}

func (d *Doctor) traced(conn card.Conn) card.Conn {
	if d.Trace == nil {
		return conn
	}
	return card.Trace(conn, d.Trace)
}

package ui

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// certificates is the tool that shows certificates (証明書表示ツール), those of the card or
// of files.
type certificates struct {
	w     *Window
	path  string // typed so far
	field *entry

	working bool
	entries []*shownCertificate
	ofCard  bool   // entries are from the card, not from files
	cardID  string // of that card
	gone    bool   // entries were taken away because that card left
	err     error  // why the last reading of the card came to nothing
	pages   pages
	drawn   cardStanding
}

// shownCertificate is a certificate in the room, or why a file has none.
type shownCertificate struct {
	*Certificate
	file string // "" = from the card
	err  error
	open bool // its details are unfolded
}

// cardStanding is what the room shows of the card.
type cardStanding struct {
	usable, reading bool
	id, title       string
}

func newCertificates(w *Window) *certificates { return &certificates{w: w} }

func (r *certificates) title() msg.Text     { return msg.RoomCertificates }
func (r *certificates) icon() fyne.Resource { return theme.AccountIcon() }

// cardChanged takes what was read from a card out of sight once that card is not there:
// name and address are nobody else's business.
func (r *certificates) cardChanged() {
	if r.ofCard && !r.holds(r.cardID) {
		r.clear()
		r.gone = true
	}
	if r.standing() != r.drawn {
		r.w.redraw(r)
	}
}

// holds tells whether the card in the reader is the one with that ID.
func (r *certificates) holds(id string) bool { return r.w.card.Usable() && r.w.card.ID == id }

func (r *certificates) standing() cardStanding {
	return cardStanding{r.w.card.Usable(), r.w.card.Reading, r.w.card.ID, r.w.cardTitle()}
}

func (r *certificates) clear() {
	r.entries, r.ofCard, r.gone, r.err, r.pages = nil, false, false, nil, pages{}
}

// readCard reads certificates of the card and shows them in place of what was shown.
func (r *certificates) readCard(why msg.Text, kinds ...string) {
	id, source := r.w.card.ID, r.w.source
	if r.working || !r.w.card.Usable() {
		return
	}
	r.working = true
	long(r.w, r.w.say(msg.CertReading), func(ctx context.Context, _ func(Progress)) ([]*Certificate, error) {
		return r.w.backend.Certificates(ctx, source, kinds, r.w.pinFunc(ctx, why))
	}, func(certs []*Certificate, err error) {
		r.working = false
		r.take(id, certs, err)
		if slices.Contains(kinds, "sign") {
			r.w.readCard() // the tries of its password may have changed
		}
	})
}

// take shows what was read from the card with that ID, if that is still there.
func (r *certificates) take(id string, certs []*Certificate, err error) {
	if gaveUp(err) {
		r.w.announceRoom()
		return
	}
	r.clear()
	switch {
	case err != nil:
		r.err = err
	case !r.holds(id):
		r.gone = true
	case len(certs) == 0:
		r.err = card.ErrNoCertificate
	default:
		r.ofCard, r.cardID = true, id
		for _, c := range certs {
			r.entries = append(r.entries, &shownCertificate{Certificate: c})
		}
	}
	r.tell()
}

func (r *certificates) dropped(files []string) {
	if r.working || len(files) == 0 {
		return
	}
	r.working = true
	long(r.w, r.w.say(msg.CertReading), func(ctx context.Context, show func(Progress)) ([]*shownCertificate, error) {
		return readFiles(ctx, r.w.backend.FileCertificates, files, show), nil
	}, func(entries []*shownCertificate, _ error) {
		r.working = false
		if len(entries) == 0 { // stopped
			r.w.announceRoom()
			return
		}
		r.clear()
		if r.entries = entries; entries[0].err == nil {
			r.path = ""
		}
		r.tell()
	})
}

// readFiles reads the certificates of files one after the other until ctx ends.
func readFiles(ctx context.Context, read func(context.Context, string) ([]*Certificate, error), files []string, show func(Progress)) []*shownCertificate {
	var entries []*shownCertificate
	for i, f := range files {
		show(Progress{File: f, Index: i, Count: len(files), Total: -1})
		certs, err := guarded(ctx, func(ctx context.Context) ([]*Certificate, error) { return read(ctx, f) })
		if ctx.Err() != nil {
			break
		}
		if err == nil && len(certs) == 0 {
			err = card.ErrNoCertificate
		}
		if err != nil {
			entries = append(entries, &shownCertificate{file: f, err: err})
		}
		for _, c := range certs {
			entries = append(entries, &shownCertificate{Certificate: c, file: f})
		}
	}
	return entries
}

// tell shows the room from its top and announces what it says.
func (r *certificates) tell() {
	r.w.announce(r.outcome())
	r.w.redraw(r)
	r.w.begin(r, nil)
}

// outcome is what came of the reading, in a line.
func (r *certificates) outcome() string {
	lang := r.w.settings.Lang
	switch {
	case r.err != nil:
		return msg.WindowError(lang, r.err).Message
	case r.gone:
		return r.w.say(msg.CertGone)
	case len(r.entries) == 1 && r.entries[0].err != nil:
		return msg.WindowError(lang, r.entries[0].err).Message
	case len(r.entries) == 1:
		return r.entries[0].Headline(lang)
	}
	return r.w.say(msg.CertShown, msg.Number(len(r.entries)))
}

package report

import (
	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// CardDocument is the result of jpki card (schema jpki.card/1).
type CardDocument struct {
	Schema       string           `json:"schema"`
	Reader       string           `json:"reader"`
	Kind         string           `json:"kind"`
	Label        string           `json:"label"`
	Certificates certificatesJSON `json:"certificates"`
	Tries        KeyTries         `json:"tries"`
}

type certificatesJSON struct {
	Sign bool `json:"sign"`
	Auth bool `json:"auth"`
}

// KeyTries has the tries of both PINs, in JSON; that of a key which the card lacks is
// null.
type KeyTries struct {
	Sign *Tries `json:"sign"`
	Auth *Tries `json:"auth"`
}

// Tries is how often a PIN may still be entered wrongly: Left times of Max.
type Tries struct {
	Left int `json:"left"`
	Max  int `json:"max"`
}

// CardJSON returns the document about the card in a reader. Tries has the tries left; a
// key that the card lacks has no entry.
func CardJSON(reader string, info *card.Info, tries map[card.Key]int) CardDocument {
	return CardDocument{
		Schema: "jpki.card/1", Reader: reader, Kind: kindName(info), Label: info.Label,
		Certificates: certificatesJSON{Sign: info.Sign, Auth: info.Auth},
		Tries:        KeyTries{newTries(card.SignKey, tries), newTries(card.AuthKey, tries)},
	}
}

func newTries(k card.Key, tries map[card.Key]int) *Tries {
	left, ok := tries[k]
	if !ok {
		return nil
	}
	return &Tries{Left: left, Max: card.MaxTries(k)}
}

// kindName is the kind of a card for scripts, and for [msg.CardKind].
func kindName(info *card.Info) string {
	if info.Practice {
		return "practice"
	}
	return string(info.Kind)
}

// CardRows are what a card shows to everybody: where it is, what it is, what it holds.
func CardRows(l msg.Lang, d CardDocument) []Row {
	return []Row{
		NewRow(l, msg.LabelReader, d.Reader),
		NewRow(l, msg.LabelKind, msg.CardKind(d.Kind).In(l)+msg.Brackets.In(l, d.Label)),
		NewRow(l, msg.LabelSignCert, present(l, d.Certificates.Sign)),
		NewRow(l, msg.LabelAuthCert, present(l, d.Certificates.Auth)),
		NewRow(l, msg.LabelSignPIN, TriesLeft(l, d.Tries.Sign)),
		NewRow(l, msg.LabelAuthPIN, TriesLeft(l, d.Tries.Auth)),
	}
}

func present(l msg.Lang, yes bool) string {
	if yes {
		return msg.Present.In(l)
	}
	return msg.Absent.In(l)
}

// TriesLeft says how often a PIN may still be entered wrongly; nil is that of a key which
// the card lacks.
func TriesLeft(l msg.Lang, t *Tries) string {
	switch {
	case t == nil:
		return msg.Absent.In(l)
	case t.Left == 0:
		return msg.TriesBlocked.In(l)
	case t.Left == 1:
		return msg.TriesLast.In(l, t.Max)
	}
	return msg.TriesLeft.In(l, t.Left, t.Max)
}

// BlockedHints say what to do about each PIN of d that is blocked.
func BlockedHints(l msg.Lang, d CardDocument) []string {
	var hints []string
	for _, k := range []card.Key{card.SignKey, card.AuthKey} {
		if t := d.Tries.of(k); t != nil && t.Left == 0 {
			hints = append(hints, msg.Error(l, &card.PINError{Key: k}).Hint)
		}
	}
	return hints
}

func (t KeyTries) of(k card.Key) *Tries {
	if k == card.SignKey {
		return t.Sign
	}
	return t.Auth
}

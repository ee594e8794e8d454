package report

import (
	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// PINDocument is the result of jpki pin status (schema jpki.pin/1).
type PINDocument struct {
	Schema string      `json:"schema"`
	Reader string      `json:"reader"`
	Kind   string      `json:"kind"`
	Tries  pinKeysJSON `json:"tries"`
	kind   card.Kind   // what a practice card plays, too
}

// pinKeysJSON has both PINs; that of a key which the card lacks is null.
type pinKeysJSON struct {
	Sign *pinKeyJSON `json:"sign"`
	Auth *pinKeyJSON `json:"auth"`
}

type pinKeyJSON struct {
	Tries
	Rule    string `json:"rule"`
	Blocked bool   `json:"blocked"`
}

// PINJSON returns the document about the PINs of the card in a reader. Tries has the tries
// left; a key that the card lacks has no entry.
func PINJSON(l msg.Lang, reader string, info *card.Info, tries map[card.Key]int) PINDocument {
	return PINDocument{
		Schema: "jpki.pin/1", Reader: reader, Kind: kindName(info), kind: info.Kind,
		Tries: pinKeysJSON{newPINKey(l, card.SignKey, info.Kind, tries), newPINKey(l, card.AuthKey, info.Kind, tries)},
	}
}

func newPINKey(l msg.Lang, k card.Key, kind card.Kind, tries map[card.Key]int) *pinKeyJSON {
	t := newTries(k, tries)
	if t == nil {
		return nil
	}
	return &pinKeyJSON{*t, msg.PINRule(k, kind).In(l), t.Left == 0}
}

// PINRows are the reader, the kind of card, and the rows of both PINs.
func PINRows(l msg.Lang, d PINDocument) []Row {
	rows := []Row{NewRow(l, msg.LabelReader, d.Reader), NewRow(l, msg.LabelKind, msg.CardKind(d.Kind).In(l))}
	rows = append(rows, PINKeyRows(l, d, card.SignKey)...)
	return append(rows, PINKeyRows(l, d, card.AuthKey)...)
}

// PINKeyRows tell of the PIN of k: the tries left under its name, and, if there is one,
// what it is for and its rule.
func PINKeyRows(l msg.Lang, d PINDocument, k card.Key) []Row {
	p := d.Tries.Sign
	if k == card.AuthKey {
		p = d.Tries.Auth
	}
	if p == nil {
		return []Row{NewRow(l, msg.KeyPIN(k), TriesLeft(l, nil))}
	}
	return []Row{
		NewRow(l, msg.KeyPIN(k), TriesLeft(l, &p.Tries)),
		NewRow(l, msg.LabelPINUse, msg.PINUse(k).In(l)),
		NewRow(l, msg.LabelPINRule, p.Rule),
	}
}

// PINRemedy says what to do about the PINs that are blocked; it is empty if none is.
func PINRemedy(l msg.Lang, d PINDocument) string {
	sign, auth := d.Tries.Sign.blocked(), d.Tries.Auth.blocked()
	if !sign && !auth {
		return ""
	}
	return msg.PINRemedy(d.kind, !(sign && auth)).In(l)
}

func (p *pinKeyJSON) blocked() bool { return p != nil && p.Blocked }

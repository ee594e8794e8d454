package report

import (
	"crypto/x509"
	"fmt"
	"strings"

	"github.com/jpki-desktop/jpki/sign/pki"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// ownerOf is the holder of a certificate, with nothing known where it does not say.
func ownerOf(cert *x509.Certificate) *pki.Owner {
	o, err := pki.ParseOwner(cert)
	if err != nil {
		return &pki.Owner{}
	}
	return o
}

// ownerRows are the four items that a signing certificate has of its holder.
func ownerRows(l msg.Lang, o *pki.Owner) []Row {
	rows := []Row{
		NewRow(l, msg.LabelName, o.Name),
		NewRow(l, msg.LabelBirth, birth(l, o.Birth)),
		NewRow(l, msg.LabelSex, sexText(o.Sex).In(l)),
		NewRow(l, msg.LabelAddress, o.Address),
	}
	rows[0].Marks = pki.Substituted(o.Name, o.NameSubstitutes)
	rows[3].Marks = pki.Substituted(o.Address, o.AddressSubstitutes)
	return rows
}

// holderRows are the same with words on what is marked, and on what cannot be read.
func holderRows(l msg.Lang, o *pki.Owner) []Row {
	rows := ownerRows(l, o)
	for i := range rows {
		rows[i].Note = substituteNote(l, rows[i])
	}
	if len(o.Problems) > 0 {
		rows = append(rows, NewRow(l, msg.LabelProblems, msg.OwnerProblems.In(l, strings.Join(o.Problems, " "))))
	}
	return rows
}

// substituteNote says which letters of r stand for others.
func substituteNote(l msg.Lang, r Row) string {
	if len(r.Marks) == 0 {
		return ""
	}
	letters, notes := []rune(r.Value), []string{}
	for _, i := range r.Marks {
		notes = append(notes, msg.SubstituteLetter.In(l, i+1, string(letters[i])))
	}
	return msg.Substitutes.In(l, strings.Join(notes, msg.Separator.In(l)))
}

func sexText(s pki.Sex) msg.Text {
	switch s {
	case pki.Male:
		return msg.SexMale
	case pki.Female:
		return msg.SexFemale
	}
	return msg.SexUnknown
}

// birth is a date of birth for people; what cannot be read is shown as it stands.
func birth(l msg.Lang, b pki.Birth) string {
	if b.Year == 0 {
		return b.Text
	}
	return msg.Day(l, b.Year, int(b.Month), b.Day)
}

type holderJSON struct {
	Name        string           `json:"name"`
	Sex         string           `json:"sex"`
	BirthDate   string           `json:"birth_date"`
	Address     string           `json:"address"`
	Substitutes []substituteJSON `json:"substitutes"`
	Problems    []string         `json:"problems"`
}

// substituteJSON is a letter that stands for one that the certificate cannot hold.
type substituteJSON struct {
	Field    string `json:"field"`    // name or address
	Position int    `json:"position"` // in letters, from 1
	Letter   string `json:"letter"`
}

func newHolder(o *pki.Owner) *holderJSON {
	if o == nil {
		return nil
	}
	return &holderJSON{
		Name: o.Name, Sex: sexName(o.Sex), BirthDate: isoDate(o.Birth), Address: o.Address,
		Substitutes: append(newSubstitutes("name", o.Name, o.NameSubstitutes), newSubstitutes("address", o.Address, o.AddressSubstitutes)...),
		Problems:    append([]string{}, o.Problems...),
	}
}

func newSubstitutes(field, text, marks string) []substituteJSON {
	out := []substituteJSON{}
	letters := []rune(text)
	for _, i := range pki.Substituted(text, marks) {
		out = append(out, substituteJSON{field, i + 1, string(letters[i])})
	}
	return out
}

// sexName is 性別 for scripts; empty if the certificate does not say.
func sexName(s pki.Sex) string {
	switch s {
	case pki.Male:
		return "male"
	case pki.Female:
		return "female"
	case pki.SexUnknown:
		return "unknown"
	}
	return ""
}

// isoDate is a date of birth for scripts: YYYY-MM-DD, shorter if less is known.
func isoDate(b pki.Birth) string {
	switch {
	case b.Year == 0:
		return ""
	case b.Month == 0:
		return fmt.Sprintf("%04d", b.Year)
	case b.Day == 0:
		return fmt.Sprintf("%04d-%02d", b.Year, b.Month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", b.Year, b.Month, b.Day)
}

package cmd

import (
	"crypto/x509"
	"fmt"

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
func (a *app) ownerRows(o *pki.Owner) []row {
	return []row{
		{a.say(msg.LabelName), o.Name},
		{a.say(msg.LabelBirth), a.birth(o.Birth)},
		{a.say(msg.LabelSex), a.say(sexText(o.Sex))},
		{a.say(msg.LabelAddress), o.Address},
	}
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

// birth is a date of birth for people; what cannot be read is shown as it stands.
func (a *app) birth(b pki.Birth) string {
	if b.Year == 0 {
		return b.Text
	}
	return msg.Day(a.lang, b.Year, int(b.Month), b.Day)
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

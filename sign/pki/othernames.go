package pki

import (
	"crypto/x509"
	"encoding/asn1"

	"golang.org/x/crypto/cryptobyte"
	casn1 "golang.org/x/crypto/cryptobyte/asn1"
)

// otherNames collects the owner's fields from a GeneralNames, with what was wrong.
func otherNames(der []byte) (texts map[string]string, problems []string) {
	texts = map[string]string{}
	names := cryptobyte.String(der)
	if !names.ReadASN1(&names, casn1.SEQUENCE) {
		return texts, nil
	}
	for !names.Empty() {
		var name cryptobyte.String
		var tag casn1.Tag
		if !names.ReadAnyASN1(&name, &tag) {
			break
		}
		field, value := ownerField(name, tag)
		if field == "" {
			continue
		}
		text, ok := plainText(value)
		if !ok {
			problems = append(problems, field+"_malformed")
		}
		if _, repeated := texts[field]; repeated {
			problems = append(problems, field+"_repeated")
		} else if ok || text != "" {
			texts[field] = text
		}
	}
	return texts, problems
}

// ownerField returns which of the fields an otherName is, empty for none, and the DER of
// its value.
func ownerField(name cryptobyte.String, tag casn1.Tag) (field string, value cryptobyte.String) {
	context0 := casn1.Tag(0).ContextSpecific().Constructed()
	var id asn1.ObjectIdentifier
	n := len(ownerArc)
	if tag != context0 || !name.ReadASN1ObjectIdentifier(&id) ||
		len(id) != n+1 || !id[:n].Equal(ownerArc) || id[n] < 1 || id[n] > len(ownerFields) {
		return "", nil
	}
	if !name.ReadASN1(&value, context0) {
		value = nil
	}
	return ownerFields[id[n]-1], value
}

// plainText reads a UTF8String. Text that is not what it should be comes as far as it
// can be shown, with ok false.
func plainText(der cryptobyte.String) (text string, ok bool) {
	var value cryptobyte.String
	if !der.ReadASN1(&value, casn1.UTF8String) || !der.Empty() {
		return "", false
	}
	text = printable(string(value))
	return text, text == string(value)
}

// extensionValue returns the value of an extension, nil if cert has none such.
func extensionValue(cert *x509.Certificate, id asn1.ObjectIdentifier) []byte {
	for _, e := range cert.Extensions {
		if e.Id.Equal(id) {
			return e.Value
		}
	}
	return nil
}

package testca

import (
	"crypto"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"fmt"
	"math/big"
	"slices"
	"time"

	"golang.org/x/crypto/cryptobyte"
	casn1 "golang.org/x/crypto/cryptobyte/asn1"
)

// template is a certificate in the making. Whatever is still empty when the options have
// been applied gets its value from the profile.
type template struct {
	organization, unit  string
	key                 crypto.Signer // an authority's own
	serial              *big.Int
	notBefore, notAfter time.Time
	birth               string
	subject, issuer     []byte // DER of a Name
	extensions          []pkix.Extension
	algorithm           x509.SignatureAlgorithm
	broken              bool
	err                 error // the first error of an extension
}

func (t *template) add(id asn1.ObjectIdentifier, critical bool, build func(*cryptobyte.Builder)) {
	e, err := extension(id, critical, build)
	if err != nil && t.err == nil {
		t.err = err
	}
	t.put(e)
}

func (t *template) put(e pkix.Extension) {
	i := slices.IndexFunc(t.extensions, func(x pkix.Extension) bool { return x.Id.Equal(e.Id) })
	if i < 0 {
		t.extensions = append(t.extensions, e)
		return
	}
	t.extensions[i] = e
}

func (t *template) remove(id asn1.ObjectIdentifier) {
	t.extensions = slices.DeleteFunc(t.extensions, func(x pkix.Extension) bool { return x.Id.Equal(id) })
}

// authority fills t for a certificate of ours (issuer nil: a root) and applies opts.
func (t *template) authority(issuer *CA, opts []Option) error {
	t.unit = signingUnit
	t.put(pkix.Extension{Id: ExtKeyUsage, Critical: true, Value: keyUsage(x509.KeyUsageCertSign | x509.KeyUsageCRLSign)})
	t.add(ExtBasicConstraints, true, basicConstraints(true, -1))
	if issuer != nil {
		t.add(ExtAuthorityKeyID, false, authorityKeyID(issuer.Cert))
	}
	t.apply(opts)
	if t.subject == nil {
		t.subject = authorityName(t.organization, t.unit)
	}
	if t.notAfter.IsZero() {
		y, m, d := t.notBefore.In(tokyo).Date()
		t.notAfter = time.Date(y+10, m, d-1, 23, 59, 59, 0, tokyo)
	}
	return t.err
}

// signing fills t as JPKI fills a signing certificate, and applies opts.
func (t *template) signing(ca *CA, o Owner, opts []Option) error {
	san, err := o.generalNames()
	if err != nil {
		return fmt.Errorf("encoding owner: %w", err)
	}
	usage := keyUsage(x509.KeyUsageDigitalSignature | x509.KeyUsageContentCommitment)
	t.subject = Name("C", "JP", "L", o.Locality, "CN", opaque())
	t.put(pkix.Extension{Id: ExtKeyUsage, Critical: true, Value: usage})
	t.add(ExtPolicies, true, policies([]asn1.ObjectIdentifier{PolicySigningTest}))
	t.put(pkix.Extension{Id: ExtSubjectAltName, Value: san})
	t.leaf(ca, o.Locality+" CRLDP")
	t.apply(opts)
	return t.err
}

// authentication fills t as JPKI fills an authentication certificate, and applies opts.
func (t *template) authentication(ca *CA, opts []Option) error {
	t.subject = Name("C", "JP", "CN", opaque())
	t.put(pkix.Extension{Id: ExtKeyUsage, Critical: true, Value: keyUsage(x509.KeyUsageDigitalSignature)})
	t.add(ExtExtendedKeyUsage, false, func(b *cryptobyte.Builder) {
		b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) { b.AddASN1ObjectIdentifier(purposeClientAuth) })
	})
	t.add(ExtPolicies, true, policies([]asn1.ObjectIdentifier{PolicyAuthTest}))
	t.leaf(ca, "Authentication CRLDP")
	t.apply(opts)
	return t.err
}

// leaf adds what both kinds of a resident's certificates have; entry is the last part of
// the directory name at which their CRL would be.
func (t *template) leaf(ca *CA, entry string) {
	t.add(ExtIssuerAltName, false, issuerAltName(Name("C", "JP", "O", "練習用認証局", "OU", "どこにも通用しません")))
	t.add(ExtCRLDistribution, false, distributionPoint(ca.distributionName(entry)))
	t.add(ExtAuthorityKeyID, false, authorityKeyID(ca.Cert))
}

// distributionName is the directory name of an entry in which there is a CRL of ca.
func (ca *CA) distributionName(entry string) []byte {
	o := Practice
	if got := ca.Cert.Subject.Organization; len(got) > 0 {
		o = got[0]
	}
	return Name("C", "JP", "O", o, "OU", distributionUnit, "CN", entry)
}

func (t *template) apply(opts []Option) {
	for _, o := range opts {
		o(t)
	}
}

// Name encodes a distinguished name from pairs of a type (C, O, OU, L, CN) and a value,
// in the order of the encoding: country first. It panics at another type.
func Name(pairs ...string) []byte {
	types := map[string]int{"CN": 3, "C": 6, "L": 7, "O": 10, "OU": 11}
	var rdns pkix.RDNSequence
	for pair := range slices.Chunk(pairs, 2) {
		arc, ok := types[pair[0]]
		if !ok {
			panic("testca: unknown attribute type " + pair[0])
		}
		rdns = append(rdns, pkix.RelativeDistinguishedNameSET{{
			Type: asn1.ObjectIdentifier{2, 5, 4, arc}, Value: pair[1],
		}})
	}
	der, err := asn1.Marshal(rdns)
	if err != nil {
		panic(err) // a value that is not UTF-8
	}
	return der
}

// authorityName is the four-part name that all generations of an authority of JPKI have.
func authorityName(organization, unit string) []byte {
	operator := realOperator
	if organization == Practice {
		operator = practiceOperator
	}
	return Name("C", "JP", "O", organization, "OU", unit, "OU", operator)
}

// opaque returns a common name that says nothing, as JPKI's certificates have one.
func opaque() string {
	return rand.Text()
}

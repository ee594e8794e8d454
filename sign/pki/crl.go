package pki

import (
	"bytes"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"errors"
	"math/big"
	"time"

	"golang.org/x/crypto/cryptobyte"
	casn1 "golang.org/x/crypto/cryptobyte/asn1"
)

// MaxCRL is the number of octets that a file of CRLs may have.
const MaxCRL = 64 << 20

// maxCRLs limits the CRLs of one file.
const maxCRLs = 64

var (
	oidCRLNumber    = asn1.ObjectIdentifier{2, 5, 29, 20}
	oidDeltaCRL     = asn1.ObjectIdentifier{2, 5, 29, 27}
	oidIssuingPoint = asn1.ObjectIdentifier{2, 5, 29, 28}
	oidExpiredOnCRL = asn1.ObjectIdentifier{2, 5, 29, 60} // X.509 section 9.5.2.8
	errMalformedCRL = errors.New("malformed CRL")
)

// crl is a certificate revocation list (RFC 5280 section 5). Its entries stay as they
// are: there may be a million, and few are ever asked for.
type crl struct {
	file                   string
	raw                    []byte
	issuer                 string // key of its name
	keyID                  []byte
	thisUpdate, nextUpdate time.Time
	entries                cryptobyte.String
	number, base           *big.Int // base: this is a delta CRL, with the changes since that number
	scope                  *scope   // nil = every certificate of the issuer
	rawScope               []byte
	expiredSince           time.Time // keeps entries of certificates that expired after this; zero = of none
	critical               string    // a critical extension that is not understood, of the list or an entry
	signed
}

// parseCRLs reads the CRLs of a file, in PEM (RFC 7468: blocks of other kinds are passed
// over) or DER, one after the other.
func parseCRLs(file string, data []byte) (all []*crl, err error) {
	split := splitDER
	if bytes.Contains(data, []byte("-----BEGIN X509 CRL-----")) {
		split = splitPEMList
	}
	for der, rest := split(data); der != nil; der, rest = split(rest) {
		l, err := parseCRL(file, der)
		if err != nil || len(all) == maxCRLs {
			return nil, errMalformedCRL
		}
		all = append(all, l)
	}
	if len(all) == 0 {
		return nil, errMalformedCRL
	}
	return all, nil
}

func splitPEMList(data []byte) (der, rest []byte) {
	for block, rest := pem.Decode(data); block != nil; block, rest = pem.Decode(rest) {
		if block.Type == "X509 CRL" {
			return block.Bytes, rest
		}
	}
	return nil, nil
}

func parseCRL(file string, der cryptobyte.String) (*crl, error) {
	l := &crl{file: file, raw: der}
	var outer cryptobyte.String
	whole := der.ReadASN1(&outer, casn1.SEQUENCE) && der.Empty()
	tbs, algorithm, ok := l.readSigned(&outer)
	if !whole || !ok || !outer.Empty() {
		return nil, errMalformedCRL
	}
	issuer, ok := l.header(&tbs, algorithm)
	var extensions cryptobyte.String
	var present bool
	if !ok || !tbs.ReadOptionalASN1(&l.entries, nil, casn1.SEQUENCE) ||
		!tbs.ReadOptionalASN1(&extensions, &present, context0) || !tbs.Empty() {
		return nil, errMalformedCRL
	}
	if present && !eachExtension(extensions, func(e pkix.Extension) bool { return l.extension(e, issuer) }) ||
		!l.checkEntries() {
		return nil, errMalformedCRL
	}
	return l, nil
}

// header reads what comes before the entries.
func (l *crl) header(tbs *cryptobyte.String, algorithm []byte) (issuer directory, ok bool) {
	var version int
	var inner, name cryptobyte.String
	if tbs.PeekASN1Tag(casn1.INTEGER) && (!tbs.ReadASN1Integer(&version) || version != 1) ||
		!tbs.ReadASN1Element(&inner, casn1.SEQUENCE) || !bytes.Equal(inner, algorithm) ||
		!tbs.ReadASN1Element(&name, casn1.SEQUENCE) || !readTime(tbs, &l.thisUpdate) {
		return nil, false
	}
	issuer = distinguishedName(name)
	l.issuer = issuer.key()
	more := tbs.PeekASN1Tag(casn1.UTCTime) || tbs.PeekASN1Tag(casn1.GeneralizedTime)
	return issuer, !more || readTime(tbs, &l.nextUpdate)
}

// extension takes over what an extension of the list says.
func (l *crl) extension(e pkix.Extension, issuer directory) (ok bool) {
	value := cryptobyte.String(e.Value)
	switch {
	case e.Id.Equal(oidAuthorityKeyID):
		l.keyID, ok = keyIdentifier(value)
	case e.Id.Equal(oidCRLNumber):
		l.number = new(big.Int)
		ok = value.ReadASN1Integer(l.number) && value.Empty()
	case e.Id.Equal(oidDeltaCRL):
		l.base = new(big.Int)
		ok = value.ReadASN1Integer(l.base) && value.Empty()
	case e.Id.Equal(oidIssuingPoint):
		l.rawScope = e.Value
		l.scope, ok = readScope(e.Value, issuer)
	case e.Id.Equal(oidExpiredOnCRL):
		ok = value.ReadASN1GeneralizedTime(&l.expiredSince) && value.Empty()
	default:
		ok = true
		if e.Critical {
			l.critical = e.Id.String()
		}
	}
	return ok
}

// keyIdentifier reads the key identifier of an AuthorityKeyIdentifier, nil if it has none.
func keyIdentifier(value cryptobyte.String) ([]byte, bool) {
	var id cryptobyte.String
	ok := value.ReadASN1(&value, casn1.SEQUENCE) && value.ReadOptionalASN1(&id, nil, casn1.Tag(0).ContextSpecific())
	return id, ok
}

// eachExtension calls f with each extension of an Extensions, until one is not ok.
func eachExtension(der cryptobyte.String, f func(pkix.Extension) bool) bool {
	var list cryptobyte.String
	if !der.ReadASN1(&list, casn1.SEQUENCE) || !der.Empty() {
		return false
	}
	seen := map[string]bool{}
	for !list.Empty() {
		var one, value cryptobyte.String
		var e pkix.Extension
		if !list.ReadASN1(&one, casn1.SEQUENCE) || !one.ReadASN1ObjectIdentifier(&e.Id) ||
			one.PeekASN1Tag(casn1.BOOLEAN) && !one.ReadASN1Boolean(&e.Critical) ||
			!one.ReadASN1(&value, casn1.OCTET_STRING) || !one.Empty() || seen[e.Id.String()] {
			return false
		}
		e.Value = value
		seen[e.Id.String()] = true
		if !f(e) {
			return false
		}
	}
	return true
}

func readTime(der *cryptobyte.String, t *time.Time) bool {
	if der.PeekASN1Tag(casn1.UTCTime) {
		return der.ReadASN1UTCTime(t)
	}
	return der.ReadASN1GeneralizedTime(t)
}

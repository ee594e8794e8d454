package testca

import (
	"bytes"
	"crypto"
	"crypto/rand"
	"crypto/sha256"
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

// PolicyTSA is the policy of our tokens: an example, as RFC 7229 sets aside.
var PolicyTSA = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 13, 1}

var (
	purposeTimestamping = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 3, 8}
	oidSignedData       = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2}
	oidTSTInfo          = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 1, 4}
	oidContentType      = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 3}
	oidMessageDigest    = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 4}
	oidSigningCertV2    = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 47}
)

// IssueTSA issues the certificate of a time-stamp authority for pub: its purpose is
// time-stamping, critical and alone (RFC 3161 section 2.3). It lives for ten years.
func (ca *CA) IssueTSA(pub crypto.PublicKey, opts ...Option) (*x509.Certificate, error) {
	from := now()
	t := &template{organization: Practice, notBefore: from, notAfter: from.AddDate(10, 0, 0)}
	t.subject = Name("C", "JP", "O", Practice, "CN", "Practice time-stamp authority")
	t.put(pkix.Extension{Id: ExtKeyUsage, Critical: true, Value: keyUsage(x509.KeyUsageDigitalSignature)})
	t.add(ExtExtendedKeyUsage, true, Purposes(purposeTimestamping))
	t.add(ExtAuthorityKeyID, false, authorityKeyID(ca.Cert))
	t.apply(opts)
	if t.err != nil {
		return nil, t.err
	}
	return t.issue(ca, pub)
}

// Purposes writes the value of an extended key usage, for a [cryptobyte.Builder].
func Purposes(ids ...asn1.ObjectIdentifier) func(*cryptobyte.Builder) {
	return func(b *cryptobyte.Builder) {
		b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
			for _, id := range ids {
				b.AddASN1ObjectIdentifier(id)
			}
		})
	}
}

// WithPurposes sets the extended key usage.
func WithPurposes(critical bool, ids ...asn1.ObjectIdentifier) Option {
	return func(t *template) { t.add(ExtExtendedKeyUsage, critical, Purposes(ids...)) }
}

// TSA is a time-stamp authority (RFC 3161). The zero values of the fields after Key make
// a right answer; the others spoil it. No verb of package fmt prints the key.
type TSA struct {
	Cert *x509.Certificate
	Key  crypto.Signer

	Now      func() time.Time // nil = the present
	Accuracy time.Duration    // whole seconds; 0 = not told
	Ordering bool

	Status        int    // of PKIStatus: 1 with a token, 2 and more without
	Failure       int    // bit of PKIFailureInfo, with a status of 2 and more; 0 is badAlg
	Text          string // statusString
	NonceOff      int64  // added to the nonce
	NoNonce       bool
	ImprintFlip   byte // changes the first byte of the digest
	NoCertificate bool // even if one is asked for
	BadSignature  bool
	Extra         []pkix.Extension // of the TSTInfo
	Spoil         func(response []byte) []byte
}

// NewTSA makes an authority with a certificate of ca.
func (ca *CA) NewTSA(key crypto.Signer, opts ...Option) (*TSA, error) {
	cert, err := ca.IssueTSA(key.Public(), opts...)
	if err != nil {
		return nil, err
	}
	return &TSA{Cert: cert, Key: key}, nil
}

// Format writes the subject of the authority, whatever the verb.
func (a *TSA) Format(s fmt.State, _ rune) {
	fmt.Fprint(s, a.Cert.Subject.String())
}

// tsaRequest is a TimeStampReq (RFC 3161 section 2.4.1).
type tsaRequest struct {
	Version    int
	Imprint    tsaImprint
	Policy     asn1.ObjectIdentifier `asn1:"optional"`
	Nonce      *big.Int              `asn1:"optional"`
	CertReq    bool                  `asn1:"optional"`
	Extensions []pkix.Extension      `asn1:"tag:0,optional"`
}

type tsaImprint struct {
	Algorithm pkix.AlgorithmIdentifier
	Digest    []byte
}

// Respond answers a TimeStampReq with a TimeStampResp. A request that cannot be read is
// refused with badDataFormat.
func (a *TSA) Respond(request []byte) ([]byte, error) {
	var r tsaRequest
	rest, err := asn1.Unmarshal(request, &r)
	if err != nil || len(rest) > 0 || r.Version != 1 {
		return refuse(2, 5, "request not understood"), nil
	}
	if a.Status > 1 {
		return refuse(a.Status, a.Failure, a.Text), nil
	}
	token, err := a.token(&r)
	if err != nil {
		return nil, err
	}
	response := der(casn1.SEQUENCE, der(casn1.SEQUENCE, integer(big.NewInt(int64(a.Status)))), token)
	if a.Spoil != nil {
		response = a.Spoil(response)
	}
	return response, nil
}

// refuse is a TimeStampResp without a token.
func refuse(status, failure int, text string) []byte {
	info := [][]byte{integer(big.NewInt(int64(status)))}
	if text != "" {
		info = append(info, der(casn1.SEQUENCE, der(casn1.UTF8String, []byte(text))))
	}
	bits := make([]byte, failure/8+1)
	bits[failure/8] = 0x80 >> (failure % 8)
	info = append(info, der(casn1.BIT_STRING, []byte{byte(7 - failure%8)}, bits))
	return der(casn1.SEQUENCE, der(casn1.SEQUENCE, info...))
}

// token signs a TSTInfo (RFC 3161 section 2.4.2).
func (a *TSA) token(r *tsaRequest) ([]byte, error) {
	info, err := a.info(r)
	if err != nil {
		return nil, err
	}
	signerInfo, err := a.sign(info)
	if err != nil {
		return nil, fmt.Errorf("signing time-stamp: %w", err)
	}
	content := der(casn1.SEQUENCE, object(oidTSTInfo), der(explicit(0), der(casn1.OCTET_STRING, info)))
	parts := [][]byte{integer(big.NewInt(3)), der(casn1.SET, der(casn1.SEQUENCE, object(oidSHA256))), content}
	if r.CertReq && !a.NoCertificate {
		parts = append(parts, der(explicit(0), a.Cert.Raw))
	}
	parts = append(parts, der(casn1.SET, signerInfo))
	return der(casn1.SEQUENCE, object(oidSignedData), der(explicit(0), der(casn1.SEQUENCE, parts...))), nil
}

// info is the TSTInfo for a request.
func (a *TSA) info(r *tsaRequest) ([]byte, error) {
	imprint := tsaImprint{r.Imprint.Algorithm, slices.Clone(r.Imprint.Digest)}
	if len(imprint.Digest) > 0 {
		imprint.Digest[0] ^= a.ImprintFlip
	}
	encoded, err := asn1.Marshal(imprint)
	if err != nil {
		return nil, fmt.Errorf("encoding digest: %w", err)
	}
	at := time.Now()
	if a.Now != nil {
		at = a.Now()
	}
	policy := PolicyTSA
	if r.Policy != nil {
		policy = r.Policy
	}
	parts := [][]byte{integer(big.NewInt(1)), object(policy), encoded, integer(randomSerial()),
		der(casn1.GeneralizedTime, []byte(at.UTC().Format("20060102150405Z")))}
	if a.Accuracy > 0 {
		parts = append(parts, der(casn1.SEQUENCE, integer(big.NewInt(int64(a.Accuracy/time.Second)))))
	}
	if a.Ordering {
		parts = append(parts, der(casn1.BOOLEAN, []byte{0xFF}))
	}
	if r.Nonce != nil && !a.NoNonce {
		parts = append(parts, integer(new(big.Int).Add(r.Nonce, big.NewInt(a.NonceOff))))
	}
	extra, err := a.extensions()
	return der(casn1.SEQUENCE, append(parts, extra)...), err
}

func (a *TSA) extensions() ([]byte, error) {
	var all [][]byte
	for _, e := range a.Extra {
		one, err := asn1.Marshal(e)
		if err != nil {
			return nil, fmt.Errorf("encoding extension: %w", err)
		}
		all = append(all, one)
	}
	if all == nil {
		return nil, nil
	}
	return der(explicit(1), all...), nil
}

// sign makes the SignerInfo over a TSTInfo, whose attributes bind the certificate (RFC
// 5816 section 2.2.1).
func (a *TSA) sign(info []byte) ([]byte, error) {
	sum, id := sha256.Sum256(info), sha256.Sum256(a.Cert.Raw)
	attributes := [][]byte{
		attribute(oidContentType, object(oidTSTInfo)),
		attribute(oidMessageDigest, der(casn1.OCTET_STRING, sum[:])),
		attribute(oidSigningCertV2, der(casn1.SEQUENCE, der(casn1.SEQUENCE, der(casn1.SEQUENCE, der(casn1.OCTET_STRING, id[:]))))),
	}
	slices.SortFunc(attributes, bytes.Compare)
	digest := sha256.Sum256(der(casn1.SET, attributes...))
	signature, err := a.Key.Sign(rand.Reader, digest[:], crypto.SHA256)
	if err != nil {
		return nil, err
	}
	if a.BadSignature {
		signature[len(signature)-1] ^= 1
	}
	algorithm, _, err := signatureAlgorithm(a.Key.Public(), 0)
	if err != nil {
		return nil, err
	}
	encoded, err := asn1.Marshal(algorithm)
	return der(casn1.SEQUENCE, integer(big.NewInt(1)),
		der(casn1.SEQUENCE, a.Cert.RawIssuer, integer(a.Cert.SerialNumber)),
		der(casn1.SEQUENCE, object(oidSHA256)), der(explicit(0), attributes...),
		encoded, der(casn1.OCTET_STRING, signature)), err
}

func attribute(id asn1.ObjectIdentifier, value []byte) []byte {
	return der(casn1.SEQUENCE, object(id), der(casn1.SET, value))
}

func explicit(n casn1.Tag) casn1.Tag { return n.ContextSpecific().Constructed() }

// der is the element with parts as contents.
func der(tag casn1.Tag, parts ...[]byte) []byte {
	var b cryptobyte.Builder
	b.AddASN1(tag, func(b *cryptobyte.Builder) { b.AddBytes(slices.Concat(parts...)) })
	return b.BytesOrPanic()
}

func integer(n *big.Int) []byte {
	var b cryptobyte.Builder
	b.AddASN1BigInt(n)
	return b.BytesOrPanic()
}

func object(id asn1.ObjectIdentifier) []byte {
	var b cryptobyte.Builder
	b.AddASN1ObjectIdentifier(id)
	return b.BytesOrPanic()
}

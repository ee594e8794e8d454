package job

import (
	"context"
	"crypto/x509"
	"io"
	"time"

	"github.com/jpki-desktop/jpki/sign"
	"github.com/jpki-desktop/jpki/sign/pki"
)

// Trust says which authorities count beside JPKI's own, and who is asked whether
// certificates were revoked.
type Trust struct {
	Anchors  []string // files of CA certificates that the user trusts
	Certs    []string // files of further CA certificates, trusted in nothing
	Practice bool     // the practice authorities count
	Reader   string   // "emu:FILE" adds the authority of that practice card to Practice
	CRLs     []string // files of revocation lists
	OCSP     string   // address of a responder, "auto" = the one in the certificate, "" = none
}

// judge is a store that also knows certificates which the user has at hand.
type judge struct {
	*pki.Store
	certs []*x509.Certificate
}

func (j *judge) Judge(ctx context.Context, cert *x509.Certificate, others []*x509.Certificate, at time.Time) sign.Certification {
	return j.Store.Judge(ctx, cert, append(others[:len(others):len(others)], j.certs...), at)
}

// judge trusts the pinned anchors and those of t.
func (t *Trust) judge() (*judge, error) {
	anchors := pki.Pinned()
	if t.Practice {
		anchors = append(anchors, practiceAnchors(t.Reader)...)
	}
	named, err := readCertificates(t.Anchors)
	if err != nil {
		return nil, err
	}
	for _, cert := range named {
		anchors = append(anchors, pki.UserAnchor(cert))
	}
	certs, err := readCertificates(t.Certs)
	if err != nil {
		return nil, err
	}
	revocations, err := t.revocations()
	if err != nil {
		return nil, err
	}
	return &judge{pki.NewStore(anchors...).With(revocations), certs}, nil
}

// revocations reads the files of revocation lists.
func (t *Trust) revocations() (*pki.Revocations, error) {
	r := &pki.Revocations{OCSP: t.OCSP}
	for _, path := range t.CRLs {
		data, err := readSmall(path, pki.MaxCRL) // the one too many is for pki to refuse
		if err != nil {
			return nil, err
		}
		r.CRLs = append(r.CRLs, pki.CRL{Name: path, Data: data})
	}
	return r, nil
}

// maxAnchorFile is the most bytes of a file of CA certificates.
const maxAnchorFile = 1 << 20

// readCertificates reads files of certificates.
func readCertificates(paths []string) ([]*x509.Certificate, error) {
	var all []*x509.Certificate
	for _, path := range paths {
		data, err := readSmall(path, maxAnchorFile)
		if err != nil {
			return nil, err
		}
		certs, err := pki.ParseCertificates(data)
		if err != nil || len(data) > maxAnchorFile {
			return nil, fail("anchor_unreadable", err, path)
		}
		all = append(all, certs...)
	}
	return all, nil
}

// readSmall reads the file at path, but not more than one byte over the limit.
func readSmall(path string, limit int64) ([]byte, error) {
	in, err := openInput(context.Background(), path, nil, nil)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	data, err := io.ReadAll(io.LimitReader(in, limit+1))
	return data, reading(path, err)
}

// CheckCertificate judges c for the purpose of its kind at the time at: the answer is a
// signature's without a document. Others are certificates that came with it.
func CheckCertificate(ctx context.Context, c *Certificate, others []*Certificate, t *Trust, at time.Time) (*sign.Signature, error) {
	j, err := t.judge()
	if err != nil {
		return nil, err
	}
	var pool []*x509.Certificate
	for _, other := range others {
		if other.Whole {
			pool = append(pool, other.Certificate)
		}
	}
	j.Store = j.For(purposes[c.Kind])
	certification := j.Judge(ctx, c.Certificate, pool, at)
	s := &sign.Signature{
		Signer: c.Certificate, Chain: certification.Chain, Anchor: certification.Anchor,
		Revocation: certification.Revocation, Status: certification.Status, Findings: certification.Findings,
	}
	for i, f := range s.Findings {
		// A signature may be older than the end of its certificate; a certificate is not.
		if f.Code == pki.SignerExpired {
			s.Findings[i].Code, s.Findings[i].Verdict = "certificate_expired", sign.Failed
		}
	}
	if at.Before(earliest) {
		s.Findings = append(s.Findings, sign.Finding{Code: "clock_behind", Verdict: sign.Indeterminate, Time: at})
	}
	s.Settle(&sign.VerifyOptions{})
	return s, nil
}

// purposes are what certificates are judged for. Of others only the path counts.
var purposes = map[Kind]pki.Use{SignCert: pki.UseSign, AuthCert: pki.UseAuth, SignCA: pki.UseAny, AuthCA: pki.UseAny, Other: pki.UseAny}

// earliest is a time before which no clock is right: this was written after it.
var earliest = time.Date(2026, time.November, 1, 0, 0, 0, 0, time.UTC)

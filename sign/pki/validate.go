package pki

import (
	"crypto/x509"
	"encoding/asn1"
	"fmt"
	"slices"
	"time"

	"github.com/jpki-desktop/jpki/sign"
)

// validation is the state of RFC 5280 section 6.1 while it goes down a path, and all
// that it has found. Signatures and the names that link certificates are checked when
// the path is built; revocation (6.1.3 (a)(3)) belongs beside inspect when there is any
// to check.
type validation struct {
	at       time.Time
	room     int // authorities that may still follow
	policy   *policyState
	names    nameState
	findings []sign.Finding
}

// validate validates a path with an anchor.
func validate(p path, in policyInput, at time.Time) []sign.Finding {
	v := &validation{at: at, room: len(p.certs), policy: newPolicyState(in, len(p.certs))}
	if !p.itself() {
		v.start(p.anchor)
	}
	for i, cert := range slices.Backward(p.certs) {
		last := i == 0
		v.inspect(cert, last)
		v.constrain(cert, last)
		if !last {
			v.prepare(cert)
		}
	}
	return v.findings
}

// start takes over what the anchor's own certificate demands, which RFC 5280 leaves open
// (section 6.2) and RFC 5937 section 3.2 describes.
func (v *validation) start(a *Anchor) {
	v.period(a.NotBefore, a.NotAfter, a.Name, false)
	v.strength(a.Key, a.Name)
	if a.Cert == nil {
		return
	}
	if a.Cert.Version == 3 {
		v.authority(a.Cert)
	}
	v.extensions(a.Cert)
	v.names.add(a.Cert)
	v.limit(a.Cert)
}

// inspect looks at what is in cert alone.
func (v *validation) inspect(cert *x509.Certificate, last bool) {
	name := ""
	if !last {
		name = SubjectText(cert)
	}
	v.period(cert.NotBefore, cert.NotAfter, name, last)
	v.extensions(cert)
	v.strength(cert.PublicKey, name)
	if weaklySigned(cert) {
		v.report(failed(WeakCertificateSignature, cert.SignatureAlgorithm.String()))
	}
}

func (v *validation) period(from, to time.Time, name string, signer bool) {
	early, late := failed(IssuerNotYetValid, name), indeterminate(IssuerExpired, name)
	if signer {
		// Whatever is judged at a time existed then, so that it was made before its
		// certificate: ETSI EN 319 102-1 calls that TOTAL-FAILED, NOT_YET_VALID.
		early, late = failed(SignerNotYetValid, name), indeterminate(SignerExpired, name)
	}
	early.Time, late.Time = from, to
	if v.at.Before(from) {
		v.report(early)
	}
	if v.at.After(to) {
		v.report(late)
	}
}

// processed are the extensions that crypto/x509 may leave unhandled although they are
// handled here: it reads alternative names and name constraints in part.
var processed = []asn1.ObjectIdentifier{oidSubjectAltName, oidNameConstraints}

func (v *validation) extensions(cert *x509.Certificate) {
	for _, id := range cert.UnhandledCriticalExtensions {
		if !slices.ContainsFunc(processed, id.Equal) {
			v.report(failed(UnknownCriticalExtension, id.String()))
		}
	}
}

func (v *validation) strength(key any, name string) {
	if n := weakRSA(key); n > 0 {
		v.report(failed(WeakKey, fmt.Sprintf("RSA %d %s", n, name)))
	}
}

// constrain holds cert against what the certificates above it demand.
func (v *validation) constrain(cert *x509.Certificate, last bool) {
	self := selfIssued(cert)
	if (last || !self) && !v.names.permit(cert) {
		v.report(failed(NameConstraints, SubjectText(cert)))
	}
	if len(cert.Policies) > maxPolicies || len(cert.PolicyMappings) > maxPolicies {
		v.report(indeterminate(PathTooComplex, SubjectText(cert)))
		v.policy.nodes = nil
		return
	}
	if !v.policy.enter(cert, self && !last) || last && !v.policy.finish(cert) {
		v.report(failed(PolicyRequired, ""))
	}
}

// prepare readies the state for the certificate below cert (RFC 5280 section 6.1.4).
func (v *validation) prepare(cert *x509.Certificate) {
	self := selfIssued(cert)
	v.authority(cert)
	v.policy.prepare(cert, self)
	if v.policy.mappedWildcard {
		v.report(failed(PolicyRequired, anyPolicy))
	}
	v.names.add(cert)
	if !self {
		if v.room == 0 {
			v.report(failed(PathLength, SubjectText(cert)))
		}
		v.room = max(0, v.room-1)
	}
	v.limit(cert)
}

// authority checks that cert may issue certificates.
func (v *validation) authority(cert *x509.Certificate) {
	if !isCA(cert) {
		v.report(failed(IssuerNotCA, SubjectText(cert)))
	} else if extensionValue(cert, oidKeyUsage) != nil && cert.KeyUsage&x509.KeyUsageCertSign == 0 {
		v.report(failed(IssuerKeyUsage, SubjectText(cert)))
	}
}

func (v *validation) limit(cert *x509.Certificate) {
	if isCA(cert) && (cert.MaxPathLen > 0 || cert.MaxPathLenZero) {
		v.room = min(v.room, cert.MaxPathLen)
	}
}

func (v *validation) report(f sign.Finding) {
	v.findings = append(v.findings, f)
}

// selfIssued tells whether cert has the same issuer as subject, which a renewed key has,
// too (RFC 5280 section 6.1).
func selfIssued(cert *x509.Certificate) bool {
	return distinguishedName(cert.RawSubject).key() == distinguishedName(cert.RawIssuer).key()
}

package pki

// Codes of the findings about a certificate (sign.Finding.Code): one code a fact. The
// comment gives the best verdict that is left, and what Detail and Time hold.
const (
	// No path to an anchor; one of these is there whenever the anchor is unknown.

	IssuerUnknown       = "issuer_unknown"       // indeterminate: no path to any anchor; Detail: the issuer that is missing
	IssuerKeyUnknown    = "issuer_key_unknown"   // indeterminate: JPKI's name with a key that is not pinned: forged, or newer than this program; Detail: the issuer
	IssuerForged        = "issuer_forged"        // failed: claims the key of an anchor, by key identifier or by serial number, which did not sign; Detail: the anchor
	SelfSigned          = "self_signed"          // failed: the signer vouches for itself, and is no anchor
	PracticeCertificate = "practice_certificate" // indeterminate: of a practice card (O=JPKI-PRACTICE), whose authority is not an anchor here
	TestCertificate     = "test_certificate"     // indeterminate: of a test card (O=JPKI-TEST), whose authority is not an anchor here
	PathTooComplex      = "path_too_complex"     // indeterminate: the search ended at its limit, or was cancelled, without a path that holds

	// Time.

	SignerExpired     = "signer_expired"       // indeterminate: expired at the time judged at, which is no proof against an earlier signature; Time: notAfter
	SignerNotYetValid = "signer_not_yet_valid" // failed: the signature existed before its certificate was valid; Time: notBefore
	IssuerExpired     = "issuer_expired"       // indeterminate: an issuer or the anchor expired; Detail: which; Time: notAfter
	IssuerNotYetValid = "issuer_not_yet_valid" // failed: an issuer or the anchor was not valid yet; Detail: which; Time: notBefore

	// Purpose.

	KeyUsage                       = "key_usage"                         // failed: the key usage does not allow signatures of documents (JPKI: lacks nonRepudiation)
	ExtendedKeyUsage               = "extended_key_usage"                // failed: restricted to purposes of which this is none
	NotASigningCertificate         = "not_a_signing_certificate"         // failed: an authentication certificate of JPKI
	NotAnAuthenticationCertificate = "not_an_authentication_certificate" // failed: judged for authentication, and is none
	PolicyWrong                    = "policy_wrong"                      // failed: none of JPKI's policies for the purpose; Detail: the policies it has
	SignerIsCA                     = "signer_is_ca"                      // failed: an authority's certificate signed directly

	// The path (RFC 5280 section 6.1).

	IssuerNotCA              = "issuer_not_ca"              // failed: issued by a certificate that is no authority's; Detail: which
	IssuerKeyUsage           = "issuer_key_usage"           // failed: an issuer's key usage lacks keyCertSign; Detail: which
	PathLength               = "path_length"                // failed: more authorities than an issuer, or JPKI, allows; Detail: the one too many
	NameConstraints          = "name_constraints"           // failed: a name that an issuer forbids, or constraints that cannot be checked; Detail: whose
	PolicyRequired           = "policy_required"            // failed: an issuer requires a policy, and none is left
	UnknownCriticalExtension = "unknown_critical_extension" // failed: Detail: its object identifier
	CertificateMalformed     = "certificate_malformed"      // failed: no certificate, or a part of it cannot be read; Detail: which part

	// Strength.

	WeakCertificateSignature = "weak_certificate_signature" // failed: certificate signed with SHA-1 or MD5; Detail: the algorithm
	WeakKey                  = "weak_key"                   // failed: RSA below 2048 bits; Detail: its size and owner
)

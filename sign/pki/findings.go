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
	TimestampPurpose               = "timestamp_purpose"                 // failed: judged for time-stamps, and not restricted to them by a critical extended key usage

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

	// Revocation. Where a check was asked for and settles nothing, each reason is a
	// finding, and revocation stays unchecked.

	Revoked                   = "revoked"                     // failed: Detail: the reason; Time: since when
	RevokedLater              = "revoked_later"               // passed: revoked, but after the time judged at; Detail, Time: as above
	CertificateOnHold         = "certificate_on_hold"         // indeterminate: suspended for now; Time: since when
	IssuerRevoked             = "issuer_revoked"              // failed: an issuer was revoked; Detail: which; Time: since when
	IssuerOnHold              = "issuer_on_hold"              // indeterminate: an issuer is suspended for now; Detail: which; Time: since when
	IssuerRevocationUnchecked = "issuer_revocation_unchecked" // passed_revocation_unchecked: nothing is at hand about an issuer; Detail: which
	RevocationAfterExpiry     = "revocation_after_expiry"     // indeterminate: made after the certificate's end, when revoked ones may be left out; Detail: the source; Time: that end
	RevocationSourceMissing   = "revocation_source_missing"   // indeterminate: no CRL and no responder is named, and a level LT needs one
	RevocationSignatureWeak   = "revocation_signature_weak"   // indeterminate: signed with SHA-1 or MD5; Detail: the source

	// A CRL (RFC 5280 section 6.3); all indeterminate. Detail: the file.

	CRLMalformed                = "crl_malformed"                  // no CRL, or a part of it cannot be read
	CRLTooLarge                 = "crl_too_large"                  // over 64 MiB
	CRLExpired                  = "crl_expired"                    // superseded at the time judged at; Time: nextUpdate
	CRLNotYetValid              = "crl_not_yet_valid"              // from the future; Time: thisUpdate
	CRLSignatureInvalid         = "crl_signature_invalid"          // forged or altered
	CRLIssuerMismatch           = "crl_issuer_mismatch"            // none of the CRLs is one of the certificate's issuer; Detail: the issuer
	CRLIssuerUnauthorized       = "crl_issuer_unauthorized"        // nothing shows that its signer may issue CRLs for the certificate
	CRLScope                    = "crl_scope"                      // for other certificates of the issuer, such as another municipality's
	CRLReasons                  = "crl_reasons"                    // tells of some reasons for revocation, and no other CRL of the rest
	CRLDeltaWithoutBase         = "crl_delta_without_base"         // changes to a CRL that is not at hand
	CRLUnknownCriticalExtension = "crl_unknown_critical_extension" // Detail: the object identifier and the file

	// OCSP (RFC 6960); all but the note about the nonce indeterminate. Detail: the address.

	OCSPAddressInvalid           = "ocsp_address_invalid"            // no http or https address
	OCSPNoAddress                = "ocsp_no_address"                 // the certificate names no address
	OCSPAutoRefused              = "ocsp_auto_refused"               // JPKI's responders answer accredited verifiers alone: not asked
	OCSPUnreachable              = "ocsp_unreachable"                // no connection
	OCSPTimeout                  = "ocsp_timeout"                    // no answer in time
	OCSPHTTPStatus               = "ocsp_http_status"                // refused by HTTP; Detail: status and address
	OCSPNotHTTP                  = "ocsp_not_http"                   // connected, and then no HTTP
	OCSPRedirect                 = "ocsp_redirect"                   // redirected more than 3 times, or to something else than HTTP
	OCSPTooLarge                 = "ocsp_too_large"                  // the answer is over 1 MiB
	OCSPMalformed                = "ocsp_malformed"                  // the answer is no OCSP response, such as a web page
	OCSPRefused                  = "ocsp_refused"                    // the responder declines; Detail: its words and the address
	OCSPSignatureInvalid         = "ocsp_signature_invalid"          // forged or altered
	OCSPResponderUnauthorized    = "ocsp_responder_unauthorized"     // signed by somebody who may not speak for the issuer
	OCSPWrongCertificate         = "ocsp_wrong_certificate"          // an answer about other certificates
	OCSPExpired                  = "ocsp_expired"                    // superseded; Time: nextUpdate, or thisUpdate if it has none
	OCSPNotYetValid              = "ocsp_not_yet_valid"              // from the future; Time: thisUpdate or producedAt
	OCSPNonceMismatch            = "ocsp_nonce_mismatch"             // an answer to another question
	OCSPNonceMissing             = "ocsp_nonce_missing"              // passed: the responder does without nonces, so its answer may be as old as it says
	OCSPUnknown                  = "ocsp_unknown"                    // the responder does not know the certificate
	OCSPUnknownCriticalExtension = "ocsp_unknown_critical_extension" // Detail: the object identifier and the address
)

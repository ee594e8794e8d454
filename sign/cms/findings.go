package cms

import "github.com/jpki-desktop/jpki/sign"

// Codes of the findings of [Verify]; the findings about a certificate's path are the
// judge's. Each says after the dash the best verdict that it leaves.
const (
	// About the file.
	NotSignedData       = "not_signed_data"       // no CMS SignedData: something else, or nothing - no_signature
	NoSigners           = "no_signers"            // a SignedData that nobody signed - no_signature
	Malformed           = "malformed"             // breaks the syntax, Detail tells where - failed
	TrailingData        = "trailing_data"         // bytes after the end of the SignedData - failed
	TooDeep             = "too_deep"              // more than 32 elements inside each other - failed
	TooLarge            = "too_large"             // more than 16 MiB beside the content - failed
	TooManySigners      = "too_many_signers"      // more than 64 - failed
	TooManyCertificates = "too_many_certificates" // more than 256 - failed
	HeaderUnsigned      = "header_unsigned"       // an S/MIME letter, whose sender, date and subject are not signed - passed
	TooManyRevocations  = "too_many_revocations"  // more than 256 CRLs and OCSP responses inside - failed

	// About the content.
	ContentMissing  = "content_missing"  // detached, and no content is at hand - indeterminate
	ContentMismatch = "content_mismatch" // the content inside is not the file given - failed
	DigestMismatch  = "digest_mismatch"  // the content was altered - failed

	// About the signed attributes (RFC 5652 sections 5.3 and 11).
	SignedAttributesMissing   = "signed_attributes_missing"    // there are none - failed
	SignedAttributesAsContent = "signed_attributes_as_content" // there are none, and the content is somebody's signed attributes - failed
	SignedAttributesUnsorted  = "signed_attributes_unsorted"   // signed in an order that is not DER's; sound all the same - passed
	ContentTypeMissing        = "content_type_missing"         // no content-type attribute - failed
	ContentTypeMismatch       = "content_type_mismatch"        // the content-type attribute names another type, in Detail - failed
	MessageDigestMissing      = "message_digest_missing"       // no message-digest attribute - failed
	MessageDigestDuplicate    = "message_digest_duplicate"     // two message-digest attributes, or one with two values - failed
	AttributeDuplicate        = "attribute_duplicate"          // the attribute in Detail is there twice, or has two values - failed
	SigningTimeMalformed      = "signing_time_malformed"       // the claimed time is no time - indeterminate
	SigningTimeLater          = "signing_time_later"           // the claimed time, in Time, is over 5 minutes after the time judged at, and none is proven - indeterminate
	SigningTimeFuture         = "signing_time_future"          // the claimed time, in Time, is over 5 minutes ahead of this clock - indeterminate

	// About the algorithms.
	DigestUnlisted       = "digest_unlisted"       // the signer's digest is not in digestAlgorithms, so it was not computed - indeterminate
	AlgorithmMismatch    = "algorithm_mismatch"    // the signature algorithm contradicts the digest or the key - failed
	WeakDigest           = "weak_digest"           // SHA-1 or MD5 - failed, or indeterminate with AllowWeak
	UnsupportedAlgorithm = "unsupported_algorithm" // Detail names it - indeterminate

	// About the signature and its certificate.
	SignatureInvalid           = "signature_invalid"            // forged or altered: no certificate's key made it - failed
	CertificateMissing         = "certificate_missing"          // the signer's certificate is not inside - indeterminate
	CertificateMalformed       = "certificate_malformed"        // the signer's certificate cannot be read - indeterminate
	SigningCertificateMissing  = "signing_certificate_missing"  // no signing-certificate attribute: CMS but not CAdES - passed
	SigningCertificateMismatch = "signing_certificate_mismatch" // the signing-certificate attribute means another certificate - failed

	// About time-stamps over the signature. Whatever is wrong with one, it only proves
	// nothing: EN 319 102-1 section 5.5.4 ignores it, and anybody could have added it, or
	// have taken it away instead.
	TimestampMalformed = "timestamp_malformed" // cannot be read as a token of RFC 3161 - passed
	TimestampMismatch  = "timestamp_mismatch"  // made over something else than this signature - passed
	TimestampInvalid   = "timestamp_invalid"   // its own signature or certificate is bad; Detail: in what - passed
	TimestampPurpose   = "timestamp_purpose"   // its certificate is not for time-stamps alone - passed
	TimestampRevoked   = "timestamp_revoked"   // the authority's certificate was revoked - passed
	TimestampExpired   = "timestamp_expired"   // the authority's certificate expired at the time judged at; Time: its end - passed
	TimestampUntrusted = "timestamp_untrusted" // nothing shows that the authority can be trusted; Detail: its name - passed
	TimestampFuture    = "timestamp_future"    // its time, in Time, is over 5 minutes ahead of this clock - passed

	// About what a time-stamp's proof is worth, where the certificate is no longer good by
	// itself.
	TimestampRevocationUnchecked = "timestamp_revocation_unchecked" // whether the authority's certificate was revoked is not known; Detail: its name - passed_revocation_unchecked

	TooManyTimestamps = "too_many_timestamps" // more than 64 time-stamps and countersignatures in the file: the others were left out - passed
)

// verdicts holds the codes that leave another verdict than failed.
var verdicts = map[string]sign.Verdict{
	NotSignedData:                sign.NoSignature,
	NoSigners:                    sign.NoSignature,
	HeaderUnsigned:               sign.Passed,
	ContentMissing:               sign.Indeterminate,
	SignedAttributesUnsorted:     sign.Passed,
	SigningTimeMalformed:         sign.Indeterminate,
	SigningTimeLater:             sign.Indeterminate,
	SigningTimeFuture:            sign.Indeterminate,
	DigestUnlisted:               sign.Indeterminate,
	UnsupportedAlgorithm:         sign.Indeterminate,
	CertificateMissing:           sign.Indeterminate,
	CertificateMalformed:         sign.Indeterminate,
	SigningCertificateMissing:    sign.Passed,
	TimestampRevocationUnchecked: sign.PassedRevocationUnchecked,
	TimestampMalformed:           sign.Passed,
	TimestampMismatch:            sign.Passed,
	TimestampInvalid:             sign.Passed,
	TimestampPurpose:             sign.Passed,
	TimestampRevoked:             sign.Passed,
	TimestampExpired:             sign.Passed,
	TimestampUntrusted:           sign.Passed,
	TimestampFuture:              sign.Passed,
	TooManyTimestamps:            sign.Passed,
}

// finding is the finding with code, about detail.
func finding(code, detail string) sign.Finding {
	verdict, ok := verdicts[code]
	if !ok {
		verdict = sign.Failed
	}
	return sign.Finding{Code: code, Verdict: verdict, Detail: detail}
}

// fault is an error that says what is wrong with the file, in place of the work on it.
type fault struct{ code, detail string }

func (f *fault) Error() string {
	if f.detail == "" {
		return f.code
	}
	return f.code + ": " + f.detail
}

func (f *fault) finding() sign.Finding { return finding(f.code, f.detail) }

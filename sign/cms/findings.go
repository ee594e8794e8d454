package cms

import "github.com/jpki-desktop/jpki/sign"

// Codes of the findings of [Verify]; the findings about a certificate's path are the
// judge's. Each says after the dash the best verdict that it leaves.
const (
	// About the file.
	CodeNotSignedData       = "not_signed_data"       // no CMS SignedData: something else, or nothing - no_signature
	CodeNoSigners           = "no_signers"            // a SignedData that nobody signed - no_signature
	CodeMalformed           = "malformed"             // breaks the syntax, Detail tells where - failed
	CodeTrailingData        = "trailing_data"         // bytes after the end of the SignedData - failed
	CodeTooDeep             = "too_deep"              // more than 32 elements inside each other - failed
	CodeTooLarge            = "too_large"             // more than 16 MiB beside the content - failed
	CodeTooManySigners      = "too_many_signers"      // more than 64 - failed
	CodeTooManyCertificates = "too_many_certificates" // more than 256 - failed

	// About the content.
	CodeContentMissing  = "content_missing"  // detached, and no content is at hand - indeterminate
	CodeContentMismatch = "content_mismatch" // the content inside is not the file given - failed
	CodeDigestMismatch  = "digest_mismatch"  // the content was altered - failed

	// About the signed attributes (RFC 5652 sections 5.3 and 11).
	CodeSignedAttributesMissing   = "signed_attributes_missing"    // there are none - failed
	CodeSignedAttributesAsContent = "signed_attributes_as_content" // there are none, and the content is somebody's signed attributes - failed
	CodeSignedAttributesUnsorted  = "signed_attributes_unsorted"   // signed in an order that is not DER's; sound all the same - passed
	CodeContentTypeMissing        = "content_type_missing"         // no content-type attribute - failed
	CodeContentTypeMismatch       = "content_type_mismatch"        // the content-type attribute names another type, in Detail - failed
	CodeMessageDigestMissing      = "message_digest_missing"       // no message-digest attribute - failed
	CodeMessageDigestDuplicate    = "message_digest_duplicate"     // two message-digest attributes, or one with two values - failed
	CodeAttributeDuplicate        = "attribute_duplicate"          // the attribute in Detail is there twice, or has two values - failed
	CodeSigningTimeMalformed      = "signing_time_malformed"       // the claimed time is no time - indeterminate
	CodeSigningTimeFuture         = "signing_time_future"          // the claimed time, in Time, is over 5 minutes ahead of this clock - indeterminate

	// About the algorithms.
	CodeDigestUnlisted       = "digest_unlisted"       // the signer's digest is not in digestAlgorithms, so it was not computed - indeterminate
	CodeAlgorithmMismatch    = "algorithm_mismatch"    // the signature algorithm contradicts the digest or the key - failed
	CodeWeakDigest           = "weak_digest"           // SHA-1 or MD5 - failed, or indeterminate with AllowWeak
	CodeUnsupportedAlgorithm = "unsupported_algorithm" // Detail names it - indeterminate

	// About the signature and its certificate.
	CodeSignatureInvalid           = "signature_invalid"            // forged or altered: no certificate's key made it - failed
	CodeCertificateMissing         = "certificate_missing"          // the signer's certificate is not inside - indeterminate
	CodeCertificateMalformed       = "certificate_malformed"        // the signer's certificate cannot be read - indeterminate
	CodeSigningCertificateMissing  = "signing_certificate_missing"  // no signing-certificate attribute: CMS but not CAdES - passed
	CodeSigningCertificateMismatch = "signing_certificate_mismatch" // the signing-certificate attribute means another certificate - failed
)

// verdicts holds the codes that leave another verdict than failed.
var verdicts = map[string]sign.Verdict{
	CodeNotSignedData:             sign.NoSignature,
	CodeNoSigners:                 sign.NoSignature,
	CodeContentMissing:            sign.Indeterminate,
	CodeSignedAttributesUnsorted:  sign.Passed,
	CodeSigningTimeMalformed:      sign.Indeterminate,
	CodeSigningTimeFuture:         sign.Indeterminate,
	CodeDigestUnlisted:            sign.Indeterminate,
	CodeUnsupportedAlgorithm:      sign.Indeterminate,
	CodeCertificateMissing:        sign.Indeterminate,
	CodeCertificateMalformed:      sign.Indeterminate,
	CodeSigningCertificateMissing: sign.Passed,
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

package cms

import "crypto/x509"

// oid is the contents of an OBJECT IDENTIFIER, which can be longer than a package's
// numbers: it is compared, never computed with.
type oid string

var (
	oidData       = dotted("1.2.840.113549.1.7.1") // RFC 5652 section 4
	oidSignedData = dotted("1.2.840.113549.1.7.2") // RFC 5652 section 5.1

	oidTSTInfo = dotted("1.2.840.113549.1.9.16.1.4") // RFC 3161 section 2.4.2

	oidContentType          = dotted("1.2.840.113549.1.9.3")       // RFC 5652 section 11.1
	oidMessageDigest        = dotted("1.2.840.113549.1.9.4")       // RFC 5652 section 11.2
	oidSigningTime          = dotted("1.2.840.113549.1.9.5")       // RFC 5652 section 11.3
	oidSigningCertificate   = dotted("1.2.840.113549.1.9.16.2.12") // RFC 2634 section 5.4
	oidContentTimestamp     = dotted("1.2.840.113549.1.9.16.2.20") // RFC 5126 section 5.11.4
	oidSigningCertificateV2 = dotted("1.2.840.113549.1.9.16.2.47") // RFC 5035 section 3

	oidCountersignature   = dotted("1.2.840.113549.1.9.6")       // RFC 5652 section 11.4
	oidSignatureTimestamp = dotted("1.2.840.113549.1.9.16.2.14") // EN 319 122-1 section 5.3

	oidOCSPResponse = dotted("1.3.6.1.5.5.7.16.2") // RFC 5940 section 2

	oidAlgorithmProtection = dotted("1.2.840.113549.1.9.52") // RFC 6211 section 2

	oidMD5    = dotted("1.2.840.113549.2.5")     // RFC 3370 section 2.2
	oidSHA1   = dotted("1.3.14.3.2.26")          // RFC 3370 section 2.1
	oidSHA256 = dotted("2.16.840.1.101.3.4.2.1") // RFC 5754 section 2
	oidSHA384 = dotted("2.16.840.1.101.3.4.2.2")
	oidSHA512 = dotted("2.16.840.1.101.3.4.2.3")

	oidRSA             = dotted("1.2.840.113549.1.1.1") // RFC 3370 section 3.2
	oidMD5WithRSA      = dotted("1.2.840.113549.1.1.4")
	oidSHA1WithRSA     = dotted("1.2.840.113549.1.1.5")
	oidMGF1            = dotted("1.2.840.113549.1.1.8")  // RFC 4055 section 2.2
	oidPSS             = dotted("1.2.840.113549.1.1.10") // RFC 4056 section 3
	oidSHA256WithRSA   = dotted("1.2.840.113549.1.1.11") // RFC 5754 section 3.2
	oidSHA384WithRSA   = dotted("1.2.840.113549.1.1.12")
	oidSHA512WithRSA   = dotted("1.2.840.113549.1.1.13")
	oidECDSAWithSHA1   = dotted("1.2.840.10045.4.1")   // RFC 5753 section 7.1.3
	oidECDSAWithSHA256 = dotted("1.2.840.10045.4.3.2") // RFC 5754 section 3.3
	oidECDSAWithSHA384 = dotted("1.2.840.10045.4.3.3")
	oidECDSAWithSHA512 = dotted("1.2.840.10045.4.3.4")
)

// dotted is the identifier with this text, which is one of the above.
func dotted(text string) oid {
	id, err := x509.ParseOID(text)
	if err != nil {
		panic(err)
	}
	der, err := id.MarshalBinary()
	if err != nil {
		panic(err)
	}
	return oid(der)
}

// der is the identifier as an element.
func (o oid) der() []byte { return tlv(tagOID, []byte(o)) }

// String is the dotted text, for people.
func (o oid) String() string {
	var id x509.OID
	if len(o) > 64 || id.UnmarshalBinary([]byte(o)) != nil {
		return "unreadable object identifier"
	}
	return id.String()
}

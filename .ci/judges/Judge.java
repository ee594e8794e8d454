import java.io.FileReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Security;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TimeStampToken;
import org.bouncycastle.util.Store;

/**
 * A second judge of signatures, by Bouncy Castle:
 *
 *   verify SIGNATURE CA LEVEL [CONTENT]     exits 0 if every signer of it is sound, at level b or t
 *   sign KEY CERTIFICATE CA CONTENT OUTPUT ALGORITHM attached|detached BER|DER
 */
public class Judge {
    public static void main(String[] args) throws Exception {
        Security.addProvider(new BouncyCastleProvider());
        if (args[0].equals("verify")) {
            verify(args);
        } else {
            sign(args);
        }
    }

    static void verify(String[] args) throws Exception {
        byte[] sig = Files.readAllBytes(Path.of(args[1]));
        CMSSignedData data = args.length > 4
            ? new CMSSignedData(new CMSProcessableByteArray(Files.readAllBytes(Path.of(args[4]))), sig)
            : new CMSSignedData(sig);
        X509Certificate ca = certificate(args[2]);
        Collection<SignerInformation> signers = data.getSignerInfos().getSigners();
        check(!signers.isEmpty(), "nobody signed");
        for (SignerInformation signer : signers) {
            X509CertificateHolder holder = one(data.getCertificates(), signer);
            check(signer.verify(new JcaSimpleSignerInfoVerifierBuilder().setProvider("BC").build(holder)), "signature");
            check(names(signer, holder), "signing certificate");
            path(holder, data.getCertificates(), ca);
            if (args[3].equals("t")) {
                timestamp(signer, ca);
            }
        }
    }

    /** Tells whether the signing-certificate attribute (RFC 5035) means the certificate. */
    static boolean names(SignerInformation signer, X509CertificateHolder holder) throws Exception {
        Attribute attribute = signer.getSignedAttributes().get(PKCSObjectIdentifiers.id_aa_signingCertificateV2);
        check(attribute != null, "no signing-certificate attribute");
        ESSCertIDv2 id = SigningCertificateV2.getInstance(attribute.getAttrValues().getObjectAt(0)).getCerts()[0];
        byte[] digest = MessageDigest.getInstance(id.getHashAlgorithm().getAlgorithm().getId(), "BC").digest(holder.getEncoded());
        return MessageDigest.isEqual(digest, id.getCertHash());
    }

    /** Builds a path to the CA (RFC 5280), without revocation. */
    static void path(X509CertificateHolder holder, Store<X509CertificateHolder> others, X509Certificate ca) throws Exception {
        X509CertSelector target = new X509CertSelector();
        target.setCertificate(converted(holder));
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(Set.of(new TrustAnchor(ca, null)), target);
        List<X509Certificate> all = new ArrayList<>();
        for (X509CertificateHolder other : others.getMatches(null)) {
            all.add(converted(other));
        }
        parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(all), "BC"));
        parameters.setRevocationEnabled(false);
        CertPathBuilder.getInstance("PKIX", "BC").build(parameters);
    }

    /** Checks the time-stamp over the signature (ETSI EN 319 122-1 section 5.3). */
    static void timestamp(SignerInformation signer, X509Certificate ca) throws Exception {
        AttributeTable attributes = signer.getUnsignedAttributes();
        Attribute attribute = attributes == null ? null : attributes.get(PKCSObjectIdentifiers.id_aa_signatureTimeStampToken);
        check(attribute != null, "no time-stamp");
        TimeStampToken token = new TimeStampToken(ContentInfo.getInstance(attribute.getAttrValues().getObjectAt(0)));
        String hash = token.getTimeStampInfo().getMessageImprintAlgOID().getId();
        byte[] digest = MessageDigest.getInstance(hash, "BC").digest(signer.getSignature());
        check(MessageDigest.isEqual(digest, token.getTimeStampInfo().getMessageImprintDigest()), "imprint of the time-stamp");
        @SuppressWarnings("unchecked")
        Collection<X509CertificateHolder> matches = token.getCertificates().getMatches(token.getSID());
        check(matches.size() == 1, "certificate of the time-stamp");
        X509CertificateHolder holder = matches.iterator().next();
        token.validate(new JcaSimpleSignerInfoVerifierBuilder().setProvider("BC").build(holder));
        path(holder, token.getCertificates(), ca);
    }

    static void sign(String[] args) throws Exception {
        X509Certificate cert = certificate(args[2]);
        JcaCertStore certs = new JcaCertStore(List.of(cert, certificate(args[3])));
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(cert.getEncoded());
        ASN1EncodableVector attributes = new ASN1EncodableVector();
        attributes.add(new Attribute(PKCSObjectIdentifiers.id_aa_signingCertificateV2,
            new DERSet(new SigningCertificateV2(new ESSCertIDv2(digest)))));
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        generator.addCertificates(certs);
        generator.addSignerInfoGenerator(new JcaSignerInfoGeneratorBuilder(
            new JcaDigestCalculatorProviderBuilder().setProvider("BC").build())
            .setSignedAttributeGenerator(new DefaultSignedAttributeTableGenerator(new AttributeTable(attributes)))
            .build(new JcaContentSignerBuilder(args[6]).setProvider("BC").build(key(args[1])), cert));
        CMSProcessableByteArray content = new CMSProcessableByteArray(Files.readAllBytes(Path.of(args[4])));
        CMSSignedData data = generator.generate(content, args[7].equals("attached"));
        byte[] encoded = data.toASN1Structure().getEncoded(args[8]);
        Files.write(Path.of(args[5]), encoded);
    }

    static X509CertificateHolder one(Store<X509CertificateHolder> certs, SignerInformation signer) {
        @SuppressWarnings("unchecked")
        Collection<X509CertificateHolder> matches = certs.getMatches(signer.getSID());
        check(matches.size() == 1, "certificate of the signer");
        return matches.iterator().next();
    }

    static X509Certificate converted(X509CertificateHolder holder) throws Exception {
        return new JcaX509CertificateConverter().setProvider("BC").getCertificate(holder);
    }

    static X509Certificate certificate(String path) throws Exception {
        try (PEMParser pem = new PEMParser(new FileReader(path))) {
            return converted((X509CertificateHolder) pem.readObject());
        }
    }

    static PrivateKey key(String path) throws Exception {
        try (PEMParser pem = new PEMParser(new FileReader(path))) {
            return new JcaPEMKeyConverter().setProvider("BC").getPrivateKey((PrivateKeyInfo) pem.readObject());
        }
    }

    static void check(boolean ok, String what) {
        if (!ok) {
            throw new IllegalStateException("refused: " + what);
        }
    }
}

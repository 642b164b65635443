package dev.signet.keys;

import com.nimbusds.jose.crypto.utils.ECChecks;
import com.nimbusds.jose.jwk.Curve;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** The two curves a ring signs and verifies on; every number of theirs is 32 bytes long. */
enum SigningCurve {
    /** RFC 7518 §6.2. */
    P256("EC", "P-256", "ES256", "SHA256withECDSA", List.of("x", "y")) {
        @Override
        PublicKey publicKey(List<byte[]> coordinates) throws GeneralSecurityException {
            ECParameterSpec parameters = Curve.P_256.toECParameterSpec();
            BigInteger prime = ((ECFieldFp) parameters.getCurve().getField()).getP();
            BigInteger x = new BigInteger(1, coordinates.get(0));
            BigInteger y = new BigInteger(1, coordinates.get(1));
            if (x.max(y).compareTo(prime) >= 0 || !ECChecks.isPointOnCurve(x, y, parameters)) {
                throw new InvalidKeyException("not on the curve");
            }
            return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(new ECPoint(x, y), parameters));
        }

        @Override
        PrivateKey privateKey(byte[] d) throws GeneralSecurityException {
            ECParameterSpec parameters = Curve.P_256.toECParameterSpec();
            BigInteger scalar = new BigInteger(1, d);
            if (scalar.signum() == 0 || scalar.compareTo(parameters.getOrder()) >= 0) {
                throw new InvalidKeyException("not below the order of the curve");
            }
            return KeyFactory.getInstance("EC").generatePrivate(new ECPrivateKeySpec(scalar, parameters));
        }
    },

    /** RFC 8037 §2. */
    ED25519("OKP", "Ed25519", "EdDSA", "Ed25519", List.of("x")) {
        @Override
        PublicKey publicKey(List<byte[]> coordinates) throws GeneralSecurityException {
            byte[] encoded = Arrays.copyOf(SPKI_PREFIX, SPKI_PREFIX.length + LENGTH);
            System.arraycopy(coordinates.get(0), 0, encoded, SPKI_PREFIX.length, LENGTH);
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
        }

        @Override
        PrivateKey privateKey(byte[] d) throws GeneralSecurityException {
            return KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, d));
        }
    };

    static final int LENGTH = 32;

    /** What stands before the 32 bytes of an Ed25519 key in a SubjectPublicKeyInfo (RFC 8410 §4). */
    private static final byte[] SPKI_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private final String kty;
    private final String crv;
    private final String algorithm;
    private final String signature;
    private final List<String> coordinates;

    SigningCurve(String kty, String crv, String algorithm, String signature, List<String> coordinates) {
        this.kty = kty;
        this.crv = crv;
        this.algorithm = algorithm;
        this.signature = signature;
        this.coordinates = coordinates;
    }

    static SigningCurve of(String kty, String crv) {
        return Stream.of(values())
                .filter(curve -> curve.kty.equals(kty) && curve.crv.equals(crv))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("its curve must be P-256 for EC and Ed25519 for OKP"));
    }

    /** The public key of a point, given as the values of {@link #coordinates()}; refuses what does not lie on the curve. */
    abstract PublicKey publicKey(List<byte[]> coordinates) throws GeneralSecurityException;

    abstract PrivateKey privateKey(byte[] d) throws GeneralSecurityException;

    String kty() {
        return kty;
    }

    String crv() {
        return crv;
    }

    /** The JOSE name of its signatures. */
    String algorithm() {
        return algorithm;
    }

    /** The JCA name of its signatures. */
    String signature() {
        return signature;
    }

    /** The JWK members that hold the public point. */
    List<String> coordinates() {
        return coordinates;
    }
}

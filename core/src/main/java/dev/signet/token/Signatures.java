package dev.signet.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.util.Base64URL;
import dev.signet.keys.Key;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;

/** The two signature algorithms: ES256 through nimbus (RFC 7518 §3.4), EdDSA with Ed25519 through the JDK (RFC 8037 §3.1). A key has exactly one. */
final class Signatures {
    static final int BYTES = 64;
    private static final JWSHeader ES256 = new JWSHeader(JWSAlgorithm.ES256);

    private Signatures() {}

    static byte[] sign(Key key, byte[] input) {
        try {
            PrivateKey secret = key.exportPrivateKey();
            if (isEcdsa(key)) {
                return new ECDSASigner(secret, Curve.P_256).sign(ES256, input).decode();
            }
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(secret);
            signature.update(input);
            return signature.sign();
        } catch (JOSEException | GeneralSecurityException failed) {
            throw new IllegalStateException("could not sign with key " + key.id(), failed);
        }
    }

    static boolean verify(Key key, byte[] input, byte[] signed) {
        try {
            if (isEcdsa(key)) {
                return new ECDSAVerifier((ECPublicKey) key.publicKey()).verify(ES256, input, Base64URL.encode(signed));
            }
            Signature signature = Signature.getInstance("Ed25519");
            signature.initVerify(key.publicKey());
            signature.update(input);
            return signature.verify(signed);
        } catch (JOSEException | GeneralSecurityException notASignature) {
            return false;
        }
    }

    private static boolean isEcdsa(Key key) {
        return key.algorithm().equals("ES256");
    }
}

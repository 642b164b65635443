package dev.signet.benchmarks.peers;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWECryptoParts;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jose.util.Base64URL;
import dev.signet.benchmarks.Content;
import dev.signet.benchmarks.ContentJson;
import dev.signet.benchmarks.Peer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * nimbus-jose-jwt as far as its public API can be tuned: encrypter and decrypter are called directly with a constant header and a generator of random numbers
 * of their own, base64url is the JDK's where nimbus leaves the choice, and the content is written and read by Jackson's streaming parser.
 */
final class NimbusTuned implements Peer {
    private static final JWEHeader HEADER = new JWEHeader(JWEAlgorithm.DIR, EncryptionMethod.A256GCM);
    private static final String START = HEADER.toBase64URL() + "..";
    private static final byte[] AAD = HEADER.toBase64URL().toString().getBytes(StandardCharsets.US_ASCII);

    private final DirectEncrypter encrypter;
    private final DirectDecrypter decrypter;

    NimbusTuned() throws JOSEException {
        byte[] key = Secrets.random(32);
        encrypter = new DirectEncrypter(key);
        decrypter = new DirectDecrypter(key);
        encrypter.getJCAContext().setSecureRandom(new SecureRandom());
    }

    @Override
    public String seal(Content content) throws JOSEException {
        JWECryptoParts parts = encrypter.encrypt(HEADER, ContentJson.bytes(content), AAD);
        return START + parts.getInitializationVector() + "." + parts.getCipherText() + "."
                + parts.getAuthenticationTag();
    }

    @Override
    public Content open(String token) throws JOSEException {
        int ciphertextAt = token.indexOf('.', START.length()) + 1;
        int tagAt = token.lastIndexOf('.') + 1;
        if (!token.startsWith(START) || tagAt <= ciphertextAt) {
            throw new IllegalArgumentException("not a token of ours");
        }
        byte[] json = decrypter.decrypt(
                HEADER,
                null,
                new Base64URL(token.substring(START.length(), ciphertextAt - 1)),
                new DecodedByTheJdk(token.substring(ciphertextAt, tagAt - 1)),
                new Base64URL(token.substring(tagAt)),
                AAD);
        return ContentJson.read(json).unlessExpired();
    }

    /** Base64url that the JDK decodes, several times as fast as nimbus itself. */
    private static final class DecodedByTheJdk extends Base64URL {
        private static final long serialVersionUID = 1;

        DecodedByTheJdk(String text) {
            super(text);
        }

        @Override
        public byte[] decode() {
            return Base64.getUrlDecoder().decode(toString());
        }
    }
}

package dev.signet.benchmarks.peers;

import dev.signet.benchmarks.Content;
import dev.signet.benchmarks.ContentJson;
import dev.signet.benchmarks.Peer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What the format of Signet's tokens demands of whoever implements it, and nothing else: the {@link Floor} with a header that names the key and is
 * authenticated (RFC 7516 §5.1 step 14). One key, one thread.
 */
final class Limit implements Peer {
    private static final int IV_BYTES = IvPool.IV_BYTES;
    private static final int TAG_BITS = 128;
    private static final String HEADER = Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"kid\":\"k3Xq9Zr1.20781\",\"typ\":\"session\"}"
                    .getBytes(StandardCharsets.US_ASCII));
    private static final String START = HEADER + "..";

    private final Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", "SunJCE");
    private final SecretKeySpec key;
    private final IvPool ivs = new IvPool();
    private final byte[] aad = HEADER.getBytes(StandardCharsets.US_ASCII);
    private final byte[] start = START.getBytes(StandardCharsets.US_ASCII);

    Limit(SecretKeySpec key) throws GeneralSecurityException {
        this.key = key;
    }

    static SecretKeySpec newKey() {
        return new SecretKeySpec(Secrets.random(32), "AES");
    }

    @Override
    public String seal(Content content) throws GeneralSecurityException {
        return seal(ContentJson.bytes(content));
    }

    String seal(byte[] json) throws GeneralSecurityException {
        byte[] iv = ivs.next();
        byte[] sealed = Arrays.copyOf(iv, IV_BYTES + json.length + TAG_BITS / 8);
        cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, iv));
        cipher.updateAAD(aad);
        cipher.doFinal(json, 0, json.length, sealed, IV_BYTES);
        return START + Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    @Override
    public Content open(String token) throws GeneralSecurityException {
        return ContentJson.read(plain(token)).unlessExpired();
    }

    byte[] plain(String token) throws GeneralSecurityException {
        byte[] ascii = token.getBytes(StandardCharsets.ISO_8859_1);
        if (ascii.length < start.length || !Arrays.equals(ascii, 0, start.length, start, 0, start.length)) {
            throw new IllegalArgumentException("another header");
        }
        byte[] sealed = Base64.getUrlDecoder()
                .decode(ByteBuffer.wrap(ascii, start.length, ascii.length - start.length))
                .array();
        cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, sealed, 0, IV_BYTES));
        cipher.updateAAD(aad);
        return cipher.doFinal(sealed, IV_BYTES, sealed.length - IV_BYTES);
    }
}

package dev.signet.benchmarks.peers;

import dev.signet.benchmarks.Content;
import dev.signet.benchmarks.ContentJson;
import dev.signet.benchmarks.Peer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The floor: what this Java platform cannot do faster. A cached cipher that only ever sees one key, IVs from a pool, the JDK's base64url, Jackson's streaming
 * parser, the expiry check, and nothing else: no header, no key id, no second key, one thread.
 */
final class Floor implements Peer {
    private static final int IV_BYTES = IvPool.IV_BYTES;
    private static final int TAG_BITS = 128;

    private final Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", "SunJCE");
    private final SecretKeySpec key = new SecretKeySpec(Secrets.random(32), "AES");
    private final IvPool ivs = new IvPool();

    Floor() throws GeneralSecurityException {}

    @Override
    public String seal(Content content) throws GeneralSecurityException {
        return seal(ContentJson.bytes(content));
    }

    String seal(byte[] json) throws GeneralSecurityException {
        byte[] iv = ivs.next();
        byte[] sealed = Arrays.copyOf(iv, IV_BYTES + json.length + TAG_BITS / 8);
        cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, iv));
        cipher.doFinal(json, 0, json.length, sealed, IV_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    @Override
    public Content open(String token) throws GeneralSecurityException {
        return ContentJson.read(plain(token)).unlessExpired();
    }

    byte[] plain(String token) throws GeneralSecurityException {
        byte[] sealed = Base64.getUrlDecoder().decode(token);
        cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, sealed, 0, IV_BYTES));
        return cipher.doFinal(sealed, IV_BYTES, sealed.length - IV_BYTES);
    }
}

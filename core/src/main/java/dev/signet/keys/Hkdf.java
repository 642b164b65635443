package dev.signet.keys;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HKDF with SHA-256 (RFC 5869). */
final class Hkdf {
    private static final String HMAC = "HmacSHA256";
    private static final int HASH_LENGTH = 32;

    private Hkdf() {}

    static byte[] derive(byte[] inputKey, byte[] salt, byte[] info, int length) {
        return expand(extract(salt, inputKey), info, length);
    }

    /** RFC 5869 §2.2; an absent salt is a block of zeros. */
    static byte[] extract(byte[] salt, byte[] inputKey) {
        return mac(salt.length == 0 ? new byte[HASH_LENGTH] : salt).doFinal(inputKey);
    }

    /** RFC 5869 §2.3. */
    static byte[] expand(byte[] pseudorandomKey, byte[] info, int length) {
        int blocks = (length + HASH_LENGTH - 1) / HASH_LENGTH;
        if (length < 1 || blocks > 255) {
            throw new IllegalArgumentException("HKDF-SHA256 gives 1 to 8160 bytes, not " + length);
        }
        Mac mac = mac(pseudorandomKey);
        byte[] output = new byte[blocks * HASH_LENGTH];
        byte[] block = {};
        for (int i = 0; i < blocks; i++) {
            mac.update(block);
            mac.update(info);
            mac.update((byte) (i + 1));
            block = mac.doFinal();
            System.arraycopy(block, 0, output, i * HASH_LENGTH, HASH_LENGTH);
        }
        return Arrays.copyOf(output, length);
    }

    private static Mac mac(byte[] key) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java runtime has no " + HMAC, e);
        }
    }
}

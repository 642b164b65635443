package dev.signet.token;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 (RFC 2104), also as the last step of HKDF (RFC 5869 §2.3). */
final class Hmac {
    private static final String ALGORITHM = "HmacSHA256";

    private Hmac() {}

    static byte[] sha256(byte[] key, byte[] message) {
        return keyed(key).doFinal(message);
    }

    /** For many messages under one key, see {@link #sha256(Mac, byte[])}. */
    static Mac keyed(byte[] key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac;
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(ALGORITHM + " is part of every Java platform", missing);
        }
    }

    /** May be called by several threads at once: they work with copies, or take turns where a provider makes none. */
    static byte[] sha256(Mac keyed, byte[] message) {
        try {
            return ((Mac) keyed.clone()).doFinal(message);
        } catch (CloneNotSupportedException notThere) {
            synchronized (keyed) {
                return keyed.doFinal(message);
            }
        }
    }

    /** HKDF-Expand to 32 bytes: one block. */
    static byte[] expand(byte[] pseudorandomKey, byte[] info) {
        byte[] block = new byte[info.length + 1];
        System.arraycopy(info, 0, block, 0, info.length);
        block[info.length] = 1;
        return sha256(pseudorandomKey, block);
    }
}

package dev.signet.benchmarks.scale;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Session ids made of numbers, the same here as in a store that fills itself: base64url of the MD5 of the decimal digits. */
public final class Sids {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private Sids() {}

    public static String of(long number) {
        try {
            byte[] digits = Long.toString(number).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            return BASE64.encodeToString(MessageDigest.getInstance("MD5").digest(digits));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

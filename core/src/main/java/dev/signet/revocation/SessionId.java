package dev.signet.revocation;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The 128 bits of a session id whose text is 22 characters of canonical base64url. */
record SessionId(long high, long low) {
    private static final int LENGTH = 22;
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final byte[] SIX_BITS = sixBits();

    private static byte[] sixBits() {
        byte[] values = new byte[128];
        Arrays.fill(values, (byte) -1);
        for (int i = 0; i < ALPHABET.length(); i++) {
            values[ALPHABET.charAt(i)] = (byte) i;
        }
        return values;
    }

    /** Null if the text is anything else. */
    static @Nullable SessionId parse(String text) {
        if (text.length() != LENGTH) {
            return null;
        }
        long high = 0;
        long low = 0;
        for (int i = 0; i < LENGTH - 1; i++) {
            int bits = bitsOf(text.charAt(i));
            if (bits < 0) {
                return null;
            }
            high = high << 6 | low >>> 58;
            low = low << 6 | bits;
        }
        // The last character carries two bits; the four below them are zero in the one canonical spelling.
        int last = bitsOf(text.charAt(LENGTH - 1));
        return last < 0 || (last & 0xf) != 0 ? null : new SessionId(high << 2 | low >>> 62, low << 2 | last >>> 4);
    }

    private static int bitsOf(char c) {
        return c < SIX_BITS.length ? SIX_BITS[c] : -1;
    }

    /** The {@link String#hashCode()} of an id's text. */
    static int textHash(long high, long low) {
        int hash = 0;
        for (int i = 0; i < LENGTH; i++) {
            hash = 31 * hash + ALPHABET.charAt((int) (high >>> 58));
            high = high << 6 | low >>> 58;
            low <<= 6;
        }
        return hash;
    }

    @Override
    public String toString() {
        byte[] bytes = ByteBuffer.allocate(16).putLong(high).putLong(low).array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}

package dev.signet.revocation;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The 128 bits of a session id whose text is 22 characters of canonical base64url. */
record SessionId(long high, long low) {
    private static final int LENGTH = 22;
    private static final int START = 8;
    private static final byte[] SIX_BITS = sixBits();

    private static byte[] sixBits() {
        byte[] values = new byte[128];
        Arrays.fill(values, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        for (int i = 0; i < alphabet.length(); i++) {
            values[alphabet.charAt(i)] = (byte) i;
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

    /** The first 48 bits of what may be an id: enough to tell most of them apart. Negative if the text is none. */
    static long start(String text) {
        if (text.length() != LENGTH) {
            return -1;
        }
        long start = 0;
        int any = 0;
        for (int i = 0; i < START; i++) {
            int bits = bitsOf(text.charAt(i));
            start = start << 6 | bits;
            any |= bits;
        }
        return any < 0 ? -1 : start;
    }

    /** The same of an id whose first half is known. */
    static long start(long high) {
        return high >>> Long.SIZE - 6 * START;
    }

    private static int bitsOf(char c) {
        return c < SIX_BITS.length ? SIX_BITS[c] : -1;
    }

    @Override
    public String toString() {
        byte[] bytes = ByteBuffer.allocate(16).putLong(high).putLong(low).array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}

package dev.signet.token;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Base64url without padding (RFC 7515 §2), in its one canonical spelling: whatever decodes here encodes to the same text again. */
public final class Base64Url {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
    private static final byte[] ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] VALUES = values();

    private Base64Url() {}

    public static String encode(byte[] bytes) {
        return ENCODER.encodeToString(bytes);
    }

    static int encodedLength(int bytes) {
        return (bytes * 4 + 2) / 3;
    }

    /** The bytes, or null when the text is not canonical base64url. */
    public static byte @Nullable [] decode(String text) {
        return isCanonical(text) ? DECODER.decode(text) : null;
    }

    /** Whether the text is canonical base64url, without decoding it. */
    public static boolean isCanonical(String text) {
        int length = text.length();
        int last = 0;
        int wrong = 0;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            last = VALUES[c & 0xff];
            wrong |= last | 0xff - c;
        }
        int over = length % 4;
        return wrong >= 0 && over != 1 && (over == 0 || (last & (over == 2 ? 15 : 3)) == 0);
    }

    /** Whether the last character of a text has a bit among so many lowest ones that stand for nothing, or is none of base64url. */
    static boolean leavesBits(byte last, int unused) {
        return (VALUES[last & 0xff] & (1 << unused) - 1) != 0;
    }

    private static byte[] values() {
        byte[] values = new byte[256];
        Arrays.fill(values, (byte) -1);
        for (int i = 0; i < ALPHABET.length; i++) {
            values[ALPHABET[i]] = (byte) i;
        }
        return values;
    }
}

package dev.signet.token;

import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Base64url without padding (RFC 7515 §2), in its one canonical spelling: whatever decodes here encodes to the same text again. */
public final class Base64Url {
    static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    /** For what is known to be canonical: its vector code may write past its array for what ends in padding (JDK-8392044). */
    static final Base64.Decoder DECODER = Base64.getUrlDecoder();

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
        int wrong = 0;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            wrong |= VALUES[c & 0xff] | 0xff - c;
        }
        return wrong >= 0 && length % 4 != 1 && (length == 0 || !leavesBits(text.charAt(length - 1), length));
    }

    /** Whether the last character of a text of this length has bits that stand for nothing, or is none of base64url; never where groups of four are whole. */
    static boolean leavesBits(int last, int length) {
        return (VALUES[last & 0xff] & (1 << 2 * (-length & 3)) - 1) != 0;
    }

    private static byte[] values() {
        byte[] values = new byte[256];
        Arrays.fill(values, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        for (int i = 0; i < alphabet.length(); i++) {
            values[alphabet.charAt(i)] = (byte) i;
        }
        return values;
    }
}

package dev.signet.token;

import java.nio.ByteBuffer;
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

    /** Encodes part of {@code bytes}, and returns where in {@code ascii} that ends. */
    static int encode(byte[] bytes, int from, int length, byte[] ascii, int at) {
        if (length >= 32) {
            ByteBuffer text = ENCODER.encode(ByteBuffer.wrap(bytes, from, length));
            int encoded = text.remaining();
            text.get(ascii, at, encoded);
            return at + encoded;
        }
        return encodeShort(bytes, from, from + length, ascii, at);
    }

    private static int encodeShort(byte[] bytes, int from, int to, byte[] ascii, int at) {
        int i = from;
        int next = at;
        for (; i <= to - 3; i += 3) {
            int bits = (bytes[i] & 0xff) << 16 | (bytes[i + 1] & 0xff) << 8 | bytes[i + 2] & 0xff;
            ascii[next++] = ALPHABET[bits >>> 18];
            ascii[next++] = ALPHABET[bits >>> 12 & 63];
            ascii[next++] = ALPHABET[bits >>> 6 & 63];
            ascii[next++] = ALPHABET[bits & 63];
        }
        if (i < to) {
            int bits = (bytes[i] & 0xff) << 16 | (i + 1 < to ? (bytes[i + 1] & 0xff) << 8 : 0);
            ascii[next++] = ALPHABET[bits >>> 18];
            ascii[next++] = ALPHABET[bits >>> 12 & 63];
            if (i + 1 < to) {
                ascii[next++] = ALPHABET[bits >>> 6 & 63];
            }
        }
        return next;
    }

    /** The bytes, or null when the text is not canonical base64url. */
    public static byte @Nullable [] decode(String text) {
        byte[] ascii = text.getBytes(StandardCharsets.ISO_8859_1);
        byte[] bytes = new byte[ascii.length * 3 / 4];
        return decode(ascii, 0, ascii.length, bytes, 0) == bytes.length ? bytes : null;
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

    /**
     * Decodes part of {@code ascii} into {@code target}.
     *
     * @return how many bytes were decoded, or -1 when the part is not canonical base64url
     */
    static int decode(byte[] ascii, int from, int to, byte[] target, int at) {
        int length = to - from;
        if (length % 4 == 1) {
            return -1;
        }
        int whole = length >= 32 ? length & ~3 : 0;
        if (whole > 0 && !decodeLong(ascii, from, from + whole, target, at)) {
            return -1;
        }
        return decodeShort(ascii, from + whole, to, target, at + whole / 4 * 3) ? length * 3 / 4 : -1;
    }

    /** The JDK's decoder is vectorised, and strict about everything but padding and trailing bits, which whole quanta do not have. */
    private static boolean decodeLong(byte[] ascii, int from, int to, byte[] target, int at) {
        if (ascii[to - 1] == '=') {
            return false;
        }
        try {
            ByteBuffer bytes = DECODER.decode(ByteBuffer.wrap(ascii, from, to - from));
            bytes.get(target, at, bytes.remaining());
            return true;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    private static boolean decodeShort(byte[] ascii, int from, int to, byte[] target, int at) {
        int i = from;
        int next = at;
        for (; i <= to - 4; i += 4) {
            int bits =
                    value(ascii[i]) << 18 | value(ascii[i + 1]) << 12 | value(ascii[i + 2]) << 6 | value(ascii[i + 3]);
            if (bits < 0) {
                return false;
            }
            target[next++] = (byte) (bits >>> 16);
            target[next++] = (byte) (bits >>> 8);
            target[next++] = (byte) bits;
        }
        if (i == to) {
            return true;
        }
        int bits = value(ascii[i]) << 18 | value(ascii[i + 1]) << 12 | (i + 2 < to ? value(ascii[i + 2]) << 6 : 0);
        target[next++] = (byte) (bits >>> 16);
        if (i + 2 < to) {
            target[next] = (byte) (bits >>> 8);
            return bits >= 0 && (bits & 0xff) == 0;
        }
        return bits >= 0 && (bits & 0xffff) == 0;
    }

    /** What the character stands for, or -1. */
    private static int value(byte character) {
        return VALUES[character & 0xff];
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

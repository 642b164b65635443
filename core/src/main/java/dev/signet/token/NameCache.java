package dev.signet.token;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The texts of names that were read lately, so that each is made once. Bounded: a name in the place of another one replaces it. Thread-safe without a lock,
 * since what one thread does not see of another it makes again.
 */
final class NameCache {
    private static final int PLACES = 1024;

    private final @Nullable Name[] names = new Name[PLACES];

    /** A name of up to fifteen bytes of ASCII, first as eight bytes each, then as it stands before its quote. */
    static final class Name {
        private final long first;
        private final long second;
        private final String text;
        private final int length;
        private final long start;
        private final long startMask;
        private final long rest;
        private final long restMask;

        private Name(long first, long second, String text) {
            this.first = first;
            this.second = second;
            this.text = text;
            this.length = text.length();
            this.start = length < Long.BYTES ? first | quote(length) : first;
            this.startMask = mask(length + 1);
            this.rest = length < Long.BYTES ? 0 : second | quote(length - Long.BYTES);
            this.restMask = mask(length + 1 - Long.BYTES);
        }

        private static long quote(int place) {
            return (long) '"' << Byte.SIZE * place;
        }

        private static long mask(int bytes) {
            return bytes >= Long.BYTES ? -1 : (1L << Byte.SIZE * Math.max(bytes, 0)) - 1;
        }

        String text() {
            return text;
        }

        int length() {
            return length;
        }

        /** Whether it stands there, with its quote before {@code end}. */
        boolean isAt(byte[] json, int at, int end) {
            return at + 16 <= json.length
                    && at + length < end
                    && (EightBytes.at(json, at) & startMask) == start
                    && (EightBytes.at(json, at + Long.BYTES) & restMask) == rest;
        }
    }

    /**
     * The name that ends with the next quote before {@code end}; null if it is longer than fifteen bytes, not ASCII, has escapes, or is near the end of the
     * array.
     */
    @Nullable
    Name shortName(byte[] json, int at, int end) {
        if (at + 16 > json.length) {
            return null;
        }
        long first = EightBytes.at(json, at);
        long second = 0;
        long special = EightBytes.special(first);
        int length = Long.numberOfTrailingZeros(special) >>> 3;
        if (special != 0) {
            first &= (1L << 8 * length) - 1;
        } else {
            second = EightBytes.at(json, at + 8);
            special = EightBytes.special(second);
            if (special == 0) {
                return null;
            }
            int rest = Long.numberOfTrailingZeros(special) >>> 3;
            length += rest;
            second &= (1L << 8 * rest) - 1;
        }
        if (at + length >= end || json[at + length] != '"') {
            return null;
        }
        int place = (int) ((first * 31 + second) * 0x9E3779B97F4A7C15L >>> 54);
        Name name = names[place];
        if (name != null && name.first == first && name.second == second) {
            return name;
        }
        String text = new String(json, at, length, StandardCharsets.ISO_8859_1);
        if (name == null) {
            text = text.intern();
        }
        Name made = new Name(first, second, text);
        names[place] = made;
        return made;
    }
}

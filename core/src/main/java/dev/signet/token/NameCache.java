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

    /** Up to fifteen bytes of ASCII. */
    private record Name(long first, long second, String text) {}

    /**
     * The name that ends with the next quote before {@code end}; null if it is longer than fifteen bytes, not ASCII, has escapes, or is near the end of the
     * array.
     */
    @Nullable
    String shortName(byte[] json, int at, int end) {
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
            return name.text;
        }
        String text = new String(json, at, length, StandardCharsets.ISO_8859_1);
        if (name == null) {
            text = text.intern();
        }
        names[place] = new Name(first, second, text);
        return text;
    }
}

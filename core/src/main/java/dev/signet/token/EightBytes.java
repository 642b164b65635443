package dev.signet.token;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight bytes of text at a time. */
final class EightBytes {
    private static final VarHandle VALUE = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EACH = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private EightBytes() {}

    static long at(byte[] text, int index) {
        return (long) VALUE.get(text, index);
    }

    /**
     * Where the first byte is that does not stand for itself in a JSON string: a quote, a backslash, a control character or a part of a character that is
     * not ASCII; at the latest {@code end}.
     */
    static int plain(byte[] text, int from, int end) {
        int i = from;
        for (; i <= end - Long.BYTES; i += Long.BYTES) {
            long special = special(at(text, i));
            if (special != 0) {
                return i + Long.numberOfTrailingZeros(special) / Byte.SIZE;
            }
        }
        while (i < end && text[i] >= ' ' && text[i] != '"' && text[i] != '\\') {
            i++;
        }
        return i;
    }

    /**
     * The high bit of the first special byte, and perhaps some after it: {@code x - ' '} borrows from the high bit of a byte exactly where one is smaller than
     * a space and none was before it.
     */
    static long special(long bytes) {
        long quotes = (bytes ^ '"' * EACH) - EACH;
        long backslashes = (bytes ^ '\\' * EACH) - EACH;
        long controls = bytes - ' ' * EACH;
        return (quotes | backslashes | controls | bytes) & HIGH_BITS;
    }
}

package dev.signet.token;

import java.util.Arrays;

/** A buffer for what is to be sealed, which leaves nothing behind: it is wiped where it grows and where it is done with. */
final class Plaintext {
    private static final byte[] ZEROS = new byte[1024];

    private byte[] bytes;
    private int size;

    Plaintext() {
        this(new byte[512]);
    }

    /** One in that array, until it is too small. */
    Plaintext(byte[] bytes) {
        this.bytes = bytes;
    }

    /** What was written, and room after it. */
    byte[] buffer() {
        return bytes;
    }

    int size() {
        return size;
    }

    /** The buffer with room for so many more bytes after {@link #size}. */
    byte[] room(int more) {
        if (bytes.length - size < more) {
            byte[] larger = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(size, more)));
            wipe(bytes, size);
            bytes = larger;
        }
        return bytes;
    }

    /** Says that the buffer is written up to here. */
    void writtenTo(int end) {
        size = end;
    }

    void put(char ascii) {
        room(1)[size++] = (byte) ascii;
    }

    void put(byte[] more) {
        put(more, 0, more.length);
    }

    void put(byte[] more, int from, int length) {
        System.arraycopy(more, from, room(length), size, length);
        size += length;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    /** Zeroes so many first bytes; copying is faster than {@link Arrays#fill} (ADR 18). */
    static void wipe(byte[] bytes, int length) {
        for (int at = 0; at < length; at += ZEROS.length) {
            System.arraycopy(ZEROS, 0, bytes, at, Math.min(ZEROS.length, length - at));
        }
    }

    void wipe() {
        wipe(bytes, size);
        size = 0;
    }
}

package dev.signet;

import dev.signet.token.IdlePool;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Raw deflate (RFC 1951), bounded by what the caller has room for: no length that came along is believed. */
final class Deflate {
    /** Kept, since making and ending one takes longer than two threads can do side by side; what came out last stays in it until the next time. */
    private static final IdlePool<Inflater> INFLATERS = new IdlePool<>(() -> new Inflater(true));

    private Deflate() {}

    static byte[] deflate(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            byte[] out = new byte[bytes.length + 64];
            int length = deflater.deflate(out);
            if (!deflater.finished()) {
                throw new IllegalStateException("deflate made " + bytes.length + " bytes longer than it can");
            }
            return Arrays.copyOf(out, length);
        } finally {
            deflater.end();
        }
    }

    /** @throws IllegalArgumentException if it is not exactly one stream, or more than so many bytes come out of it */
    static byte[] inflate(byte[] deflated, int atMost) {
        Inflater inflater = INFLATERS.borrow();
        try {
            inflater.setInput(deflated);
            byte[] out = new byte[atMost + 1];
            int length = inflater.inflate(out);
            if (!inflater.finished() || inflater.getRemaining() > 0 || length > atMost) {
                throw new IllegalArgumentException("not one deflate stream of at most " + atMost + " bytes");
            }
            return Arrays.copyOf(out, length);
        } catch (DataFormatException malformed) {
            throw new IllegalArgumentException("not deflate");
        } finally {
            inflater.reset();
            INFLATERS.giveBack(inflater);
        }
    }
}

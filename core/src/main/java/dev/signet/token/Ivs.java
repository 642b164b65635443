package dev.signet.token;

import java.util.function.IntFunction;
import java.util.function.LongSupplier;

/**
 * The random IVs of one cipher (NIST SP 800-38D §8.2.2), each handed out once. While many are needed several are drawn at a time, since the JDK hands out
 * random bytes under a lock for which threads that seal would wait. What was drawn is used within {@link #FRESH_MILLIS} or not at all: a copy of the
 * process or machine would use it too. The JDK keeps such bytes for ten times as long (ADR 20). Used by one thread at a time.
 */
final class Ivs {
    /** 96 bits. */
    static final int BYTES = 12;

    static final int FRESH_MILLIS = 10;
    /** How many are drawn at a time at most. */
    static final int MOST = 64;

    private final LongSupplier millis;
    private final IntFunction<byte[]> random;
    private byte[] drawn = {};
    private int used;
    private long drawnAt;

    /**
     * @param millis the time of the machine, in milliseconds
     * @param random makes so many random bytes
     */
    Ivs(LongSupplier millis, IntFunction<byte[]> random) {
        this.millis = millis;
        this.random = random;
    }

    /** Puts the next one at the start of that array. */
    void next(byte[] into) {
        long now = millis.getAsLong();
        boolean fresh = now >= drawnAt && now - drawnAt < FRESH_MILLIS;
        if (!fresh || used == drawn.length) {
            draw(fresh ? Math.min(Math.max(1, 2 * drawn.length / BYTES), MOST) : 1, now);
        }
        int from = used;
        used += BYTES;
        System.arraycopy(drawn, from, into, 0, BYTES);
    }

    private void draw(int count, long now) {
        // Should there be none, those from before are not used again.
        used = drawn.length;
        drawn = random.apply(count * BYTES);
        used = 0;
        drawnAt = now;
    }
}

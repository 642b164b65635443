package dev.signet.token;

import java.util.function.IntFunction;
import java.util.function.LongSupplier;

/**
 * Random bytes in pieces of one size, each handed out once. While many are needed several are drawn at a time, since the JDK hands out random bytes under
 * locks for which threads would wait. What was drawn is used within {@link #FRESH_MILLIS} of the machine's clock or not at all, since a copy of the process or
 * machine has it too; one whose clock goes on from where it was copied repeats it (ADR 20). Used by one thread at a time.
 */
final class RandomStock {
    /** For how long a piece is kept before it is handed out: a tenth of the time for which the JDK's {@code NativePRNG} keeps such bytes. */
    static final int FRESH_MILLIS = 10;

    /** How many pieces are drawn at a time at most. */
    static final int MOST = 64;

    private final int piece;
    private final LongSupplier millis;
    private final IntFunction<byte[]> random;
    private byte[] drawn = {};
    private int usedBytes;
    private long drawnAt;

    /**
     * @param piece the size of each, in bytes
     * @param millis the time, in milliseconds
     * @param random makes a new array of so many random bytes, which nobody else keeps
     */
    RandomStock(int piece, LongSupplier millis, IntFunction<byte[]> random) {
        this.piece = piece;
        this.millis = millis;
        this.random = random;
    }

    /** By the machine's clock: an application's may stand still, and one that counts from a start goes on in a process that was restored. */
    static RandomStock of(int piece) {
        return new RandomStock(piece, System::currentTimeMillis, OsRandom::bytes);
    }

    /** Puts the next one at the start of that array. */
    void next(byte[] into) {
        long now = millis.getAsLong();
        boolean fresh = now >= drawnAt && now - drawnAt < FRESH_MILLIS;
        if (!fresh || usedBytes == drawn.length) {
            draw(fresh ? Math.min(Math.max(1, 2 * drawn.length / piece), MOST) : 1, now);
        }
        int from = usedBytes;
        usedBytes += piece;
        System.arraycopy(drawn, from, into, 0, piece);
    }

    private void draw(int count, long now) {
        // What is left is given up first: if drawing fails and the clock is set back, it would seem fresh.
        usedBytes = drawn.length;
        drawn = random.apply(count * piece);
        usedBytes = 0;
        drawnAt = now;
    }
}

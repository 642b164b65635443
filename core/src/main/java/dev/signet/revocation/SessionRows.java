package dev.signet.revocation;

import java.lang.invoke.VarHandle;
import java.time.Instant;
import java.util.function.IntConsumer;

/**
 * Up to 256 ended sessions, 32 bytes each, in the order of their positions. One writer at a time; readers may look at the rows
 * that they were told of, and what they count may be about to change.
 */
final class SessionRows {
    static final int CAPACITY = 1 << 8;
    /** The end of a row that has been dropped. */
    private static final int DROPPED = 0;

    interface IdConsumer {
        void accept(long high, long low);
    }

    private final long[] ids = new long[2 * CAPACITY];
    private final long[] positions = new long[CAPACITY];
    private final int[] subjects = new int[CAPACITY];
    private final int[] endMinutes = new int[CAPACITY];
    private int used;
    private int live;

    void add(long high, long low, long position, int subject, int endMinute) {
        ids[2 * used] = high;
        ids[2 * used + 1] = low;
        positions[used] = position;
        subjects[used] = subject;
        endMinutes[used] = endMinute;
        used++;
        live++;
    }

    boolean has(int row, long high, long low) {
        return ids[2 * row] == high && ids[2 * row + 1] == low;
    }

    long high(int row) {
        return ids[2 * row];
    }

    long low(int row) {
        return ids[2 * row + 1];
    }

    long position(int row) {
        return positions[row];
    }

    int subject(int row) {
        return subjects[row];
    }

    int endMinute(int row) {
        return endMinutes[row];
    }

    boolean live(int row) {
        return endMinutes[row] != DROPPED;
    }

    /** For readers, who ask elsewhere afterwards. */
    boolean seenLive(int row) {
        boolean live = live(row);
        VarHandle.acquireFence();
        return live;
    }

    /** Keeps the later end; true if the row had been dropped. */
    boolean prolong(int row, int endMinute) {
        boolean dropped = !live(row);
        endMinutes[row] = Math.max(endMinutes[row], endMinute);
        live += dropped ? 1 : 0;
        return dropped;
    }

    boolean stays(int row, int afterMinute, long fromPosition) {
        return endMinutes[row] > afterMinute && positions[row] >= fromPosition;
    }

    int countStaying(int afterMinute, long fromPosition) {
        int count = 0;
        for (int row = 0; row < used; row++) {
            count += stays(row, afterMinute, fromPosition) ? 1 : 0;
        }
        return count;
    }

    /** What ends the dropped ones instead is seen by whoever {@link #seenLive} tells that they were dropped. */
    void dropOthers(int afterMinute, long fromPosition) {
        VarHandle.releaseFence();
        for (int row = 0; row < used; row++) {
            if (!stays(row, afterMinute, fromPosition)) {
                endMinutes[row] = DROPPED;
            }
        }
        live = countStaying(DROPPED, 0);
    }

    int countOf(int subject) {
        int count = 0;
        for (int row = 0; row < used; row++) {
            count += subjects[row] == subject && live(row) ? 1 : 0;
        }
        return count;
    }

    int countUpTo(long position) {
        if (used > 0 && positions[used - 1] <= position) {
            return live;
        }
        int count = 0;
        for (int row = 0; row < used && positions[row] <= position; row++) {
            count += live(row) ? 1 : 0;
        }
        return count;
    }

    void forEachId(IdConsumer action) {
        for (int row = 0; row < used; row++) {
            if (live(row)) {
                action.accept(high(row), low(row));
            }
        }
    }

    void forEachSubject(IntConsumer action) {
        for (int row = 0; row < used; row++) {
            if (live(row)) {
                action.accept(subjects[row]);
            }
        }
    }

    void forEach(SessionTable.Visitor visitor) {
        for (int row = 0; row < used; row++) {
            if (live(row)) {
                visitor.visit(
                        new SessionId(high(row), low(row)),
                        positions[row],
                        Instant.ofEpochSecond(endMinutes[row] * 60L));
            }
        }
    }
}

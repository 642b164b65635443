package dev.signet.revocation;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.ToIntFunction;

/**
 * A set of ended session ids with position, subject hash and end of each, in at most 45 bytes for each once there are many. It is
 * kept in parts by the hash of the id, which grow and are cleared one after the other: that takes little time and memory at once.
 * One writer at a time, readers at any time without locks; whoever sees something that was written after {@link #add} finds the
 * session.
 */
final class SessionTable {
    private static final int PARTS = 64;
    /** The first limits of the parts lie between this and 4/3 of it, so that they do not grow all at the same time. */
    private static final int SMALLEST = 48;
    // Keeps strangers from choosing ids whose hashes meet.
    private static final long SEED = new SecureRandom().nextLong();

    private static final VarHandle FILTERS = MethodHandles.arrayElementVarHandle(long[][].class);

    private final SessionPart[] parts = new SessionPart[PARTS];
    /** Those of the parts, side by side: nearly every look-up ends here, and each step to another place in memory would cost as much again. */
    private final long[][] filters = new long[PARTS][];

    private volatile SubjectTally tally = new SubjectTally(0);
    private volatile int size;

    interface Visitor {
        void visit(SessionId id, long position, Instant keepUntil);
    }

    SessionTable() {
        Arrays.setAll(parts, number -> new SessionPart(SMALLEST + number * SMALLEST / 3 / PARTS));
        Arrays.setAll(filters, number -> parts[number].filter());
    }

    /** The hash of an id by all its bits. */
    static long hash(long high, long low) {
        return mixed(high ^ Long.rotateLeft(mixed(low), 32));
    }

    /** The hash of an id by its text, which a string brings along. */
    static long textHash(long high, long low) {
        return mixed(SessionId.textHash(high, low));
    }

    private static long mixed(long bits) {
        long hash = (bits ^ SEED) * 0x9E3779B97F4A7C15L;
        hash = (hash ^ hash >>> 32) * 0xD6E8FEB86659FD93L;
        return hash ^ hash >>> 32;
    }

    /** By bits of the hash that the filters make no use of. */
    private static int part(long textHash) {
        return (int) (textHash >>> 24) & PARTS - 1;
    }

    boolean contains(String sid) {
        long textHash = mixed(sid.hashCode());
        int part = part(textHash);
        return BloomFilter.mayHold((long[]) FILTERS.getAcquire(filters, part), textHash) && parts[part].holds(sid);
    }

    /**
     * Positions come in ascending order. Of two entries for one session the first position and the later end are kept.
     */
    void add(SessionId id, long position, int subject, Instant keepUntil) {
        long textHash = textHash(id.high(), id.low());
        int part = part(textHash);
        boolean added = parts[part].add(id, textHash, position, subject, minuteAfter(keepUntil));
        FILTERS.setRelease(filters, part, parts[part].filter());
        if (added) {
            size = size + 1;
            if (tally.outgrownBy(size)) {
                tally = newTally();
            } else {
                tally.add(subject);
            }
        }
    }

    private SubjectTally newTally() {
        SubjectTally next = new SubjectTally(size);
        for (SessionPart part : parts) {
            part.forEachBlock(block -> block.forEachSubject(next::add));
        }
        return next;
    }

    /** Never 0, by which a row counts as dropped. */
    private static int minuteAfter(Instant time) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, Math.floorDiv(time.getEpochSecond(), 60) + 1));
    }

    /** Drops what has ended by {@code now} and what lies below the position. */
    void drop(Instant now, long belowPosition) {
        int minute = minuteAfter(now) - 1;
        int staying = 0;
        for (int part = 0; part < PARTS; part++) {
            staying += parts[part].drop(minute, belowPosition);
            FILTERS.setRelease(filters, part, parts[part].filter());
        }
        if (staying < size) {
            size = staying;
            tally = newTally();
        }
    }

    int size() {
        return size;
    }

    boolean holdsAtLeast(int number, int subject) {
        return tally.mayHave(number, subject) && count(block -> block.countOf(subject)) >= number;
    }

    int countUpTo(long position) {
        return count(block -> block.countUpTo(position));
    }

    private int count(ToIntFunction<SessionRows> inBlock) {
        int count = 0;
        for (SessionPart part : parts) {
            count += part.count(inBlock);
        }
        return count;
    }

    void forEach(Visitor visitor) {
        for (SessionPart part : parts) {
            part.forEachBlock(block -> block.forEach(visitor));
        }
    }
}

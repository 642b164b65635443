package dev.signet.revocation;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A set of ended session ids with position, subject hash and end of each, in at most 45 bytes for each once there are many. It is
 * kept in parts by the hash of the id, which grow and are cleared one after the other: that takes little time and memory at once.
 * A filter before them answers nearly every look-up in vain from one place in memory; another takes its place in small steps.
 *
 * <p>One writer at a time, readers at any time without locks; whoever sees something that was written after {@link #add} finds
 * the session.
 */
final class SessionTable {
    private static final int PARTS = 64;
    /** The first limits of the parts lie between this and 4/3 of it, so that they do not grow all at the same time. */
    private static final int SMALLEST = 48;

    private static final int SMALLEST_FILTER = 1 << 10;
    /** A filter for so many times more sessions than have stayed is replaced at once. */
    private static final int WASTE = 3;
    // Keeps strangers from choosing ids whose hashes meet.
    private static final long SEED = new SecureRandom().nextLong();
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private final SessionPart[] parts = new SessionPart[PARTS];
    private volatile BloomFilter filter = new BloomFilter(SMALLEST_FILTER);
    private @Nullable NextFilter next;

    private volatile SubjectTally tally = new SubjectTally(0);
    private volatile int size;

    interface Visitor {
        void visit(SessionId id, long position, Instant keepUntil);
    }

    SessionTable() {
        Arrays.setAll(parts, number -> new SessionPart(SMALLEST + number * SMALLEST / 3 / PARTS));
    }

    /** The hash of an id by all its bits. */
    static long hash(long high, long low) {
        return mixed(high ^ Long.rotateLeft(mixed(low), 32));
    }

    private static long mixed(long bits) {
        long hash = (bits ^ SEED) * MULTIPLIER;
        hash = (hash ^ hash >>> 32) * 0xD6E8FEB86659FD93L;
        return hash ^ hash >>> 32;
    }

    /** The hash for the filter, by the hash of an id's text, which a string brings along: one multiplication is enough. */
    private static long filterHash(int textHash) {
        return (textHash ^ (int) SEED) * MULTIPLIER;
    }

    /** By bits of the hash that a part makes no use of. */
    private SessionPart partOf(SessionId id) {
        return parts[(int) hash(id.high(), id.low()) & PARTS - 1];
    }

    boolean contains(String sid) {
        return mayContain(sid) && holds(sid);
    }

    /** What the filter says: never false for a session that is held, and seldom true for another. */
    boolean mayContain(String sid) {
        return filter.mayHold(filterHash(sid.hashCode()));
    }

    private boolean holds(String sid) {
        SessionId id = SessionId.parse(sid);
        return id != null && partOf(id).holds(id);
    }

    /**
     * Positions come in ascending order. Of two entries for one session the first position and the later end are kept.
     */
    void add(SessionId id, long position, int subject, Instant keepUntil) {
        boolean added = partOf(id).add(id, position, subject, minuteAfter(keepUntil));
        enter(filterHash(SessionId.textHash(id.high(), id.low())));
        if (added) {
            size = size + 1;
            if (tally.outgrownBy(size)) {
                tally = newTally();
            } else {
                tally.add(subject);
            }
        }
    }

    /** A filter that takes the other one's place once the sessions of all parts have been entered, block by block. */
    private final class NextFilter {
        final BloomFilter entered = new BloomFilter(Math.max(SMALLEST_FILTER, size + size / 3));
        private Iterator<SessionRows> blocks = Collections.emptyIterator();
        private int partsBegun;

        /**
         * False if there was none left. The blocks of a part are those that it has when it is begun: what is added to it later is
         * entered by itself.
         */
        boolean enterBlock() {
            while (!blocks.hasNext()) {
                if (partsBegun == PARTS) {
                    return false;
                }
                blocks = parts[partsBegun++].blocks().iterator();
            }
            blocks.next().forEachId((high, low) -> entered.add(filterHash(SessionId.textHash(high, low))));
            return true;
        }
    }

    private void enter(long hash) {
        filter.add(hash);
        NextFilter begun = next;
        // Should an error come in between, what was begun is not whole and never used.
        next = null;
        if (begun == null) {
            next = filter.full() ? new NextFilter() : null;
            return;
        }
        begun.entered.add(hash);
        if (begun.enterBlock()) {
            next = begun;
        } else {
            filter = begun.entered;
        }
    }

    private void shrinkFilter() {
        BloomFilter latest = next == null ? filter : next.entered;
        if (size < latest.expected() / WASTE) {
            NextFilter smaller = new NextFilter();
            while (smaller.enterBlock()) {
                // until there is no more
            }
            filter = smaller.entered;
            next = null;
        }
    }

    private SubjectTally newTally() {
        SubjectTally next = new SubjectTally(size);
        for (SessionPart part : parts) {
            part.blocks().forEach(block -> block.forEachSubject(next::add));
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
        for (SessionPart part : parts) {
            staying += part.drop(minute, belowPosition);
        }
        if (staying < size) {
            size = staying;
            tally = newTally();
            shrinkFilter();
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
            part.blocks().forEach(block -> block.forEach(visitor));
        }
    }
}

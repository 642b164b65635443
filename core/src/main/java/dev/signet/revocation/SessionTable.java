package dev.signet.revocation;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.ToIntFunction;

/**
 * A set of ended session ids with position, subject hash and end of each, in at most 45 bytes for each: rows in the order of the
 * log, an index of their numbers by open addressing, and before both a filter that answers nearly every look-up in vain from one
 * place in memory. A small tally by subject hash tells cheaply that a subject cannot have many.
 *
 * <p>One writer at a time, readers at any time without locks: a row is complete before the index names it, names are never taken
 * back, and growing or dropping many builds a new index beside the one in use.
 */
final class SessionTable {
    private static final VarHandle INDEX = MethodHandles.arrayElementVarHandle(int[].class);
    private static final double FULLEST = 0.8;
    private static final int SMALLEST = 48;
    /** One in so many rows may have been dropped and still take its place. */
    private static final int WASTE = 16;
    // Keeps strangers from choosing ids whose hashes meet.
    private static final long SEED = new SecureRandom().nextLong();

    private volatile Contents contents = new Contents(SMALLEST);
    private volatile int size;

    /** Rows up to a limit. A name in the index is the row's number plus 1, and above it as many bits of the id's hash as fit. */
    private static final class Contents {
        final int limit;
        final SessionRows[] blocks;
        int rows;
        private final BloomFilter filter;
        private final int[] index;
        private final int numberMask;
        private final byte[] tally;

        Contents(int limit) {
            this.limit = limit;
            blocks = new SessionRows[limit / SessionRows.CAPACITY + 1];
            filter = new BloomFilter(limit);
            index = new int[Math.toIntExact((long) (limit / FULLEST) + 1)];
            numberMask = -1 >>> Integer.numberOfLeadingZeros(limit);
            tally = new byte[limit / 4];
        }

        SessionRows block(int number) {
            return blocks[number / SessionRows.CAPACITY];
        }

        static int row(int number) {
            return number % SessionRows.CAPACITY;
        }

        boolean holds(String sid) {
            if (!filter.mayHold(mixed(sid.hashCode()))) {
                return false;
            }
            SessionId id = SessionId.parse(sid);
            int number = id == null ? -1 : find(id.high(), id.low());
            return number >= 0 && block(number).live(row(number));
        }

        /** The number of the row with this id, or else the place in the index where it belongs, as {@code -1 - place}. */
        int find(long high, long low) {
            long hash = hash(high, low);
            int mark = (int) hash & ~numberMask;
            int place = (int) ((hash >>> 32) * index.length >>> 32);
            for (int name = nameAt(place); name != 0; name = nameAt(place)) {
                int number = (name & numberMask) - 1;
                if ((name & ~numberMask) == mark && has(number, high, low)) {
                    return number;
                }
                place = place + 1 == index.length ? 0 : place + 1;
            }
            return -1 - place;
        }

        private int nameAt(int place) {
            return (int) INDEX.getAcquire(index, place);
        }

        private boolean has(int number, long high, long low) {
            SessionRows block = block(number);
            return block.high(row(number)) == high && block.low(row(number)) == low;
        }

        private static long hash(long high, long low) {
            return mixed(high ^ Long.rotateLeft(mixed(low), 32));
        }

        private static long mixed(long bits) {
            long hash = (bits ^ SEED) * 0x9E3779B97F4A7C15L;
            hash = (hash ^ hash >>> 32) * 0xD6E8FEB86659FD93L;
            return hash ^ hash >>> 32;
        }

        void add(int place, long high, long low, long position, int subject, int endMinute) {
            int block = rows / SessionRows.CAPACITY;
            if (blocks[block] == null) {
                blocks[block] = new SessionRows();
            }
            blocks[block].add(high, low, position, subject, endMinute);
            name(rows++, place, high, low, subject);
        }

        private void name(int number, int place, long high, long low, int subject) {
            filter.add(mixed(SessionId.textHash(high, low)));
            INDEX.setRelease(index, place, (int) hash(high, low) & ~numberMask | number + 1);
            int counter = counterOf(subject);
            tally[counter] = (byte) Math.min(Byte.MAX_VALUE, tally[counter] + 1);
        }

        private int counterOf(int subject) {
            return (int) (Integer.toUnsignedLong(subject) * tally.length >>> 32);
        }

        boolean mayHold(int atLeast, int subject) {
            return tally[counterOf(subject)] >= Math.min(atLeast, Byte.MAX_VALUE);
        }

        int count(ToIntFunction<SessionRows> inBlock) {
            int count = 0;
            for (SessionRows block : blocks) {
                count += block == null ? 0 : inBlock.applyAsInt(block);
            }
            return count;
        }

        /** The same rows under a higher limit. */
        Contents grown() {
            Contents next = new Contents(limit + limit / 3);
            System.arraycopy(blocks, 0, next.blocks, 0, blocks.length);
            next.rows = rows;
            for (int number = 0; number < rows; number++) {
                SessionRows block = block(number);
                int row = row(number);
                if (block.live(row)) {
                    long high = block.high(row);
                    long low = block.low(row);
                    next.name(number, -1 - next.find(high, low), high, low, block.subject(row));
                }
            }
            return next;
        }

        /** Only the rows that stay, so many of them. */
        Contents remaining(int staying, int afterMinute, long fromPosition) {
            Contents next = new Contents(Math.max(SMALLEST, staying + staying / 8));
            for (int number = 0; number < rows; number++) {
                SessionRows block = block(number);
                int row = row(number);
                if (block.stays(row, afterMinute, fromPosition)) {
                    long high = block.high(row);
                    long low = block.low(row);
                    next.add(
                            -1 - next.find(high, low),
                            high,
                            low,
                            block.position(row),
                            block.subject(row),
                            block.endMinute(row));
                }
            }
            return next;
        }
    }

    boolean contains(String sid) {
        return contents.holds(sid);
    }

    /**
     * Positions come in ascending order. Of two entries for one session the first position and the later end are kept.
     */
    void add(SessionId id, long position, int subject, Instant keepUntil) {
        Contents all = contents;
        int number = all.find(id.high(), id.low());
        if (number >= 0) {
            boolean back = all.block(number).prolong(Contents.row(number), minuteAfter(keepUntil));
            size += back ? 1 : 0;
            return;
        }
        if (all.rows == all.limit) {
            all = all.grown();
            contents = all;
            number = all.find(id.high(), id.low());
        }
        all.add(-1 - number, id.high(), id.low(), position, subject, minuteAfter(keepUntil));
        size = size + 1;
    }

    /** Never 0, by which a row counts as dropped. */
    private static int minuteAfter(Instant time) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, Math.floorDiv(time.getEpochSecond(), 60) + 1));
    }

    /** Drops what has ended by {@code now} and what lies below the position. */
    void drop(Instant now, long belowPosition) {
        int minute = minuteAfter(now) - 1;
        Contents all = contents;
        int staying = all.count(block -> block.countStaying(minute, belowPosition));
        if (staying == size) {
            return;
        }
        if (all.rows - staying > all.rows / WASTE) {
            contents = all.remaining(staying, minute, belowPosition);
        } else {
            Arrays.stream(all.blocks).filter(block -> block != null).forEach(b -> b.dropOthers(minute, belowPosition));
        }
        size = staying;
    }

    int size() {
        return size;
    }

    boolean holdsAtLeast(int number, int subject) {
        Contents all = contents;
        return all.mayHold(number, subject) && all.count(block -> block.countOf(subject)) >= number;
    }

    int countUpTo(long position) {
        return contents.count(block -> block.countUpTo(position));
    }

    interface Visitor {
        void visit(SessionId id, long position, Instant keepUntil);
    }

    void forEach(Visitor visitor) {
        Contents all = contents;
        for (int number = 0; number < all.rows; number++) {
            SessionRows block = all.block(number);
            int row = Contents.row(number);
            if (block.live(row)) {
                visitor.visit(
                        new SessionId(block.high(row), block.low(row)),
                        block.position(row),
                        Instant.ofEpochSecond(block.endMinute(row) * 60L));
            }
        }
    }
}

package dev.signet.revocation;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * A part of the {@link SessionTable}: rows in the order of the log, and an index of their numbers by open addressing.
 *
 * <p>One writer at a time, readers at any time without locks: a row is complete before the index names it, names are never taken
 * back, and growing or dropping many builds a new index beside the one in use.
 */
final class SessionPart {
    private static final VarHandle INDEX = MethodHandles.arrayElementVarHandle(int[].class);
    private static final double FULLEST = 0.8;
    private static final int SMALLEST = 48;
    /** One in so many rows may have been dropped and still take its place. */
    private static final int WASTE = 16;

    private volatile Contents contents;
    private int live;

    SessionPart(int limit) {
        contents = new Contents(Math.max(SMALLEST, limit));
    }

    /** Rows up to a limit. A name in the index is the row's number plus 1, and above it as many bits of the id's hash as fit. */
    private static final class Contents {
        final int limit;
        final SessionRows[] blocks;
        int rows;
        private final int[] index;
        private final int numberMask;

        Contents(int limit) {
            this.limit = limit;
            blocks = new SessionRows[limit / SessionRows.CAPACITY + 1];
            index = new int[Math.toIntExact((long) (limit / FULLEST) + 1)];
            numberMask = -1 >>> Integer.numberOfLeadingZeros(limit);
        }

        SessionRows block(int number) {
            return blocks[number / SessionRows.CAPACITY];
        }

        static int row(int number) {
            return number % SessionRows.CAPACITY;
        }

        boolean holds(SessionId id) {
            int number = find(id.high(), id.low());
            return number >= 0 && block(number).seenLive(row(number));
        }

        /** The number of the row with this id; negative if there is none. */
        int find(long high, long low) {
            long hash = SessionTable.hash(high, low);
            int mark = (int) hash & ~numberMask;
            int place = firstPlace(hash);
            for (int name = nameAt(place); name != 0; name = nameAt(place)) {
                int number = (name & numberMask) - 1;
                if ((name & ~numberMask) == mark && block(number).has(row(number), high, low)) {
                    return number;
                }
                place = next(place);
            }
            return -1;
        }

        private int firstPlace(long hash) {
            return (int) ((hash >>> 32) * index.length >>> 32);
        }

        private int next(int place) {
            return place + 1 == index.length ? 0 : place + 1;
        }

        private int nameAt(int place) {
            return (int) INDEX.getAcquire(index, place);
        }

        void add(long high, long low, long position, int subject, int endMinute) {
            int block = rows / SessionRows.CAPACITY;
            if (blocks[block] == null) {
                blocks[block] = new SessionRows();
            }
            blocks[block].add(high, low, position, subject, endMinute);
            name(rows++, high, low);
        }

        private void name(int number, long high, long low) {
            long hash = SessionTable.hash(high, low);
            int place = firstPlace(hash);
            while (index[place] != 0) {
                place = next(place);
            }
            INDEX.setRelease(index, place, (int) hash & ~numberMask | number + 1);
        }

        Stream<SessionRows> blocks() {
            return Arrays.stream(blocks).filter(Objects::nonNull);
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
                    next.name(number, block.high(row), block.low(row));
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
                    next.add(
                            block.high(row),
                            block.low(row),
                            block.position(row),
                            block.subject(row),
                            block.endMinute(row));
                }
            }
            return next;
        }
    }

    boolean holds(SessionId id) {
        return contents.holds(id);
    }

    /** So many rows have a place, until more are needed. */
    int limit() {
        return contents.limit;
    }

    /** False if the session was held already: then the first position and the later end are kept. */
    boolean add(SessionId id, long position, int subject, int endMinute) {
        Contents all = contents;
        int number = all.find(id.high(), id.low());
        if (number >= 0) {
            boolean back = all.block(number).prolong(Contents.row(number), endMinute);
            live += back ? 1 : 0;
            return back;
        }
        if (all.rows == all.limit) {
            all = all.grown();
            contents = all;
        }
        all.add(id.high(), id.low(), position, subject, endMinute);
        live++;
        return true;
    }

    /** Drops what has ended by that minute and what lies below the position, and returns how many rows stay. */
    int drop(int minute, long belowPosition) {
        Contents all = contents;
        int staying = count(block -> block.countStaying(minute, belowPosition));
        if (staying < live) {
            if (all.rows - staying > all.rows / WASTE) {
                contents = all.remaining(staying, minute, belowPosition);
            } else {
                all.blocks().forEach(block -> block.dropOthers(minute, belowPosition));
            }
            live = staying;
        }
        return staying;
    }

    int count(ToIntFunction<SessionRows> inBlock) {
        return contents.blocks().mapToInt(inBlock).sum();
    }

    Stream<SessionRows> blocks() {
        return contents.blocks();
    }
}

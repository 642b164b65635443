package dev.signet.revocation;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Instant;
import java.util.function.IntPredicate;

/**
 * A set of ended session ids with position, subject hash and end of each: primitive arrays with open addressing, 33 bytes a slot.
 * One byte of hash per slot answers nearly every look-up in vain from a single cache line; a small tally by subject hash tells
 * cheaply that a subject cannot have many. One writer at a time, readers at any time without locks: a slot's tag is written last
 * and read first, slots are never reused, and growing or dropping builds new arrays.
 */
final class SessionTable {
    private static final VarHandle TAG = MethodHandles.arrayElementVarHandle(byte[].class);
    private static final double FULLEST = 0.8;
    private static final int SMALLEST = 64;

    private volatile Slots slots = new Slots(SMALLEST);
    private volatile int size;

    private record Slots(
            byte[] tag, long[] high, long[] low, long[] position, int[] subject, int[] endMinute, byte[] tally) {
        Slots(int capacity) {
            this(
                    new byte[capacity],
                    new long[capacity],
                    new long[capacity],
                    new long[capacity],
                    new int[capacity],
                    new int[capacity],
                    new byte[capacity / 4]);
        }

        /** The slot that holds this id, or else the free one where it belongs, as {@code -1 - slot}. */
        int find(long idHigh, long idLow) {
            long hash = hash(idHigh, idLow);
            byte wanted = tagOf(hash);
            int slot = (int) ((hash >>> 32) * tag.length >>> 32);
            for (byte found = tagAt(slot); found != 0; found = tagAt(slot)) {
                if (found == wanted && high[slot] == idHigh && low[slot] == idLow) {
                    return slot;
                }
                slot = slot + 1 == tag.length ? 0 : slot + 1;
            }
            return -1 - slot;
        }

        private byte tagAt(int slot) {
            return (byte) TAG.getAcquire(tag, slot);
        }

        private static long hash(long idHigh, long idLow) {
            return (idHigh ^ Long.rotateLeft(idLow, 32)) * 0x9E3779B97F4A7C15L;
        }

        /** Never zero, which is the tag of a free slot. */
        private static byte tagOf(long hash) {
            return (byte) (hash >>> 24 | 0x80);
        }

        void put(int slot, long idHigh, long idLow, long at, int subjectHash, int minute) {
            high[slot] = idHigh;
            low[slot] = idLow;
            subject[slot] = subjectHash;
            endMinute[slot] = minute;
            position[slot] = at;
            TAG.setRelease(tag, slot, tagOf(hash(idHigh, idLow)));
            int tallied = tallySlot(subjectHash);
            tally[tallied] = (byte) Math.min(Byte.MAX_VALUE, tally[tallied] + 1);
        }

        int tallySlot(int subjectHash) {
            return (int) (Integer.toUnsignedLong(subjectHash) * tally.length >>> 32);
        }
    }

    boolean contains(SessionId id) {
        return slots.find(id.high(), id.low()) >= 0;
    }

    /** Of two entries for one session the first position and the later end are kept. */
    void add(SessionId id, long position, int subject, Instant keepUntil) {
        if (size >= slots.position.length * FULLEST) {
            rebuild(slot -> true, size + size / 4);
        }
        int slot = slots.find(id.high(), id.low());
        if (slot >= 0) {
            slots.endMinute[slot] = Math.max(slots.endMinute[slot], minuteAfter(keepUntil));
        } else {
            slots.put(-1 - slot, id.high(), id.low(), position, subject, minuteAfter(keepUntil));
            size = size + 1;
        }
    }

    private static int minuteAfter(Instant time) {
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE, Math.floorDiv(time.getEpochSecond(), 60) + 1));
    }

    /** Drops what has ended by {@code now} and what lies below the position; waste of a few is left alone. */
    void drop(Instant now, long belowPosition) {
        long minute = now.getEpochSecond() / 60;
        Slots all = slots;
        IntPredicate live = slot -> all.endMinute[slot] > minute && all.position[slot] >= belowPosition;
        int remaining = count(all, live);
        if (remaining < size) {
            rebuild(live, remaining);
        }
    }

    private void rebuild(IntPredicate keep, int expected) {
        Slots old = slots;
        Slots next = new Slots(Math.max(SMALLEST, (int) Math.min(Integer.MAX_VALUE - 8, expected / FULLEST + 1)));
        int kept = 0;
        for (int i = 0; i < old.position.length; i++) {
            if (old.position[i] != 0 && keep.test(i)) {
                int slot = -1 - next.find(old.high[i], old.low[i]);
                next.put(slot, old.high[i], old.low[i], old.position[i], old.subject[i], old.endMinute[i]);
                kept++;
            }
        }
        size = kept;
        slots = next;
    }

    private static int count(Slots all, IntPredicate which) {
        long[] positions = all.position;
        int count = 0;
        for (int i = 0; i < positions.length; i++) {
            count += positions[i] != 0 && which.test(i) ? 1 : 0;
        }
        return count;
    }

    int size() {
        return size;
    }

    /** Whether so many sessions of a subject were ended at this position or later. */
    boolean holdsAtLeast(int number, int subject, long from) {
        Slots all = slots;
        return all.tally[all.tallySlot(subject)] >= Math.min(number, Byte.MAX_VALUE)
                && count(all, slot -> all.subject[slot] == subject && all.position[slot] >= from) >= number;
    }

    int countUpTo(long position) {
        Slots all = slots;
        return count(all, slot -> all.position[slot] <= position);
    }

    interface Visitor {
        void visit(SessionId id, long position, Instant keepUntil);
    }

    void forEach(Visitor visitor) {
        Slots all = slots;
        for (int i = 0; i < all.position.length; i++) {
            if (all.position[i] != 0) {
                visitor.visit(
                        new SessionId(all.high[i], all.low[i]),
                        all.position[i],
                        Instant.ofEpochSecond(all.endMinute[i] * 60L));
            }
        }
    }
}

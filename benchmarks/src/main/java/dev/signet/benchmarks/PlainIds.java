package dev.signet.benchmarks;

/**
 * A set of session ids in plain arrays, for one thread and never changed again: a filter, and behind it the ids, of whose places a fifth is empty. The
 * filter has 22 bits for each; where sessions are only added, Signet's has 21 when it is new and 16 when it is full. Only ids in their canonical spelling,
 * and no more of them than were announced.
 */
final class PlainIds {
    private static final int BITS_EACH = 22;
    private static final double FULLEST = 0.8;
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
    private static final byte[] SIX_BITS = new byte[128];

    static {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        for (byte i = 0; i < alphabet.length(); i++) {
            SIX_BITS[alphabet.charAt(i)] = i;
        }
    }

    private final long[] filter;
    /** Two words for each place, both zero where it is empty. */
    private final long[] ids;

    PlainIds(int entries) {
        filter = new long[(int) ((long) entries * BITS_EACH / Long.SIZE) + 1];
        ids = new long[2 * ((int) (entries / FULLEST) + 1)];
    }

    void add(String sid) {
        long hash = filterHash(sid);
        filter[wordOf(hash)] |= 1L << hash | 1L << (hash >>> 6) | 1L << (hash >>> 12);
        long high = high(sid);
        long low = low(sid);
        int place = firstPlace(high, low);
        while (!isEmpty(place)) {
            place = next(place);
        }
        ids[place] = high;
        ids[place + 1] = low;
    }

    boolean contains(String sid) {
        long hash = filterHash(sid);
        long word = filter[wordOf(hash)];
        return (word >>> hash & word >>> (hash >>> 6) & word >>> (hash >>> 12) & 1) != 0 && holds(sid);
    }

    private boolean holds(String sid) {
        long high = high(sid);
        long low = low(sid);
        for (int place = firstPlace(high, low); !isEmpty(place); place = next(place)) {
            if (ids[place] == high && ids[place + 1] == low) {
                return true;
            }
        }
        return false;
    }

    private static long filterHash(String sid) {
        return sid.hashCode() * MULTIPLIER;
    }

    private int wordOf(long hash) {
        return (int) ((hash >>> 32) * filter.length >>> 32);
    }

    private int firstPlace(long high, long low) {
        long hash = (high ^ low) * MULTIPLIER;
        return 2 * (int) ((hash >>> 32) * (ids.length / 2) >>> 32);
    }

    private int next(int place) {
        return place + 2 == ids.length ? 0 : place + 2;
    }

    private boolean isEmpty(int place) {
        return (ids[place] | ids[place + 1]) == 0;
    }

    /** The first ten characters, and four of the eight bits that the last two bring. */
    private static long high(String sid) {
        return bits(sid, 0) << 4 | SIX_BITS[sid.charAt(20)] >>> 2;
    }

    private static long low(String sid) {
        return bits(sid, 10) << 4 | (SIX_BITS[sid.charAt(20)] & 3) << 2 | SIX_BITS[sid.charAt(21)] >>> 4;
    }

    /** Of ten characters. */
    private static long bits(String sid, int from) {
        long bits = 0;
        for (int i = from; i < from + 10; i++) {
            bits = bits << 6 | SIX_BITS[sid.charAt(i)];
        }
        return bits;
    }
}

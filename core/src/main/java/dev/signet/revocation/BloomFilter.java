package dev.signet.revocation;

/**
 * A set of hashes that at times claims to hold one more, but never denies one that it holds. All bits of a hash lie in one word,
 * so that a question reads one place in memory. One writer at a time, readers at any time: bits are only ever set, and whoever
 * sees something that was written after {@link #add} finds them.
 */
final class BloomFilter {
    /** Of strangers, 0.8 % are claimed when as many hashes are held as were expected. */
    private static final int BITS_EACH = 16;

    private final long[] words;
    private final int expected;
    private int added;

    BloomFilter(int expected) {
        this.expected = expected;
        words = new long[(int) ((long) expected * BITS_EACH / Long.SIZE) + 1];
    }

    void add(long hash) {
        words[wordOf(hash)] |= bitsOf(hash);
        added++;
    }

    /** Asks for the bits of {@link #bitsOf}: shifting the word to each of them takes fewer instructions than making them to compare with. */
    boolean mayHold(long hash) {
        long word = words[wordOf(hash)];
        return (word >>> hash & word >>> (hash >>> 6) & word >>> (hash >>> 12) & 1) != 0;
    }

    /** Whether as many were added as were expected, counting those that were added again. */
    boolean full() {
        return added >= expected;
    }

    int expected() {
        return expected;
    }

    private int wordOf(long hash) {
        return (int) ((hash >>> 32) * words.length >>> 32);
    }

    /** Three bits out of the low half of the hash; a shift takes the lowest six of its distance. */
    private static long bitsOf(long hash) {
        return 1L << hash | 1L << (hash >>> 6) | 1L << (hash >>> 12);
    }
}

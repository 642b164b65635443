package dev.signet.revocation;

/**
 * A set of hashes that at times claims to hold one more, but never denies one that it holds. All bits of a hash lie in one word,
 * so that a question reads one place in memory. One writer at a time, readers at any time: bits are only ever set, and whoever
 * sees something that was written after {@link #add} finds them.
 */
final class BloomFilter {
    /** Of strangers, 1.3 % are claimed when as many hashes are held as were expected. */
    private static final int BITS_EACH = 12;

    private final long[] words;

    BloomFilter(int expected) {
        words = new long[(int) ((long) expected * BITS_EACH / Long.SIZE) + 1];
    }

    void add(long hash) {
        words[wordOf(words, hash)] |= bitsOf(hash);
    }

    boolean mayHold(long hash) {
        return mayHold(words, hash);
    }

    /** As {@link #mayHold(long)}, for whoever keeps the {@link #words()} at hand: a look-up waits for each place in memory. */
    static boolean mayHold(long[] words, long hash) {
        long bits = bitsOf(hash);
        return (words[wordOf(words, hash)] & bits) == bits;
    }

    /** The memory of this filter, to be read only. */
    long[] words() {
        return words;
    }

    private static int wordOf(long[] words, long hash) {
        return (int) ((hash >>> 32) * words.length >>> 32);
    }

    /** Four bits out of the low half of the hash; a shift takes the lowest six of its distance. */
    private static long bitsOf(long hash) {
        return 1L << hash | 1L << (hash >>> 6) | 1L << (hash >>> 12) | 1L << (hash >>> 18);
    }
}

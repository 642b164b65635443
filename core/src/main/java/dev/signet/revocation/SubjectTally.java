package dev.signet.revocation;

/**
 * Counters of sessions by subject hash, shared by some subjects each and so never too low: tells cheaply that a subject cannot
 * have many. One writer at a time; readers may be told of a number that is about to change.
 */
final class SubjectTally {
    private static final int SHARED_BY = 3;

    private final byte[] counters;

    SubjectTally(int expected) {
        counters = new byte[expected / SHARED_BY + 16];
    }

    /** Whether counters are shared by so many that another tally would tell more. */
    boolean outgrownBy(int sessions) {
        return sessions / (2 * SHARED_BY) > counters.length;
    }

    void add(int subject) {
        int counter = counterOf(subject);
        counters[counter] = (byte) Math.min(Byte.MAX_VALUE, counters[counter] + 1);
    }

    boolean mayHave(int atLeast, int subject) {
        return counters[counterOf(subject)] >= Math.min(atLeast, Byte.MAX_VALUE);
    }

    private int counterOf(int subject) {
        return (int) (Integer.toUnsignedLong(subject) * counters.length >>> 32);
    }
}

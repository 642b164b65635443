package dev.signet.revocation;

/** Decides when the log is read. Thread-safe. */
interface Follower extends AutoCloseable {
    /** Begins to follow and waits, within bounds, for the first complete reading; whether that succeeded is not said. */
    void start();

    /** Returns after a read that started after the call. */
    void catchUp();

    /** Catches up where that costs nothing. */
    void refresh();

    @Override
    void close();
}

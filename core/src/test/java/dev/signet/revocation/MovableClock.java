package dev.signet.revocation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is moved. */
public final class MovableClock implements InstantSource {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private volatile Instant now = START;
    private volatile long nanos;

    @Override
    public Instant instant() {
        return now;
    }

    /** The monotonic clock beside the wall clock. */
    long nanos() {
        return nanos;
    }

    void advance(Duration by) {
        moveWallClock(by);
        nanos += by.toNanos();
    }

    void moveWallClock(Duration by) {
        now = now.plus(by);
    }
}

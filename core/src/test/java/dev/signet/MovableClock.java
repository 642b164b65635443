package dev.signet;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands until it is moved. Thread-safe. */
public final class MovableClock implements InstantSource {
    /** A noon, 12 hours away from both midnights (UTC). */
    public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private volatile Instant now;

    public MovableClock(Instant start) {
        now = start;
    }

    public static MovableClock atNoon() {
        return new MovableClock(NOON);
    }

    @Override
    public Instant instant() {
        return now;
    }

    public void set(Instant moment) {
        now = moment;
    }

    public void forward(Duration by) {
        now = now.plus(by);
    }
}

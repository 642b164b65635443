package dev.signet.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until it is moved. Thread-safe. */
public final class MovableClock implements InstantSource {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));

    /** A clock that shows noon (UTC) of 1 March 2026. */
    public MovableClock() {}

    @Override
    public Instant instant() {
        return now.get();
    }

    /** @param by negative to go back, as the clock of another machine may */
    public void advance(Duration by) {
        now.updateAndGet(before -> before.plus(by));
    }

    public void set(Instant value) {
        now.set(value);
    }
}

package dev.signet.revocation;

import dev.signet.revocation.RevocationListener.Event;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** How old the replica's knowledge is: the time since the start of the last read that confirmed the log's head. Thread-safe. */
final class Freshness {
    /** What a {@code long} of nanoseconds holds: 292 years. */
    private static final Duration UNBOUNDED = Duration.ofNanos(Long.MAX_VALUE);

    private final Settings settings;
    private final Events events;
    private final boolean alwaysFresh;
    private final long boundNanos;
    private final long boundMillis;
    private final AtomicBoolean answering = new AtomicBoolean(true);
    private volatile @Nullable Moment confirmed;

    /** A moment on both clocks: the monotonic one may stop while the machine sleeps, the wall clock may be set back. */
    record Moment(long nanos, long wallMillis) {}

    Freshness(Settings settings, Events events, boolean inProcess) {
        this.settings = settings;
        this.events = events;
        this.alwaysFresh = inProcess;
        boundNanos = settings.stalenessBound().compareTo(UNBOUNDED) < 0
                ? settings.stalenessBound().toNanos()
                : Long.MAX_VALUE;
        boundMillis = TimeUnit.NANOSECONDS.toMillis(boundNanos);
    }

    Moment now() {
        return new Moment(settings.nanoTime().getAsLong(), settings.clock().millis());
    }

    void confirm(Moment readStarted) {
        confirmed = readStarted;
        if (within(readStarted) && answering.compareAndSet(false, true)) {
            events.happened(Event.STORE_FOUND, "The revocation log answers again");
        }
    }

    /** The start of the last read that confirmed the head; null before one complete load. */
    @Nullable
    Moment confirmed() {
        return confirmed;
    }

    /** Whether an answer found after this confirmation may be relied on now. */
    boolean within(@Nullable Moment confirmation) {
        return confirmation != null
                && (alwaysFresh
                        || (settings.nanoTime().getAsLong() - confirmation.nanos() <= boundNanos
                                && settings.clock().millis() - confirmation.wallMillis() <= boundMillis));
    }

    /** As {@link #within}; the first refusal is an event. */
    boolean check(@Nullable Moment confirmation) {
        boolean fresh = within(confirmation);
        if (!fresh && !within(confirmed) && answering.compareAndSet(true, false)) {
            events.happened(
                    Event.STORE_LOST,
                    "The revocation log has not confirmed its head within " + settings.stalenessBound()
                            + "; signed-in requests "
                            + (settings.failOpen() ? "are answered from what is known" : "are refused")
                            + " until it does");
        }
        return fresh;
    }

    /** Zero for a log of this process; 292 years before one complete load. */
    Duration staleness() {
        Moment since = confirmed;
        return since == null ? UNBOUNDED : alwaysFresh ? Duration.ZERO : elapsed(since);
    }

    private Duration elapsed(Moment since) {
        Moment now = now();
        long nanos = now.nanos() - since.nanos();
        long millis = now.wallMillis() - since.wallMillis();
        Duration monotonic = Duration.ofNanos(nanos);
        Duration wall = Duration.ofMillis(millis);
        return monotonic.compareTo(wall) >= 0 ? monotonic : wall;
    }
}

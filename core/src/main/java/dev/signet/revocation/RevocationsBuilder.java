package dev.signet.revocation;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/** How a log is followed, with defaults that suit most. Not thread-safe; made by {@link Revocations#on}. */
public final class RevocationsBuilder {
    private final RevocationLog log;
    private Duration pollInterval = Duration.ofSeconds(1);
    private Duration stalenessBound = Duration.ofSeconds(5);
    private Duration storeTimeout = Duration.ofSeconds(2);
    private boolean failOpen;
    private long maxEntries = 20_000_000;
    private InstantSource clock = InstantSource.system();
    private LongSupplier nanoTime = System::nanoTime;
    private RevocationListener listener = (event, detail) -> {};

    RevocationsBuilder(RevocationLog log) {
        this.log = log;
    }

    /**
     * How often the log is read even if it does not say that it changed; 1 second unless told.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public RevocationsBuilder pollInterval(Duration interval) {
        pollInterval = positive("pollInterval", interval);
        return this;
    }

    /**
     * How long ago the log may have confirmed its head when a ticket is accepted; 5 seconds unless told.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public RevocationsBuilder stalenessBound(Duration bound) {
        stalenessBound = positive("stalenessBound", bound);
        return this;
    }

    /**
     * How long one call of the store may take; 2 seconds unless told.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public RevocationsBuilder storeTimeout(Duration timeout) {
        storeTimeout = positive("storeTimeout", timeout);
        return this;
    }

    /**
     * Past the staleness bound, answer from what is known instead of not at all, once the log has been read completely: sign-outs
     * elsewhere go unnoticed while the store is down.
     */
    public RevocationsBuilder failOpen() {
        failOpen = true;
        return this;
    }

    /**
     * How many live entries there may be, some 45 bytes of memory each; 20 million unless told. Past it everyone is signed out
     * who signed in before the oldest tenth of them, and an alarm is raised.
     *
     * @throws IllegalArgumentException if it is below 10
     */
    public RevocationsBuilder maxEntries(long entries) {
        if (entries < 10) {
            throw new IllegalArgumentException("maxEntries is " + entries + "; set at least 10");
        }
        maxEntries = entries;
        return this;
    }

    /** The wall clock; the system's unless told. */
    public RevocationsBuilder clock(InstantSource source) {
        clock = source;
        return this;
    }

    RevocationsBuilder nanoTime(LongSupplier source) {
        nanoTime = source;
        return this;
    }

    /** Told of changes of state; they are logged anyway. */
    public RevocationsBuilder listener(RevocationListener told) {
        listener = told;
        return this;
    }

    /**
     * The revocations, not started yet. Closing them closes the log.
     *
     * @throws IllegalArgumentException if the staleness bound is not longer than the poll interval
     */
    public Revocations build() {
        return new Revocations(log, settings());
    }

    Settings settings() {
        if (stalenessBound.compareTo(pollInterval) <= 0) {
            throw new IllegalArgumentException(
                    "stalenessBound " + stalenessBound + " must be longer than pollInterval " + pollInterval);
        }
        return new Settings(
                pollInterval, stalenessBound, storeTimeout, failOpen, maxEntries, clock, nanoTime, listener);
    }

    private static Duration positive(String name, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(name + " is " + duration + "; set a positive duration");
        }
        return duration;
    }
}

package dev.signet;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * How long a session lives: {@code idle} since it was last renewed, {@code absolute} since it started, whichever comes first.
 *
 * <p>A session in use is renewed once {@code renewAfter} has passed since its ticket was issued. As that is at most a quarter of {@code idle}, a session ends
 * no later than its absolute limit, and not before three quarters of the idle limit nor after the whole of it since the last request that used it.
 *
 * @param idle one second up to {@code absolute}; default 30 minutes
 * @param absolute up to the key ring's longest lifetime; default 12 hours
 * @param renewAfter one second up to a quarter of {@code idle} (or all of an {@code idle} below four seconds); default a quarter
 * @param persistent whether the browser keeps the cookie when it is closed; default no
 */
public record Lifetime(Duration idle, Duration absolute, Duration renewAfter, boolean persistent) {
    public static final Lifetime DEFAULT = of(Duration.ofMinutes(30), Duration.ofHours(12));
    /** What {@code remember()} gives unless configured otherwise: 14 days idle, 90 days in all, kept by the browser. */
    public static final Lifetime REMEMBERED =
            of(Duration.ofDays(14), Duration.ofDays(90)).keptByBrowser();

    /** @throws IllegalArgumentException naming the limit that is out of its range or has a part of a second */
    public Lifetime {
        Objects.requireNonNull(renewAfter);
        require(isWhole(idle), "idle", idle, "use whole seconds");
        require(isWhole(absolute), "absolute", absolute, "use whole seconds");
        require(isWhole(renewAfter), "renewAfter", renewAfter, "use whole seconds");
        require(idle.toSeconds() >= 1, "idle", idle, "use at least one second");
        require(absolute.compareTo(idle) >= 0, "absolute", absolute, "use at least the idle limit, " + idle);
        require(
                renewAfter.toSeconds() >= 1 && renewAfter.compareTo(longestWait(idle)) <= 0,
                "renewAfter",
                renewAfter,
                "use one second up to a quarter of idle");
    }

    /** @throws IllegalArgumentException naming the limit that is out of its range */
    public static Lifetime of(Duration idle, Duration absolute) {
        return new Lifetime(idle, absolute, longestWait(idle), false);
    }

    /**
     * The same, renewed after another wait.
     *
     * @throws IllegalArgumentException if it is not one second up to a quarter of {@link #idle}
     */
    public Lifetime renewAfter(Duration wait) {
        return new Lifetime(idle, absolute, wait, persistent);
    }

    /** The same, with a cookie that outlives the browser: {@code Max-Age} is then derived from the ticket's deadlines. */
    public Lifetime keptByBrowser() {
        return new Lifetime(idle, absolute, renewAfter, true);
    }

    private static boolean isWhole(Duration limit) {
        return limit.equals(limit.truncatedTo(ChronoUnit.SECONDS));
    }

    private static Duration longestWait(Duration idle) {
        return Duration.ofSeconds(Math.max(1, idle.toSeconds() / 4));
    }

    private static void require(boolean fine, String limit, Duration value, String fix) {
        if (!fine) {
            throw new IllegalArgumentException("lifetime " + limit + " = " + value + ": " + fix);
        }
    }
}

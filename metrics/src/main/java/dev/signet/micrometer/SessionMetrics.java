package dev.signet.micrometer;

import dev.signet.Session;
import dev.signet.SessionListener;
import dev.signet.Verification;
import dev.signet.revocation.Revocation;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;

/**
 * Counts what happens to sessions. No meter has a name, id or token of anybody; the tags have as many values as the program has
 * lifetimes, slots and causes, whatever strangers send. Thread-safe.
 *
 * <pre>{@code
 * s.listener = SessionListener.logging().and(SessionMetrics.in(registry));
 * }</pre>
 *
 * <table>
 * <caption>Meters</caption>
 * <tr><td>{@code signet.sessions.started}</td><td>sign-ins, by {@code lifetime}</td></tr>
 * <tr><td>{@code signet.sessions.renewed}</td><td>idle deadlines moved</td></tr>
 * <tr><td>{@code signet.sessions.restarted}</td><td>sessions that go on under a new id</td></tr>
 * <tr><td>{@code signet.sessions.ended}</td><td>sign-outs, and sessions that another one replaced</td></tr>
 * <tr><td>{@code signet.sessions.discarded}</td><td>late responses that were kept from writing for a session that had ended</td></tr>
 * <tr><td>{@code signet.sessions.age}</td><td>seconds since their start of sessions that are renewed</td></tr>
 * <tr><td>{@code signet.sessions.revoked}</td><td>decisions to end sessions, by {@code kind}: {@code session}, {@code subject}, {@code everyone}</td></tr>
 * <tr><td>{@code signet.tickets.refused}</td><td>by {@code cause}: {@code expired}, {@code revoked}, {@code undecided}, or why it is
 * invalid, such as {@code unknown_key}</td></tr>
 * <tr><td>{@code signet.slots.refused}</td><td>by {@code slot} and {@code cause}</td></tr>
 * </table>
 */
public final class SessionMetrics implements SessionListener {
    private final MeterRegistry registry;
    private final DistributionSummary age;

    private SessionMetrics(MeterRegistry registry) {
        this.registry = registry;
        age = DistributionSummary.builder("signet.sessions.age")
                .description("Seconds since their start of sessions that are renewed")
                .baseUnit("seconds")
                .register(registry);
    }

    /** A listener that counts in this registry. */
    public static SessionMetrics in(MeterRegistry registry) {
        return new SessionMetrics(registry);
    }

    private void count(String name, String... tags) {
        registry.counter("signet." + name, tags).increment();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void started(Session session) {
        count("sessions.started", "lifetime", session.lifetime());
    }

    @Override
    public void renewed(Session session) {
        count("sessions.renewed");
        age.record((double)
                Duration.between(session.startedAt(), session.issuedAt()).toSeconds());
    }

    @Override
    public void restarted(Session before, Session after) {
        count("sessions.restarted");
    }

    @Override
    public void ended(Session session) {
        if (!session.isVisitor()) {
            count("sessions.ended");
        }
    }

    @Override
    public void revoked(Revocation revocation) {
        count("sessions.revoked", "kind", word(revocation.kind()));
    }

    @Override
    public void refused(Verification verification) {
        count(
                "tickets.refused",
                "cause",
                word(verification instanceof Verification.Invalid invalid ? invalid.cause() : verification.outcome()));
    }

    @Override
    public void slotRefused(String slot, Verification.Cause cause) {
        count("slots.refused", "slot", slot, "cause", word(cause));
    }

    @Override
    public void discarded(Session session) {
        count("sessions.discarded");
    }
}

package dev.signet.micrometer;

import dev.signet.Session;
import dev.signet.SessionListener;
import dev.signet.Verification;
import dev.signet.revocation.Revocation;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Counts what happens to sessions, and measures their tokens. No meter has a name, id or token of anybody; the tags have as many values as the program has
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
 * <tr><td>{@code signet.slots.refused}</td><td>by {@code slot} and {@code cause}; {@code other} for a slot that this process has neither sealed
 * nor opened yet, such as one that a stranger made up</td></tr>
 * <tr><td>{@code signet.tokens.sealed}</td><td>timer of tokens that are made, by {@code kind}: {@code ticket}, {@code visitor}, or {@code slot.} and the
 * slot's name</td></tr>
 * <tr><td>{@code signet.tokens.opened}</td><td>timer of tokens that are opened, by {@code kind}</td></tr>
 * <tr><td>{@code signet.tokens.size}</td><td>bytes of tokens that are made, by {@code kind}</td></tr>
 * </table>
 */
public final class SessionMetrics implements SessionListener {
    private final MeterRegistry registry;
    private final DistributionSummary age;
    private final Map<String, Kind> kinds = new ConcurrentHashMap<>();

    /** The meters of one kind of token, found once: they are asked for with every token. */
    private record Kind(Timer sealed, Timer opened, DistributionSummary size) {
        static Kind in(MeterRegistry registry, String kind) {
            return new Kind(
                    registry.timer("signet.tokens.sealed", "kind", kind),
                    registry.timer("signet.tokens.opened", "kind", kind),
                    DistributionSummary.builder("signet.tokens.size")
                            .description("Bytes of tokens that are made, without the names of their cookies")
                            .baseUnit("bytes")
                            .tag("kind", kind)
                            .register(registry));
        }
    }

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
        boolean ours = kinds.containsKey("slot." + slot);
        count("slots.refused", "slot", ours ? slot : "other", "cause", word(cause));
    }

    @Override
    public void discarded(Session session) {
        count("sessions.discarded");
    }

    @Override
    public boolean measures() {
        return true;
    }

    @Override
    public void sealed(String kind, int length, long nanos) {
        Kind meters = kind(kind);
        meters.sealed.record(nanos, TimeUnit.NANOSECONDS);
        meters.size.record(length);
    }

    @Override
    public void opened(String kind, long nanos) {
        kind(kind).opened.record(nanos, TimeUnit.NANOSECONDS);
    }

    private Kind kind(String kind) {
        Kind known = kinds.get(kind);
        return known != null ? known : kinds.computeIfAbsent(kind, unseen -> Kind.in(registry, unseen));
    }
}

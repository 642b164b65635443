package dev.signet.micrometer;

import dev.signet.revocation.RevocationListener;
import dev.signet.revocation.Revocations;
import dev.signet.revocation.Revocations.Status;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Shows how well revocations are followed, and counts what happens to their store. Thread-safe.
 *
 * <pre>{@code
 * RevocationMetrics metrics = new RevocationMetrics();
 * Revocations revocations = Revocations.on(log).listener(metrics).build();
 * metrics.of(revocations).bindTo(registry);
 * }</pre>
 *
 * <table>
 * <caption>Meters</caption>
 * <tr><td>{@code signet.revocations.staleness}</td><td>seconds since the log last confirmed what is known here: alarm well below the
 * staleness bound; 292 years before it ever did</td></tr>
 * <tr><td>{@code signet.revocations.position}</td><td>everything up to here is known; the same on every instance within seconds</td></tr>
 * <tr><td>{@code signet.revocations.entries}</td><td>entries in force, about 41 bytes of heap each</td></tr>
 * <tr><td>{@code signet.revocations.answering}</td><td>1 while tickets get answers, 0 while the policy decides</td></tr>
 * <tr><td>{@code signet.revocations.events}</td><td>by {@code event}: {@code store_lost}, {@code store_found}, {@code found_empty},
 * {@code entries_lost}, {@code loss_settled}, {@code list_full}</td></tr>
 * </table>
 */
public final class RevocationMetrics implements RevocationListener {
    private final Map<Event, LongAdder> happened = new TreeMap<>();

    /** Counts from now on. */
    public RevocationMetrics() {
        for (Event event : Event.values()) {
            happened.put(event, new LongAdder());
        }
    }

    @Override
    public void happened(Event event, String detail) {
        LongAdder count = happened.get(event);
        if (count != null) {
            count.increment();
        }
    }

    /** The meters of these revocations, which must outlive the registry's use of them. */
    public MeterBinder of(Revocations revocations) {
        return registry -> {
            gauge(
                    registry,
                    revocations,
                    "staleness",
                    "seconds",
                    status -> status.staleness().toNanos() / 1e9);
            gauge(registry, revocations, "position", "milliseconds", Status::position);
            gauge(registry, revocations, "entries", "entries", Status::entries);
            gauge(registry, revocations, "answering", null, status -> status.answering() ? 1 : 0);
            happened.forEach(
                    (event, count) -> FunctionCounter.builder("signet.revocations.events", count, LongAdder::sum)
                            .tag("event", event.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        };
    }

    private static void gauge(
            MeterRegistry registry,
            Revocations revocations,
            String name,
            @Nullable String unit,
            ToDoubleFunction<Status> value) {
        Gauge.builder("signet.revocations." + name, revocations, known -> value.applyAsDouble(known.status()))
                .baseUnit(unit)
                .strongReference(true)
                .register(registry);
    }
}

package dev.signet.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.revocation.Revocation;
import dev.signet.revocation.RevocationListener.Event;
import dev.signet.revocation.RevocationLog;
import dev.signet.revocation.Revocations;
import dev.signet.revocation.StoreUnavailable;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class RevocationMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final RevocationMetrics metrics = new RevocationMetrics();

    private double gauge(String name) {
        return registry.get("signet.revocations." + name).gauge().value();
    }

    @Test
    void what_is_known_is_shown() {
        Instant before = Instant.now();
        try (Revocations revocations = Revocations.on(Revocations.memoryLog(Instant::now))
                .listener(metrics)
                .build()) {
            metrics.of(revocations).bindTo(registry);
            long position = revocations.revoke(Revocation.subject("ada"), Duration.ofHours(12));

            assertThat(gauge("entries")).isEqualTo(1);
            assertThat(gauge("position")).isEqualTo(position).isGreaterThanOrEqualTo(before.toEpochMilli());
            assertThat(gauge("staleness")).isZero();
            assertThat(gauge("answering")).isEqualTo(1);
        }
    }

    @Test
    void events_are_counted_each() {
        try (Revocations revocations =
                Revocations.on(new ClosedLog()).listener(metrics).build()) {
            metrics.of(revocations).bindTo(registry);
            revocations.ask("AAAAAAAAAAAAAAAAAAAAAA", "ada", 1);
            revocations.ask("AAAAAAAAAAAAAAAAAAAAAA", "ada", 1);

            assertThat(gauge("staleness")).isGreaterThan(Duration.ofDays(365).toSeconds());
            for (Event event : Event.values()) {
                assertThat(registry.get("signet.revocations.events")
                                .tag("event", event.name().toLowerCase(Locale.ROOT))
                                .functionCounter()
                                .count())
                        .isEqualTo(event == Event.STORE_LOST ? 1 : 0);
            }
        }
    }

    /** A store that was shut down. */
    private static final class ClosedLog implements RevocationLog {
        @Override
        public long append(Entry entry) {
            throw new StoreUnavailable("shut down");
        }

        @Override
        public Page read(long from, int limit) {
            throw new StoreUnavailable("shut down");
        }

        @Override
        public void trim() {
            throw new StoreUnavailable("shut down");
        }

        @Override
        public boolean durable() {
            return true;
        }

        @Override
        public void close() {}
    }
}

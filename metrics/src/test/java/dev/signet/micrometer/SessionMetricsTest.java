package dev.signet.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.Session;
import dev.signet.SessionListener;
import dev.signet.Sessions;
import dev.signet.SignIn;
import dev.signet.Slot;
import dev.signet.keys.KeyRing;
import dev.signet.revocation.Revocation;
import dev.signet.revocation.Revocations;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SessionMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private Instant now = Instant.parse("2026-11-23T10:00:00Z");
    private final Sessions sessions = Sessions.with(KeyRing.generate())
            .revocations(Revocations.on(Revocations.memoryLog(() -> now))
                    .clock(() -> now)
                    .build())
            .clock(() -> now)
            .listener(SessionListener.logging().and(SessionMetrics.in(registry)))
            .build();

    private double count(String name, String... tags) {
        return registry.get("signet." + name).tags(tags).counter().count();
    }

    @Test
    void a_session_is_counted_from_start_to_end() {
        Session session = sessions.start("ada");
        Session remembered = sessions.start(SignIn.as("ada").remember());
        now = now.plus(Duration.ofMinutes(20));
        Session renewed = sessions.renew(session);
        sessions.restart(renewed, Set.of("ADMIN")).ifPresent(sessions::end);
        sessions.revoke(Revocation.subject(remembered.subject()));

        assertThat(count("sessions.started", "lifetime", "default")).isEqualTo(1);
        assertThat(count("sessions.started", "lifetime", "remembered")).isEqualTo(1);
        assertThat(count("sessions.renewed")).isEqualTo(1);
        assertThat(registry.get("signet.sessions.age").summary().max()).isEqualTo(1200);
        assertThat(count("sessions.restarted")).isEqualTo(1);
        assertThat(count("sessions.ended")).isEqualTo(1);
        assertThat(count("sessions.revoked", "kind", "subject")).isEqualTo(1);
    }

    @Test
    void refusals_are_counted_by_cause() {
        String ticket = sessions.issue(sessions.start("ada"));
        sessions.revoke(Revocation.everyone());
        sessions.verify(ticket);
        sessions.verify("nonsense");
        sessions.verify(ticket + "A");
        Session bob = sessions.start("bob");
        Slot<String> cart = Slot.text("cart");
        String sealed = sessions.seal(sessions.content(cart, "bread"), bob);
        sessions.read(cart, sealed + "A", bob);
        sessions.read(Slot.text("madeup"), "nonsense", bob);
        String expiring = sessions.issue(bob);
        now = now.plus(Duration.ofMinutes(31));
        sessions.verify(expiring);

        assertThat(count("tickets.refused", "cause", "revoked")).isEqualTo(1);
        assertThat(count("tickets.refused", "cause", "expired")).isEqualTo(1);
        assertThat(count("tickets.refused", "cause", "malformed")).isEqualTo(2);
        assertThat(count("slots.refused", "slot", "cart", "cause", "malformed")).isEqualTo(1);
        assertThat(count("slots.refused", "slot", "other", "cause", "malformed"))
                .isEqualTo(1);
    }

    @Test
    void tokens_are_timed_and_measured_by_kind() {
        Slot<String> theme = Slot.text("theme");
        Session ada = sessions.start("ada");
        String ticket = sessions.issue(ada);
        String slot = sessions.seal(sessions.content(theme, "dark"), ada);
        sessions.verify(ticket);
        sessions.verify(ticket);
        sessions.read(theme, slot, ada);

        assertThat(timed("opened", "ticket")).isEqualTo(2);
        assertThat(timed("sealed", "ticket")).isEqualTo(1);
        assertThat(timed("opened", "slot.theme")).isEqualTo(1);
        assertThat(registry.get("signet.tokens.size")
                        .tag("kind", "ticket")
                        .summary()
                        .max())
                .isEqualTo(ticket.length());
        assertThat(registry.get("signet.tokens.size")
                        .tag("kind", "slot.theme")
                        .summary()
                        .max())
                .isEqualTo(slot.length());
    }

    private long timed(String what, String kind) {
        return registry.get("signet.tokens." + what).tag("kind", kind).timer().count();
    }

    @Test
    void strangers_make_no_more_meters() {
        sessions.verify("a");
        TreeMap<String, Integer> before = meters();
        for (int i = 0; i < 1000; i++) {
            sessions.verify("x" + i);
        }

        assertThat(meters()).isEqualTo(before);
        assertThat(registry.getMeters())
                .extracting(Meter::getId)
                .noneMatch(id -> id.toString().contains("x9"));
    }

    private TreeMap<String, Integer> meters() {
        TreeMap<String, Integer> meters = new TreeMap<>();
        registry.getMeters().forEach(meter -> meters.merge(meter.getId().toString(), 1, Integer::sum));
        return meters;
    }
}

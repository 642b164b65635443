package dev.signet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.keys.Key;
import dev.signet.keys.KeyRing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a listener that measures is told of tokens, and that no other is. */
class MeasuringTest {
    private static final Slot<String> THEME = Slot.text("theme");
    private static final KeyRing KEYS =
            KeyRing.of(List.of(Key.secret(Instant.EPOCH, Instant.EPOCH), Key.pair(Instant.EPOCH, Instant.EPOCH)));

    private final List<String> told = new ArrayList<>();

    /** Writes down all but the time, which only has to have passed. */
    private final class Listener implements SessionListener {
        private final boolean measures;

        Listener(boolean measures) {
            this.measures = measures;
        }

        @Override
        public boolean measures() {
            return measures;
        }

        @Override
        public void sealed(String kind, int length, long nanos) {
            assertThat(nanos).isNotNegative();
            told.add("sealed " + kind + " " + length);
        }

        @Override
        public void opened(String kind, long nanos) {
            assertThat(nanos).isNotNegative();
            told.add("opened " + kind);
        }
    }

    private SessionsBuilder sessions(SessionListener listener) {
        return Sessions.with(KEYS).listener(listener);
    }

    @Nested
    class A_listener_that_measures {
        private final Sessions sessions = sessions(new Listener(true)).build();

        @Test
        void hears_of_each_token_that_was_made_and_opened() {
            Session ada = sessions.start("ada");
            Session visitor = sessions.startVisitor();
            String ticket = sessions.issue(ada);
            String visit = sessions.issue(visitor);
            String slot = sessions.seal(sessions.content(THEME, "dark"), ada);
            sessions.verify(ticket);
            sessions.verifyVisitor(visit);
            sessions.read(THEME, slot, ada);

            assertThat(told)
                    .containsExactly(
                            "sealed ticket " + ticket.length(),
                            "sealed visitor " + visit.length(),
                            "sealed slot.theme " + slot.length(),
                            "opened ticket",
                            "opened visitor",
                            "opened slot.theme");
        }

        @Test
        void hears_nothing_of_what_is_refused_or_only_tried() {
            Session ada = sessions.start("ada");
            sessions.carrying(ada, sessions.startVisitor(), Set.of("theme"));
            sessions.verify("x");
            sessions.verifyVisitor(null);
            sessions.open("anything", "x", ada);

            assertThat(told).isEmpty();
        }

        @Test
        void hears_of_every_format() {
            SessionListener listener = new Listener(true);
            for (SessionsBuilder each : List.of(
                    sessions(listener).format(TokenFormat.SIGNED_THEN_ENCRYPTED),
                    sessions(listener).readableByHolder("https://shop.example", "reports"))) {
                Sessions of = each.build();
                told.clear();
                String ticket = of.issue(of.start("ada"));
                of.verify(ticket);

                assertThat(told).containsExactly("sealed ticket " + ticket.length(), "opened ticket");
            }
        }
    }

    @Test
    void a_listener_that_does_not_measure_hears_nothing() {
        Sessions sessions = sessions(new Listener(false)).build();
        sessions.verify(sessions.issue(sessions.start("ada")));

        assertThat(told).isEmpty();
    }

    @Test
    void beside_others_only_the_one_that_measures_hears() {
        Sessions sessions = sessions(new Listener(false).and(new Listener(true)).and(SessionListener.logging()))
                .build();
        sessions.verify(sessions.issue(sessions.start("ada")));

        assertThat(told).hasSize(2);
    }
}

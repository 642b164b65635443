package dev.signet;

import static dev.signet.VerificationAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.Verification.Cause;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Genuine tokens in the wrong place. */
@Keeps({"T5", "T6"})
@Tries(28)
class MixesTest {
    private static final Slot<String> THEME = Slot.text("theme");

    private final MovableClock clock = MovableClock.atNoon();
    private final Sessions sessions = plain().build();
    private final Session ada = sessions.start("ada");
    private final Session visitor = sessions.startVisitor();
    private final String theme = theme(ada);

    private SessionsBuilder plain() {
        return Sessions.with(TestKeys.ring()).clock(clock);
    }

    private String theme(Session owner) {
        return sessions.seal(sessions.content(THEME, "dark"), owner);
    }

    @Nested
    class A_ticket {
        private final String ticket = sessions.issue(ada);

        @Test
        void is_no_visitors() {
            assertThat(sessions.verifyVisitor(ticket)).isInvalid(Cause.HEADER);
        }

        @Test
        void is_no_slot() {
            assertThat(sessions.open("theme", ticket, ada)).isEmpty();
        }

        @Test
        void is_none_of_another_session_name() {
            assertThat(plain().name("admin").build().verify(ticket)).isInvalid(Cause.FORGED);
        }

        @Test
        void is_none_of_another_application() {
            assertThat(plain().application("shop").build().verify(ticket)).isInvalid(Cause.FORGED);
        }

        @Test
        void is_none_of_another_ring() {
            Sessions others = Sessions.with(TestKeys.ring(TestKeys.secret("k2", 2)))
                    .clock(clock)
                    .build();

            assertThat(others.verify(ticket)).isInvalid(Cause.UNKNOWN_KEY);
        }

        @Test
        @Keeps("K3")
        void is_none_of_another_key_of_the_same_id() {
            Sessions others = Sessions.with(TestKeys.ring(TestKeys.secret("k1", 2)))
                    .clock(clock)
                    .build();

            assertThat(others.verify(ticket)).isInvalid(Cause.FORGED);
        }

        @Test
        void is_none_of_another_format() {
            Sessions nested = Sessions.with(TestKeys.ring(TestKeys.secret("k1", 1), TestKeys.ecdsa("s1", 0)))
                    .clock(clock)
                    .format(TokenFormat.SIGNED_THEN_ENCRYPTED)
                    .build();

            assertThat(nested.verify(ticket)).isInvalid();
            assertThat(sessions.verify(nested.issue(nested.start("ada")))).isInvalid();
        }
    }

    @Nested
    class A_visitors_ticket {

        @Test
        void is_nobodys_session() {
            assertThat(sessions.verify(sessions.issue(visitor))).isInvalid(Cause.HEADER);
            assertThat(sessions.verifyVisitor(sessions.issue(visitor))).isActive();
        }
    }

    @Nested
    class A_slot {

        private Optional<String> read(String name, String token, Session owner) {
            return sessions.open(name, token, owner).flatMap(content -> sessions.value(THEME, content));
        }

        @Test
        void is_read_by_its_owner() {
            assertThat(read("theme", theme, ada)).contains("dark");
            assertThat(read("theme", theme, sessions.renew(ada))).contains("dark");
        }

        @Test
        void is_no_ticket() {
            assertThat(sessions.verify(theme)).isInvalid(Cause.HEADER);
            assertThat(sessions.verifyVisitor(theme)).isInvalid(Cause.HEADER);
        }

        @Test
        void is_absent_under_another_name() {
            assertThat(read("cart", theme, ada)).isEmpty();
        }

        @Test
        void is_absent_in_another_session_of_the_same_subject() {
            assertThat(read("theme", theme, sessions.start("ada"))).isEmpty();
        }

        @Test
        void is_absent_for_a_visitor_and_the_reverse() {
            assertThat(read("theme", theme, visitor)).isEmpty();
            assertThat(read("theme", theme(visitor), ada)).isEmpty();
            assertThat(read("theme", theme(visitor), visitor)).contains("dark");
        }

        @Test
        void is_absent_after_a_restart_until_it_is_sealed_again() {
            Session restarted = sessions.restart(ada, ada.roles()).orElseThrow();

            assertThat(read("theme", theme, restarted)).isEmpty();
        }

        @Test
        void is_absent_in_another_application_or_session_name() {
            assertThat(plain().application("shop").build().open("theme", theme, ada))
                    .isEmpty();
            assertThat(plain().name("admin").build().open("theme", theme, ada)).isEmpty();
        }

        @Test
        void that_is_missing_is_absent() {
            assertThat(read("theme", null, ada)).isEmpty();
            assertThat(read("theme", "", ada)).isEmpty();
        }
    }

    @Nested
    @Keeps("S16")
    class Things_that_never_were_tickets {

        @Test
        void are_no_session() {
            assertThat(sessions.verify(null)).isAbsent();
            assertThat(sessions.verify("")).isAbsent();
            assertThat(sessions.verifyVisitor(null)).isAbsent();
            assertThat(sessions.verify(" ")).isInvalid(Cause.MALFORMED);
            assertThat(sessions.verify(sessions.csrfToken(ada))).isInvalid(Cause.MALFORMED);
            assertThat(sessions.verify(ada.id())).isInvalid(Cause.MALFORMED);
        }
    }
}
